package org.shuniu.gateway;

import java.security.Principal;
import java.util.UUID;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Tells a sender where its cases and messages stand. */
@RestController
final class CaseController {

    private final CaseReader reader;

    CaseController(CaseReader reader) {
        this.reader = reader;
    }

    @GetMapping("/api/v1/cases/{caseNo}")
    ObjectNode oneCase(@PathVariable String caseNo, Principal sender) {
        return reader.caseOf(sender.getName(), caseNo).orElseThrow(() -> absent("case"));
    }

    @GetMapping("/api/v1/messages/{id}")
    ObjectNode message(@PathVariable String id, Principal sender) {
        return reader.messageOf(sender.getName(), parse(id)).orElseThrow(() -> absent("message"));
    }

    private static UUID parse(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException malformed) {
            throw absent("message");
        }
    }

    private static SubmissionRefused absent(String what) {
        return new SubmissionRefused(Problem.of("not-found", 404, "You have no %s of this number".formatted(what)));
    }
}
