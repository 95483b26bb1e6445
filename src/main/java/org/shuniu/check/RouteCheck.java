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
    private static final Set<String> HOLDS_ROUTES = Set.of("route", TEMPLATE);

    private final Path routes;
    private final PartnerDirectory partners;
    private final Map<String, Class<?>> beans;
    private final List<Fault> faults;
    private final List<Element> elements = new ArrayList<>();

    RouteCheck(Path routes, PartnerDirectory partners, Map<String, Class<?>> beans, List<Fault> faults) {
        this.routes = routes;
        this.partners = partners;
        this.beans = beans;
        this.faults = faults;
    }

    void run() {
        RouteSchema schema = new RouteSchema();
        for (Path path : files()) {
            RouteFile.read(path, faults).forEach(file -> {
                List<Fault> found = schema.check(file);
                faults.addAll(found);
                if (found.isEmpty()) {
                    elements.addAll(file.elements());
                }
            });
        }
        ids();
        elements.forEach(this::check);
        direct();
    }

    private void check(Element element) {
        if (element.kind().equals(USE)) {
            use(element);
        }
        if (HOLDS_ROUTES.contains(element.kind())) {
            if (!element.route().path("routeConfigurationId").asString("").equals("errors")) {
                faults.add(element.file()
                        .fault(
                                element.routeAt(),
                                element.id(),
                                "no error handling; expected routeConfigurationId: errors"));
            }
        }
        RouteFile.walk(element.tree(), element.at(), (node, at) -> {
            if (node.path("uri").isString()) {
                endpoint(element, node.path("uri").stringValue(), RouteFile.with(at, "uri"));
            }
            if (node.path("bean").isObject()) {
                bean(element, node.path("bean"), RouteFile.with(at, "bean"));
            }
        });
    }

    /** Partners' files are called as their routes are, so that one leads to the other. */
    private void ids() {
        Map<String, Element> byId = new HashMap<>();
        for (Element element : elements) {
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
                faults.add(element.file()
                        .fault(
                                element.at(),
                                id,
                                "the id stands in %s too; expected another"
                                        .formatted(other.file().path())));
            }
        }
    }

    private void use(Element element) {
        String name = element.tree().path("routeTemplateRef").asString("");
        Map<String, Element> templates = elements.stream()
                .filter(other -> other.kind().equals(TEMPLATE))
                .collect(Collectors.toMap(Element::id, other -> other, (one, other) -> one, TreeMap::new));
        Element template = templates.get(name);
        if (template == null) {
            faults.add(element.file()
                    .fault(
                            RouteFile.with(element.at(), "routeTemplateRef"),
                            element.id(),
                            "there is no template '%s'; expected one of %s".formatted(name, templates.keySet())));
            return;
        }
        Map<String, String> given = new TreeMap<>();
        element.tree()
                .path("parameters")
                .forEach(parameter -> given.put(
                        parameter.path("name").asString(""),
                        parameter.path("value").asString("")));
        Set<String> known = new TreeSet<>();
        for (JsonNode parameter : template.tree().path("parameters")) {
            String of = parameter.path("name").asString("");
            known.add(of);
            if (parameter.path("required").asBoolean(false) && !given.containsKey(of)) {
                faults.add(element.file()
                        .fault(
                                element.at(),
                                element.id(),
                                "no parameter '%s'; expected one: the template needs it".formatted(of)));
            }
        }
        given.keySet().stream()
                .filter(parameter -> !known.contains(parameter))
                .forEach(parameter -> faults.add(element.file()
                        .fault(
                                RouteFile.with(element.at(), "parameters"),
                                element.id(),
                                "the template has no parameter '%s'; expected one of %s".formatted(parameter, known))));
        String partner = element.file().partner(routes);
        if (known.contains("partner") && !given.getOrDefault("partner", partner).equals(partner)) {
            faults.add(element.file()
                    .fault(
                            RouteFile.with(element.at(), "parameters"),
                            element.id(),
                            "its partner is '%s'; expected '%s', whose folder it lies in"
                                    .formatted(given.get("partner"), partner)));
        }
    }

    private void endpoint(Element element, String uri, List<Object> at) {
        String component = uri.split(":", 2)[0];
        if (!COMPONENTS.contains(component)) {
            faults.add(element.file()
                    .fault(
                            at,
                            element.id(),
                            "'%s' is no component of the hub; expected one of %s"
                                    .formatted(component, new TreeSet<>(COMPONENTS))));
        } else if (OF_PARTNERS.contains(component) && !uri.contains("{{")) {
            String partner = uri.substring(uri.indexOf(':') + 1).split("[/?]", 2)[0];
            if (!Files.exists(PartnerDirectory.file(routes, partner))) {
                faults.add(element.file()
                        .fault(
                                at,
                                element.id(),
                                "there is no partner '%s'; expected a folder of routes with a partner.yaml"
                                        .formatted(partner)));
            }
        }
    }

    private void bean(Element element, JsonNode bean, List<Object> at) {
        String name = bean.path("ref").asString("");
        Class<?> type = beans.get(name);
        if (type == null) {
            faults.add(element.file()
                    .fault(
                            RouteFile.with(at, "ref"),
                            element.id(),
                            "the hub has no bean '%s' for routes; expected one of %s"
                                    .formatted(name, new TreeSet<>(beans.keySet()))));
            return;
        }
        String method = bean.path("method").asString("").replaceAll("\\(.*", "");
        Set<String> methods = Arrays.stream(type.getMethods())
                .filter(known -> known.getDeclaringClass() != Object.class)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!methods.contains(method)) {
            faults.add(element.file()
                    .fault(
                            RouteFile.with(at, "method"),
                            element.id(),
                            "%s has no method '%s'; expected one of %s".formatted(name, method, methods)));
        }
    }

    /** Every {@code direct:} leads to one route, and none back to where it began. */
    private void direct() {
        Map<String, Element> begins = new TreeMap<>();
        Map<String, Set<String>> leads = new TreeMap<>();
        for (Element element : elements) {
            String from = element.route().path("from").path("uri").asString("");
            if (!from.startsWith(DIRECT)) {
                continue;
            }
            Element other = begins.putIfAbsent(from, element);
            if (other != null) {
                faults.add(element.file()
                        .fault(
                                element.routeAt(),
                                element.id(),
                                "%s begins in %s too; expected one route that does"
                                        .formatted(from, other.file().path())));
            }
            RouteFile.walk(element.route().path("from").path("steps"), List.of(), (node, at) -> {
                String to = node.path("uri").asString("");
                if (to.startsWith(DIRECT)) {
                    leads.computeIfAbsent(from, any -> new LinkedHashSet<>()).add(to);
                }
            });
        }
        for (Element element : elements) {
            RouteFile.walk(element.tree(), element.at(), (node, at) -> {
                String to = node.path("uri").asString("");
                if (to.startsWith(DIRECT) && !begins.containsKey(to)) {
                    faults.add(element.file()
                            .fault(
                                    RouteFile.with(at, "uri"),
                                    element.id(),
                                    "no route begins at %s; expected one of %s".formatted(to, begins.keySet())));
                }
            });
        }
        begins.forEach((from, element) -> {
            List<String> circle = circle(from, from, leads, new ArrayList<>(List.of(from)));
            if (!circle.isEmpty()) {
                faults.add(element.file()
                        .fault(
                                element.routeAt(),
                                element.id(),
                                "it leads back to itself: %s; expected a way that ends"
                                        .formatted(String.join(" > ", circle))));
            }
        });
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
