package org.shuniu.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.shuniu.check.RouteFile.Element;
import org.shuniu.fault.Fault;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import tools.jackson.databind.JsonNode;

/** Every partner has the journeys that its partner.yaml asks for: its queues are read, and whoever owes results is asked for them. */
final class JourneyCheck {

    private static final String FORWARD = "forward";
    private static final String ASK = "ask-result";
    private static final List<String> QUEUES = List.of("application", "retry");

    private final Path routes;
    private final PartnerDirectory partners;
    private final List<Fault> faults;

    JourneyCheck(Path routes, PartnerDirectory partners, List<Fault> faults) {
        this.routes = routes;
        this.partners = partners;
        this.faults = faults;
    }

    /**
     * @param elements of all files
     * @param unclear partners of whose routes some can't be read: what is missed may be there
     */
    void run(List<Element> elements, Set<String> unclear) {
        partners.all().stream()
                .filter(partner -> !unclear.contains(partner.id()))
                .forEach(partner -> check(
                        partner,
                        elements.stream()
                                .filter(element ->
                                        element.file().partner(routes).equals(partner.id()))
                                .toList()));
    }

    private void check(Partner partner, List<Element> own) {
        for (String queue : QUEUES) {
            if (uses(own, FORWARD).noneMatch(use -> parameter(use, "queue").equals(queue))) {
                faults.add(partners.fault(
                        partner.id(),
                        "partner",
                        "nothing reads the queue %s.%s".formatted(partner.id(), queue),
                        "a file %s of the template %s with queue: %s".formatted(path(partner, queue), FORWARD, queue)));
            }
        }
        List<Element> asking = uses(own, ASK).toList();
        if (partner.enquiry().isPresent() && asking.isEmpty()) {
            faults.add(partners.fault(
                    partner.id(),
                    "enquiry",
                    "nothing asks for the results that it owes",
                    "a file %s of the template %s, or no enquiry".formatted(path(partner, ASK), ASK)));
        }
        if (partner.enquiry().isEmpty()) {
            asking.forEach(use -> faults.add(use.file()
                    .fault(
                            RouteFile.with(use.at(), "routeTemplateRef"),
                            use.id(),
                            "it asks for results, and partner.yaml does not say when; expected enquiry.waits in %s, or no such file"
                                    .formatted(PartnerDirectory.file(routes, partner.id())))));
        }
    }

    private Path path(Partner partner, String journey) {
        String name = switch (journey) {
            case "application" -> "forward-application";
            case "retry" -> "retry-delivery";
            default -> journey;
        };
        return routes.resolve(partner.id()).resolve(name + RouteFile.ENDING);
    }

    private static Stream<Element> uses(List<Element> elements, String template) {
        return elements.stream()
                .filter(element ->
                        element.tree().path("routeTemplateRef").asString("").equals(template));
    }

    private static String parameter(Element use, String name) {
        for (JsonNode parameter : use.tree().path("parameters")) {
            if (parameter.path("name").asString("").equals(name)) {
                return parameter.path("value").asString("");
            }
        }
        return "";
    }
}
