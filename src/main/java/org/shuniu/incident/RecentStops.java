package org.shuniu.incident;

import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Knows which partners are or were stopped lately: what follows from that is no incident of its own. */
final class RecentStops {

    private static final String STOPPED = """
            select exists (select 1 from pause where partner = ?)
                or exists (select 1 from incident where partner = ? and kind in ('circuit', 'certificate')
                    and (closed_at is null or closed_at > now() - ? * interval '1 millisecond'))
                or exists (select 1 from audit where target = ? and action = 'resume'
                    and at > now() - ? * interval '1 millisecond')
            """;

    private final JdbcTemplate sql;

    RecentStops(JdbcTemplate sql) {
        this.sql = sql;
    }

    boolean stopped(String partner, Duration within) {
        long time = within.toMillis();
        return Boolean.TRUE.equals(sql.queryForObject(STOPPED, Boolean.class, partner, partner, time, partner, time));
    }
}
