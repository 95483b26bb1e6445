package org.shuniu.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.shuniu.conformance.RecordedPass.Line;
import org.shuniu.fault.Fault;
import org.shuniu.fault.YamlLines;
import tools.jackson.databind.JsonNode;

/** Reads a record; a wrong value becomes a fault with its line, and a stand-in. */
final class RecordedPassReader {

    private static final String CURE = "the file as conform writes it: run it again";
    private static final Set<String> KEYS = Set.of("conformance", "passed", "host", "contract", "mappings", "trials");
    private static final Set<String> OF_TRIAL = Set.of("id", "end", "reason");
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\+08:00");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{12}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]-]+");
    private static final Pattern TRIAL = Pattern.compile("[a-z-]+/[A-Za-z0-9_.-]+");

    private final Path file;
    private final YamlLines lines;
    private final JsonNode tree;
    private final List<Fault> faults;

    RecordedPassReader(Path file, YamlLines lines, JsonNode tree, List<Fault> faults) {
        this.file = file;
        this.lines = lines;
        this.tree = tree;
        this.faults = faults;
    }

    RecordedPass record() {
        keys(tree, "", KEYS);
        String folder = file.toAbsolutePath().getParent().getFileName().toString();
        return new RecordedPass(
                word(tree, "", "conformance", Pattern.compile(Pattern.quote(folder)), "the name of its folder"),
                word(tree, "", "passed", MOMENT, "a moment such as 2026-11-24T10:15:00+08:00"),
                word(tree, "", "host", HOST, "the name or number of a machine"),
                new Digests(
                        word(tree, "", "contract", DIGEST, "12 hex digits"),
                        word(tree, "", "mappings", DIGEST, "12 hex digits")),
                trials());
    }

    private List<Line> trials() {
        List<Line> trials = new ArrayList<>();
        JsonNode list = tree.path("trials");
        if (!list.isArray() || list.isEmpty()) {
            fault("trials", "no list");
        }
        for (int i = 0; i < list.size(); i++) {
            trials.add(trial(list.get(i), "trials[%d]".formatted(i)));
        }
        return trials;
    }

    /** Only a pass is recorded. */
    private Line trial(JsonNode at, String key) {
        keys(at, key, OF_TRIAL);
        End end = End.of(at.path("end").asString("")).orElse(End.FAILED);
        Optional<String> reason = Optional.ofNullable(at.path("reason").asString(null));
        if (end == End.FAILED) {
            fault(key + ".end", "found '%s'".formatted(at.path("end").asString("")));
        }
        if (reason.isPresent() != (end == End.NOT_APPLICABLE)) {
            fault(key + ".reason", reason.isPresent() ? "a reason for what was passed" : "no reason");
        }
        return new Line(word(at, key + ".", "id", TRIAL, "such as application/twice"), end, reason);
    }

    private String word(JsonNode in, String place, String name, Pattern pattern, String expected) {
        String value = in.path(name).asString("");
        if (!pattern.matcher(value).matches()) {
            faults.add(Fault.ofKey(
                    file,
                    lines,
                    place + name,
                    "found " + (value.isEmpty() ? "nothing" : "'%s'".formatted(value)),
                    expected + ", in " + CURE));
        }
        return value;
    }

    private void keys(JsonNode in, String key, Set<String> known) {
        in.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> faults.add(Fault.ofKey(
                        file,
                        lines,
                        key.isEmpty() ? name : key + "." + name,
                        "an unknown key",
                        "one of " + new TreeSet<>(known))));
    }

    private void fault(String key, String reason) {
        faults.add(Fault.ofKey(file, lines, key, reason, CURE));
    }
}
