package org.shuniu.reconciliation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * A report that this process makes.
 *
 * @param epoch under which it may write
 */
record Report(String partner, LocalDate day, Period period, int tries, long epoch) {

    static Report read(ResultSet row, int number) throws SQLException {
        return new Report(
                row.getString("partner"),
                row.getObject("day", LocalDate.class),
                new Period(instant(row, "from_at"), instant(row, "until")),
                row.getInt("tries"),
                row.getLong("epoch"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
