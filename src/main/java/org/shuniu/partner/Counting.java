package org.shuniu.partner;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;

/**
 * How a partner counts what it was sent, and when the hub compares it with its own record.
 *
 * @param at time of the day, on the city's clocks
 * @param lag how long it may take until what was sent stands in the partner's count
 * @param resultWithin after which the result of an application is late, or nothing where it has all the time in the world
 * @param rows its count as a table of its front-end database, where it is one
 */
public record Counting(LocalTime at, Duration lag, Optional<Duration> resultWithin, Optional<Rows> rows) {

    /**
     * A table with one row for each effect.
     *
     * @param time column by which the rows are read, a time on the city's clocks
     * @param key column that tells rows of one time apart
     */
    public record Rows(String table, String time, String key) {}
}
