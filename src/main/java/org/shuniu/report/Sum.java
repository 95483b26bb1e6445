package org.shuniu.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.WorkingCalendar;
import org.shuniu.timelimit.TimeLimit;

/** What is added to one row of sums. */
final class Sum {

    private final long[] cases = new long[Milestone.values().length];
    private final int[] hoursSpread = new int[Spread.HOURS.slots()];
    private final int[] daysSpread = new int[Spread.WORKING_DAYS.slots()];
    private long inTime;
    private long late;
    private long workingDays;
    private long seconds;

    void add(Milestone milestone) {
        cases[milestone.ordinal()]++;
    }

    /** How long a result took: on the clock since the case was received, and in days of its time limit, where it has one. */
    void addTime(Instant receivedAt, Instant decidedAt, @Nullable TimeLimit limit, WorkingCalendar calendar) {
        // The clocks of two processes may differ by a little.
        long took = Math.max(0, Duration.between(receivedAt, decidedAt).toSeconds());
        seconds += took;
        hoursSpread[Spread.HOURS.slot(took)]++;
        if (limit != null) {
            LocalDate decidedOn = decidedAt.atZone(ReportPeriod.CITY).toLocalDate();
            int used = limit.used(decidedOn, calendar);
            workingDays += used;
            daysSpread[Spread.WORKING_DAYS.slot(used)]++;
            if (limit.keptOn(decidedOn)) {
                inTime++;
            } else {
                late++;
            }
        }
    }

    /** In the order of the columns of {@code report_sum}, after its key. */
    Object[] figures() {
        return new Object[] {
            cases[Milestone.RECEIVED.ordinal()],
            cases[Milestone.DONE.ordinal()],
            cases[Milestone.REFUSED.ordinal()],
            cases[Milestone.ENDED.ordinal()],
            inTime,
            late,
            workingDays,
            seconds,
            text(hoursSpread),
            text(daysSpread)
        };
    }

    private static String text(int[] counts) {
        StringBuilder text = new StringBuilder("{");
        for (int count : counts) {
            text.append(text.length() == 1 ? "" : ",").append(count);
        }
        return text.append('}').toString();
    }
}
