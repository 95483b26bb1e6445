package org.shuniu.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActorsTest {

    @ParameterizedTest
    @CsvSource({
        "wang, wang, true",
        "wang, li, false",
        "wang, oidc:wang, true",
        "oidc:Wang@city.example, wang, true",
        "oidc:wang, oidc:WANG, true",
        "oidc:wang@city.example, oidc:wang@other.example, false",
        "oidc:wang, li, false"
    })
    void areOneHumanAsFarAsNamesTell(String one, String other, boolean mayBeOne) {
        assertThat(Actors.mayBeOne(one, other)).isEqualTo(mayBeOne);
    }
}
