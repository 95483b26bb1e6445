package org.shuniu.showing;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import org.shuniu.document.DocumentChecks;
import org.shuniu.document.DocumentReader;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.document.Finding;
import org.shuniu.document.MalformedDocument;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Sending;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The entry for apps that show certificates and counters that look at them. */
@RestController
@RequestMapping(path = "/api/v1/showings", consumes = MediaType.APPLICATION_JSON_VALUE)
final class ShowingController {

    private static final String DOCUMENT = "showing";

    private final Showings showings;
    private final PartnerDirectory partners;
    private final DocumentSchemas schemas;
    private final DocumentChecks checks;
    private final DocumentReader reader = new DocumentReader();

    ShowingController(Showings showings, PartnerDirectory partners, DocumentSchemas schemas, DocumentChecks checks) {
        this.showings = showings;
        this.partners = partners;
        this.schemas = schemas;
        this.checks = checks;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ObjectNode issue(HttpServletRequest request, Principal app) throws IOException {
        require(app, Sending.Showing.ISSUES);
        return showings.issue(app.getName(), shown(request));
    }

    @PostMapping("/token")
    ObjectNode exchange(HttpServletRequest request, Principal counter) throws IOException {
        require(counter, Sending.Showing.EXCHANGES);
        return showings.exchange(counter.getName(), word(read(request), "code"));
    }

    @PostMapping("/certificate")
    ObjectNode take(HttpServletRequest request, Principal counter) throws IOException {
        require(counter, Sending.Showing.EXCHANGES);
        return showings.take(counter.getName(), word(read(request), "token"));
    }

    private void require(Principal caller, Sending.Showing part) {
        boolean may = partners.find(caller.getName())
                .flatMap(partner -> partner.sending().showing())
                .filter(part::equals)
                .isPresent();
        if (!may) {
            throw new SubmissionRefused(Problem.of("not-allowed", 403, "This partner has no such part in showing"));
        }
    }

    private JsonNode shown(HttpServletRequest request) throws IOException {
        JsonNode shown = read(request);
        List<Finding> shape = schemas.check(DOCUMENT, shown);
        List<Finding> findings = shape.isEmpty() ? checks.check(DOCUMENT, shown) : shape;
        if (!findings.isEmpty()) {
            throw new SubmissionRefused(new Problem(
                    shape.isEmpty() ? "check-failed" : "schema-invalid",
                    422,
                    "What is to be shown breaks rules",
                    findings));
        }
        return shown;
    }

    private JsonNode read(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(DocumentReader.LARGEST + 1);
        if (body.length > DocumentReader.LARGEST) {
            throw new SubmissionRefused(Problem.of(
                    "too-large", 413, "The document is larger than %d bytes".formatted(DocumentReader.LARGEST)));
        }
        try {
            return reader.read(body);
        } catch (MalformedDocument malformed) {
            throw new SubmissionRefused(Problem.of("malformed-json", 400, malformed.getMessage()));
        }
    }

    private static String word(JsonNode body, String name) {
        String word = body.path(name).asString("");
        if (!body.path(name).isString() || word.isBlank() || word.length() > 200) {
            throw new SubmissionRefused(Problem.of("check-failed", 422, "A %s is required".formatted(name)));
        }
        return word;
    }
}
