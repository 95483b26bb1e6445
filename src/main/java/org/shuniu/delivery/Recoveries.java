package org.shuniu.delivery;

import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The backlog of a partner that is back need not wait for its slots: it becomes due in its old order, a slice at a time.
 *
 * <p>The row that asks for it is written by whoever learnt that the partner is back, in the same transaction; moving a hundred
 * thousand deliveries there would keep every other partner's outcomes waiting.
 */
public final class Recoveries {

    private static final int SLICE = 5_000;
    private static final String ASK = """
            insert into recovery (partner, since) values (?, now()) on conflict (partner) do update set since = excluded.since
            """;

    /** Due since it was opened: so the oldest go first. What another transaction holds is on its way already. */
    private static final String MOVE = """
            update delivery set due_at = least(created_at, ?), sent_until = null
            where id in (select id from delivery where receiver = ? and state = 'pending' and not held and claim_until is null
                    and due_at <> least(created_at, ?) and coalesce(not_before, '-infinity') <= ?
                order by created_at limit ? for update skip locked)
            """;

    private final JdbcTemplate sql;

    public Recoveries(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** Asks for a partner's; runs in its caller's transaction. */
    public void ask(String partner) {
        sql.update(ASK, partner);
    }

    /** Moves one slice of a partner's, where it was asked for; says whether there is more. */
    boolean goOn(String partner) {
        List<OffsetDateTime> asked =
                sql.queryForList("select since from recovery where partner = ?", OffsetDateTime.class, partner);
        for (OffsetDateTime since : asked) {
            if (sql.update(MOVE, since, partner, since, since, SLICE) == SLICE) {
                return true;
            }
            sql.update("delete from recovery where partner = ? and since = ?", partner, since);
        }
        return false;
    }
}
