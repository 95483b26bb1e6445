package org.shuniu.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.document.DocumentChecks;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.document.Finding;
import org.shuniu.document.NamedAttachments;
import org.shuniu.intake.ApplicationRouting;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.partner.PartnerDirectory;
import tools.jackson.databind.JsonNode;

/** What a hub with these files would do with an application: an application that it takes can't be taken back. */
final class Forecast {

    private static final String APPLICATION = "application";

    private final DocumentSchemas schemas;
    private final DocumentChecks checks;
    private final ApplicationRouting routing;
    private final Clock clock = Clock.systemUTC();

    Forecast(Path mappings, Catalogue catalogue, PartnerDirectory partners) {
        this.schemas = DocumentSchemas.load(mappings);
        this.checks = new DocumentChecks(catalogue, clock);
        this.routing = new ApplicationRouting(catalogue, partners);
    }

    /** Why the partner would not get it at once from this sender, or nothing where it would. */
    Optional<String> hindrance(JsonNode application, String sender, String partner) {
        if (!NamedAttachments.of(application).isEmpty()) {
            return Optional.of("a file that it names has to be handed in before");
        }
        List<Finding> shape = schemas.check(APPLICATION, application);
        List<Finding> findings = shape.isEmpty() ? checks.check(APPLICATION, application) : shape;
        return findings.isEmpty() ? otherReceiver(application, sender, partner) : Optional.of(refused(findings));
    }

    private Optional<String> otherReceiver(JsonNode application, String sender, String partner) {
        try {
            List<String> first = routing.firstReceivers(sender, application, clock.instant());
            return first.contains(partner) ? Optional.empty() : Optional.of("it goes to " + String.join(", ", first));
        } catch (SubmissionRefused refused) {
            Problem problem = refused.problem();
            return Optional.of(problem.findings().isEmpty() ? problem.title() : refused(problem.findings()));
        }
    }

    private static String refused(List<Finding> findings) {
        Finding first = findings.get(0);
        return "it is refused, %s: found %s, expected %s%s"
                .formatted(
                        first.pointer(),
                        first.found(),
                        first.expected(),
                        findings.size() == 1 ? "" : ", and %d more".formatted(findings.size() - 1));
    }
}
