package org.shuniu.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shuniu.store.Json;

class DifferenceTest {

    private static final Set<String> KNOWN = Set.of("form", "remark", "list");

    @Test
    void namesWhatIsKnownAndNoNameThatACitizenMade() {
        Difference difference = Difference.between(
                Json.MAPPER.readTree(
                        "{\"form\":{\"remark\":\"a\",\"110105194912310021\":\"b\",\"list\":[1,{\"remark\":2}]}}"),
                Json.MAPPER.readTree(
                        "{\"form\":{\"remark\":\"c\",\"110105194912310021\":\"d\",\"Wang\":1,\"list\":[1,{\"remark\":3}]}}"));

        assertThat(difference.shown(KNOWN)).containsExactlyInAnyOrder("/form/remark", "/form/*", "/form/list/1/remark");
        assertThat(difference.pointers()).contains("/form/110105194912310021", "/form/Wang");
        assertThat(new String(difference.bytes(), StandardCharsets.UTF_8)).contains("/form/110105194912310021");
    }
}
