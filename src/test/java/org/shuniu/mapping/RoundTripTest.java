package org.shuniu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.mapping.Loss.Kind;

class RoundTripTest {

    private static final Path FOLDER = Path.of("mappings");
    private static final RoundTrip REAL = trip(FOLDER);
    private static final Map<String, List<Loss>> LOSSES =
            REAL.partners().stream().collect(Collectors.toMap(partner -> partner, REAL::losses));

    @TempDir
    Path folder;

    @Test
    void everyKeyComesBackFromEveryDepartmentAsItWent() {
        assertThat(REAL.partners()).hasSize(11);
        assertThat(REAL.partners())
                .allSatisfy(partner -> assertThat(LOSSES.get(partner))
                        .filteredOn(Loss::isFault)
                        .isEmpty());
    }

    /** Each is a property of the department's system, and stands in its mappings for whoever looks. */
    @ParameterizedTest
    @CsvSource({
        "archives,            REFUSED,     document.applicant.idType",
        "civil-affairs,       DROPPED,     answer.data.sybmc",
        "disabled-federation, NEVER_COMES, result.departmentCaseNo",
        "disabled-federation, NEVER_COMES, message.id",
        "economy,             NOT_CARRIED, document.applicant.address",
        "economy,             COARSER,     document.applicant.idType",
        "grain,               CUT,         document.form.remark",
        "grain,               REFUSED,     document.applicant.name",
        "health,              CHANGED,     document.form.remark",
        "healthcare-security, COARSER,     codes/area.csv 310101",
        "healthcare-security, NEVER_COMES, message.id",
        "housing,             COARSER,     document.applicant.division",
        "human-resources,     COARSER,     document.applicationTime",
        "trade-union,         CUT,         answer.handler",
    })
    void saysWhatADepartmentDoesNotGetOrGive(String partner, Kind kind, String field) {
        assertThat(LOSSES.get(partner)).anySatisfy(loss -> {
            assertThat(loss.kind()).isEqualTo(kind);
            assertThat(loss.field()).isEqualTo(field);
            assertThat(loss.items()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "grain,               document.applicant.mobile, REFUSED",
        "disabled-federation, document.agent.mobile,     REFUSED",
        "economy,             document.applicant.name,   NOT_CARRIED",
        "healthcare-security, document.applicant.division, NOT_CARRIED",
        "civil-affairs,       answer.data.resultText,    DROPPED",
    })
    void saysNothingOfWhatGetsThrough(String partner, String field, Kind kind) {
        assertThat(LOSSES.get(partner)).noneMatch(loss -> loss.field().equals(field) && loss.kind() == kind);
    }

    @Test
    void tellsItemsApartByWhatMayLeaveForThem() {
        assertThat(LOSSES.get("police"))
                .filteredOn(
                        loss -> loss.kind() == Kind.NOT_CARRIED && loss.field().equals("document.applicant.division"))
                .singleElement()
                .satisfies(loss -> assertThat(loss.items())
                        .isNotEmpty()
                        .doesNotContain("312000194000")
                        .isSubsetOf(REAL.items("police")));
    }

    @Test
    void findsAKeyThatIsReadFromAnotherPlace() throws IOException {
        change("economy/result.in.yaml", "source: answer.data.applyNo", "source: answer.data.acceptNo");

        assertThat(faults("economy")).containsExactly("KEY_LOST case.caseNo");
    }

    @Test
    void findsAKeyThatIsReadAsAnother() throws IOException {
        change(
                "economy/result.in.yaml",
                "source: answer.data.applyNo",
                "source: answer.data.applyNo, function: first 10");

        assertThat(faults("economy")).containsExactly("KEY_CHANGED answer.data.applyNo");
    }

    @Test
    void findsAKeyThatDoesNotGoOutAsItIs() throws IOException {
        change(
                "economy/application.out.yaml",
                "target: applyNo, source: case.caseNo",
                "target: applyNo, source: case.caseNo, function: last 6");

        assertThat(faults("economy")).containsExactly("KEY_LOST case.caseNo");
    }

    @Test
    void findsATicketThatNobodyKeeps() throws IOException {
        change("housing/result.in.yaml", "    ticket: answer.ticket\n", "");

        assertThat(faults("housing")).containsExactly("KEY_LOST delivery.ticket");
    }

    @Test
    void findsACodeThatComesBackAsAnother() throws IOException {
        change("economy/codes/channel.csv", "1,", "8,HALL,out,窗口\n1,");
        change(
                "economy/result.in.yaml",
                "      - {target: step.handler,",
                "      - {target: step.name, source: answer.data.channel, codes: channel}\n      - {target: step.handler,");

        assertThat(faults("economy")).containsExactly("RETURNS_AS_ANOTHER codes/channel.csv 8");
    }

    private List<String> faults(String partner) {
        return trip(folder).losses(partner).stream()
                .filter(Loss::isFault)
                .map(loss -> loss.kind() + " " + loss.field())
                .toList();
    }

    private static RoundTrip trip(Path folder) {
        return new RoundTrip(folder, Mappings.load(folder), Catalogue.load(FOLDER), Examples.DAY);
    }

    /** In a copy of what the partner needs, the first place that reads so. */
    private void change(String file, String from, String to) throws IOException {
        for (String part : Set.of("canonical", file.substring(0, file.indexOf('/')))) {
            if (!Files.exists(folder.resolve(part))) {
                copy(part);
            }
        }
        Path path = folder.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replace(from, to));
    }

    private void copy(String part) throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER.resolve(part))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(FOLDER.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
    }
}
