package org.shuniu.recovery;

import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.versions.Versions;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The operators' entry to recovery plans. */
@RestController
@RequestMapping("/ops/v1/plans")
final class PlanController {

    private final RecoveryPlans plans;
    private final PlanReader reader;

    PlanController(RecoveryPlans plans, PlanReader reader) {
        this.plans = plans;
        this.reader = reader;
    }

    @GetMapping
    List<PlanReader.View> newest() {
        return reader.newest();
    }

    @GetMapping("/{id}")
    PlanReader.View find(@PathVariable String id) {
        return reader.whole(uuid(id));
    }

    @GetMapping("/{id}/report")
    PlanReader.Report report(@PathVariable String id) {
        return reader.report(uuid(id));
    }

    @PostMapping
    ResponseEntity<PlanReader.View> make(@RequestBody JsonNode body, Principal operator) {
        JsonNode throttle = body.path("perSecond");
        UUID id = plans.make(
                operator.getName(),
                PlanFilter.of(body.path("filter")),
                throttle.isIntegralNumber() && throttle.canConvertToInt() ? throttle.intValue() : 0,
                versions(body.path("versions")),
                reason(body));
        return ResponseEntity.created(URI.create("/ops/v1/plans/" + id)).body(reader.whole(id));
    }

    @PostMapping("/{id}/approve")
    PlanReader.View approve(@PathVariable String id, Principal operator) {
        plans.approve(operator.getName(), uuid(id));
        return find(id);
    }

    @PostMapping("/{id}/pause")
    PlanReader.View pause(@PathVariable String id, @RequestBody(required = false) JsonNode body, Principal operator) {
        plans.pause(operator.getName(), uuid(id), reason(body));
        return find(id);
    }

    @PostMapping("/{id}/resume")
    PlanReader.View resume(@PathVariable String id, @RequestBody(required = false) JsonNode body, Principal operator) {
        plans.resume(operator.getName(), uuid(id), reason(body));
        return find(id);
    }

    @PostMapping("/{id}/abort")
    PlanReader.View abort(@PathVariable String id, @RequestBody(required = false) JsonNode body, Principal operator) {
        plans.abort(operator.getName(), uuid(id), reason(body));
        return find(id);
    }

    private static Versions versions(JsonNode word) {
        return Versions.of(word.asString(Versions.CASE_DAY.word()))
                .orElseThrow(() -> new SubmissionRefused(
                        Problem.of("check-failed", 422, "versions must be case-day, as-first or current")));
    }

    private static String reason(JsonNode body) {
        return (body == null ? MissingNode.getInstance() : body).path("reason").asString("");
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException malformed) {
            throw RecoveryPlans.unknown();
        }
    }
}
