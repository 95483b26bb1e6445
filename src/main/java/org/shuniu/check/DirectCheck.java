package org.shuniu.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.shuniu.check.RouteFile.Element;
import org.shuniu.fault.Fault;
import org.shuniu.fault.Nearest;

/** Every {@code direct:} leads to one shared route, each of those is led to, and none leads back to where it began. */
final class DirectCheck {

    private static final String DIRECT = "direct:";

    private final Path routes;
    private final List<Element> known;
    private final String unread;
    private final List<Fault> faults;
    private final Map<String, Element> begins = new TreeMap<>();
    private final Map<String, Set<String>> leads = new TreeMap<>();

    /**
     * @param known elements of all files
     * @param unread what stands in files that can't be read, which may begin or lead anywhere
     */
    DirectCheck(Path routes, List<Element> known, String unread, List<Fault> faults) {
        this.routes = routes;
        this.known = known;
        this.unread = unread;
        this.faults = faults;
    }

    void run(List<Element> elements) {
        known.forEach(this::begin);
        elements.forEach(this::nowhere);
        Set<String> called = called();
        begins.forEach((from, element) -> {
            if (!called.contains(from) && !unread.contains(from)) {
                fault(
                        element,
                        RouteFile.with(element.routeAt(), "from"),
                        "nothing leads to %s; expected a step to: with it, or no such route".formatted(from));
            }
            List<String> circle = circle(from, from, new ArrayList<>(List.of(from)));
            if (!circle.isEmpty()) {
                fault(
                        element,
                        element.routeAt(),
                        "it leads back to itself: %s; expected a way that ends".formatted(String.join(" > ", circle)));
            }
        });
    }

    private void begin(Element element) {
        String from = RouteFile.address(element.route().path("from"));
        if (!from.startsWith(DIRECT)) {
            return;
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
            String to = RouteFile.address(node);
            if (to.startsWith(DIRECT)) {
                leads.computeIfAbsent(from, any -> new LinkedHashSet<>()).add(to);
            }
        });
    }

    private void nowhere(Element element) {
        RouteFile.walk(element.tree(), element.at(), (node, at) -> {
            String to = RouteFile.address(node);
            if (to.startsWith(DIRECT) && !to.contains("{{") && !begins.containsKey(to) && !unread.contains(to)) {
                fault(
                        element,
                        RouteFile.with(at, "uri"),
                        "no route begins at %s; expected %s".formatted(to, Nearest.among(to, begins.keySet())));
            }
        });
    }

    private Set<String> called() {
        Set<String> called = new TreeSet<>();
        for (Element element : known) {
            RouteFile.walk(
                    element.route().path("from").path("steps"),
                    List.of(),
                    (node, at) -> called.add(RouteFile.address(node)));
        }
        return called;
    }

    private List<String> circle(String begin, String at, List<String> way) {
        for (String next : leads.getOrDefault(at, Set.of())) {
            List<String> on = new ArrayList<>(way);
            on.add(next);
            if (next.equals(begin)) {
                return on;
            }
            List<String> found = way.contains(next) ? List.of() : circle(begin, next, on);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private void fault(Element element, List<Object> at, String message) {
        faults.add(element.file().fault(at, element.id(), message));
    }
}
