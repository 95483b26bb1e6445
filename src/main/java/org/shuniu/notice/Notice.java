package org.shuniu.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * What a sender is told.
 *
 * @param about the delivery, or the message that is parked itself
 * @param messageId the message that it is about
 * @param document the message's kind
 * @param partner the other end: who should receive the message, or has sent it
 * @param state of the delivery
 * @param nextAttempt when it is tried again, or null where nobody can say
 */
record Notice(
        Kind kind,
        UUID about,
        UUID messageId,
        String document,
        String caseNo,
        String sender,
        String partner,
        String state,
        OffsetDateTime since,
        OffsetDateTime nextAttempt) {

    /** What has happened. */
    enum Kind {
        PARKED,
        DELAYED,
        RESOLVED,
        GIVEN_UP,
        REFUSED,
        PAPER;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    static Notice read(Kind kind, ResultSet row) throws SQLException {
        return new Notice(
                kind,
                row.getObject("id", UUID.class),
                row.getObject("message_id", UUID.class),
                row.getString("document"),
                row.getString("case_no"),
                row.getString("sender"),
                row.getString("receiver"),
                row.getString("state"),
                row.getObject("since", OffsetDateTime.class),
                row.getObject("next_attempt", OffsetDateTime.class));
    }
}
