package org.shuniu.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.Drift;
import org.shuniu.document.DocumentChecks;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.fault.Fault;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The drift that was seen in real dictionaries is met, row by row: translated both ways, refused, or nobody's. */
class DriftTest {

    private static final Path FOLDER = Path.of("mappings");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Catalogue CATALOGUE = Catalogue.load(FOLDER);
    private static final Mappings MAPPINGS = Mappings.load(FOLDER);
    private static final DocumentSchemas SCHEMAS = DocumentSchemas.load(FOLDER);
    private static final DocumentChecks CHECKS =
            new DocumentChecks(CATALOGUE, Clock.fixed(Instant.parse("2026-11-24T04:00:00Z"), ZoneOffset.UTC));

    @TestFactory
    Stream<DynamicTest> meetsEveryRowWhereItSays() {
        DriftCheck check = new DriftCheck(CATALOGUE, MAPPINGS);
        assertThat(CATALOGUE.drifts()).hasSizeGreaterThanOrEqualTo(42);
        return CATALOGUE.drifts().stream()
                .map(drift -> DynamicTest.dynamicTest(
                        "%s of %s is %s: %s".formatted(drift.local(), drift.system(), drift.standard(), drift.metBy()),
                        () -> met(drift, check)));
    }

    private static void met(Drift drift, DriftCheck check) throws IOException {
        switch (drift.metBy()) {
            case "nobody" ->
                assertThat(Files.readString(FOLDER.resolve("catalogue/README.md")))
                        .contains(drift.system().split(" ")[0]);
            case "intake" -> assertThat(refused(drift)).isTrue();
            default -> assertThat(check.fault(drift)).isEmpty();
        }
    }

    /** A code that is right for another document is told by the number. */
    private static boolean refused(Drift drift) {
        ObjectNode application = application();
        ObjectNode applicant = application.withObject("applicant");
        assertThat(complaints(application)).isEmpty();
        if (drift.kind() != Drift.Kind.ID_TYPE) {
            applicant.put("type", drift.local());
        } else {
            applicant.put("idType", drift.local());
            applicant.put("idNumber", drift.local().equals("516") ? "FRA310115123456" : "1234567");
        }
        return complaints(application).stream().anyMatch(place -> place.startsWith("/applicant/"));
    }

    private static List<String> complaints(ObjectNode application) {
        List<String> places = new ArrayList<>();
        SCHEMAS.check("application", application).forEach(finding -> places.add(finding.pointer()));
        CHECKS.check("application", application).forEach(finding -> places.add(finding.pointer()));
        return places;
    }

    @Test
    void saysWhereATableDoesNotMeetWhatIsKnown() {
        DriftCheck check = new DriftCheck(CATALOGUE, MAPPINGS);

        assertThat(check.fault(drift("111", "7", "police/id-type")).map(Fault::toString))
                .hasValueSatisfying(
                        fault -> assertThat(fault)
                                .startsWith(
                                        "mappings/police/codes/id-type.csv:2: 111 of a system: found it written as '001', expected 7"));
        assertThat(check.fault(drift("335", "7", "police/id-type")).map(Fault::toString))
                .hasValueSatisfying(fault -> assertThat(fault)
                        .startsWith(
                                "mappings/police/codes/id-type.csv:1: 335 of a system: found no such row, expected 7"));
        assertThat(check.fault(drift("0", "fine", "police/result.in")))
                .hasValueSatisfying(fault -> assertThat(fault.toString()).contains("no outcome line that names it"));
        assertThat(check.fault(drift("111", "1", "tax/id-type")))
                .hasValueSatisfying(fault -> assertThat(fault.toString()).contains("no such partner"));
    }

    private static Drift drift(String standard, String local, String metBy) {
        return new Drift(Drift.Kind.ID_TYPE, standard, local, "", "a system", metBy, DAY, LocalDate.MAX);
    }

    @ParameterizedTest
    @CsvSource({
        "001, H12345678, /applicant/idType, 111",
        "420, H12345678, /applicant/idType, 516",
        "516, FRA310115123456, /applicant/idNumber, 553",
        "335, 1234567, /applicant/idNumber, 军官证"
    })
    void saysAtIntakeWhatACodeStandsForElsewhere(String idType, String number, String place, String meant) {
        ObjectNode application = application();
        application.withObject("applicant").put("idType", idType).put("idNumber", number);

        assertThat(CHECKS.check("application", application)).singleElement().satisfies(finding -> {
            assertThat(finding.pointer()).isEqualTo(place);
            assertThat(finding.expected()).endsWith("in another system's dictionary it stands for " + meant);
        });
    }

    @ParameterizedTest
    @CsvSource({"516, H12345678", "516, M1234567801", "553, FRA310115123456", "335, 11010519491231002X"})
    void takesTheStandardsCodesWithTheirNumbers(String idType, String number) {
        ObjectNode application = application();
        application.withObject("applicant").put("idType", idType).put("idNumber", number);

        assertThat(CHECKS.check("application", application)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"330199, 330100", "319900, 310000", "330185, 330112", "320721, 320707"})
    void refusesAnotherSystemsDivisionAndSaysWhichIsMeant(String division, String meant) {
        ObjectNode application = application();
        application.withObject("applicant").put("division", division);

        assertThat(CHECKS.check("application", application))
                .singleElement()
                .satisfies(finding -> assertThat(finding.expected()).endsWith("another system's code for " + meant));
    }

    @Test
    void callsEveryKindOfIdentityDocumentInEveryTableByTheNameOfTheStandard() throws IOException {
        Map<String, NamedCsvRecord> standard = new HashMap<>();
        rows(FOLDER.resolve("catalogue/id-types.csv")).forEach(row -> standard.put(row.getField("code"), row));

        for (String partner : MAPPINGS.partners()) {
            Path table = FOLDER.resolve(partner).resolve("codes/id-type.csv");
            if (Files.exists(table)) {
                assertThat(rows(table))
                        .allSatisfy(row -> assertThat(row.getField("name"))
                                .as("%s %s", partner, row.getField("hub"))
                                .isEqualTo(standard.get(row.getField("hub")).getField("name_zh")));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"420", "335", "a", "999"})
    void sendsNoDepartmentACodeThatItsTableHasNot(String idType) {
        for (String partner : List.of("police", "civil-affairs", "archives", "health", "economy", "trade-union")) {
            ObjectNode source = JSON.createObjectNode();
            source.set("document", application());
            source.withObject("message").put("id", "01940000-0000-7000-8000-000000000001");
            source.withObject("case").put("caseNo", "SN2026112400000001");
            source.withObject("document").withObject("applicant").put("idType", idType);

            assertThatThrownBy(
                            () -> idTypeRow(partner).write(new Source(source, Days.of(DAY)), JSON.createObjectNode()))
                    .isInstanceOf(MappingFailed.class)
                    .hasMessageContaining("no hub code '" + idType + "'; expected one of 111, 112");
        }
    }

    /** Every bureau's word for ok, said by another bureau, is neither a success nor a refusal. */
    @ParameterizedTest
    @CsvSource({
        "civil-affairs, 0000",
        "civil-affairs, 000000",
        "civil-affairs, 200",
        "civil-affairs, success",
        "civil-affairs, SUCCESS",
        "police, 000000",
        "police, 200",
        "police, SUCCESS",
        "human-resources, 0",
        "human-resources, 200",
        "human-resources, success",
        "health, 000000",
        "health, success",
        "healthcare-security, 0",
        "healthcare-security, SUCCESS",
        "certificate-library, success",
        "certificate-library, 0"
    })
    void believesNoOtherSystemsWordForOk(String partner, String code) {
        ObjectNode context = JSON.createObjectNode();
        context.withObject("transport").put("status", 200);
        context.withObject("call").put("operation", "application").put("document", "application");

        Reading reading =
                MAPPINGS.of(partner).incoming().get("result.in").read(answer(partner, code), context, Days.of(DAY));

        assertThat(reading.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(reading.reason()).contains("code " + code + " is none of the receiver's, expected ");
    }

    private static JsonNode answer(String partner, String code) {
        ObjectNode answer = JSON.createObjectNode();
        switch (partner) {
            case "human-resources" -> answer.withObject("/msg/head/rst").put("buscode", code);
            case "health" -> answer.withObject("/head").put("code", code);
            case "healthcare-security" -> answer.withObject("/head").put("retCode", code);
            case "certificate-library" -> answer.put("ack_code", code);
            default -> answer.put("code", code).putObject("data").put("state", "DONE");
        }
        return answer;
    }

    private static MappingRow idTypeRow(String partner) {
        return MAPPINGS.of(partner).outgoing().get("application").rows().stream()
                .filter(row -> row instanceof ValueRow value
                        && value.codes() != null
                        && value.codes().name().equals("id-type"))
                .findFirst()
                .orElseThrow();
    }

    private static ObjectNode application() {
        return (ObjectNode) JSON.readTree("""
                {"itemCode": "312000250000", "applicationTime": "20261124T101500", "channel": "2",
                 "applicant": {"type": "1", "name": "测试甲", "idType": "111", "idNumber": "11010519491231002X"}}""");
    }

    private static List<NamedCsvRecord> rows(Path file) throws IOException {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            return new ArrayList<>(rows.stream().toList());
        }
    }
}
