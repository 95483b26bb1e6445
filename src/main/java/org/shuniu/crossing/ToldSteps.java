package org.shuniu.crossing;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.PaperStep;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** Takes in what the other hub says of its part of a shared case: its steps join the timeline, its paper moves. */
public final class ToldSteps {

    /** What begins the name of a step that happened at the other hub. */
    public static final String OF_REGION = "region-";

    private final CaseFiles files;
    private final Crossings crossings;
    private final Clock clock;

    /** @param sql on the connections of its callers' transactions */
    public ToldSteps(JdbcTemplate sql, Clock clock) {
        this.files = new CaseFiles(sql);
        this.crossings = new Crossings(sql);
        this.clock = clock;
    }

    /**
     * @param data a document {@code step} or {@code progress} that fits its schema
     * @return the steps as the case's life here has them
     */
    public List<CaseEvent> keep(String caseNo, String region, JsonNode data) {
        CaseFile file = files.lock(List.of(caseNo)).get(caseNo);
        Instant now = clock.instant();
        List<CaseEvent> events = new ArrayList<>();
        for (JsonNode step : data.path("steps")) {
            String event = step.path("event").asString("");
            events.add(new CaseEvent(at(step, now), caseNo, null, null, OF_REGION + event, region, null, detail(step)));
            CaseFile standing = file;
            file = paper(event).flatMap(paper -> paper.next(standing)).orElse(file);
        }
        files.update(List.of(file));
        CaseFile after = file;
        crossings.find(caseNo).ifPresent(crossing -> told(crossing, after, data.path("turn"), now));
        return events;
    }

    private void told(Crossing crossing, CaseFile file, JsonNode turn, Instant now) {
        Instant said = time(turn.path("saidAt"))
                .or(() -> time(turn.path("since")))
                .filter(time -> !time.isAfter(now))
                .orElse(now);
        if (turn.isObject() && crossing.isNews(said)) {
            boolean works = turn.path("holder").asString("").equals(Turn.Holder.OFFICE.word());
            Crossing told = works
                    ? crossing.told(turn.path("office").asString(crossing.theirOffice()), day(turn), said)
                    : crossing.told(null, null, said);
            crossings.keep(CrossingSteps.moved(told, file, told.dueOn(), told.shared(), now));
        }
    }

    private static Optional<PaperStep> paper(String event) {
        return event.startsWith("paper-") ? PaperStep.of(event.substring("paper-".length())) : Optional.empty();
    }

    private static @Nullable String detail(JsonNode step) {
        return step.has("status")
                ? step.path("status").asString(null)
                : step.path("waybillNo").asString(null);
    }

    /** As the other hub says it, by whose clock it happened; never in this hub's future. */
    private static Instant at(JsonNode step, Instant now) {
        return time(step.path("at")).filter(said -> !said.isAfter(now)).orElse(now);
    }

    private static Optional<Instant> time(JsonNode text) {
        try {
            return Optional.of(OffsetDateTime.parse(text.asString("")).toInstant());
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static @Nullable LocalDate day(JsonNode turn) {
        try {
            return turn.has("dueOn") ? LocalDate.parse(turn.path("dueOn").asString("")) : null;
        } catch (DateTimeException none) {
            return null;
        }
    }
}
