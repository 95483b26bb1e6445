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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.shuniu.contract.ContractFile;
import org.shuniu.fault.Fault;
import org.shuniu.fault.StrictYaml;
import org.shuniu.mapping.Mappings;
import org.shuniu.packaged.Workplace;
import org.shuniu.partner.PartnerDirectory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schemas by which editors complete and check partner.yaml and mappings know what the hub knows, and nothing else. */
class EditingHelpTest {

    private static final Path PARTNER = Path.of("routes/partner.schema.json");
    private static final Path MAPPING = Path.of("mappings/mapping.schema.json");
    private static final Pattern LISTED = Pattern.compile("found an unknown key, expected [^\\[]* of \\[([^]]*)]");
    private static final String MISSPELT = "misspelt";
    private static final Map<String, String> PROTOCOLS = Map.of(
            "files", "sftp", "database", "table", "reconciliation", "table", "queues", "amqp", "exchange", "chx");
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

    /** Of every block that the schema has: what the hub names as known when a key is not. */
    @ParameterizedTest
    @MethodSource("blocks")
    void knowsTheKeysOfAPartnerThatTheHubKnows(String block, Set<String> keys) throws IOException {
        Path file = directory.resolve("routes/office/partner.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, misspelt(block).toString());

        List<Fault> faults = new ArrayList<>();
        PartnerDirectory.load(directory.resolve("routes"), UnaryOperator.identity(), faults);

        String place = block.replace("[]", "[0]");
        assertThat(faults)
                .filteredOn(fault -> fault.place().equals(place.isEmpty() ? MISSPELT : place + "." + MISSPELT))
                .as("of %s in %s", block, faults)
                .singleElement()
                .extracting(fault -> known(List.of(fault), LISTED))
                .isEqualTo(keys);
    }

    private static List<Arguments> blocks() throws IOException {
        List<Arguments> blocks = new ArrayList<>();
        JsonNode schema = JsonMapper.shared().readTree(Files.readString(PARTNER));
        blocks(schema, schema, "", blocks);
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(20);
        return blocks;
    }

    private static void blocks(JsonNode schema, JsonNode at, String place, List<Arguments> blocks) {
        JsonNode block = at.path("$ref").isString()
                ? schema.at(at.path("$ref").stringValue().substring(1))
                : at;
        if (block.has("properties")) {
            blocks.add(
                    Arguments.of(place, new TreeSet<>(block.path("properties").propertyNames())));
        }
        block.path("properties")
                .properties()
                .forEach(entry -> blocks(
                        schema,
                        entry.getValue(),
                        place.isEmpty() ? entry.getKey() : place + "." + entry.getKey(),
                        blocks));
        block.path("anyOf").forEach(form -> blocks(schema, form, place, blocks));
        if (block.has("items")) {
            blocks(schema, block.path("items"), place + "[]", blocks);
        }
    }

    /** A partner with a misspelt key in that block, of a protocol that has such a block. */
    private static JsonNode misspelt(String block) {
        ObjectNode partner = JsonMapper.shared().createObjectNode().put("partner", "office");
        partner.put("protocol", PROTOCOLS.getOrDefault(block.split("[.\\[]")[0], "rest"));
        ObjectNode at = partner;
        for (String name : block.isEmpty() ? new String[0] : block.split("\\.")) {
            at = name.endsWith("[]") ? at.putArray(name.replace("[]", "")).addObject() : at.putObject(name);
        }
        at.put(MISSPELT, 1);
        return partner;
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
                            : file.toString().endsWith(".yaml")
                                    && !ContractFile.standsBeside(
                                            file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }
}
