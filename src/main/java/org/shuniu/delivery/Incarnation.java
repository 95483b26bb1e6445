package org.shuniu.delivery;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Which life of the database this is: whoever restores a backup adds a row, and what an older broker still holds is
 * ignored from then on.
 */
final class Incarnation {

    private final JdbcTemplate sql;
    private volatile String current;

    Incarnation(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** Read once a process: a database is restored while the hub is stopped. */
    String current() {
        if (current == null) {
            current = sql.queryForObject(
                    "select id::text from incarnation order by since desc, id limit 1", String.class);
        }
        return current;
    }
}
