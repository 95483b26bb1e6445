package org.shuniu.gateway;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shuniu.document.CaseTimes;
import org.shuniu.store.CaseFile;
import org.shuniu.store.Json;
import org.shuniu.store.PaperStep;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells how a case that one centre received came to its home centre, and where its paper is. */
final class Handover {

    /** A step in the life of a case, as far as it matters here. */
    record Line(Instant at, String kind, String status, String detail) {}

    private static final Map<String, String> BY_STATUS =
            Map.of("20", "received", "21", "passed", "30", "accepted", "31", "refused");
    private static final Set<String> OF_RECEIVING_CENTRE = Set.of("received", "passed", PaperStep.POSTED.event());
    private static final Set<String> OF_HOME_CENTRE =
            Set.of("sent-back", "accepted", "refused", PaperStep.ARRIVED.event());

    private final CaseFile file;
    private final ArrayNode steps = Json.MAPPER.createArrayNode();
    private final ObjectNode paper = Json.object();
    private String last;
    private boolean received;

    private Handover(CaseFile file) {
        this.file = file;
        paper.put("place", place(file)).put("centre", file.paperCentre());
    }

    static String place(CaseFile file) {
        if (file.paperCentre() == null) {
            return "on-its-way";
        }
        return file.paperCentre().equals(file.receivingCentre()) ? "receiving-centre" : "home-centre";
    }

    /** @param life what happened, in its order */
    static ObjectNode of(CaseFile file, List<Line> life) {
        Handover handover = new Handover(file);
        life.forEach(handover::add);
        ObjectNode json = Json.object();
        json.put("step", handover.last)
                .put("receivingCentre", file.receivingCentre())
                .put("homeCentre", file.acceptingCentre())
                .put("responsible", file.responsible());
        json.set("paper", handover.paper);
        json.set("steps", handover.steps);
        return json;
    }

    private void add(Line line) {
        boolean ofPaper = line.kind().startsWith("paper-");
        String step = ofPaper ? line.kind() : line.kind().equals("status") ? byStatus(line.status()) : null;
        if (step == null) {
            return;
        }
        received = true;
        last = step;
        ObjectNode shown = steps.addObject()
                .put("step", step)
                .put("at", CaseTimes.dateTime(line.at()))
                .put("centre", centre(step));
        if (ofPaper) {
            paper.put("since", shown.path("at").stringValue());
            if (line.detail() != null) {
                paper.put("waybillNo", line.detail());
            }
        } else if (step.equals("received")) {
            paper.put("since", shown.path("at").stringValue());
        }
    }

    /** The receiving centre has a case once; what comes back to it later was sent back. */
    private String byStatus(String status) {
        String step = BY_STATUS.get(status);
        return "received".equals(step) && received ? "sent-back" : step;
    }

    private String centre(String step) {
        if (OF_RECEIVING_CENTRE.contains(step)) {
            return file.receivingCentre();
        }
        return OF_HOME_CENTRE.contains(step) ? file.acceptingCentre() : null;
    }
}
