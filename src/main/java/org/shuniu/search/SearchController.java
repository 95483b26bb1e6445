package org.shuniu.search;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.shuniu.audit.AuditLog;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.store.Json;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;

/** The operators' search by ID number; the number is in the body, because addresses end in logs. */
@RestController
final class SearchController {

    private final CaseSearch search;

    SearchController(Pools pools, Vault vault, AuditLog audit) {
        this.search = new CaseSearch(pools, vault, (operator, target, detail) -> {
            audit.record(operator, CaseSearch.ACTION, target, detail);
            return true;
        });
    }

    @PostMapping("/ops/v1/search")
    Map<String, List<CaseSearch.Found>> search(@RequestBody(required = false) byte[] body, Principal operator) {
        return search.byIdNumber(operator.getName(), idNumber(body), null)
                .map(found -> Map.of("cases", found.cases()))
                .orElseThrow(() -> new SubmissionRefused(Problem.of("check-failed", 422, "An idNumber is required")));
    }

    /** Read here and not by the framework, whose errors quote what they could not read. */
    private static String idNumber(byte[] body) {
        try {
            return body == null ? "" : Json.tree(body).path("idNumber").asString("");
        } catch (JacksonException malformed) {
            throw new SubmissionRefused(Problem.of("malformed-json", 400, "The body is not JSON"));
        }
    }
}
