package org.shuniu.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.store.Json;
import tools.jackson.databind.JsonNode;

class StandInsTest {

    private static final JsonNode EXAMPLE = tree("""
            {"document": {"applicant": {"name": "测试甲", "type": "1", "idType": "111"}, "form": {"purpose": "本人使用"}}}""");
    private static final JsonNode SOURCE = tree("""
            {"message": {"id": "0194f000-0000-7000-8000-000000000077", "document": "application"},
             "delivery": {"id": "0194f000-0000-7000-8000-000000000078", "ticket": "T-8812-LIN"},
             "case": {"caseNo": "SN2026112400000077", "itemCode": "312000250000", "itemName": "市民网上实名认证服务"},
             "document": {"itemCode": "312000250000", "applicationTime": "20261124T101459", "channel": "2",
               "applicant": {"type": "1", "name": "林小满", "idType": "414", "idNumber": "310115198803124726",
                 "mobile": "18817326541", "birthDate": "19880312", "division": "310115001", "status": "离异"},
               "status": "林小满的", "time": "13817326541", "copy": {"content": {"status": "林大满", "time": "20250101"}},
               "form": {"purpose": "给孩子落户", "itemCode": "18817326541", "income": 18250.50, "alone": false,
                 "林小满的女儿": "林一"},
               "materials": [{"name": "林小满身份证.pdf"}], "outcome": "LIN13", "step": "13-04"}}""");

    private final StandIns standIns = new StandIns(
            Set.of("document.applicant.idType"),
            List.of(EXAMPLE),
            Set.of(
                    "itemCode",
                    "applicationTime",
                    "channel",
                    "mobile",
                    "idNumber",
                    "birthDate",
                    "division",
                    "materials",
                    "income"));

    @Test
    void leaveNothingOfAnybody() {
        String covered = standIns.ofSource("application", SOURCE).toString();

        assertThat(covered)
                .doesNotContain(
                        "林",
                        "310115",
                        "1881732",
                        "1381732",
                        "离异",
                        "20250101",
                        "88-",
                        "19880312",
                        "8812",
                        "落户",
                        "18250",
                        "孩子",
                        "false",
                        "小满",
                        "LIN13",
                        "13-04");
    }

    @Test
    void leaveWhatIsTheHubsOwnAndWhatCodesSay() {
        JsonNode covered = standIns.ofSource("application", SOURCE);

        assertThat(covered.path("case")).isEqualTo(SOURCE.path("case"));
        assertThat(covered.path("message")).isEqualTo(SOURCE.path("message"));
        JsonNode document = covered.path("document");
        assertThat(document.path("applicationTime")).isEqualTo(SOURCE.at("/document/applicationTime"));
        assertThat(document.at("/applicant/idType").asString())
                .as("the mapping in force has a table here")
                .isEqualTo("414");
        assertThat(document.at("/applicant/type").asString()).isEqualTo("1");
    }

    @Test
    void haveTheShapeOfWhatTheyStandFor() {
        JsonNode applicant =
                standIns.ofSource("application", SOURCE).path("document").path("applicant");

        assertThat(applicant.path("name").asString()).hasSize(3).isEqualTo("测试甲");
        assertThat(applicant.path("mobile").asString()).isEqualTo("13900000000");
        assertThat(applicant.path("birthDate").asString()).isEqualTo("19491231");
        assertThat(applicant.path("division").asString()).isEqualTo("310101002");
        assertThat(standIns.ofSource("application", SOURCE)
                        .at("/document/form/income")
                        .decimalValue()
                        .scale())
                .isEqualTo(1);
    }

    @Test
    void ofAnAnswerLeaveCodesAndTheHubsOwnNumbers() {
        StandIns ofAnswers = new StandIns(Set.of("answer.data.state"), List.of(tree("""
                {"success": true, "code": "E5003"}"""), tree("""
                {"success": false, "code": "200"}""")), Set.of());
        JsonNode context = tree("{\"case\": {\"caseNo\": \"SN2026112400000077\"}, \"message\": {}}");

        JsonNode covered = ofAnswers.ofAnswer(tree("""
                {"success": false, "code": "E5003", "data": {"state": "DONE", "applyNo": "SN2026112400000077",
                 "handler": "林小满", "certNo": "沪教310115198803124726", "310115198803124726": "x"}}"""), context);

        assertThat(covered.path("success").booleanValue()).isFalse();
        assertThat(covered.path("code").asString()).isEqualTo("E5003");
        assertThat(covered.at("/data/state").asString()).isEqualTo("DONE");
        assertThat(covered.at("/data/applyNo").asString()).isEqualTo("SN2026112400000077");
        assertThat(covered.toString()).doesNotContain("林", "310115198803124726", "沪教");
    }

    /** A short code and a truth value may say of somebody what nobody has shown. */
    @Test
    void ofAnAnswerLeaveNoCodeAndNoTruthThatNoExampleShows() {
        StandIns ofAnswers = new StandIns(Set.of(), List.of(tree("""
                {"success": true, "code": "E5003"}""")), Set.of());

        JsonNode covered = ofAnswers.ofAnswer(
                tree("""
                {"success": false, "code": "E4711", "married": false, "sex": "2", "grade": "HB", "points": 47}"""), tree("{\"case\": {\"caseNo\": \"SN2026112400000077\"}, \"message\": {}}"));

        assertThat(covered.path("success").booleanValue()).isTrue();
        assertThat(covered.path("married").booleanValue()).isTrue();
        assertThat(covered.path("code").asString()).hasSize(5).isNotEqualTo("E4711");
        assertThat(covered.path("sex").asString()).hasSize(1).isNotEqualTo("2");
        assertThat(covered.path("grade").asString()).hasSize(2).isNotEqualTo("HB");
        assertThat(covered.path("points").intValue()).isBetween(10, 99).isNotEqualTo(47);
    }

    @Test
    void ofANumberOfACitizenHaveARightCheckCharacter() {
        String standIn = StandIn.of("310115198803124726");

        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * (standIn.charAt(i) - '0');
        }
        assertThat(standIn).hasSize(18).endsWith("10X98765432".substring(sum % 11, sum % 11 + 1));
    }

    @Test
    void ofAnOrganisationHaveARightCheckCharacter() {
        String alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        String standIn = StandIn.of("91310115MA1K4ABC7D");
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < 17; i++) {
            sum += weight * alphabet.indexOf(standIn.charAt(i));
            weight = weight * 3 % 31;
        }
        assertThat(standIn).hasSize(18).isNotEqualTo("91310115MA1K4ABC7D");
        assertThat(standIn.charAt(17)).isEqualTo(alphabet.charAt((31 - sum % 31) % 31));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T10:15:00+08:00, 2026-01-02T03:04:05+00:00",
        "2026-11-24 10:15:00, 2026-01-02 03:04:05",
        "20261124101500, 20260102030405",
        "1988/03/12, 1949/12/31",
        "2026年11月24日, 2026年01月02日",
        "2026-11, 2026-01",
        "021-58991234, 021-62345678",
        "310115, 310101"
    })
    void keepTheNotationOfTimesAndNumbers(String value, String standIn) {
        assertThat(StandIn.of(value)).isEqualTo(standIn);
    }

    /** A mapping that fails on a message for its length or its letters fails on the stand-in too. */
    @ParameterizedTest
    @ValueSource(strings = {"浦东新区世纪大道1234号", "Ａｂ１２", "Zhang San", "㛃𬭊", "a\nb", "g12345678"})
    void keepLengthAndKindsOfLetters(String value) {
        String standIn = StandIn.of(value);
        Charset gbk = Charset.forName("GBK");

        assertThat(standIn).isNotEqualTo(value.equals("㛃𬭊") || value.equals("a\nb") ? "" : value);
        assertThat(standIn.codePointCount(0, standIn.length())).isEqualTo(value.codePointCount(0, value.length()));
        assertThat(gbk.newEncoder().canEncode(standIn))
                .isEqualTo(gbk.newEncoder().canEncode(value));
        assertThat(standIn.contains("\n")).isEqualTo(value.contains("\n"));
    }

    @Test
    void ofTwoValuesOfOneShapeAreOne() {
        List<String> names = new ArrayList<>();
        List.of("林小满", "王大雷", "李一一").forEach(name -> names.add(StandIn.of(name)));

        assertThat(Set.copyOf(names)).hasSize(1);
        assertThat(StandIn.of(new BigDecimal("18250.50"))).isEqualTo(StandIn.of(new BigDecimal("99999.99")));
        assertThat(LocalDate.parse(StandIn.of("2025-02-28"))).isEqualTo(LocalDate.of(2026, 1, 2));
    }

    private static JsonNode tree(String json) {
        return Json.MAPPER.readTree(json);
    }
}
