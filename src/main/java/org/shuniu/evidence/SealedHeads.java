package org.shuniu.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

/** The sealed heads of one table's chains in the order of its lines. */
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
            where (split_part(h, ':', 1) like ?) = ? order by c.id nulls last, seq, s.no
            """;

    private final PreparedStatement statement;
    private final ResultSet rows;
    private Sealed next;

    SealedHeads(Connection snapshot, boolean audit) throws SQLException {
        statement = snapshot.prepareStatement(HEADS);
        statement.setString(1, "%/" + AuditTable.WRITER);
        statement.setBoolean(2, audit);
        statement.setFetchSize(AT_ONCE);
        rows = statement.executeQuery();
        advance();
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
        next = rows.next() ? read() : null;
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
