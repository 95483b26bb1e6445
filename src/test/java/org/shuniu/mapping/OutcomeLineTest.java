package org.shuniu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.shuniu.store.Json;

/** What a partner's answer may put into a reason that people read. */
class OutcomeLineTest {

    private static final OutcomeLine LINE = new OutcomeLine(null, Verdict.REFUSED, "code {answer.code}", null);

    @Test
    void showsACode() {
        assertThat(reasonFor("E-4001.2")).isEqualTo("code E-4001.2");
    }

    @Test
    void withholdsNumbersThatMayBeAPersons() {
        assertThat(reasonFor("11010519491231002X")).isEqualTo("code (withheld)");
        assertThat(reasonFor("ERR:13900000000")).isEqualTo("code (withheld)");
    }

    @Test
    void withholdsProse() {
        assertThat(reasonFor("refused for 测试甲")).isEqualTo("code (withheld)");
    }

    private static String reasonFor(String code) {
        return LINE.reason(Json.object().set("answer", Json.object().put("code", code)));
    }
}
