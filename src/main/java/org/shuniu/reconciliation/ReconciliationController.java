package org.shuniu.reconciliation;

import java.security.Principal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The operators' entry to what partners count. */
@RestController
@RequestMapping("/ops/v1/reconciliation")
final class ReconciliationController {

    private static final int MOST = 1_000;
    private static final List<String> WORDS =
            Arrays.stream(Standing.values()).map(Standing::word).toList();

    private final Reconciliation reconciliation;
    private final ReportReader reader;
    private final CaseReader cases;

    ReconciliationController(Reconciliation reconciliation, ReportReader reader, CaseReader cases) {
        this.cases = cases;
        this.reconciliation = reconciliation;
        this.reader = reader;
    }

    /** The reports of a day with what does not agree, kind by kind; a page goes on after the last kind and message. */
    @GetMapping
    Map<String, List<ReportReader.View>> reports(
            @RequestParam String date,
            @RequestParam(required = false) String partner,
            @RequestParam(defaultValue = "") String afterKind,
            @RequestParam(defaultValue = "") String afterMessage,
            @RequestParam(defaultValue = "1000") int limit) {
        requireLimit(limit);
        return Map.of("reports", reader.reports(day(date), partner, afterKind, afterMessage, limit));
    }

    /** A report case by case: what was sent in its time, then what it names besides. */
    @GetMapping("/{partner}/{date}/cases")
    CaseReader.Page cases(
            @PathVariable String partner,
            @PathVariable String date,
            @RequestParam(required = false) String verdict,
            @RequestParam(required = false) String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        requireLimit(limit);
        Optional<Standing> wanted = Optional.ofNullable(verdict)
                .map(word -> Standing.of(word).orElseThrow(() -> refused("verdict must be one of " + WORDS)));
        Optional<Place> after = Optional.ofNullable(cursor)
                .map(word -> Place.of(word).orElseThrow(() -> refused("cursor must be the next of an earlier page")));
        return cases.page(partner, day(date), wanted, after, limit)
                .orElseThrow(() -> new SubmissionRefused(
                        Problem.of("not-found", 404, "There is no report of this partner and day")));
    }

    @PostMapping("/{partner}/count")
    ResponseEntity<Map<String, Object>> count(
            @PathVariable String partner, @RequestBody JsonNode body, Principal operator) {
        LocalDate day = reconciliation.count(operator.getName(), partner, reason(body));
        return ResponseEntity.accepted().body(Map.of("partner", partner, "day", day.toString()));
    }

    @PostMapping("/{partner}/{date}/re-request")
    Reconciliation.Requested reRequest(
            @PathVariable String partner, @PathVariable String date, @RequestBody JsonNode body, Principal operator) {
        JsonNode messages = body.path("messageIds");
        boolean texts = messages.isArray() && messages.valueStream().allMatch(JsonNode::isString);
        if (!messages.isMissingNode() && (!texts || messages.isEmpty() || messages.size() > MOST)) {
            throw refused("messageIds must be a list of 1 to %d ids".formatted(MOST));
        }
        List<String> only =
                texts ? messages.valueStream().map(JsonNode::stringValue).toList() : List.of();
        return reconciliation.reRequest(operator.getName(), partner, day(date), only, reason(body));
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > MOST) {
            throw refused("limit must be a number from 1 to %d".formatted(MOST));
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException malformed) {
            throw refused("A date such as 2026-11-24 is required");
        }
    }

    private static String reason(JsonNode body) {
        String reason = body.path("reason").asString("");
        if (reason.isBlank()) {
            throw refused("A reason is required");
        }
        return reason;
    }

    private static SubmissionRefused refused(String title) {
        return new SubmissionRefused(Problem.of("check-failed", 422, title));
    }
}
