package org.shuniu.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.conformance.RecordedPass.Line;
import org.shuniu.fault.Fault;
import org.shuniu.fault.StrictYaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is written is read again, by the hub and by the schema that editors go by. */
class RecordedPassTest {

    private static final Path SCHEMA = Path.of("mappings/conformance.schema.json");
    private static final Tried PASSED = tried("application/twice", End.PASSED, "the same answer, one decision");
    private static final Tried NOT_APPLICABLE =
            tried("withdrawal/follows", End.NOT_APPLICABLE, "it decides at once: \"nothing\" follows");

    @TempDir
    private Path mappings;

    @BeforeEach
    void write() throws IOException {
        Path folder =
                Files.createDirectories(mappings.resolve("forestry/codes")).getParent();
        Files.writeString(folder.resolve("contract.yaml"), "contract: forestry\n");
        Files.writeString(folder.resolve("application.out.yaml"), "mapping: forestry/application.out\n");
        Files.writeString(folder.resolve("codes/state.csv"), "hub,local,use,name\n");
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        Path file = RecordedPass.write(mappings, "forestry", "test.example.org", List.of(PASSED, NOT_APPLICABLE));

        List<Fault> faults = new ArrayList<>();
        RecordedPass record = RecordedPass.read(file, faults).orElseThrow(() -> new AssertionError(faults));

        assertThat(record.host()).isEqualTo("test.example.org");
        assertThat(record.digests()).isEqualTo(Digests.of(mappings.resolve("forestry")));
        assertThat(record.trials())
                .containsExactly(
                        new Line("application/twice", End.PASSED, Optional.empty()),
                        new Line("withdrawal/follows", End.NOT_APPLICABLE, Optional.of(NOT_APPLICABLE.came())));
    }

    @Test
    void isOfTheFilesThatWereThere() throws IOException {
        Path folder = mappings.resolve("forestry");
        Digests before = Digests.of(folder);

        RecordedPass.write(mappings, "forestry", "127.0.0.1", List.of(PASSED));
        assertThat(Digests.of(folder)).isEqualTo(before);

        Files.writeString(folder.resolve("codes/state.csv"), "hub,local,use,name\n40,WORKING,both,x\n");
        assertThat(Digests.of(folder).contract()).isEqualTo(before.contract());
        assertThat(Digests.of(folder).mappings()).isNotEqualTo(before.mappings());

        Files.writeString(folder.resolve("contract.yaml"), "contract: other\n");
        assertThat(Digests.of(folder).contract()).isNotEqualTo(before.contract());
    }

    @Test
    void isNeverWrittenOfAFailure() {
        assertThatThrownBy(() -> RecordedPass.write(
                        mappings,
                        "forestry",
                        "127.0.0.1",
                        List.of(PASSED, tried("asked/in-work", End.FAILED, "never-received"))))
                .hasMessageContaining("asked/in-work was not passed");
        assertThat(RecordedPass.file(mappings, "forestry")).doesNotExist();
    }

    @Test
    void namesItsSchemaAndFitsIt() throws IOException {
        Path file = RecordedPass.write(mappings, "forestry", "127.0.0.1", List.of(PASSED, NOT_APPLICABLE));
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA));

        assertThat(Files.readString(file)).contains("# yaml-language-server: $schema=../conformance.schema.json\n");
        assertThat(schema.validate(StrictYaml.read(Files.readString(file)))).isEmpty();
        assertThat(schema.validate(StrictYaml.read(Files.readString(file).replace("end: passed", "end: failed"))))
                .isNotEmpty();
        assertThat(schema.validate(
                        StrictYaml.read(Files.readString(file).replace("end: passed", "end: not-applicable"))))
                .isNotEmpty();
    }

    @Test
    void knowsTheKeysThatTheSchemaKnows() throws IOException {
        JsonNode schema = JsonMapper.shared().readTree(Files.readString(SCHEMA));

        assertThat(known("misspelt: 1\n")).isEqualTo(names(schema.at("/properties")));
        assertThat(known("trials:\n  - {misspelt: 1}\n"))
                .isEqualTo(names(schema.at("/properties/trials/items/properties")));
    }

    @Test
    void tellsWhatIsWrongWithLineAndCure() throws IOException {
        Path file = RecordedPass.write(mappings, "forestry", "127.0.0.1", List.of(PASSED, NOT_APPLICABLE));
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst("contract: \"[0-9a-f]+\"", "contract: \"none\"")
                        .replace("end: passed", "end: failed"));

        List<Fault> faults = new ArrayList<>();
        assertThat(RecordedPass.read(file, faults)).isEmpty();

        assertThat(faults)
                .extracting(Fault::toString)
                .anySatisfy(fault -> assertThat(fault)
                        .contains("conformance.yaml:7: contract: found 'none', expected 12 hex digits"))
                .anySatisfy(fault -> assertThat(fault).contains("trials[0].end: found 'failed'", "run it again"));
    }

    /** What the reader names as known when a key is not. */
    private Set<String> known(String text) throws IOException {
        Path file = Files.writeString(mappings.resolve("forestry/conformance.yaml"), text);
        List<Fault> faults = new ArrayList<>();
        RecordedPass.read(file, faults);
        String cure = faults.stream()
                .filter(fault -> fault.reason().equals("an unknown key"))
                .findFirst()
                .orElseThrow()
                .cure();
        return new TreeSet<>(Set.of(cure.replaceAll("one of \\[|]", "").split(", ")));
    }

    private static Set<String> names(JsonNode properties) {
        return new TreeSet<>(properties.propertyNames());
    }

    private static Tried tried(String id, End end, String came) {
        return new Tried(id, end, "expected", came, Whose.NOBODY, Optional.empty(), 1);
    }
}
