package org.shuniu.partner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.shuniu.signature.SignatureAlgorithm;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The partner.yaml of a region, in which keys and certificates are added and removed; everything else stays as it was written. */
public final class ProfileFile {

    /**
     * A key that is to be added.
     *
     * @param until the first day on which it is dead
     */
    public record NewKey(
            String keyid,
            SignatureAlgorithm algorithm,
            Set<ExchangeProfile.Purpose> purposes,
            LocalDate from,
            LocalDate until,
            String pem) {

        /** As the list {@code keys} has it. */
        public List<String> lines() {
            List<String> lines = new ArrayList<>(List.of(
                    "keyid: " + keyid,
                    "algorithm: " + algorithm.id(),
                    "purpose: [%s]".formatted(words()),
                    "not-before: " + from,
                    "not-after: " + until,
                    "public-key: |"));
            pem.strip().lines().forEach(line -> lines.add("  " + line));
            return lines;
        }

        private String inOneLine() {
            return "{keyid: %s, algorithm: %s, purpose: [%s], not-before: %s, not-after: %s, public-key: \"%s\"}"
                    .formatted(
                            keyid,
                            algorithm.id(),
                            words(),
                            from,
                            until,
                            pem.strip().replace("\n", "\\n"));
        }

        private String words() {
            return String.join(
                    ", ",
                    purposes.stream()
                            .map(purpose -> purpose.name().toLowerCase(Locale.ROOT))
                            .sorted()
                            .toList());
        }
    }

    private static final String[] KEYS = {"exchange", "keys"};
    private static final String[] CERTIFICATES = {"exchange", "certificates"};
    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx").withZone(ZoneId.of("Asia/Shanghai"));

    private final Path file;
    private final String before;
    private final UnaryOperator<String> placeholders;
    private final YamlText text;

    private ProfileFile(Path file, String before, UnaryOperator<String> placeholders, YamlText text) {
        this.file = file;
        this.before = before;
        this.placeholders = placeholders;
        this.text = text;
    }

    /** @throws IllegalArgumentException saying why it can't be changed */
    public static ProfileFile read(Path file, UnaryOperator<String> placeholders) throws IOException {
        String text = Files.readString(file);
        return new ProfileFile(file, text, placeholders, new YamlText(text));
    }

    /** A moment as profiles have it. */
    public static String moment(Instant at) {
        return MOMENT.format(at);
    }

    /** A certificate as the list {@code certificates} has it. */
    public static String certificate(String sha256, Instant ends) {
        return "{sha256: %s, ends: %s}".formatted(sha256, moment(ends));
    }

    public String text() {
        return text.toString();
    }

    /** The folder with the region's papers, where it has one. */
    public Optional<Path> folder() {
        JsonNode files =
                YAML.readTree(placeholders.apply(before)).path("exchange").path("files");
        return Optional.of(files.asString("")).filter(name -> !name.isBlank()).map(Path::of);
    }

    public ProfileFile with(NewKey key) {
        return changed(text.append(key.lines(), key.inOneLine(), KEYS));
    }

    public ProfileFile withCertificate(String sha256, Instant ends) {
        String entry = certificate(sha256, ends);
        return changed(text.append(List.of(entry), entry, CERTIFICATES));
    }

    /** @throws IllegalArgumentException when there is no such key in the file */
    public ProfileFile withoutKey(String keyid, Instant now) {
        int item = find(KEYS, entry -> entry.path("keyid").asString("").equals(keyid));
        return changed(text.put(item, "removed-at", moment(now), KEYS));
    }

    /** @throws IllegalArgumentException when there is no such certificate in the file */
    public ProfileFile withoutCertificate(String sha256, Instant now) {
        int item = find(
                CERTIFICATES,
                entry -> ExchangeBlock.fingerprint((entry.isObject() ? entry.path("sha256") : entry).asString(""))
                        .equals(sha256));
        String removed = "removed-at: " + moment(now);
        return changed(
                text.isMapping(item, CERTIFICATES)
                        ? text.put(item, "removed-at", moment(now), CERTIFICATES)
                        : text.changeItem(
                                item, said -> "{sha256: %s, %s}".formatted(quoted(said), removed), CERTIFICATES));
    }

    private int find(String[] list, Predicate<JsonNode> wanted) {
        JsonNode entries = YAML.readTree(placeholders.apply(text.toString()));
        for (String name : list) {
            entries = entries.path(name);
        }
        JsonNode found = entries;
        OptionalInt item = IntStream.range(0, found.size())
                .filter(i -> wanted.test(found.get(i)))
                .findFirst();
        return item.orElseThrow(
                () -> new IllegalArgumentException("it is not in the list %s".formatted(String.join(".", list))));
    }

    /** What stood alone in its line may be no value between braces. */
    private static String quoted(String said) {
        return said.startsWith("\"") || said.startsWith("'") ? said : "\"%s\"".formatted(said);
    }

    /** The version rises with every change. */
    private ProfileFile changed(YamlText now) {
        return new ProfileFile(file, before, placeholders, now.change(ProfileFile::next, "exchange", "version"));
    }

    private static String next(String version) {
        if (!version.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(
                    "exchange.version: found %s, expected a number, which rises with every change".formatted(version));
        }
        return Integer.toString(Integer.parseInt(version) + 1);
    }

    /** Replaces the file in one step. */
    public void write() throws IOException {
        DurableFiles.replace(file, before, text.toString());
    }
}
