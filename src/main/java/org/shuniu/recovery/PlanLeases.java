package org.shuniu.recovery;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Lets one process at a time run a plan; times are the database's. */
final class PlanLeases {

    private static final String HOLD = """
            insert into plan_lease (plan_id, owner, epoch, until) values (?, ?, 1, now() + ? * interval '1 millisecond')
            on conflict (plan_id) do update set owner = excluded.owner, until = excluded.until,
                epoch = plan_lease.epoch + case when plan_lease.owner = excluded.owner then 0 else 1 end
            where plan_lease.owner = excluded.owner or plan_lease.until < now()
            returning epoch
            """;

    private final JdbcTemplate sql;
    private final UUID owner;
    private final Duration lease;

    /** @param owner names this process */
    PlanLeases(JdbcTemplate sql, UUID owner, Duration lease) {
        this.sql = sql;
        this.owner = owner;
        this.lease = lease;
    }

    /** Takes or keeps a plan; returns the epoch under which this process may write, or nothing while another has it. */
    OptionalLong hold(UUID plan) {
        return sql.queryForList(HOLD, Long.class, plan, owner, lease.toMillis()).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** Whether this epoch still holds; it then does until the caller's transaction ends. */
    boolean stillHeld(UUID plan, long epoch) {
        return !sql.queryForList(
                        "select 1 from plan_lease where plan_id = ? and owner = ? and epoch = ? and until > now() for update",
                        Integer.class,
                        plan,
                        owner,
                        epoch)
                .isEmpty();
    }

    /** Leaves all plans to whoever looks next. */
    void release() {
        sql.update("update plan_lease set until = now() where owner = ? and until > now()", owner);
    }
}
