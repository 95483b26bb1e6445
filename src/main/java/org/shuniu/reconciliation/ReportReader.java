package org.shuniu.reconciliation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;

/** What operators see of reports; ids, counts and reasons, never a document. */
final class ReportReader {

    /**
     * One report.
     *
     * @param counts sent, accepted, finished, missing, doubled, late, unrecorded, unreceived, unlisted, altered
     * @param lines that the partner gave
     * @param digest of what it said, as it was received
     * @param findings the first of what does not agree
     * @param more whether there are others
     */
    record View(
            String partner,
            LocalDate day,
            String state,
            OffsetDateTime from,
            OffsetDateTime until,
            OffsetDateTime endedAt,
            String waits,
            Map<String, Integer> counts,
            long lines,
            String digest,
            List<Finding> findings,
            boolean more) {}

    /** What does not agree. */
    record Finding(
            String kind,
            String messageId,
            String caseNo,
            String deliveryId,
            String detail,
            OffsetDateTime foundAt,
            OffsetDateTime requestedAt,
            String requestedBy,
            OffsetDateTime healedAt) {}

    private static final String REPORTS = """
            select * from reconciliation where day = ? and (?::text is null or partner = ?) order by partner
            """;

    private static final String FINDINGS = """
            select * from reconciliation_finding where partner = ? and day = ? and (kind, message_id) > (?, ?)
            order by kind, message_id limit ?
            """;

    private static final List<String> COUNTS = List.of(
            "sent",
            "accepted",
            "finished",
            "missing",
            "doubled",
            "late",
            "unrecorded",
            "unreceived",
            "unlisted",
            "altered");

    private final JdbcTemplate sql;

    ReportReader(Pools pools) {
        this.sql = pools.console().sql();
    }

    /**
     * The reports of a day.
     *
     * @param partner whose, or null for all
     * @param kind after which, with message, findings are shown; empty for the first
     */
    List<View> reports(LocalDate day, String partner, String kind, String message, int most) {
        return sql.query(REPORTS, (row, number) -> view(row, kind, message, most), day, partner, partner);
    }

    private View view(ResultSet row, String kind, String message, int most) throws SQLException {
        LocalDate day = row.getObject("day", LocalDate.class);
        String partner = row.getString("partner");
        List<Finding> found = sql.query(FINDINGS, ReportReader::finding, partner, day, kind, message, most + 1);
        byte[] digest = row.getBytes("digest");
        return new View(
                partner,
                day,
                row.getString("state"),
                row.getObject("from_at", OffsetDateTime.class),
                row.getObject("until", OffsetDateTime.class),
                row.getObject("ended_at", OffsetDateTime.class),
                row.getString("waits"),
                counts(row),
                row.getLong("lines"),
                digest == null ? null : "sha256:" + HexFormat.of().formatHex(digest),
                found.subList(0, Math.min(most, found.size())),
                found.size() > most);
    }

    private static Map<String, Integer> counts(ResultSet row) throws SQLException {
        Map<String, Integer> counts = new java.util.LinkedHashMap<>();
        for (String name : COUNTS) {
            counts.put(name, row.getInt(name));
        }
        return counts;
    }

    private static Finding finding(ResultSet row, int number) throws SQLException {
        return new Finding(
                row.getString("kind"),
                row.getString("message_id"),
                row.getString("case_no"),
                row.getString("delivery_id"),
                row.getString("detail"),
                row.getObject("found_at", OffsetDateTime.class),
                row.getObject("requested_at", OffsetDateTime.class),
                row.getString("requested_by"),
                row.getObject("healed_at", OffsetDateTime.class));
    }
}
