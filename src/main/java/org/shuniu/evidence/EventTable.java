package org.shuniu.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.Columns;

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
                select w.chain, w.seq, w.hash, w.at, w.case_no, w.message_id, w.delivery_id, w.kind, w.partner, w.status,
                    w.detail, w.digest
                from unnest(?::int[], ?::bigint[], ?::bytea[], ?::timestamptz[], ?::text[], ?::uuid[], ?::uuid[], ?::text[],
                    ?::text[], ?::text[], ?::text[], ?::bytea[]) with ordinality as w(chain, seq, hash, at, case_no,
                    message_id, delivery_id, kind, partner, status, detail, digest, place)
                order by w.place
                """;
    }

    @Override
    public List<Object> columns(List<CaseEvent> lines) {
        return List.of(
                Columns.texts(lines, line -> Moments.kept(line.at())),
                Columns.texts(lines, CaseEvent::caseNo),
                Columns.texts(lines, CaseEvent::messageId),
                Columns.texts(lines, CaseEvent::deliveryId),
                Columns.texts(lines, CaseEvent::kind),
                Columns.texts(lines, CaseEvent::partner),
                Columns.texts(lines, CaseEvent::status),
                Columns.texts(lines, CaseEvent::detail),
                Columns.bytes(lines, CaseEvent::digest));
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
