package org.shuniu.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.shuniu.check.RouteFile.Element;
import org.shuniu.fault.Fault;
import tools.jackson.databind.JsonNode;

/** The rules of routes/README.md that one file keeps or breaks by itself: it explains itself, stays small and only moves messages. */
final class RouteRules {

    private static final Set<String> LEAVES =
            Set.of("jms", "http", "https", "file", "sql", "quartz", "timer", "gateway", "delivery");
    /** Steps that look into a message or make one: a mapping's or a bean's work. */
    private static final Set<String> TRANSLATES = Set.of(
            "script",
            "groovy",
            "javascript",
            "mvel",
            "ognl",
            "python",
            "joor",
            "java",
            "process",
            "setBody",
            "transform");

    private static final Pattern CONTRACT = Pattern.compile("Contract: mappings/([A-Za-z./-]+\\.(?:md|yaml|json))");
    private static final int LONGEST = 100;
    private static final int MOST_STEPS = 10;
    private static final int DEEPEST = 2;

    private final Path routes;
    private final Path mappings;
    private final boolean documents;
    private final List<Fault> faults;

    /** @param documents whether what people read lies beside the files */
    RouteRules(Path routes, Path mappings, boolean documents, List<Fault> faults) {
        this.documents = documents;
        this.routes = routes;
        this.mappings = mappings;
        this.faults = faults;
    }

    void check(RouteFile file) {
        comment(file);
        length(file);
        if (!file.partner(routes).isEmpty() && file.elements().size() != 1) {
            fault(
                    file,
                    1,
                    "it holds %d routes; expected one, so that the file's name says which it is"
                            .formatted(file.elements().size()));
        }
        file.elements().forEach(this::check);
    }

    private void check(Element element) {
        if (RouteFile.HOLDS_ROUTES.contains(element.kind())) {
            described(element);
            size(element);
        }
        RouteFile.walk(element.tree(), element.at(), (node, at) -> {
            leaves(element, node, at);
            translates(element, node, at);
        });
    }

    /** What the file does, which contract it keeps and how to try it. */
    private void comment(RouteFile file) {
        String text = file.text();
        if (!text.startsWith("# ")) {
            fault(file, 1, "it begins with no comment; expected '# ' and what the file does, before anything else");
        }
        if (!text.contains("Try: ")) {
            fault(file, 1, "its comment does not say how to try it; expected 'Try: ' and a call or a command");
        }
        if (!file.partner(routes).isEmpty() && !text.toLowerCase(Locale.ROOT).contains("contract:")) {
            fault(
                    file,
                    1,
                    "its comment names no contract; expected 'Contract: mappings/%s/README.md', or where else it is written"
                            .formatted(file.partner(routes)));
        }
        CONTRACT.matcher(text)
                .results()
                .filter(named -> documents)
                .filter(named -> !Files.isRegularFile(mappings.resolve(named.group(1))))
                .forEach(named -> fault(
                        file,
                        lineOf(text, named),
                        "the contract mappings/%s is not there; expected a file that is, or the contract written there"
                                .formatted(named.group(1))));
    }

    private static long lineOf(String text, MatchResult found) {
        return 1
                + text.substring(0, found.start())
                        .chars()
                        .filter(letter -> letter == '\n')
                        .count();
    }

    private void length(RouteFile file) {
        long lines = file.text().lines().count();
        if (lines > LONGEST) {
            fault(
                    file,
                    LONGEST + 1L,
                    "it has %d lines; expected at most %d: a decision is a bean, what a message means a mapping"
                            .formatted(lines, LONGEST));
        }
    }

    private void described(Element element) {
        if (element.tree().path("description").asString("").isBlank()) {
            fault(element, element.at(), "no description; expected description: with what it does, in a few words");
        } else if (element.route().path("description").asString("").isBlank()) {
            fault(
                    element,
                    element.routeAt(),
                    "the route of the template has no description; expected description: with what it does, in a few words");
        }
    }

    private void size(Element element) {
        JsonNode steps = element.route().path("from").path("steps");
        List<Object> at = RouteFile.with(element.routeAt(), "from", "steps");
        if (steps(steps) > MOST_STEPS) {
            fault(
                    element,
                    at,
                    "%d steps; expected at most %d: several that belong together are one bean"
                            .formatted(steps(steps), MOST_STEPS));
        }
        if (depth(steps) > DEEPEST) {
            fault(
                    element,
                    at,
                    "steps lie in each other %d deep; expected at most %d: a choice among many is a bean or a recipient list"
                            .formatted(depth(steps), DEEPEST));
        }
    }

    private static int steps(JsonNode steps) {
        int count = 0;
        for (JsonNode step : steps) {
            count++;
            for (JsonNode content : step) {
                count += steps(content.path("steps"));
            }
        }
        return count;
    }

    private static int depth(JsonNode steps) {
        int deepest = 0;
        for (JsonNode step : steps) {
            for (JsonNode content : step) {
                deepest = Math.max(deepest, depth(content.path("steps")));
            }
        }
        return steps.isEmpty() ? 0 : deepest + 1;
    }

    /** Operators see endpoints by their ids, and what is said of them. */
    private void leaves(Element element, JsonNode node, List<Object> at) {
        String uri = node.path("uri").asString("");
        List<String> missing = new ArrayList<>();
        for (String key : List.of("id", "description")) {
            if (node.path(key).asString("").isBlank()) {
                missing.add(key);
            }
        }
        if (LEAVES.contains(uri.split(":", 2)[0]) && !missing.isEmpty()) {
            fault(
                    element,
                    RouteFile.with(at, "uri"),
                    "%s leaves the process and has no %s; expected both id and description beside uri"
                            .formatted(uri, String.join(" and no ", missing)));
        }
    }

    private void translates(Element element, JsonNode node, List<Object> at) {
        for (String step : new TreeSet<>(node.propertyNames())) {
            if (TRANSLATES.contains(step)) {
                fault(
                        element,
                        RouteFile.with(at, step),
                        "'%s' in a route; expected transformDataType with a mapping, or a bean: a route only moves messages"
                                .formatted(step));
            }
        }
    }

    private void fault(RouteFile file, long line, String message) {
        faults.add(Fault.of(file.path(), line, "", message));
    }

    private void fault(Element element, List<Object> at, String message) {
        faults.add(element.file().fault(at, element.id(), message));
    }
}
