package org.shuniu.store;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What one process of the hub does at a time. Times are the database's.
 *
 * <p>Whoever takes it over gets a higher epoch. A process may be paused at any place and for any time: so what it does must be asked
 * for by {@link #isHeld(long)} in the transaction of the effect, or be undone by whoever took over.
 */
public final class Lease {

    private static final String HOLD = """
            insert into lease (name, owner, epoch, until) values (?, ?, 1, now() + ? * interval '1 millisecond')
            on conflict (name) do update set owner = excluded.owner, until = excluded.until,
                epoch = lease.epoch + case when lease.owner = excluded.owner then 0 else 1 end
            where lease.owner = excluded.owner or lease.until < now()
            returning epoch
            """;
    private static final String SEIZE = """
            insert into lease (name, owner, epoch, until) values (?, ?, 1, now() + ? * interval '1 millisecond')
            on conflict (name) do update set owner = excluded.owner, until = excluded.until, epoch = lease.epoch + 1
            returning epoch
            """;
    private static final String HELD = """
            select 1 from lease where name = ? and owner = ? and epoch = ? and until > now() for share
            """;

    private final JdbcTemplate sql;
    private final String name;
    private final UUID owner;
    private final Duration length;

    /**
     * @param owner names this process, or a part of it that others of the same process are kept from
     * @param length after which another takes it over from one that is gone
     */
    public Lease(JdbcTemplate sql, String name, UUID owner, Duration length) {
        this.sql = sql;
        this.name = name;
        this.owner = owner;
        this.length = length;
    }

    /** Takes or keeps it; returns the epoch under which this process may act, or nothing while another has it. */
    public OptionalLong hold() {
        return take(HOLD);
    }

    /** Takes it whoever has it: that one is known to be dead. */
    public OptionalLong seize() {
        return take(SEIZE);
    }

    private OptionalLong take(String statement) {
        return sql.queryForList(statement, Long.class, name, owner, length.toMillis()).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** Whether this epoch still holds; within a transaction it then does until that ends. */
    public boolean isHeld(long epoch) {
        return !sql.queryForList(HELD, Integer.class, name, owner, epoch).isEmpty();
    }

    /** Leaves it to whoever wants it next. */
    public void release() {
        sql.update("update lease set until = now() where name = ? and owner = ? and until > now()", name, owner);
    }
}
