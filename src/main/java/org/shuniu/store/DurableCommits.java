package org.shuniu.store;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whether a server keeps what it has called committed, as the 202 to a sender says. */
public final class DurableCommits {

    /** What a session gets without a word of its own; what a synchronous standby has not on its disk is lost when it takes over. */
    private static final String LOSING = """
            select name || ': ' || reset_val from pg_settings
            where name in ('fsync', 'full_page_writes') and reset_val = 'off'
                or name = 'synchronous_commit' and (reset_val = 'off'
                    or reset_val in ('local', 'remote_write') and current_setting('synchronous_standby_names') <> '')
            order by name
            """;

    private DurableCommits() {}

    /** The server's settings by which it may lose what is committed, each with its value and what is expected. */
    public static List<String> faults(JdbcTemplate sql) {
        return sql.queryForList(LOSING, String.class).stream()
                .map(setting -> ("the database's %s; expected on: what it has called committed would be lost with"
                                + " the server, and its sender has a 202 for it")
                        .formatted(setting))
                .toList();
    }
}
