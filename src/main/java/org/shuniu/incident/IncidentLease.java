package org.shuniu.incident;

import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Lets one process at a time look for incidents; times are the database's. */
final class IncidentLease {

    private static final String HOLD = """
            insert into incident_lease (one, owner, until) values (true, ?, now() + ? * interval '1 millisecond')
            on conflict (one) do update set owner = excluded.owner, until = excluded.until
            where incident_lease.owner = excluded.owner or incident_lease.until < now() returning owner
            """;

    private final JdbcTemplate sql;
    private final Duration lease;
    private final UUID owner = UUID.randomUUID();

    IncidentLease(JdbcTemplate sql, Duration lease) {
        this.sql = sql;
        this.lease = lease;
    }

    /** Takes or keeps it; in a transaction no other process has it until that ends. */
    boolean hold() {
        return !sql.queryForList(HOLD, UUID.class, owner, lease.toMillis()).isEmpty();
    }

    /** Leaves it to whoever looks next. */
    void release() {
        sql.update("update incident_lease set until = now() where owner = ? and until > now()", owner);
    }
}
