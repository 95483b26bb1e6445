package org.shuniu.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The changes of partners' limits that count now: at most one of each partner. */
public final class LimitTable {

    private static final String COUNTING = "select * from partner_limit where until > now()";
    /** A partner without a change has no row to lock. */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(?, 0))";

    private static final String SET = """
            insert into partner_limit (partner, per_second, parallel, open_all_day, closed_from, closed_to, until, set_by, reason)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (partner) do update set per_second = excluded.per_second, parallel = excluded.parallel,
                open_all_day = excluded.open_all_day, closed_from = excluded.closed_from, closed_to = excluded.closed_to,
                until = excluded.until, set_by = excluded.set_by, reason = excluded.reason, since = clock_timestamp()
            """;

    private final JdbcTemplate sql;

    public LimitTable(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** All that count, by partner. */
    public Map<String, LimitChange> counting() {
        Map<String, LimitChange> changes = new HashMap<>();
        sql.query(COUNTING, (row, number) -> read(row)).forEach(change -> changes.put(change.partner(), change));
        return changes;
    }

    /** A partner's, of which nobody else makes a change, the first one included, before the caller's transaction ends. */
    public Optional<LimitChange> lock(String partner) {
        sql.query(LOCK, row -> {}, "limits:" + partner);
        return sql.query(COUNTING + " and partner = ?", (row, number) -> read(row), partner).stream()
                .findFirst();
    }

    /** Puts a change in the place of the partner's former one; when it was recorded is the database's to say. */
    public void set(LimitChange change) {
        sql.update(
                SET,
                change.partner(),
                change.perSecond(),
                change.parallel(),
                change.openAllDay(),
                time(change.closedFrom()),
                time(change.closedTo()),
                time(change.until()),
                change.by(),
                change.reason());
    }

    public void end(String partner) {
        sql.update("delete from partner_limit where partner = ?", partner);
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static LimitChange read(ResultSet row) throws SQLException {
        return new LimitChange(
                row.getString("partner"),
                row.getObject("per_second", Integer.class),
                row.getObject("parallel", Integer.class),
                row.getBoolean("open_all_day"),
                instant(row, "closed_from"),
                instant(row, "closed_to"),
                row.getObject("until", OffsetDateTime.class).toInstant(),
                row.getString("set_by"),
                row.getString("reason"),
                row.getObject("since", OffsetDateTime.class).toInstant());
    }
}
