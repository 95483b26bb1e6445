package org.shuniu.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.CaseFiles;

/**
 * What somebody outside was told of incidents, or is to be.
 *
 * @param channel {@code webhook}, {@code mail}, or {@code sms-} with the name of a duty
 * @param event {@code opened}, {@code urgent} or {@code closed}
 * @param incidents of which it tells
 * @param dueAt when it is sent, or sent again
 * @param tries how often it was sent, whether it arrived or not
 * @param sentAt when it had arrived
 * @param givenUpAt when the hub stopped trying
 * @param problem why it did not arrive last time
 * @param reported what the gateway said later of a short message, in its own word
 */
public record Told(
        String channel,
        String event,
        List<Long> incidents,
        Instant dueAt,
        int tries,
        @Nullable Instant sentAt,
        @Nullable Instant givenUpAt,
        @Nullable String problem,
        @Nullable String reported) {

    /** How far a notice is. */
    public enum State {
        SENT,
        GIVEN_UP,
        /** Not sent yet: it is its turn soon, or when the quiet hours end. */
        WAITING,
        /** It is being sent. */
        UNDER_WAY,
        /** It did not arrive so far. */
        FAILING
    }

    public State state() {
        if (sentAt != null) {
            return State.SENT;
        }
        if (givenUpAt != null) {
            return State.GIVEN_UP;
        }
        if (tries == 0) {
            return State.WAITING;
        }
        return problem == null ? State.UNDER_WAY : State.FAILING;
    }

    /** The kind of way, as words are called. */
    public String way() {
        return isByPhone() ? "sms" : channel;
    }

    /** The name of the duty whose telephone it is for; empty for other ways. */
    public String duty() {
        return isByPhone() ? channel.substring(DutyPhone.PREFIX.length()) : "";
    }

    private boolean isByPhone() {
        return channel.startsWith(DutyPhone.PREFIX);
    }

    static Told read(ResultSet row, int number) throws SQLException {
        return new Told(
                row.getString("channel"),
                row.getString("kind"),
                List.of((Long[]) row.getArray("incidents").getArray()),
                CaseFiles.instant(row, "due_at"),
                row.getInt("tries"),
                CaseFiles.instant(row, "sent_at"),
                CaseFiles.instant(row, "given_up_at"),
                row.getString("problem"),
                row.getString("reported"));
    }
}
