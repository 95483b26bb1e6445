package org.shuniu.evidence;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFiles;

/** The steps of cases; a step that concerns no partner stands in the chain of the hub itself. */
final class EventTable implements LineTable<CaseEvent> {

    /** Whose chain it is when no partner is concerned. */
    static final String HUB = "hub";

    @Override
    public String name() {
        return "event";
    }

    @Override
    public String partner(CaseEvent line) {
        return line.partner() == null ? HUB : line.partner();
    }

    @Override
    public String canonical(long seq, CaseEvent line) {
        return new CanonicalLine(seq)
                .time(line.at())
                .text(line.caseNo())
                .text(line.messageId())
                .text(line.deliveryId())
                .text(line.kind())
                .text(line.partner())
                .text(line.status())
                .text(line.detail())
                .bytes(line.digest())
                .toString();
    }

    @Override
    public CaseEvent hubs(String kind, String partner, String detail) {
        return new CaseEvent(Instant.now(), null, null, null, kind, partner, null, detail);
    }

    @Override
    public Optional<String> opening(CaseEvent line) {
        return line.kind().equals(OPENED) ? Optional.of(line.detail()) : Optional.empty();
    }

    @Override
    public boolean closes(CaseEvent line) {
        return line.kind().equals(CLOSED);
    }

    @Override
    public String insert() {
        return """
                insert into event (chain, seq, hash, at, case_no, message_id, delivery_id, kind, partner, status, detail, digest)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """;
    }

    @Override
    public void bind(PreparedStatement row, CaseEvent line) throws SQLException {
        row.setObject(4, CaseFiles.utc(Moments.kept(line.at())));
        row.setString(5, line.caseNo());
        uuid(row, 6, line.messageId());
        uuid(row, 7, line.deliveryId());
        row.setString(8, line.kind());
        row.setString(9, line.partner());
        row.setString(10, line.status());
        row.setString(11, line.detail());
        row.setBytes(12, line.digest());
    }

    private static void uuid(PreparedStatement row, int column, UUID value) throws SQLException {
        if (value == null) {
            row.setNull(column, Types.OTHER);
        } else {
            row.setObject(column, value);
        }
    }

    @Override
    public CaseEvent read(ResultSet row) throws SQLException {
        return new CaseEvent(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("case_no"),
                row.getObject("message_id", UUID.class),
                row.getObject("delivery_id", UUID.class),
                row.getString("kind"),
                row.getString("partner"),
                row.getString("status"),
                row.getString("detail"),
                row.getBytes("digest"));
    }

    @Override
    public String describe(ResultSet row) throws SQLException {
        String caseNo = row.getString("case_no");
        return "event %d, %s".formatted(row.getLong("id"), caseNo == null ? "no case" : "case " + caseNo);
    }
}
