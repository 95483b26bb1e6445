package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleTest {

    @ParameterizedTest
    @CsvSource({
        "METADATA, VIEWER OPERATOR APPROVER ENGINEER AUDITOR ADMINISTRATOR",
        "BODY, ENGINEER",
        "TRY, ENGINEER",
        "REPLAY, OPERATOR ENGINEER",
        "APPROVE, APPROVER",
        "HALT, OPERATOR APPROVER ENGINEER",
        "STEER, OPERATOR",
        "AUDIT, AUDITOR",
        "USERS, ADMINISTRATOR"
    })
    void grantsNoMoreThanItsRights(Right right, String roles) {
        assertThat(Stream.of(Role.values()).filter(role -> role.grants(right)).map(Role::name))
                .containsExactlyInAnyOrder(roles.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"a, true", "b, false", ", false"})
    void limitsAPersonToPartners(String partner, boolean sees) {
        ConsoleUser user = new ConsoleUser("someone", "", Set.of(Role.VIEWER), Set.of("a"), true, null, false);

        assertThat(user.sees(partner)).isEqualTo(sees);
        assertThat(new ConsoleUser("someone", "", Set.of(Role.VIEWER), null, true, null, false).sees(partner))
                .isTrue();
    }
}
