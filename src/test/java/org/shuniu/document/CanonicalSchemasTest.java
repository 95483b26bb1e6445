package org.shuniu.document;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CanonicalSchemasTest {
    private static final Pattern ITEM =
            Pattern.compile("(.+) — GB/T 39046-2020 table ([0-9]+)(?:, (an?|n)([.0-9]+))?(?:[;,: ].*)?");
    private static final Pattern UP_TO = Pattern.compile("\\.\\.([0-9]+)");

    private final List<JsonNode> described = new ArrayList<>();
    private final List<JsonNode> objects = new ArrayList<>();

    @BeforeEach
    void readAllSchemas() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("mappings/canonical"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".json")).toList()) {
                collect(new JsonMapper().readTree(Files.readString(file)));
            }
        }
    }

    @Test
    void takeTheirNamesAndFormatsFromTheStandard() throws IOException {
        List<String> standard = standard();

        assertThat(described).hasSizeGreaterThan(40);
        for (JsonNode property : described) {
            Matcher item = ITEM.matcher(property.get("description").stringValue());
            if (item.matches()) {
                String key = item.group(2) + " " + item.group(1);
                assertThat(standard).anyMatch(it -> it.startsWith(key + " "));
                if (item.group(3) != null) {
                    assertThat(standard).contains(key + " " + item.group(3) + item.group(4));
                }
            }
        }
    }

    @Test
    void limitTextsToTheLengthTheyDescribe() {
        for (JsonNode property : described) {
            Matcher item = ITEM.matcher(property.get("description").stringValue());
            if (item.matches() && item.group(3) != null && item.group(3).startsWith("a")) {
                Matcher upTo = UP_TO.matcher(item.group(4));
                if (upTo.matches() && property.has("maxLength")) {
                    assertThat(property.get("maxLength").intValue()).isEqualTo(Integer.parseInt(upTo.group(1)));
                }
            }
        }
    }

    @Test
    void writeLimitsOfNumbersWithADecimalPoint() {
        assertThat(described)
                .flatExtracting(it -> List.of(it.path("minimum"), it.path("maximum")))
                .noneMatch(it -> ((JsonNode) it).isIntegralNumber());
    }

    @Test
    void acceptUnknownPropertiesEverywhere() {
        assertThat(objects)
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.at("/additionalProperties").booleanValue())
                        .isTrue());
    }

    private void collect(JsonNode node) {
        if (node.path("description").isString() && node.path("title").isString()) {
            described.add(node);
        }
        if (node.path("type").isString() && node.get("type").stringValue().equals("object")) {
            objects.add(node);
        }
        node.values().forEach(this::collect);
    }

    private static List<String> standard() throws IOException {
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().ofNamedCsvRecord(Path.of("mappings/catalogue/fields.csv"))) {
            return reader.stream()
                    .filter(it -> it.getField("set").startsWith("GBT39046-T"))
                    .map(it -> it.getField("set").replaceAll("GBT39046-T([0-9]+).*", "$1") + " " + it.getField("field")
                            + " " + it.getField("type") + it.getField("length_or_format"))
                    .toList();
        }
    }
}
