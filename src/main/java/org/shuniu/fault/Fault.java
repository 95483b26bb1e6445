package org.shuniu.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/**
 * Something that is wrong in a file that a person writes, said so that he can mend it without asking.
 *
 * @param file as whoever edits it calls it
 * @param line where it is, counted from 1; 0 where it is nowhere in particular, or where the file can't be read
 * @param place the key, row or column; empty for the whole file
 * @param reason what is wrong, without anything personal
 * @param cure what is expected instead
 */
public record Fault(String file, long line, String place, String reason, String cure) {

    /** Lines in which the reader of YAML shows where it is, and what stands there, which may be anybody's. */
    private static final Pattern OF_READER = Pattern.compile("\\s.*|");

    private static final Pattern IN_READER = Pattern.compile("(?m)^\\s+in .*, line (\\d{1,9}), column");

    private static final String EXPECTED = "; expected ";

    /**
     * A key of a YAML file; the line is that of the key, or of what would hold it.
     *
     * @param key names joined by dots, where items have numbers that count from 0: {@code exchange.keys[2].keyid}
     */
    public static Fault ofKey(Path file, String key, String reason, String cure) {
        return ofKey(file, YamlLines.of(text(file)), key, reason, cure);
    }

    /** The same, in a text that is not in its file yet. */
    public static Fault ofKey(Path file, YamlLines lines, String key, String reason, String cure) {
        return new Fault(file.toString(), lines.line(key), key, reason, cure);
    }

    /**
     * A place in a YAML file.
     *
     * @param path names of keys and numbers of items, which count from 0
     * @param message the reason and the cure, as in "'x' is no date; expected one like 2026-07-01"
     */
    public static Fault ofPath(Path file, List<Object> path, String place, String message) {
        return of(file, YamlLines.of(text(file)).line(path), place, message);
    }

    /** @param message the reason and the cure, as in "'x' is no date; expected one like 2026-07-01" */
    public static Fault of(Path file, long line, String place, String message) {
        int cure = message.lastIndexOf(EXPECTED);
        return cure < 0
                ? new Fault(file.toString(), line, place, message, "")
                : new Fault(
                        file.toString(),
                        line,
                        place,
                        message.substring(0, cure),
                        message.substring(cure + EXPECTED.length()));
    }

    /** A file as a whole; the line is its first, or none where it is not there. */
    public static Fault ofFile(Path file, String reason, String cure) {
        return new Fault(file.toString(), Files.isRegularFile(file) ? 1 : 0, "", reason, cure);
    }

    /** A file that is no YAML at all. */
    public static Fault ofText(Path file, JacksonException malformed) {
        return ofText(file, text(file), malformed);
    }

    /** The same of a text that is not in its file yet. */
    public static Fault ofText(Path file, String text, JacksonException malformed) {
        return ofFormat(
                file,
                text,
                "YAML",
                malformed,
                "one document of YAML in UTF-8, indented by spaces, in which no key stands twice and texts with ': ' or '#' are quoted");
    }

    /** A file that is no JSON at all. */
    public static Fault ofJson(Path file, JacksonException malformed) {
        return ofFormat(
                file,
                text(file),
                "JSON",
                malformed,
                "one document of JSON in UTF-8, with names and texts in double quotes");
    }

    private static Fault ofFormat(Path file, String text, String format, JacksonException malformed, String cure) {
        String why = malformed
                .getOriginalMessage()
                .lines()
                .filter(line -> !OF_READER.matcher(line).matches())
                .map(String::strip)
                .collect(Collectors.joining(", "));
        return new Fault(file.toString(), line(text, malformed), "", "not %s: %s".formatted(format, why), cure);
    }

    /**
     * Of the places that readers name, the last is that of what they met, and the first of what it stands in: what a bracket opens is
     * found open much later.
     */
    private static long line(String text, JacksonException malformed) {
        TokenStreamLocation at = malformed.getLocation();
        String message = String.valueOf(malformed.getOriginalMessage());
        boolean bracket = message.contains("flow");
        long said = IN_READER
                .matcher(message)
                .results()
                .mapToLong(place -> Long.parseLong(place.group(1)))
                .reduce((before, next) -> bracket ? before : next)
                .orElse(at == null ? 1 : at.getLineNr());
        return Math.max(1, Math.min(said, text.lines().count()));
    }

    /** A file in another charset; the line is the first with a byte that is none of UTF-8. */
    public static Fault ofBytes(Path file) {
        return new Fault(
                file.toString(),
                lineOfOtherCharset(file),
                "",
                "bytes that are no UTF-8",
                "a file saved in UTF-8 (of GBK or GB18030: iconv -f GB18030 -t UTF-8)");
    }

    private static long lineOfOtherCharset(Path file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            CharBuffer text = CharBuffer.allocate(bytes.remaining());
            StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true);
            return 1 + text.flip().chars().filter(letter -> letter == '\n').count();
        } catch (IOException unreadable) {
            return 0;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** As compilers say it: {@code file:line: place: reason, expected cure}. */
    @Override
    public String toString() {
        StringBuilder said = new StringBuilder(file);
        if (line > 0) {
            said.append(':').append(line);
        }
        said.append(": ");
        if (!place.isEmpty()) {
            said.append(place).append(": ");
        }
        said.append(reason);
        return cure.isEmpty()
                ? said.toString()
                : said.append(", expected ").append(cure).toString();
    }
}
