package org.shuniu.reconciliation;

import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;

/** What partners counted, line by line; every method runs in its caller's transaction. */
final class Lines {

    private static final String KEEP = """
            insert into reconciliation_line (partner, message_id, reference, case_no, at, finished, day)
            select ?, w.message_id, w.reference, w.case_no, w.at, w.finished, ?
            from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::boolean[])
                as w(message_id, reference, case_no, at, finished)
            order by w.message_id, w.reference
            on conflict (partner, message_id, reference) do update
                set finished = reconciliation_line.finished or excluded.finished, day = excluded.day
            """;

    private static final String FORGET = "delete from reconciliation_line where partner = ? and day < ?";

    private final JdbcTemplate sql;

    Lines(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** The same line again, of this count or an earlier one, is the same row. */
    void keep(Report report, List<Entry> page) {
        Map<List<String>, Entry> once = new LinkedHashMap<>();
        page.forEach(entry -> once.put(List.of(entry.messageId(), entry.reference()), entry));
        if (once.isEmpty()) {
            return;
        }
        Collection<Entry> lines = once.values();
        sql.update(
                KEEP,
                report.partner(),
                report.day(),
                texts(lines, Entry::messageId),
                texts(lines, Entry::reference),
                texts(lines, Entry::caseNo),
                texts(lines, Entry::at),
                lines.stream().map(Entry::finished).toArray(Boolean[]::new));
    }

    void forget(String partner, LocalDate before) {
        sql.update(FORGET, partner, before);
    }

    private static String[] texts(Collection<Entry> lines, Function<Entry, Object> value) {
        return lines.stream()
                .map(value)
                .map(one -> one == null ? null : one.toString())
                .toArray(String[]::new);
    }
}
