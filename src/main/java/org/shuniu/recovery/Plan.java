package org.shuniu.recovery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.shuniu.versions.Versions;

/**
 * A recovery plan as it stands.
 *
 * @param conditions its filter, with the number of its case numbers in their place
 * @param perSecond deliveries that may go out in a second
 * @param doubles deliveries whose receiver may have their effect already
 * @param sent deliveries that went out again
 * @param skipped deliveries that were no longer parked as they were when the plan was made
 * @param waits why it sends less than it may, or null
 * @param workedMillis how long it has been sending
 * @param versions by which its deliveries are written
 * @param reason why its maker wants it, for whoever approves it; empty where nothing was said
 */
public record Plan(
        UUID id,
        State state,
        String conditions,
        int perSecond,
        int total,
        int doubles,
        int sent,
        int skipped,
        String waits,
        long workedMillis,
        String madeBy,
        OffsetDateTime madeAt,
        String approvedBy,
        OffsetDateTime approvedAt,
        OffsetDateTime endedAt,
        Versions versions,
        String reason) {

    /** Where a plan is in its life. */
    public enum State {
        PREVIEW,
        RUNNING,
        PAUSED,
        ABORTED,
        DONE;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(java.util.Locale.ROOT));
        }
    }

    public int remaining() {
        return total - sent - skipped;
    }

    /** Deliveries a second, over the time in which it was sending; 0 before it has begun. */
    double rate() {
        return workedMillis == 0 ? 0 : (sent + skipped) * 1000.0 / workedMillis;
    }

    static Plan read(ResultSet row, int number) throws SQLException {
        return new Plan(
                row.getObject("id", UUID.class),
                State.of(row.getString("state")),
                row.getString("conditions"),
                row.getInt("per_second"),
                row.getInt("total"),
                row.getInt("doubles"),
                row.getInt("sent"),
                row.getInt("skipped"),
                row.getString("waits"),
                row.getLong("worked_ms"),
                row.getString("made_by"),
                row.getObject("made_at", OffsetDateTime.class),
                row.getString("approved_by"),
                row.getObject("approved_at", OffsetDateTime.class),
                row.getObject("ended_at", OffsetDateTime.class),
                Versions.of(row.getString("versions")).orElseThrow(),
                row.getString("reason"));
    }
}
