package org.shuniu.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.shuniu.check.RouteFile.Element;
import org.shuniu.fault.Fault;
import org.shuniu.fault.Nearest;
import tools.jackson.databind.JsonNode;

/** Whoever uses a template of routes gives it what it needs and knows, and is the partner in whose folder he stands. */
final class TemplateUseCheck {

    private static final String TEMPLATE = "routeTemplate";
    private static final String USE = "templatedRoute";
    private static final String PARAMETERS = "parameters";
    private static final String PARTNER = "partner";

    private final Path routes;
    private final Map<String, Element> templates = new TreeMap<>();
    private final String unread;
    private final List<Fault> faults;
    /** Partners of whose uses some are wrong: what they are to do is not known. */
    private final Set<String> unclear = new TreeSet<>();

    /**
     * @param known elements of all files, the templates among them
     * @param unread what stands in files that can't be read, which may be a template
     */
    TemplateUseCheck(Path routes, List<Element> known, String unread, List<Fault> faults) {
        this.routes = routes;
        this.unread = unread;
        this.faults = faults;
        known.stream()
                .filter(element -> element.kind().equals(TEMPLATE))
                .forEach(template -> templates.putIfAbsent(template.id(), template));
    }

    /** @return the partners of whose uses some are wrong */
    Set<String> run(List<Element> elements) {
        elements.stream().filter(element -> element.kind().equals(USE)).forEach(this::check);
        return unclear;
    }

    private void check(Element use) {
        String name = use.tree().path("routeTemplateRef").asString("");
        Element template = templates.get(name);
        if (template != null) {
            parameters(use, template.tree().path(PARAMETERS));
        } else if (!unread.contains(name)) {
            unclear.add(use.file().partner(routes));
            fault(
                    use,
                    RouteFile.with(use.at(), "routeTemplateRef"),
                    "there is no template '%s'; expected %s".formatted(name, Nearest.among(name, templates.keySet())));
        }
    }

    private void parameters(Element use, JsonNode of) {
        Set<String> known = new TreeSet<>();
        Set<String> missing = new TreeSet<>();
        for (JsonNode parameter : of) {
            String name = parameter.path("name").asString("");
            known.add(name);
            if (isNeeded(parameter) && at(use, name) < 0) {
                missing.add(name);
            }
        }
        Set<String> unknown = new TreeSet<>();
        use.tree()
                .path(PARAMETERS)
                .forEach(parameter -> unknown.add(parameter.path("name").asString("")));
        unknown.removeAll(known);
        if (!unknown.isEmpty() || !missing.isEmpty()) {
            unclear.add(use.file().partner(routes));
        }
        tell(use, known, unknown, missing);
        partner(use);
    }

    /** A parameter under another name is missing under its own, which is not told again. */
    private void tell(Element use, Set<String> known, Set<String> unknown, Set<String> missing) {
        unknown.forEach(name -> fault(
                use,
                place(use, name),
                "the template has no parameter '%s'; expected %s".formatted(name, Nearest.among(name, known))));
        if (unknown.isEmpty()) {
            missing.forEach(name -> fault(
                    use,
                    use.at(),
                    "no parameter '%s'; expected an entry with name: %s and a value, which the template needs"
                            .formatted(name, name)));
        }
    }

    private void partner(Element use) {
        String folder = use.file().partner(routes);
        int at = at(use, PARTNER);
        String given = at < 0
                ? folder
                : use.tree().path(PARAMETERS).path(at).path("value").asString("");
        if (!given.equals(folder)) {
            fault(
                    use,
                    place(use, PARTNER),
                    "its partner is '%s'; expected '%s', whose folder it lies in".formatted(given, folder));
        }
    }

    private static boolean isNeeded(JsonNode parameter) {
        return parameter.path("required").asBoolean(true) && !parameter.has("defaultValue");
    }

    private static List<Object> place(Element use, String parameter) {
        return RouteFile.with(use.at(), PARAMETERS, at(use, parameter));
    }

    /** The number of a parameter among those that are given, or -1. */
    private static int at(Element use, String parameter) {
        JsonNode given = use.tree().path(PARAMETERS);
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i).path("name").asString("").equals(parameter)) {
                return i;
            }
        }
        return -1;
    }

    private void fault(Element use, List<Object> at, String message) {
        faults.add(use.file().fault(at, use.id(), message));
    }
}
