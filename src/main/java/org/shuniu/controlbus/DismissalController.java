package org.shuniu.controlbus;

import java.security.Principal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.shuniu.document.CaseTimes;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The operators' entry to what is no delivery and waits for a person. */
@RestController
@RequestMapping("/ops/v1")
final class DismissalController {

    private final Dismissals dismissals;

    DismissalController(Dismissals dismissals) {
        this.dismissals = dismissals;
    }

    @PostMapping("/answers/{id}/settle")
    Map<String, Object> settle(@PathVariable String id, @RequestBody Map<String, String> body, Principal operator) {
        UUID message = OperatorController.uuid(id);
        String reason = OperatorController.reason(body);
        return done(dismissals.settleAnswer(operator.getName(), message, reason), "messageId", id);
    }

    @PostMapping("/questions/{id}/give-up")
    Map<String, Object> giveUp(@PathVariable String id, @RequestBody Map<String, String> body, Principal operator) {
        UUID delivery = OperatorController.uuid(id);
        String reason = OperatorController.reason(body);
        return done(dismissals.giveUpQuestion(operator.getName(), delivery, reason), "questionId", id);
    }

    /** The term is the end of a day of the city. */
    @PostMapping("/questions/{id}/extend")
    Map<String, Object> extend(@PathVariable String id, @RequestBody Map<String, String> body, Principal operator) {
        UUID delivery = OperatorController.uuid(id);
        String reason = OperatorController.reason(body);
        Instant until = term(body.get("until"));
        return done(dismissals.extendQuestion(operator.getName(), delivery, until, reason), "questionId", id);
    }

    @PostMapping("/dead/settle")
    Map<String, Object> settleDead(@RequestBody Map<String, String> body, Principal operator) {
        String queue = body.get("queue");
        if (queue == null || queue.isBlank()) {
            throw refused("queue must be one of GET /ops/v1/dead");
        }
        String reason = OperatorController.reason(body);
        Map<String, Object> done = new LinkedHashMap<>();
        done.put("queue", queue);
        done.put("settled", dismissals.settleDead(operator.getName(), queue, moment(body.get("upTo")), reason));
        return done;
    }

    private static Map<String, Object> done(boolean is, String name, String id) {
        if (!is) {
            throw new SubmissionRefused(Problem.of("not-found", 404, "Nothing of this id waits for a person"));
        }
        return Map.of(name, id, "done", true);
    }

    private static Instant term(String day) {
        try {
            return Dismissals.term(LocalDate.parse(String.valueOf(day)))
                    .orElseThrow(() -> refused("until must be a day from today on, within a year"));
        } catch (DateTimeParseException malformed) {
            throw refused("until must be a day, such as " + LocalDate.now(CaseTimes.SHANGHAI));
        }
    }

    private static OffsetDateTime moment(String time) {
        try {
            return OffsetDateTime.parse(String.valueOf(time));
        } catch (DateTimeParseException malformed) {
            throw refused("upTo must be a time, such as the newest since of GET /ops/v1/dead");
        }
    }

    private static SubmissionRefused refused(String why) {
        return new SubmissionRefused(Problem.of("check-failed", 422, why));
    }
}
