package org.shuniu.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;

/** Reads values of a file that a person writes; a wrong one becomes a fault with file and key, and a stand-in. */
public final class BlockReader {

    private static final Pattern STEPS = Pattern.compile("[.\\[\\]]+");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern PRIVATE = Pattern.compile("^authentication\\.(?!kind$)|password|key$|username");
    private static final Pattern SECRET = Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}");
    private static final int LONGEST_SHOWN = 80;

    private final Path file;
    private final YamlLines lines;
    private final JsonNode tree;
    private final List<Fault> faults;

    /** @param lines where in the file what is */
    public BlockReader(Path file, YamlLines lines, JsonNode tree, List<Fault> faults) {
        this.lines = lines;
        this.file = file;
        this.tree = tree;
        this.faults = faults;
    }

    public JsonNode at(String... path) {
        JsonNode node = tree;
        for (String name : path) {
            node = node.path(name);
        }
        return node;
    }

    public boolean has(String... path) {
        return !at(path).isMissingNode() && !at(path).isNull();
    }

    /** @param block dotted name of the block, or empty for the whole file */
    public void requireKeys(String block, Set<String> keys) {
        requireKeys(block, block.isEmpty() ? tree : at(block.split("\\.")), keys);
    }

    /** @param block its place, which may be an item of a list: {@code exchange.keys[2]} */
    public void requireKeys(String block, JsonNode node, Set<String> keys) {
        String prefix = block.isEmpty() ? "" : block + ".";
        node.propertyNames().stream()
                .filter(key -> !keys.contains(key))
                .forEach(key -> add(prefix + key, "an unknown key", Nearest.among(key, keys)));
    }

    public String text(String... path) {
        String value = at(path).asString("");
        if (value.isBlank()) {
            fault(String.join(".", path), "nothing", "a text");
        }
        return value;
    }

    /** The name of a secret; the value of one in its place is told by nobody. */
    public String secret(String... path) {
        String name = text(path);
        if (!name.isBlank() && !SECRET.matcher(name).matches()) {
            add(
                    String.join(".", path),
                    "no name of a secret",
                    "a name of small letters, digits and hyphens; its value is a file of that name in shuniu.secrets-dir");
        }
        return name;
    }

    public int number(String... path) {
        int value = at(path).asInt(0);
        if (value < 1) {
            fault(String.join(".", path), "no number above 0", "a whole number from 1");
        }
        return value;
    }

    public int number(int byDefault, String... path) {
        return has(path) ? number(path) : byDefault;
    }

    public List<String> strings(String... path) {
        List<String> values = new ArrayList<>();
        at(path).forEach(value -> values.add(value.asString("")));
        return values;
    }

    /** A time above 0. */
    public Duration duration(Duration byDefault, String... path) {
        if (!has(path)) {
            return byDefault;
        }
        String key = String.join(".", path);
        Duration value = duration(key, at(path).asString(""));
        if (value.isZero()) {
            fault(key, "no time", "a time above 0");
        }
        return value;
    }

    public Duration duration(String key, String text) {
        try {
            Duration value = DurationStyle.detectAndParse(text);
            if (!value.isNegative()) {
                return value;
            }
        } catch (IllegalArgumentException malformed) {
            fault(key, "no duration", "a number with a unit, such as 500ms, 5s, 30m or 2h");
            return Duration.ofSeconds(1);
        }
        fault(key, "a negative duration", "a duration from 0s");
        return Duration.ofSeconds(1);
    }

    /** Tells with it what stands there, where that can be no secret. */
    public void fault(String key, String found, String expected) {
        String value = value(key);
        boolean told = found.endsWith(": " + value) || found.contains("'" + value + "'");
        boolean shown = !value.isBlank() && !told && !isPrivate(key, value);
        add(key, shown ? "%s: '%s'".formatted(found, value) : found, expected);
    }

    private void add(String key, String found, String expected) {
        faults.add(Fault.ofKey(file, lines, key, "found " + found, expected));
    }

    private String value(String key) {
        JsonNode node = tree;
        for (String step : STEPS.split(key)) {
            node = NUMBER.matcher(step).matches() ? node.path(Integer.parseInt(step)) : node.path(step);
        }
        return node.asString("");
    }

    /** Whoever mistakes a secret's value for its name writes the value. */
    private static boolean isPrivate(String key, String value) {
        return PRIVATE.matcher(key).find() || value.contains("@") || value.length() > LONGEST_SHOWN;
    }
}
