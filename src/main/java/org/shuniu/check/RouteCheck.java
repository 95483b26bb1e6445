package org.shuniu.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shuniu.check.RouteFile.Element;
import org.shuniu.fault.Fault;
import org.shuniu.partner.PartnerDirectory;
import tools.jackson.databind.JsonNode;

/** Checks the files of routes, each by itself and all among each other, and starts none of them. */
final class RouteCheck {

    private static final String DIRECT = "direct:";
    private static final String TEMPLATE = "routeTemplate";
    private static final String USE = "templatedRoute";
    private static final Set<String> COMPONENTS = Set.of("gateway", "delivery", "direct", "quartz", "jms");
    private static final Set<String> OF_PARTNERS = Set.of("gateway", "delivery");
    private static final String CONFIGURATION = "routeConfiguration";
    private static final String ERRORS = "errors";

    private final Path routes;
    private final Path mappings;
    private final PartnerDirectory partners;
    private final Map<String, Class<?>> beans;
    private final List<Fault> faults;
    /** Those of files that Camel can read are checked, and others are known. */
    private final List<Element> elements = new ArrayList<>();

    private final List<Element> known = new ArrayList<>();
    private final Map<String, Element> templates = new TreeMap<>();
    /** What stands in files that can't be read: it may be anything that others refer to. */
    private final StringBuilder unread = new StringBuilder();
    /** Folders with such a file. */
    private final Set<String> unclear = new TreeSet<>();

    RouteCheck(
            Path routes,
            Path mappings,
            PartnerDirectory partners,
            Map<String, Class<?>> beans,
            List<Fault> faults) {
        this.routes = routes;
        this.mappings = mappings;
        this.partners = partners;
        this.beans = beans;
        this.faults = faults;
    }

    void run() {
        RouteSchema schema = new RouteSchema();
        RouteRules rules = new RouteRules(routes, mappings, faults);
        for (Path path : files()) {
            List<RouteFile> read = RouteFile.read(path, faults).toList();
            if (read.isEmpty()) {
                unread.append(RouteFile.text(path));
                unclear.add(path.getParent().getFileName().toString());
            }
            for (RouteFile file : read) {
                List<Fault> found = schema.check(file);
                faults.addAll(found);
                known.addAll(file.elements());
                if (found.isEmpty()) {
                    elements.addAll(file.elements());
                    rules.check(file);
                }
            }
        }
        known.stream()
                .filter(element -> element.kind().equals(TEMPLATE))
                .forEach(template -> templates.putIfAbsent(template.id(), template));
        ids();
        elements.forEach(this::check);
        errorHandling();
        direct();
        new JourneyCheck(routes, partners, faults).run(known, unclear);
    }

    private void check(Element element) {
        if (element.kind().equals(USE)) {
            use(element);
        }
        if (element.kind().equals("from")) {
            fault(element, element.at(), "a way without a route; expected route, with from in it");
        }
        if (RouteFile.HOLDS_ROUTES.contains(element.kind())) {
            String handling = element.route().path("routeConfigurationId").asString("");
            if (!handling.equals(ERRORS)) {
                fault(
                        element,
                        RouteFile.with(element.routeAt(), "routeConfigurationId"),
                        "%s; expected routeConfigurationId: errors"
                                .formatted(
                                        handling.isEmpty()
                                                ? "no error handling"
                                                : "the error handling '%s' is not the shared one".formatted(handling)));
            }
        }
        RouteFile.walk(element.tree(), element.at(), (node, at) -> {
            if (node.path("uri").isString()) {
                endpoint(element, address(node), RouteFile.with(at, "uri"));
            }
            if (node.path("bean").isObject()) {
                bean(element, node.path("bean"), RouteFile.with(at, "bean"));
            }
        });
    }

    private void fault(Element element, List<Object> at, String message) {
        faults.add(element.file().fault(at, element.id(), message));
    }

    /** Partners' files are called as their routes are, so that one leads to the other. */
    private void ids() {
        Map<String, Element> byId = new HashMap<>();
        for (Element element : known) {
            String partner = element.file().partner(routes);
            String id = element.id();
            String expected =
                    partner.isEmpty() ? id : partner + "-" + element.file().name();
            if (!id.equals(expected)) {
                faults.add(element.file()
                        .fault(
                                element.at(),
                                "",
                                "the id is '%s'; expected '%s', as folder and file are called"
                                        .formatted(id, expected)));
            }
            Element other = byId.putIfAbsent(id, element);
            if (other != null) {
                fault(
                        element,
                        element.at(),
                        "the id stands in %s too; expected an id that no other route has"
                                .formatted(other.file().path()));
            }
        }
    }

    /** It is written once, and inherited by nobody. */
    private void errorHandling() {
        List<Element> written = known.stream()
                .filter(element -> element.kind().equals(CONFIGURATION))
                .toList();
        if (written.isEmpty() && unread.indexOf(CONFIGURATION) < 0) {
            faults.add(Fault.of(
                    routes.resolve(ERRORS + RouteFile.ENDING),
                    0,
                    ERRORS,
                    "no file has the error handling that every route names; expected a routeConfiguration with id: errors here"));
        }
        written.stream()
                .skip(1)
                .forEach(another -> fault(
                        another,
                        another.at(),
                        "a second error handling; expected the one of %s alone"
                                .formatted(written.get(0).file().path())));
    }

    private void use(Element element) {
        String name = element.tree().path("routeTemplateRef").asString("");
        Element template = templates.get(name);
        if (template == null && unread.indexOf(name) >= 0) {
            return;
        }
        String partner = element.file().partner(routes);
        if (template == null) {
            unclear.add(partner);
            fault(
                    element,
                    RouteFile.with(element.at(), "routeTemplateRef"),
                    "there is no template '%s'; expected one of %s".formatted(name, templates.keySet()));
            return;
        }
        Map<String, String> given = new TreeMap<>();
        element.tree()
                .path("parameters")
                .forEach(parameter -> given.put(
                        parameter.path("name").asString(""),
                        parameter.path("value").asString("")));
        Set<String> known = new TreeSet<>();
        Set<String> missing = new TreeSet<>();
        for (JsonNode parameter : template.tree().path("parameters")) {
            String of = parameter.path("name").asString("");
            known.add(of);
            boolean needed = parameter.path("required").asBoolean(true) && !parameter.has("defaultValue");
            if (needed && !given.containsKey(of)) {
                missing.add(of);
            }
        }
        List<String> unknown =
                given.keySet().stream().filter(parameter -> !known.contains(parameter)).toList();
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            unclear.add(partner);
        }
        for (String parameter : unknown) {
            fault(
                    element,
                    parameterAt(element, parameter),
                    "the template has no parameter '%s'; expected one of %s".formatted(parameter, known));
        }
        if (unknown.isEmpty()) {
            for (String of : missing) {
                fault(element, element.at(), "no parameter '%s'; expected an entry with name: %s and a value, which the template needs".formatted(of, of));
            }
        }
        if (known.contains("partner") && !given.getOrDefault("partner", partner).equals(partner)) {
            fault(
                    element,
                    parameterAt(element, "partner"),
                    "its partner is '%s'; expected '%s', whose folder it lies in"
                            .formatted(given.get("partner"), partner));
        }
    }

    private static List<Object> parameterAt(Element element, String name) {
        JsonNode parameters = element.tree().path("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).path("name").asString("").equals(name)) {
                return RouteFile.with(element.at(), "parameters", i);
            }
        }
        return RouteFile.with(element.at(), "parameters");
    }

    /** Component and path, without options; Camel has the path in the address or, as Kaoto writes it, beside it. */
    private static String address(JsonNode node) {
        String uri = node.path("uri").asString("").split("\\?", 2)[0];
        String name = node.path("parameters").path("name").asString("");
        return uri.contains(":") || name.isEmpty() ? uri : uri + ":" + name;
    }

    private void endpoint(Element element, String address, List<Object> at) {
        String[] parts = address.split(":", 2);
        if (!COMPONENTS.contains(parts[0])) {
            fault(
                    element,
                    at,
                    "'%s' is no component of the hub; expected one of %s"
                            .formatted(parts[0], new TreeSet<>(COMPONENTS)));
        } else if (OF_PARTNERS.contains(parts[0]) && !address.contains("{{")) {
            String partner = parts.length < 2 ? "" : parts[1].split("/", 2)[0];
            if (partner.isEmpty() || !Files.exists(PartnerDirectory.file(routes, partner))) {
                fault(
                        element,
                        at,
                        "there is no partner '%s'; expected %s:<partner>/<document or queue>, with its partner.yaml"
                                .formatted(partner, parts[0]));
            }
        }
    }

    private void bean(Element element, JsonNode bean, List<Object> at) {
        String name = bean.path("ref").asString("");
        Class<?> type = beans.get(name);
        if (type == null) {
            fault(
                    element,
                    RouteFile.with(at, "ref"),
                    "the hub has no bean '%s' for routes; expected one of %s"
                            .formatted(name, new TreeSet<>(beans.keySet())));
            return;
        }
        String method = bean.path("method").asString("").replaceAll("\\(.*", "");
        Set<String> methods = Arrays.stream(type.getMethods())
                .filter(known -> known.getDeclaringClass() != Object.class)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!methods.contains(method)) {
            fault(
                    element,
                    RouteFile.with(at, "method"),
                    "%s has no method '%s'; expected one of %s".formatted(name, method, methods));
        }
    }

    /** Every {@code direct:} leads to one route, and none back to where it began. */
    private void direct() {
        Map<String, Element> begins = new TreeMap<>();
        Map<String, Set<String>> leads = new TreeMap<>();
        for (Element element : known) {
            String from = address(element.route().path("from"));
            if (!from.startsWith(DIRECT)) {
                continue;
            }
            if (!element.file().partner(routes).isEmpty()) {
                fault(
                        element,
                        RouteFile.with(element.routeAt(), "from"),
                        "%s begins in a partner's folder; expected a queue between partners, or a shared route at the root of routes"
                                .formatted(from));
            }
            Element other = begins.putIfAbsent(from, element);
            if (other != null) {
                fault(
                        element,
                        element.routeAt(),
                        "%s begins in %s too; expected one route that does"
                                .formatted(from, other.file().path()));
            }
            RouteFile.walk(element.route().path("from").path("steps"), List.of(), (node, at) -> {
                String to = address(node);
                if (to.startsWith(DIRECT)) {
                    leads.computeIfAbsent(from, any -> new LinkedHashSet<>()).add(to);
                }
            });
        }
        for (Element element : elements) {
            RouteFile.walk(element.tree(), element.at(), (node, at) -> {
                String to = address(node);
                if (to.startsWith(DIRECT) && !to.contains("{{") && !begins.containsKey(to) && unread.indexOf(to) < 0) {
                    fault(
                            element,
                            RouteFile.with(at, "uri"),
                            "no route begins at %s; expected one of %s".formatted(to, begins.keySet()));
                }
            });
        }
        Set<String> called = called();
        begins.forEach((from, element) -> {
            if (!called.contains(from) && unread.indexOf(from) < 0) {
                fault(
                        element,
                        RouteFile.with(element.routeAt(), "from"),
                        "nothing leads to %s; expected a step to: with it, or no such route".formatted(from));
            }
            List<String> circle = circle(from, from, leads, new ArrayList<>(List.of(from)));
            if (!circle.isEmpty()) {
                fault(
                        element,
                        element.routeAt(),
                        "it leads back to itself: %s; expected a way that ends".formatted(String.join(" > ", circle)));
            }
        });
    }

    private Set<String> called() {
        Set<String> called = new TreeSet<>();
        for (Element element : known) {
            RouteFile.walk(
                    element.route().path("from").path("steps"), List.of(), (node, at) -> called.add(address(node)));
        }
        return called;
    }

    private static List<String> circle(String begin, String at, Map<String, Set<String>> leads, List<String> way) {
        for (String next : leads.getOrDefault(at, Set.of())) {
            List<String> on = new ArrayList<>(way);
            on.add(next);
            if (next.equals(begin)) {
                return on;
            }
            List<String> found = way.contains(next) ? List.of() : circle(begin, next, leads, on);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.walk(routes, 2)) {
            return files.filter(file -> file.toString().endsWith(RouteFile.ENDING))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
