package org.shuniu.controlbus;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.shuniu.audit.AuditLog;
import org.shuniu.delivery.DeliveryEngine;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.versions.Versions;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The operators' entry. */
@RestController
@RequestMapping("/ops/v1")
final class OperatorController {

    private static final int MOST = 1_000;

    private final ControlBus bus;
    private final FlowReader flows;
    private final WaitingReader waiting;
    private final AuditLog audit;
    private final PartnerDirectory partners;

    OperatorController(
            ControlBus bus, FlowReader flows, WaitingReader waiting, AuditLog audit, PartnerDirectory partners) {
        this.bus = bus;
        this.flows = flows;
        this.waiting = waiting;
        this.audit = audit;
        this.partners = partners;
    }

    @GetMapping("/parked")
    List<Map<String, Object>> parked() {
        return flows.parked(MOST);
    }

    /** Every delivery that waits: why, since when, until when and whose fault; oldest first. */
    @GetMapping("/waiting")
    List<Map<String, Object>> waiting(
            @RequestParam(required = false) String partner, @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new SubmissionRefused(
                    Problem.of("check-failed", 422, "limit must be a number from 1 to %d".formatted(MOST)));
        }
        return waiting.waiting(partner, limit).stream().map(Waiting::line).toList();
    }

    @GetMapping("/dead")
    List<Map<String, Object>> dead() {
        return flows.dead(MOST);
    }

    @GetMapping("/partners")
    List<FlowReader.Flow> partners() {
        return flows.flows();
    }

    @GetMapping("/audit")
    List<AuditLog.Entry> audit() {
        return audit.latest(MOST);
    }

    @PostMapping("/deliveries/{id}/replay")
    ResponseEntity<Map<String, Object>> replay(
            @PathVariable String id, @RequestBody(required = false) Map<String, String> body, Principal operator) {
        UUID delivery = uuid(id);
        String word = body == null ? null : body.get("versions");
        Versions versions = Versions.of(word == null ? Versions.CASE_DAY.word() : word)
                .orElseThrow(() -> new SubmissionRefused(
                        Problem.of("check-failed", 422, "versions must be case-day, as-first or current")));
        String reason = body == null ? "" : body.getOrDefault("reason", "");
        return done(() -> bus.replay(operator.getName(), delivery, versions, reason), "deliveryId", id);
    }

    @PostMapping("/deliveries/{id}/give-up")
    ResponseEntity<Map<String, Object>> giveUp(
            @PathVariable String id, @RequestBody Map<String, String> body, Principal operator) {
        UUID delivery = uuid(id);
        ControlBus.LaterOnes later = laterOnes(body.get("laterOnes"));
        String reason = reason(body);
        return done(() -> bus.giveUp(operator.getName(), delivery, reason, later), "deliveryId", id);
    }

    @PostMapping("/partners/{partner}/pause")
    ResponseEntity<Map<String, Object>> pause(
            @PathVariable String partner, @RequestBody Map<String, String> body, Principal operator) {
        String reason = reason(body);
        return done(() -> bus.pause(operator.getName(), partner, reason), "partner", partner);
    }

    @PostMapping("/partners/{partner}/resume")
    ResponseEntity<Map<String, Object>> resume(
            @PathVariable String partner, @RequestBody(required = false) Map<String, String> body, Principal operator) {
        String reason = body == null ? "" : body.getOrDefault("reason", "");
        return done(() -> bus.resume(operator.getName(), partner, reason), "partner", partner);
    }

    /** Lowers a partner's rate, calls at a time or hours for a time, or raises them as far as its file allows. */
    @PostMapping("/partners/{partner}/limits")
    ResponseEntity<Map<String, Object>> limit(
            @PathVariable String partner, @RequestBody Map<String, String> body, Principal operator) {
        Partner whose = partners.find(partner)
                .orElseThrow(() ->
                        new SubmissionRefused(Problem.of("not-found", 404, "Nothing of this id can be steered so")));
        String reason = reason(body);
        LimitRequest.Checked checked = LimitRequest.of(body).check(whose, operator.getName(), reason, Instant.now());
        if (checked.fault() != null) {
            throw new SubmissionRefused(
                    Problem.of("check-failed", 422, checked.fault().words(whose)));
        }
        bus.limit(checked.change());
        return recorded(partner);
    }

    @PostMapping("/partners/{partner}/limits/end")
    ResponseEntity<Map<String, Object>> endLimit(
            @PathVariable String partner, @RequestBody Map<String, String> body, Principal operator) {
        String reason = reason(body);
        done(() -> bus.endLimit(operator.getName(), partner, reason), "partner", partner);
        return recorded(partner);
    }

    /** It is not so yet. */
    private static ResponseEntity<Map<String, Object>> recorded(String partner) {
        return ResponseEntity.ok(Map.of(
                "partner",
                partner,
                "recorded",
                true,
                "inForceWithinSeconds",
                DeliveryEngine.LIMITS_WITHIN.toSeconds()));
    }

    private static ResponseEntity<Map<String, Object>> done(Supplier<Boolean> act, String name, String id) {
        if (!act.get()) {
            throw new SubmissionRefused(Problem.of("not-found", 404, "Nothing of this id can be steered so"));
        }
        return ResponseEntity.ok(Map.of(name, id, "done", true));
    }

    static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException malformed) {
            throw new SubmissionRefused(Problem.of("not-found", 404, "Nothing of this id can be steered so"));
        }
    }

    private static ControlBus.LaterOnes laterOnes(String word) {
        try {
            return ControlBus.LaterOnes.valueOf(String.valueOf(word).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new SubmissionRefused(Problem.of("check-failed", 422, "laterOnes must be continue or park"));
        }
    }

    static String reason(Map<String, String> body) {
        String reason = body.get("reason");
        if (reason == null || reason.isBlank()) {
            throw new SubmissionRefused(Problem.of("check-failed", 422, "A reason is required"));
        }
        return reason;
    }
}
