package org.shuniu.gateway;

import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.document.CaseTimes;
import org.shuniu.document.Finding;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.store.Json;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Tells the sender's centres which cases they share with other centres, and what each has to do. */
@RestController
final class CentreController {

    private static final int MOST = 500;

    /** Above every case number. */
    private static final String NEWEST = "~";

    private final CentreReader reader;
    private final Catalogue catalogue;

    CentreController(CentreReader reader, Catalogue catalogue) {
        this.reader = reader;
        this.catalogue = catalogue;
    }

    @GetMapping("/api/v1/centres/{centre}/cases")
    ObjectNode cases(
            @PathVariable String centre,
            @RequestParam(defaultValue = "home") String role,
            @RequestParam(defaultValue = NEWEST) String before,
            @RequestParam(defaultValue = "100") int limit,
            Principal sender) {
        if (catalogue.centre(centre, LocalDate.now(CaseTimes.SHANGHAI)).isEmpty()) {
            throw new SubmissionRefused(Problem.of("not-found", 404, "There is no centre of this number"));
        }
        require(CentreReader.ROLES.containsKey(role), "role", "one of " + new TreeSet<>(CentreReader.ROLES.keySet()));
        require(limit >= 1 && limit <= MOST, "limit", "a number from 1 to " + MOST);
        ObjectNode answer = Json.object().put("centre", centre).put("role", role);
        answer.set("cases", reader.cases(sender.getName(), centre, role, before, limit));
        return answer;
    }

    private static void require(boolean good, String parameter, String expected) {
        if (!good) {
            Finding finding = new Finding("/" + parameter, "parameter", "another value", expected);
            throw new SubmissionRefused(
                    new Problem("check-failed", 422, "A parameter of the address is wrong", List.of(finding)));
        }
    }
}
