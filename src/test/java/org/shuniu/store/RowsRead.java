package org.shuniu.store;

import org.springframework.jdbc.core.JdbcTemplate;

/** What the database has read, as far as the present connection has told. */
public final class RowsRead {

    private static final String READ = """
            select (select sum(idx_tup_read) from pg_stat_user_indexes where relname = any(?))
                + (select sum(seq_tup_read) from pg_stat_user_tables where relname = any(?))
            """;

    private RowsRead() {}

    /** Rows of these tables, by index or not. */
    public static long of(JdbcTemplate sql, String... tables) {
        sql.execute("select pg_stat_force_next_flush()");
        return sql.queryForObject(READ, Long.class, tables, tables);
    }
}
