package org.shuniu.incident;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.shuniu.document.CaseTimes;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows programs of operators what is wrong, and what was. */
@RestController
final class IncidentController {

    private static final int MOST = 1_000;

    private final IncidentDesk desk;

    IncidentController(IncidentDesk desk) {
        this.desk = desk;
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
