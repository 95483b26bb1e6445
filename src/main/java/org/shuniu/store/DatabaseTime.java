package org.shuniu.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * The database's clock, by which all processes go, as one of them can tell it without asking again.
 *
 * @param then the database's {@code now()}
 * @param nanos {@link System#nanoTime} when that was read
 */
public record DatabaseTime(Instant then, long nanos) {

    /** Of a row that was asked for {@code now()} under this name. */
    public static DatabaseTime read(ResultSet row, String column) throws SQLException {
        return new DatabaseTime(CaseFiles.instant(row, column), System.nanoTime());
    }

    public Instant now() {
        return then.plusNanos(System.nanoTime() - nanos);
    }
}
