package org.shuniu.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shuniu.store.Json;

class CoveredTest {

    @Test
    void showsOfAValueHowLongItIsAndThatOnlyWhenItIsShort() {
        assertThat(Covered.value(Json.MAPPER.readTree("\"测试甲\""))).isEqualTo("***");
        assertThat(Covered.value(Json.MAPPER.readTree("\"11010519491231002X\"")))
                .isEqualTo("************");
        assertThat(Covered.value(Json.MAPPER.readTree("{\"name\": \"测试甲\"}"))).isEqualTo("{}");
    }

    @Test
    void showsOfAReasonItsShortCodes() {
        assertThat(Covered.reason("code table id-type has no hub code '999'; expected one of 111", code -> true))
                .isEqualTo("code table id-type has no hub code '999'; expected one of 111");
        assertThat(Covered.reason("no hub code 'E12345678'; expected", code -> true))
                .isEqualTo("no hub code '***'; expected");
        assertThat(Covered.reason("no hub code 'Wang'; expected", code -> true))
                .isEqualTo("no hub code '***'; expected");
    }

    @Test
    void showsNoPieceOfAValueThatIsNotKnownAsACode() {
        assertThat(Covered.reason("no hub code '3101'; expected one of '111'", Set.of("111")::contains))
                .isEqualTo("no hub code '***'; expected one of '111'");
    }

    @Test
    void givesOneReasonForEveryLength() {
        assertThat(Covered.reason("row remark: a text of 501 characters; expected at most 500", code -> true))
                .isEqualTo(Covered.reason("row remark: a text of 733 characters; expected at most 500", code -> true))
                .contains("expected at most 500");
        assertThat(Covered.reason("not JSON: line 7, column 12", code -> true))
                .isEqualTo("not JSON: line some, column some");
        assertThat(Covered.reason(
                        "/materials/3/name is string of 70 characters; expected at most 50 characters", code -> true))
                .isEqualTo("/materials/some/name is string of some characters; expected at most 50 characters");
        assertThat(Covered.reason("a line of 12 bytes and 10 characters; expected 200 bytes", code -> true))
                .isEqualTo("a line of some bytes and some characters; expected 200 bytes");
    }
}
