package org.shuniu.evidence;

import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.shuniu.store.Columns;

/** What operators did; all of it is the hub's own. */
final class AuditTable implements LineTable<AuditLine> {

    /** Which writer's chains lie in this table. */
    static final String WRITER = "audit";

    static boolean owns(String chain) {
        return chain.endsWith("/" + WRITER);
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public String partner(AuditLine line) {
        return EventTable.HUB;
    }

    @Override
    public String canonical(long seq, AuditLine line) {
        return new CanonicalLine(seq)
                .time(line.at())
                .text(line.actor())
                .text(line.action())
                .text(line.target())
                .bytes(line.detailDigest())
                .toString();
    }

    @Override
    public AuditLine hubs(String kind, String partner, String detail) {
        return AuditLine.of(Instant.now(), EventTable.HUB, kind, detail, "");
    }

    @Override
    public Optional<String> opening(AuditLine line) {
        return line.action().equals(OPENED) ? Optional.of(line.target()) : Optional.empty();
    }

    @Override
    public boolean closes(AuditLine line) {
        return line.action().equals(CLOSED);
    }

    @Override
    public String insert() {
        return """
                insert into audit (chain, seq, hash, at, actor, action, target, detail, detail_digest)
                select w.chain, w.seq, w.hash, w.at, w.actor, w.action, w.target, w.detail, w.detail_digest
                from unnest(?::int[], ?::bigint[], ?::bytea[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[],
                    ?::bytea[]) with ordinality as w(chain, seq, hash, at, actor, action, target, detail, detail_digest, place)
                order by w.place
                """;
    }

    @Override
    public List<Object> columns(List<AuditLine> lines) {
        return List.of(
                Columns.texts(lines, line -> Moments.kept(line.at())),
                Columns.texts(lines, AuditLine::actor),
                Columns.texts(lines, AuditLine::action),
                Columns.texts(lines, AuditLine::target),
                Columns.texts(lines, AuditLine::detail),
                Columns.bytes(lines, AuditLine::detailDigest));
    }

    @Override
    public AuditLine read(ResultSet row) throws SQLException {
        byte[] digest = row.getBytes("detail_digest");
        return new AuditLine(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getString("action"),
                row.getString("target"),
                row.getString("detail"),
                digest == null ? new Sm3().of(row.getString("detail")) : digest);
    }

    @Override
    public String describe(ResultSet row) throws SQLException {
        return "audit line %d, target %s".formatted(row.getLong("id"), row.getString("target"));
    }

    /** The words may be gone, but not other ones. */
    @Override
    public boolean agrees(ResultSet row) throws SQLException {
        String detail = row.getString("detail");
        return detail == null || MessageDigest.isEqual(new Sm3().of(detail), row.getBytes("detail_digest"));
    }
}
