package org.shuniu.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shuniu.fault.Fault;
import org.shuniu.fault.StrictYaml;
import org.shuniu.mapping.Mappings;
import org.shuniu.packaged.Workplace;
import org.shuniu.partner.PartnerDirectory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schemas by which editors complete and check partner.yaml and mappings know what the hub knows, and nothing else. */
class EditingHelpTest {

    private static final Path PARTNER = Path.of("routes/partner.schema.json");
    private static final Path MAPPING = Path.of("mappings/mapping.schema.json");
    private static final Pattern LISTED = Pattern.compile("found an unknown key, expected one of \\[([^]]*)]");
    private static final Pattern KNOWN = Pattern.compile("unknown key '[^']*', expected one of \\[([^]]*)]");

    @TempDir
    private Path directory;

    @Test
    void everyFileNamesItsSchemaAndFitsIt() throws IOException {
        for (Path schema : List.of(PARTNER, MAPPING)) {
            Schema read = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(schema));
            List<Path> files = files(schema);
            assertThat(files).hasSizeGreaterThan(20).allSatisfy(file -> {
                assertThat(Files.readString(file))
                        .contains("# yaml-language-server: $schema=../%s\n".formatted(schema.getFileName()));
                assertThat(read.validate(StrictYaml.read(Files.readString(file))))
                        .isEmpty();
            });
        }
    }

    /** What the hub names as known when a key is not. */
    @ParameterizedTest
    @CsvSource({
        "'',                   partner: economy",
        "delivery,             'delivery:'",
        "delivery.circuit,     'circuit: {'"
    })
    void knowsTheKeysOfAPartnerThatTheHubKnows(String block, String before) throws IOException {
        Workplace.prepare(directory);
        Path file = directory.resolve("routes/economy/partner.yaml");
        String key = before.endsWith("{") ? "misspelt: 1, " : (block.isEmpty() ? "\nmisspelt: 1" : "\n  misspelt: 1");
        Files.writeString(file, Files.readString(file).replace(before, before + key));

        List<Fault> faults = new ArrayList<>();
        PartnerDirectory.load(directory.resolve("routes"), UnaryOperator.identity(), faults);

        assertThat(keys(
                        PARTNER,
                        "/properties"
                                + (block.isEmpty() ? "" : "/" + block.replace(".", "/properties/") + "/properties")))
                .isEqualTo(known(faults, LISTED));
    }

    @ParameterizedTest
    @CsvSource({
        "/$defs/row/properties,                                        '{target: requestId, ', application.out",
        "/properties/outcome/items/properties,                         '- {when: ',            result.in",
        "/properties/documents/additionalProperties/properties,        'event: ',              result.in"
    })
    void knowsTheKeysOfAMappingThatTheHubKnows(String place, String before, String mapping) throws IOException {
        Workplace.prepare(directory);
        Path file = directory.resolve("mappings/economy/%s.yaml".formatted(mapping));
        String text = Files.readString(file);
        String wrong =
                before.startsWith("event") ? "misspelt: 1\n    " + before : before.replace("{", "{misspelt: 1, ");
        assertThat(text).contains(before);
        Files.writeString(file, text.replaceFirst(Pattern.quote(before), wrong));

        List<Fault> faults = new ArrayList<>();
        Mappings.load(directory.resolve("mappings"), faults);

        assertThat(keys(MAPPING, place)).isEqualTo(known(faults, KNOWN));
    }

    private static Set<String> known(List<Fault> faults, Pattern listed) {
        return faults.stream()
                .flatMap(fault -> listed.matcher(fault.toString()).results())
                .findFirst()
                .map(found -> new TreeSet<>(List.of(found.group(1).split(", "))))
                .orElseThrow(() -> new AssertionError("no unknown key in " + faults));
    }

    private static Set<String> keys(Path schema, String pointer) throws IOException {
        JsonNode properties =
                JsonMapper.shared().readTree(Files.readString(schema)).at(pointer);
        return new TreeSet<>(properties.propertyNames());
    }

    private static List<Path> files(Path schema) throws IOException {
        try (Stream<Path> files = Files.walk(schema.getParent(), 2)) {
            return files.filter(file -> schema.equals(PARTNER)
                            ? file.endsWith("partner.yaml")
                            : file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }
}
