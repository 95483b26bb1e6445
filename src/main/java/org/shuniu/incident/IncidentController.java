package org.shuniu.incident;

import java.security.Principal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.document.CaseTimes;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows programs of operators what is wrong, and what was. */
@RestController
final class IncidentController {

    private static final int MOST = 1_000;

    private final IncidentDesk desk;
    private final HubProcesses processes;

    IncidentController(IncidentDesk desk, HubProcesses processes) {
        this.desk = desk;
        this.processes = processes;
    }

    @GetMapping("/ops/v1/incidents")
    Map<String, Object> incidents(
            @RequestParam(required = false) @Nullable String partner, @RequestParam(defaultValue = "100") int closed) {
        String[] whose = partner == null ? null : new String[] {partner};
        int most = Math.max(0, Math.min(MOST, closed));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("open", desk.open(whose).stream().map(IncidentController::line).toList());
        all.put(
                "closed",
                desk.closed(whose, most).stream().map(IncidentController::line).toList());
        return all;
    }

    /** The processes of the hub, as each said of itself last. */
    @GetMapping("/ops/v1/processes")
    List<Map<String, Object>> processes() {
        return processes.all().stream().map(IncidentController::line).toList();
    }

    @PostMapping("/ops/v1/processes/{id}/end")
    Map<String, Object> end(@PathVariable UUID id, @RequestBody Map<String, String> body, Principal operator) {
        String reason = body.get("reason");
        if (reason == null || reason.isBlank()) {
            throw new SubmissionRefused(Problem.of("check-failed", 422, "A reason is required"));
        }
        if (!processes.end(operator.getName(), id, reason)) {
            throw new SubmissionRefused(Problem.of("not-found", 404, "No process of this id is gone without an end"));
        }
        return Map.of("processId", id, "done", true);
    }

    private static Map<String, Object> line(HubProcess process) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", process.id());
        line.put("place", process.place());
        line.put("startedAt", time(process.startedAt()));
        line.put("lastSeenAt", time(process.beatAt()));
        line.put("freeBytes", process.freeBytes());
        line.put("totalBytes", process.totalBytes());
        line.put("driftMillis", process.drift().toMillis());
        return line;
    }

    static Map<String, Object> line(Incident incident) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", incident.id());
        line.put("kind", incident.kind().word());
        line.put("partner", incident.partner());
        line.put("urgent", incident.urgent());
        line.put("openedAt", time(incident.openedAt()));
        line.put("lastSeenAt", time(incident.lastSeenAt()));
        line.put("closedAt", time(incident.closedAt()));
        line.put("since", time(incident.since()));
        line.put("cases", incident.cases());
        line.put("mostCases", incident.mostCases());
        line.put("fault", incident.fault());
        line.put("said", incident.said());
        line.put("nextAt", time(incident.next()));
        line.put("acknowledgedBy", incident.acknowledgedBy());
        line.put("acknowledgedAt", time(incident.acknowledgedAt()));
        line.put("assignedTo", incident.assignedTo());
        line.put("notifiedOpenAt", time(incident.notifiedOpenAt()));
        line.put("notifiedCloseAt", time(incident.notifiedCloseAt()));
        return line;
    }

    private static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : CaseTimes.dateTime(at);
    }
}
