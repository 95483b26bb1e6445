package org.shuniu.crossing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.shuniu.document.CaseTimes;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A case that this hub shares with a region's.
 *
 * @param region the other hub
 * @param ours whether it was handed in here and is decided there
 * @param way code of set {@code delta-mode} of case-status.csv, or null where the region named none
 * @param shared whether the other hub has the case already
 * @param since when its turn came
 * @param dueOn the last day of the time limit that holds while an office has it, or null
 * @param theirDueOn that day, as the other hub has said
 * @param theirWordAt when the other hub said so, by its clock, or null
 */
public record Crossing(
        String caseNo,
        String region,
        boolean ours,
        @Nullable String way,
        @Nullable String windowCode,
        @Nullable String windowName,
        boolean shared,
        Turn turn,
        Instant since,
        @Nullable LocalDate dueOn,
        @Nullable String theirOffice,
        @Nullable LocalDate theirDueOn,
        @Nullable Instant theirWordAt) {

    static Crossing read(ResultSet row, int number) throws SQLException {
        return new Crossing(
                row.getString("case_no"),
                row.getString("region"),
                row.getBoolean("ours"),
                row.getString("way"),
                row.getString("window_code"),
                row.getString("window_name"),
                row.getBoolean("shared"),
                new Turn(
                        Turn.Holder.valueOf(row.getString("holder").toUpperCase(Locale.ROOT)),
                        row.getBoolean("here"),
                        row.getString("office")),
                CaseFiles.instant(row, "since"),
                row.getObject("due_on", LocalDate.class),
                row.getString("their_office"),
                row.getObject("their_due_on", LocalDate.class),
                CaseFiles.instant(row, "their_word_at"));
    }

    /** What both sides' people may know of how the case is shared. */
    public ObjectNode describe() {
        ObjectNode json = Json.object().put("region", region).put("handedIn", ours ? "here" : "there");
        if (way != null) {
            json.put("way", way);
        }
        if (windowCode != null) {
            json.putObject("window").put("code", windowCode).put("name", windowName);
        }
        return json;
    }

    /** Whose turn it is. */
    public ObjectNode describeTurn() {
        ObjectNode json = Json.object().put("holder", turn.holder().word());
        if (turn.holder() != Turn.Holder.NOBODY) {
            json.put("side", turn.here() ? "here" : region);
        }
        if (turn.office() != null) {
            json.put("office", turn.office());
        }
        json.put("since", CaseTimes.dateTime(since));
        if (dueOn != null) {
            json.put("dueOn", dueOn.toString());
        }
        return json;
    }

    /** As things stand now: who has it still has it since then. */
    Crossing at(Turn next, @Nullable LocalDate due, boolean shares, Instant now) {
        return new Crossing(
                caseNo,
                region,
                ours,
                way,
                windowCode,
                windowName,
                shares,
                next,
                isSameHolder(next) ? since : now,
                due,
                theirOffice,
                theirDueOn,
                theirWordAt);
    }

    /** The other side may name its office after the turn has come to it. */
    private boolean isSameHolder(Turn next) {
        return next.holder() == turn.holder()
                && next.here() == turn.here()
                && (!next.here() || Objects.equals(next.office(), turn.office()));
    }

    /** What the other side said earlier may come later, and counts no more. */
    boolean isNews(Instant said) {
        return theirWordAt == null || !said.isBefore(theirWordAt);
    }

    /** With what the other side has said of itself. */
    Crossing told(@Nullable String office, @Nullable LocalDate due, Instant said) {
        return new Crossing(
                caseNo, region, ours, way, windowCode, windowName, shared, turn, since, dueOn, office, due, said);
    }
}
