package org.shuniu.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shuniu.codec.Codec;
import org.shuniu.codec.Codecs;
import org.shuniu.codec.Garbled;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The examples of all mappings: pairs {@code <partner>/examples/<mapping>/<case>.source.*} and {@code <case>.target.*}, each saying
 * that the one is translated into the other. They show how a mapping is meant, and fail when it does something else.
 */
public final class Examples {

    /**
     * One pair.
     *
     * @param mapping such as {@code application.out} or {@code result.in}
     * @param target where it is, or where it is missed
     */
    public record Example(String partner, String mapping, Path source, Path target) {

        /** What people call it: {@code online} of {@code online.source.json}. */
        public String name() {
            String file = source.getFileName().toString();
            return file.substring(0, file.indexOf(SOURCE));
        }

        /** What is known besides of an answer, where the usual does not fit. */
        public Optional<Path> context() {
            String name = source.getFileName().toString().replaceAll("\\.source\\..*", ".context.json");
            return Optional.of(source.resolveSibling(name)).filter(Files::exists);
        }

        public boolean outgoing() {
            return mapping.endsWith(OUT);
        }
    }

    /**
     * What a mapping makes of an example's source.
     *
     * @param text as targets are written
     * @param reading what an answer says; null for what goes out
     * @param asItsTargetSays whether this is what its target has
     */
    public record Translated(String text, @Nullable Reading reading, boolean asItsTargetSays) {}

    private static final String OUT = ".out";
    private static final String SOURCE = ".source.";
    private static final String TARGET = ".target.";
    /** By whose tables examples are translated. */
    public static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    private static final Days DAYS = Days.of(DAY);
    /** What is known besides of an answer that says nothing of it. */
    public static final JsonNode CONTEXT = Source.MAPPER.readTree("""
            {"transport": {"status": 200, "receivedAt": "2026-11-24T10:15:30+08:00"},
             "call": {"operation": "application", "document": "application"},
             "message": {"id": "01940000-0000-7000-8000-000000000001"},
             "case": {"caseNo": "SN2026112400000001"}}""");

    private final Path folder;
    private final Mappings mappings;

    /** @param folder of the mappings */
    public Examples(Path folder, Mappings mappings) {
        this.folder = folder;
        this.mappings = mappings;
    }

    /** In the order of their files; those of partners whose mappings can't be read are left out. */
    public List<Example> all() {
        return files().stream()
                .filter(file -> isIn(file, SOURCE))
                .map(this::example)
                .filter(example -> mappings.partners().contains(example.partner()))
                .toList();
    }

    /** Those of one mapping, in the order of their files. */
    public List<Example> of(String partner, String mapping) {
        Path place = folder.resolve(partner).resolve("examples").resolve(mapping);
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> isIn(file, SOURCE))
                    .sorted()
                    .map(this::example)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Sources that lie where no mapping's examples are, and targets without a source. */
    public List<Path> stray() {
        List<Path> files = files();
        Set<String> sources = files.stream()
                .filter(file -> isIn(file, SOURCE))
                .map(file -> stem(file, SOURCE))
                .collect(Collectors.toSet());
        return files.stream()
                .filter(file -> isIn(file, SOURCE) && !isPlaced(file)
                        || isIn(file, TARGET) && !sources.contains(stem(file, TARGET)))
                .toList();
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> isIn(file, SOURCE) || isIn(file, TARGET))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isIn(Path file, String kind) {
        return file.getFileName().toString().contains(kind);
    }

    private static String stem(Path file, String kind) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.indexOf(kind))).toString();
    }

    /** {@code <partner>/examples/<mapping>/<file>} */
    private boolean isPlaced(Path file) {
        Path path = folder.relativize(file);
        return path.getNameCount() == 4 && path.getName(1).toString().equals("examples");
    }

    /** The mappings, such as {@code economy/application.out}, that no example shows. */
    public List<String> missing() {
        List<String> shown = all().stream()
                .map(example -> example.partner() + "/" + example.mapping())
                .toList();
        return mappings.partners().stream()
                .flatMap(partner -> Stream.concat(
                                mappings.of(partner).outgoing().keySet().stream()
                                        .map(name -> name + OUT),
                                mappings.of(partner).incoming().keySet().stream())
                        .map(name -> partner + "/" + name))
                .filter(mapping -> !shown.contains(mapping))
                .sorted()
                .toList();
    }

    /** Whether the mapping of an example is there. */
    public boolean isOfAMapping(Example example) {
        PartnerMappings all = mappings.of(example.partner());
        return example.outgoing()
                ? all.outgoing().containsKey(document(example))
                : all.incoming().containsKey(example.mapping());
    }

    /**
     * Translates one.
     *
     * @throws MappingFailed when the mapping can't write it
     * @throws AnswerGarbled when the mapping can't read it
     * @throws Garbled when the source is not in its format
     */
    public Translated translate(Example example) {
        try {
            Reading reading = example.outgoing() ? null : incoming(example);
            String written = reading == null ? outgoing(example) : shown(reading);
            return new Translated(written, reading, isTarget(written, example));
        } catch (JacksonException malformed) {
            throw new Garbled(malformed.getOriginalMessage());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * What an answer among the examples says.
     *
     * @throws MappingFailed when its document can't be written
     * @throws AnswerGarbled when the mapping can't read it
     * @throws Garbled when the source is not in its format
     */
    public Reading read(Example example) {
        try {
            return incoming(example);
        } catch (JacksonException malformed) {
            throw new Garbled(malformed.getOriginalMessage());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A target that is missing or can't be read says something else. */
    private boolean isTarget(String written, Example example) throws IOException {
        if (!Files.exists(example.target())) {
            return false;
        }
        try {
            return tree(Files.readString(example.target()), example).equals(tree(written, example));
        } catch (Garbled | JacksonException unreadable) {
            return false;
        }
    }

    private String outgoing(Example example) throws IOException {
        OutgoingMapping mapping = mappings.of(example.partner()).outgoing().get(document(example));
        return mapping.text(mapping.tree(source(example), DAYS));
    }

    /** What the mapping of what goes out may see of an example. */
    JsonNode source(Example example) throws IOException {
        JsonNode source = Source.MAPPER.readTree(Files.readString(example.source()));
        return mappings.of(example.partner()).permitted(item(source), source, DAYS);
    }

    /** What the partner says in an example, as the codec reads it. */
    JsonNode answer(Example example) throws IOException {
        Codec codec =
                mappings.of(example.partner()).incoming().get(example.mapping()).codec();
        return codec.content().decode(bytes(example.source(), codec));
    }

    /** What is known besides of an example's answer. */
    JsonNode context(Example example) throws IOException {
        return example.context().isPresent()
                ? Source.MAPPER.readTree(Files.readString(example.context().get()))
                : CONTEXT;
    }

    /** The code of the item that a source is about, or nothing. */
    public static String item(JsonNode source) {
        return source.path("case").path("itemCode").asString("");
    }

    private Reading incoming(Example example) throws IOException {
        IncomingMapping mapping = mappings.of(example.partner()).incoming().get(example.mapping());
        return mapping.read(answer(example), context(example), DAYS);
    }

    static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String shown(Reading reading) {
        ObjectNode shown = Source.MAPPER
                .createObjectNode()
                .put("verdict", word(reading.verdict()))
                .put("reason", reading.reason())
                .put("document", reading.documentType())
                .put("event", reading.eventId());
        shown.set("content", reading.document());
        return pretty(shown);
    }

    /** Rows are shown in UTF-8, whatever charset their files have. */
    private static byte[] bytes(Path source, Codec codec) throws IOException {
        return codec.isRow() ? Files.readString(source).getBytes(codec.charset()) : Files.readAllBytes(source);
    }

    /** Trees as text, so that the order of elements counts too. */
    private String tree(String text, Example example) {
        Codec codec = codec(example);
        if (codec.isRow()) {
            return text.replaceFirst("[\\r\\n]+$", "").replace("\r", "");
        }
        return pretty(
                example.target().toString().endsWith(".xml")
                        ? codec.content().decode(text.getBytes(StandardCharsets.UTF_8))
                        : Source.MAPPER.readTree(text));
    }

    private Codec codec(Example example) {
        return example.outgoing()
                ? mappings.of(example.partner())
                        .outgoing()
                        .get(document(example))
                        .codec()
                : Codecs.of(Source.MAPPER.createObjectNode().put("kind", "json"));
    }

    private static String pretty(JsonNode tree) {
        return Source.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
    }

    private static String document(Example example) {
        return example.mapping().substring(0, example.mapping().length() - OUT.length());
    }

    private Example example(Path source) {
        String stem = Path.of(stem(source, SOURCE)).getFileName() + TARGET;
        Path target = Stream.of("xml", "csv", "txt")
                .map(ending -> source.resolveSibling(stem + ending))
                .filter(Files::exists)
                .findFirst()
                .orElse(source.resolveSibling(stem + "json"));
        Path path = folder.relativize(source);
        return isPlaced(source)
                ? new Example(path.getName(0).toString(), path.getName(2).toString(), source, target)
                : new Example("", "", source, target);
    }
}
