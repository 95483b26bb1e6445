package org.shuniu.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads what an attempt needs to know of its message and its case. */
final class ClaimedRows {

    /** What stands behind a claim; the body only where it was asked for. */
    record Row(
            UUID messageId,
            String document,
            String receiver,
            int spent,
            boolean askFirst,
            Instant acceptedAt,
            CaseFile file,
            byte[] body) {}

    private static final String READ = """
            select c.*, d.message_id, d.document, d.receiver as delivery_receiver, d.spent, d.ask_first, m.accepted_at,
                case when ? then m.body end as body
            from delivery d join message m on m.id = d.message_id join case_file c on c.case_no = d.case_no
            where d.id = ?
            """;

    private final JdbcTemplate sql;

    ClaimedRows(JdbcTemplate sql) {
        this.sql = sql;
    }

    Row read(UUID deliveryId, boolean withBody) {
        return sql.queryForObject(READ, ClaimedRows::row, withBody, deliveryId);
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getObject("message_id", UUID.class),
                row.getString("document"),
                row.getString("delivery_receiver"),
                row.getInt("spent"),
                row.getBoolean("ask_first"),
                row.getObject("accepted_at", OffsetDateTime.class).toInstant(),
                CaseFiles.read(row, number),
                row.getBytes("body"));
    }
}
