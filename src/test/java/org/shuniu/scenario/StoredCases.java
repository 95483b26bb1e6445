package org.shuniu.scenario;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Cases that were over a month ago in a hub's tables, and the rows that the server has read of those tables since. What the
 * departments worked is left out: a day's comparison goes through all that was, and rightly.
 */
final class StoredCases implements AutoCloseable {

    private static final List<String> CASES = List.of("""
            insert into case_file (case_no, sender, item_code, receiver, channel, status, responsible, application_id, received_at, changed_at)
            select 'stored-' || n, 'acceptance-platform', '312000250000', %s, '2', '60', 'JX', md5('m' || n)::uuid, %s, %s
            """, """
            insert into message (id, partner, document, case_no, body, digest, accepted_at)
            select md5('m' || n)::uuid, 'acceptance-platform', 'application', 'stored-' || n, '', sha256(('m' || n)::bytea), %2$s
            """, """
            insert into message_key (partner, idempotency_key, message_id, digest, receipt, accepted_at)
            select 'acceptance-platform', 'stored-' || n, md5('m' || n)::uuid, sha256(('m' || n)::bytea), '', %2$s
            """, """
            insert into delivery (id, message_id, document, case_no, receiver, queue, state, lane_no, due_at, created_at, settled_at)
            select md5('d' || n)::uuid, md5('m' || n)::uuid, 'application', 'stored-' || n, %s, 'result', 'delivered', 1, %s, %s, %2$s
            """, """
            insert into lane (case_no, receiver, next_no, lowest_open) select 'stored-' || n, %s, 2, 2
            """, """
            insert into answer (id, partner, source, delivery_id, body, digest, received_at, read_at)
            select md5('a' || n)::uuid, %s, 'call', md5('d' || n)::uuid, '', sha256(('a' || n)::bytea), %s, %s
            """);
    private static final String AT = "now() - interval '1 month'";
    private static final List<String> TABLES =
            List.of("case_file", "message", "message_key", "delivery", "lane", "answer");
    private static final String READ = """
            select t.relname, t.seq_tup_read + coalesce(sum(i.idx_tup_read), 0)
            from pg_stat_user_tables t left join pg_stat_user_indexes i on i.relid = t.relid
            where t.relname = any(?) group by t.relname, t.seq_tup_read
            """;

    private final JdbcTemplate sql;
    private final Map<String, Long> before;

    private StoredCases(JdbcTemplate sql) {
        this.sql = sql;
        this.before = read();
    }

    /** Stores so many cases for each of these departments. */
    static StoredCases of(JdbcTemplate sql, List<String> departments, int each) {
        String receiver = "('{%s}'::text[])[n %% %d + 1]".formatted(String.join(",", departments), departments.size());
        String numbers = "from generate_series(1, %d) n".formatted(departments.size() * each);
        CASES.forEach(rows -> sql.execute(rows.formatted(receiver, AT, AT) + numbers));
        // Plans that were made of the empty tables stay in use until these are analysed, as autovacuum does soon.
        TABLES.forEach(table -> sql.execute("analyze " + table));
        return new StoredCases(sql);
    }

    /** Rows that were read since they are stored, by table and through its indexes. */
    Map<String, Long> rowsRead() {
        Map<String, Long> since = new TreeMap<>(read());
        before.forEach((table, rows) -> since.merge(table, -rows, Long::sum));
        return since;
    }

    private Map<String, Long> read() {
        Map<String, Long> rows = new TreeMap<>();
        sql.query(
                READ,
                row -> {
                    rows.put(row.getString(1), row.getLong(2));
                },
                (Object) TABLES.toArray(String[]::new));
        return rows;
    }

    @Override
    public void close() {
        sql.update(
                "delete from answer where id in (select md5('a' || substr(case_no, 8))::uuid from case_file where case_no like 'stored-%')");
        sql.update("delete from message_key where idempotency_key like 'stored-%'");
        List.of("lane", "delivery", "message", "case_file")
                .forEach(table -> sql.update("delete from " + table + " where case_no like 'stored-%'"));
    }
}
