package org.shuniu.evidence;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.transaction.support.TransactionTemplate;

/** Chains the lines that were written before there were chains. */
final class Adoption {

    private static final int AT_ONCE = 1_000;

    private final JdbcTemplate sql;
    private final TransactionTemplate transaction;

    Adoption(JdbcTemplate sql, TransactionTemplate transaction) {
        this.sql = sql;
        this.transaction = transaction;
    }

    <T> void adopt(String table, RowMapper<T> read, Consumer<Collection<T>> writer) {
        if (sql.queryForObject("select to_regclass(?)::text", String.class, table) == null) {
            return;
        }
        while (Boolean.TRUE.equals(transaction.execute(status -> some(table, read, writer)))) {
            continue;
        }
        sql.execute("drop table " + table);
    }

    private <T> boolean some(String table, RowMapper<T> read, Consumer<Collection<T>> writer) {
        String oldest = "select id from %s order by id limit %d".formatted(table, AT_ONCE);
        List<T> lines = sql.query("select * from %s where id in (%s) order by id".formatted(table, oldest), read);
        writer.accept(lines);
        return sql.update("delete from %s where id in (%s)".formatted(table, oldest)) > 0;
    }
}
