package org.shuniu.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shuniu.check.RouteFile.Element;
import org.shuniu.fault.Fault;
import org.shuniu.partner.PartnerDirectory;
import tools.jackson.databind.JsonNode;

/** Checks the files of routes, each by itself and all among each other, and starts none of them. */
final class RouteCheck {

    private static final Set<String> COMPONENTS = Set.of("gateway", "delivery", "direct", "quartz", "jms");
    private static final Set<String> OF_PARTNERS = Set.of("gateway", "delivery");
    private static final String CONFIGURATION = "routeConfiguration";
    private static final String ERRORS = "errors";

    private final Path routes;
    private final Path mappings;
    private final PartnerDirectory partners;
    private final Map<String, Class<?>> beans;
    private final boolean documents;
    private final List<Fault> faults;
    /** Those of files that Camel can read are checked, and others are known. */
    private final List<Element> elements = new ArrayList<>();

    private final List<Element> known = new ArrayList<>();
    /** What stands in files that can't be read: it may be anything that others refer to. */
    private final StringBuilder unread = new StringBuilder();
    /** Folders with such a file. */
    private final Set<String> unclear = new TreeSet<>();

    /** @param documents whether what people read lies beside the files */
    RouteCheck(
            Path routes,
            Path mappings,
            PartnerDirectory partners,
            Map<String, Class<?>> beans,
            boolean documents,
            List<Fault> faults) {
        this.documents = documents;
        this.routes = routes;
        this.mappings = mappings;
        this.partners = partners;
        this.beans = beans;
        this.faults = faults;
    }

    void run() {
        RouteSchema schema = new RouteSchema();
        RouteRules rules = new RouteRules(routes, mappings, documents, faults);
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
        ids();
        elements.forEach(this::check);
        errorHandling();
        unclear.addAll(new TemplateUseCheck(routes, known, unread.toString(), faults).run(elements));
        new DirectCheck(routes, known, unread.toString(), faults).run(elements);
        new JourneyCheck(routes, partners, faults).run(known, unclear);
    }

    private void check(Element element) {
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
                endpoint(element, RouteFile.address(node), RouteFile.with(at, "uri"));
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
            faults.add(
                    Fault.of(
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
