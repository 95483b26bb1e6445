package org.shuniu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.shuniu.codec.Codec;
import org.shuniu.codec.Codecs;
import org.shuniu.document.DocumentSchemas;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every pair {@code mappings/<partner>/examples/<mapping>/<case>.source.*} and {@code .target.*} is a test.
 * What a mapping really wrote lies in target/examples, for whoever adds a pair.
 */
class MappingExamplesTest {

    private static final Path FOLDER = Path.of("mappings");
    private static final Path WRITTEN = Path.of("target", "examples");
    private static final Days DAY = Days.of(LocalDate.of(2026, 11, 24));
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CONTEXT = """
            {"transport": {"status": 200, "receivedAt": "2026-11-24T10:15:30+08:00"},
             "call": {"operation": "application", "document": "application"},
             "message": {"id": "01940000-0000-7000-8000-000000000001"},
             "case": {"caseNo": "SN2026112400000001"}}""";

    private static final DocumentSchemas SCHEMAS = DocumentSchemas.load(FOLDER);
    private static final Mappings MAPPINGS = Mappings.load(FOLDER);

    @TestFactory
    Stream<DynamicTest> translatesEveryExampleAsItsTargetSays() throws IOException {
        return sources().stream().map(source -> DynamicTest.dynamicTest(source.toString(), () -> check(source)));
    }

    @Test
    void hasAnExampleForEveryMapping() throws IOException {
        Set<String> shown = new TreeSet<>();
        sources().forEach(source -> shown.add(partner(source) + "/" + mapping(source)));

        Set<String> all = new TreeSet<>();
        for (String partner : MAPPINGS.partners()) {
            MAPPINGS.of(partner).outgoing().keySet().forEach(name -> all.add(partner + "/" + name + ".out"));
            MAPPINGS.of(partner).incoming().keySet().forEach(name -> all.add(partner + "/" + name));
        }
        assertThat(shown).containsExactlyElementsOf(all);
    }

    private static void check(Path source) throws IOException {
        String written = mapping(source).endsWith(".out") ? outgoing(source) : incoming(source);
        String name = source.getFileName().toString();
        String stem = name.substring(0, name.indexOf(".source."));
        Path target = only(source, stem + ".target");
        keep(source, target, written);
        assertThat(target).exists();
        assertThat(tree(target, codec(source))).isEqualTo(tree(written, target, codec(source)));
    }

    private static String outgoing(Path source) throws IOException {
        OutgoingMapping mapping =
                MAPPINGS.of(partner(source)).outgoing().get(mapping(source).replace(".out", ""));
        ObjectNode tree = mapping.tree(JSON.readTree(Files.readString(source)), DAY);
        Codec content = mapping.codec().content();
        return new String(content.encode(tree), content.isRow() ? content.charset() : StandardCharsets.UTF_8);
    }

    private static String incoming(Path source) throws IOException {
        IncomingMapping mapping = MAPPINGS.of(partner(source)).incoming().get(mapping(source));
        Path context =
                source.resolveSibling(source.getFileName().toString().replaceAll("\\.source\\..*", ".context.json"));
        JsonNode known = JSON.readTree(Files.exists(context) ? Files.readString(context) : CONTEXT);
        Reading reading = mapping.read(mapping.codec().content().decode(bytes(source, mapping.codec())), known, DAY);
        ObjectNode shown = JSON.createObjectNode()
                .put(
                        "verdict",
                        reading.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("reason", reading.reason())
                .put("document", reading.documentType())
                .put("event", reading.eventId());
        shown.set("content", reading.document());
        if (reading.document() != null) {
            assertThat(SCHEMAS.check(reading.documentType(), reading.document()))
                    .isEmpty();
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(shown);
    }

    /** Rows are shown in UTF-8, whatever charset their files have. */
    private static byte[] bytes(Path source, Codec codec) throws IOException {
        return codec.isRow() ? Files.readString(source).getBytes(codec.charset()) : Files.readAllBytes(source);
    }

    /** Trees as text, so that the order of elements counts too. */
    private static String tree(Path file, Codec codec) throws IOException {
        return tree(Files.readString(file), file, codec);
    }

    private static String tree(String text, Path file, Codec codec) {
        if (codec.isRow()) {
            return text.replaceFirst("[\\r\\n]+$", "").replace("\r", "");
        }
        JsonNode tree = file.toString().endsWith(".xml")
                ? codec.content().decode(text.getBytes(StandardCharsets.UTF_8))
                : JSON.readTree(text);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
    }

    private static Codec codec(Path source) {
        PartnerMappings mappings = MAPPINGS.of(partner(source));
        String mapping = mapping(source);
        return mapping.endsWith(".out")
                ? mappings.outgoing().get(mapping.replace(".out", "")).codec()
                : Codecs.of(JSON.readTree("{\"kind\": \"json\"}"));
    }

    private static void keep(Path source, Path target, String written) throws IOException {
        Path file = WRITTEN.resolve(FOLDER.relativize(source.resolveSibling(target.getFileName())));
        Files.createDirectories(file.getParent());
        Files.writeString(file, written);
    }

    private static Path only(Path source, String stem) {
        return Stream.of(".xml", ".csv", ".txt")
                .map(ending -> source.resolveSibling(stem + ending))
                .filter(Files::exists)
                .findFirst()
                .orElse(source.resolveSibling(stem + ".json"));
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(FOLDER)) {
            files.filter(file -> file.getFileName().toString().contains(".source."))
                    .sorted()
                    .forEach(sources::add);
        }
        return sources;
    }

    private static String partner(Path source) {
        return FOLDER.relativize(source).getName(0).toString();
    }

    private static String mapping(Path source) {
        return FOLDER.relativize(source).getName(2).toString();
    }
}
