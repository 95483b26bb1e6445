package org.shuniu.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

/** The sealed heads of one table's chains, or of one chain, in the order of its lines, without those that a restored backup lost. */
final class SealedHeads implements AutoCloseable {

    /**
     * @param chain null when no chain of this name is known any more
     * @param end whether the chain ends there
     */
    record Sealed(long seal, Integer chain, String name, long seq, byte[] hash, boolean end) {}

    private static final int AT_ONCE = 2_000;
    private static final String HEADS = """
            select s.no, c.id, split_part(h, ':', 1) as name, split_part(h, ':', 2)::bigint as seq,
                split_part(h, ':', 3) as hash, split_part(h, ':', 4) = 'end' as ends
            from seal s cross join lateral string_to_table(s.heads, E'\\n') h
            left join chain c on c.name = split_part(h, ':', 1)
            where
            """;
    private static final String IN_ORDER = " order by c.id nulls last, seq, s.no";
    private static final String OF_EVENTS =
            "split_part(h, ':', 1) !~ '/(%s|%s)$'".formatted(AuditTable.WRITER, RegionHeads.WRITER);
    private static final String OF_AUDIT = "split_part(h, ':', 1) ~ '/%s$'".formatted(AuditTable.WRITER);
    private static final String OF_ONE = "position(? in s.heads) > 0 and split_part(h, ':', 1) = ?";

    private final Restorations restorations;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private Sealed next;

    private SealedHeads(Connection snapshot, Restorations restorations, String which, String... values)
            throws SQLException {
        this.restorations = restorations;
        statement = snapshot.prepareStatement(HEADS + " " + which + IN_ORDER);
        for (int i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i]);
        }
        statement.setFetchSize(AT_ONCE);
        rows = statement.executeQuery();
        advance();
    }

    /** Of a table of the hub's own chains. */
    static SealedHeads of(Connection snapshot, LineTable<?> table, Restorations restorations) throws SQLException {
        return new SealedHeads(snapshot, restorations, table.name().equals(AuditTable.WRITER) ? OF_AUDIT : OF_EVENTS);
    }

    /** Of one chain. */
    static SealedHeads of(Connection snapshot, String chain, Restorations restorations) throws SQLException {
        return new SealedHeads(snapshot, restorations, OF_ONE, chain, chain);
    }

    /** The next one, or null. */
    Sealed peek() {
        return next;
    }

    Sealed take() throws SQLException {
        Sealed taken = next;
        advance();
        return taken;
    }

    private void advance() throws SQLException {
        do {
            next = rows.next() ? read() : null;
        } while (next != null && restorations.explain(next));
    }

    private Sealed read() throws SQLException {
        int chain = rows.getInt("id");
        return new Sealed(
                rows.getLong("no"),
                rows.wasNull() ? null : chain,
                rows.getString("name"),
                rows.getLong("seq"),
                HexFormat.of().parseHex(rows.getString("hash")),
                rows.getBoolean("ends"));
    }

    @Override
    public void close() throws SQLException {
        rows.close();
        statement.close();
    }
}
