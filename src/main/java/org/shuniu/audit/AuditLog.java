package org.shuniu.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;
import org.shuniu.evidence.AuditLine;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Append-only log of what operators did: lines of a hash chain that is sealed as all evidence is. */
public final class AuditLog {

    /** One line of the log. */
    public record Entry(long seq, Instant at, String actor, String action, String target, String detail) {}

    private final JdbcTemplate sql;
    private final TransactionTemplate transaction;
    private final Consumer<AuditLine> chain;

    /** @param chain takes a line into the transaction that its thread is in */
    public AuditLog(JdbcTemplate sql, TransactionTemplate transaction, Consumer<AuditLine> chain) {
        this.sql = sql;
        this.transaction = transaction;
        this.chain = chain;
    }

    /** Writes a line in the caller's transaction, or in one of its own. */
    public void record(String actor, String action, String target, String detail) {
        AuditLine line = AuditLine.of(Instant.now(), actor, action, target, detail);
        transaction.executeWithoutResult(status -> chain.accept(line));
    }

    /** The newest lines, newest first, without those that open and end the hub's own chains. */
    public List<Entry> latest(int most) {
        return sql.query(
                "select * from audit where action not in ('chain-opened', 'chain-closed') order by id desc limit ?",
                AuditLog::read,
                most);
    }

    static Entry read(ResultSet row, int number) throws SQLException {
        return new Entry(
                row.getLong("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getString("action"),
                row.getString("target"),
                row.getString("detail"));
    }
}
