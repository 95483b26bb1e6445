package org.shuniu.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.catalogue.Catalogue;
import tools.jackson.databind.node.ObjectNode;

class DocumentChecksTest {
    private final DocumentChecks checks = new DocumentChecks(Catalogue.load(Path.of("mappings")), Applications.NOON);

    @Test
    void acceptsAnOnlineApplicationAndACounterVisit() {
        assertThat(checks.check("application", Applications.online())).isEmpty();
        assertThat(checks.check("application", Applications.counter())).isEmpty();
    }

    @Test
    void tellsAnUnknownItemFromOneNotInForceOnTheDayOfApplication() {
        assertThat(spoiled("/itemCode", "312000000000")).isEqualTo("/itemCode item-unknown");
        assertThat(spoiled("/applicationTime", "20171231T101500")).startsWith("/itemCode item-not-in-force");
    }

    @Test
    void needsTheCentreOfACounterVisit() {
        ObjectNode application = Applications.counter();
        application.remove("receivingCentre");

        assertThat(rules(application)).isEqualTo("/receivingCentre required");
        assertThat(spoiled("/receivingCentre", "31010100299")).isEqualTo("/receivingCentre centre-unknown");
    }

    @Test
    void letsOnlyACounterVisitContinueACase() {
        ObjectNode counter = Applications.counter();
        counter.put("caseNo", "310000202611240001");

        assertThat(rules(counter)).isEmpty();
        assertThat(spoiled("/caseNo", "310000202611240001")).isEqualTo("/caseNo channel");
    }

    @Test
    void takesAnItemThatNeedsAVisitByCounterWebAndMobileOnly() {
        ObjectNode application = Applications.counter();
        for (String channel : new String[] {"1", "2", "3"}) {
            assertThat(rules(application.put("channel", channel))).isEmpty();
        }
        assertThat(rules(application.put("channel", "4"))).isEqualTo("/channel channel");
        assertThat(rules(Applications.online().put("channel", "9"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"310108", "310101099", "990101"})
    void refusesADivisionThatIsNotInForce(String division) {
        assertThat(spoiled("/applicant/division", division)).isEqualTo("/applicant/division division-unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "110105194912310021, check-digit",
        "11010519491231002x, format",
        "１１０１０５１９４９１２３１００２Ｘ, format",
        "110105194902300024, birth-date",
        "110105204912310025, birth-date",
        "1101051949123100, format",
        "1.10105E+17, format"
    })
    void refusesAnIdentityNumber(String number, String rule) {
        assertThat(spoiled("/applicant/idNumber", number)).isEqualTo("/applicant/idNumber " + rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"11010519491231002X", "440524188001010014", "110105491231002", "31010619900101002X"})
    void knowsAWellFormedIdentityNumber(String number) {
        assertThat(new IdentityNumber(number).wellFormed()).isTrue();
        assertThat(new IdentityNumber(number).birthDate()).isPresent();
    }

    @Test
    void acceptsAnOldNumberOfFifteenDigits() {
        assertThat(spoiled("/applicant/idNumber", "110105491231002")).isEmpty();
    }

    @Test
    void doesNotCheckTheNumbersOfOtherDocuments() {
        ObjectNode application = Applications.online();
        applicant(application).put("idType", "414").put("idNumber", "E12345678");

        assertThat(rules(application)).isEmpty();
    }

    @Test
    void comparesSexWithTheIdentityNumber() {
        assertThat(spoiled("/applicant/sex", "1")).isEqualTo("/applicant/sex sex");
        assertThat(spoiled("/applicant/sex", "9")).isEmpty();
    }

    @Test
    void refusesAnIdTypeOutsideTheTable() {
        assertThat(spoiled("/applicant/idType", "001")).isEqualTo("/applicant/idType code-table");
    }

    @Test
    void checksTheCreditCodeOfACompany() {
        ObjectNode application = Applications.online();
        applicant(application).put("type", "2").put("idType", "990").put("idNumber", "11310000002420447T");
        assertThat(rules(application)).isEmpty();

        applicant(application).put("idNumber", "11310000002420447U");
        assertThat(rules(application)).isEqualTo("/applicant/idNumber check-digit");

        applicant(application).put("idNumber", "1131000000242044IT");
        assertThat(rules(application)).isEqualTo("/applicant/idNumber format");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"13800000000", "19912345678", "02112345678", "021-12345678", "0512-12345678", "962218", "12345"})
    void acceptsATelephone(String number) {
        assertThat(spoiled("/applicant/mobile", number)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12800000000", "1380000000", "138000000000", "0211234567", "+8613800000000", "１３８００００００００"})
    void refusesATelephone(String number) {
        assertThat(spoiled("/applicant/mobile", number)).isEqualTo("/applicant/mobile telephone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"20261124T101500", "20261124101500", "2026112410:15:00", "20261124T120959"})
    void acceptsTheThreeFormsOfATime(String time) {
        assertThat(spoiled("/applicationTime", time)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "20260230T101500, date-time",
        "20261124T250000, date-time",
        "2026-11-24T10:15:00, date-time",
        "20261124T121001, future",
        "20271124T101500, future"
    })
    void refusesATimeThatIsNotReal(String time, String rule) {
        assertThat(spoiled("/applicationTime", time)).isEqualTo("/applicationTime " + rule);
    }

    @Test
    void refusesABirthDateThatDoesNotExist() {
        assertThat(spoiled("/applicant/birthDate", "19490230")).isEqualTo("/applicant/birthDate date");
    }

    @Test
    void checksAgentsSupplementsAndWithdrawalsToo() {
        assertThat(spoiled("/agent/idNumber", "440524188001010015")).isEqualTo("/agent/idNumber check-digit");
        assertThat(checks.check("supplement", Applications.tree("""
                                {"supplementTime":"20260230101500","applicant":{"idType":"111","idNumber":"1"}}""")))
                .extracting(Finding::rule)
                .containsExactly("date-time", "format");
        assertThat(checks.check(
                        "withdrawal",
                        Applications.tree("{\"withdrawalTime\":\"20261124101500\",\"by\":{\"idType\":\"000\"}}")))
                .extracting(Finding::pointer)
                .containsExactly("/by/idType");
    }

    @Test
    void knowsTheStatesOfStatusAndResult() {
        String status = "{\"statusTime\":\"20261124101500\",\"status\":\"%s\"}";
        String result = "{\"resultTime\":\"20261124101500\",\"status\":\"%s\"}";

        assertThat(checks.check("status", Applications.tree(status.formatted("12"))))
                .isEmpty();
        assertThat(checks.check("status", Applications.tree(status.formatted("77"))))
                .hasSize(1);
        assertThat(checks.check("result", Applications.tree(result.formatted("61"))))
                .isEmpty();
        assertThat(checks.check("result", Applications.tree(result.formatted("40"))))
                .hasSize(1);
    }

    @Test
    void leavesWhatIsMissingOrOfAnotherKindToTheSchema() {
        for (String document : new String[] {"application", "supplement", "withdrawal", "status", "result"}) {
            assertThat(checks.check(document, Applications.tree("{}"))).isEmpty();
            assertThat(checks.check(document, Applications.tree("{\"applicant\":[1],\"status\":60,\"itemCode\":{}}")))
                    .isEmpty();
        }
    }

    @Test
    void neverSaysTheValueItself() {
        ObjectNode application = Applications.online();
        applicant(application).put("idNumber", "110105194912310021").put("mobile", "12800000000");

        assertThat(checks.check("application", application))
                .hasSize(2)
                .allSatisfy(it -> assertThat(it.toString()).doesNotContain("1101051949", "12800000000"));
        assertThat(new IdentityNumber("110105194912310021").toString()).doesNotContain("1101");
    }

    private String spoiled(String pointer, String value) {
        ObjectNode application = pointer.equals("/receivingCentre") ? Applications.counter() : Applications.online();
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) application.at(pointer.substring(0, slash))).put(pointer.substring(slash + 1), value);
        return rules(application);
    }

    private String rules(ObjectNode application) {
        return String.join(
                ", ",
                checks.check("application", application).stream()
                        .map(it -> it.pointer() + " " + it.rule())
                        .toList());
    }

    private static ObjectNode applicant(ObjectNode application) {
        return (ObjectNode) application.get("applicant");
    }
}
