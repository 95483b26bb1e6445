package org.shuniu.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/** Finds lines of the audit log by who, what, to what, and when. */
public final class AuditSearch {

    /**
     * What is asked for; null asks for all.
     *
     * @param target as lines name it, or the number of a case for all that was done to it, its messages and its deliveries
     */
    public record Filter(
            @Nullable String actor,
            @Nullable String action,
            @Nullable String target,
            @Nullable Instant from,
            @Nullable Instant to) {}

    private static final String OF_CASE = """
            select ? union select id::text from message where case_no = ?
            union select id::text from delivery where case_no = ? limit ?
            """;
    /** Ids of one case that are looked for. */
    private static final int MOST_OF_CASE = 5_000;

    private static final String ABOUT = """
            select * from audit where target = any(?) order by at desc, id desc limit ?
            """;

    /** Lines that are read at a time, and no connection is held while they are taken away. */
    private static final int PAGE = 1_000;

    private final JdbcTemplate sql;

    /** @param sql on the data source for people's questions */
    public AuditSearch(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** The newest lines, newest first. */
    public List<AuditLog.Entry> newest(Filter filter, int most) {
        return page(filter, null, most);
    }

    /** The same, one at a time, however many; whoever takes them slowly holds up nobody. */
    public void each(Filter filter, int most, Consumer<AuditLog.Entry> line) {
        AuditLog.Entry last = null;
        int left = most;
        List<AuditLog.Entry> page;
        do {
            page = page(filter, last, Math.min(left, PAGE));
            page.forEach(line);
            left -= page.size();
            last = page.isEmpty() ? null : page.get(page.size() - 1);
        } while (left > 0 && page.size() == PAGE);
    }

    /** @param after the last line of the page before, or null for the first */
    private List<AuditLog.Entry> page(Filter filter, AuditLog.@Nullable Entry after, int most) {
        List<Object> values = new ArrayList<>();
        StringBuilder where = new StringBuilder("action not in ('chain-opened', 'chain-closed')");
        and(where, values, "actor = ?", filter.actor());
        and(where, values, "action = ?", filter.action());
        and(where, values, "target = any(?)", filter.target() == null ? null : targets(filter.target()));
        and(where, values, "at >= ?", CaseFiles.utc(filter.from()));
        and(where, values, "at < ?", CaseFiles.utc(filter.to()));
        if (after != null) {
            where.append(" and (at, id) < (?, ?)");
            values.add(CaseFiles.utc(after.at()));
            values.add(after.seq());
        }
        values.add(most);
        return sql.query(
                "select * from audit where " + where + " order by at desc, id desc limit ?",
                AuditLog::read,
                values.toArray());
    }

    /** The newest of what was done to any of these, newest first. */
    public List<AuditLog.Entry> about(Collection<String> targets, int most) {
        return sql.query(ABOUT, AuditLog::read, targets.toArray(String[]::new), most);
    }

    private String[] targets(String target) {
        return sql.queryForList(OF_CASE, String.class, target, target, target, MOST_OF_CASE)
                .toArray(String[]::new);
    }

    private static void and(StringBuilder where, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            where.append(" and ").append(condition);
            values.add(value);
        }
    }
}
