package org.shuniu.joint;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.shuniu.document.CaseTimes;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * One office's part of a case.
 *
 * @param office a partner's id
 * @param status what it said last, or null
 * @param since when its state began
 * @param resultId its result, or null
 */
public record CasePart(int part, int stage, String office, State state, String status, Instant since, UUID resultId) {

    /** How far an office is. */
    public enum State {
        /** An earlier stage has not passed. */
        WAITING,
        OPEN,
        PASSED,
        REFUSED,
        /** Another office has refused the case. */
        ENDED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static CasePart read(ResultSet row, int number) throws SQLException {
        return new CasePart(
                row.getInt("part"),
                row.getInt("stage"),
                row.getString("office"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("status"),
                CaseFiles.instant(row, "since"),
                row.getObject("result_id", UUID.class));
    }

    /** The offices that work on a case now. */
    public static List<String> open(List<CasePart> parts) {
        return parts.stream()
                .filter(part -> part.is(State.OPEN))
                .map(CasePart::office)
                .toList();
    }

    boolean is(State wanted) {
        return state == wanted;
    }

    /** As the case's people may see it. */
    public ObjectNode describe() {
        return Json.object()
                .put("part", part)
                .put("stage", stage)
                .put("office", office)
                .put("state", state.word())
                .put("status", status)
                .put("since", CaseTimes.dateTime(since));
    }
}
