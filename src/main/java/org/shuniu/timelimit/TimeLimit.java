package org.shuniu.timelimit;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.WorkingCalendar;

/**
 * The time limit of one case, in whole days on Shanghai's clocks.
 *
 * @param workingDays that the item promises
 * @param acceptedOn the day before the first that counts
 * @param dueOn the last day of the limit, as it stood when the clock ran last
 * @param stoppedOn since when the clock stands, or null
 * @param endedOn when the case was decided or given up, or null
 */
public record TimeLimit(
        String caseNo,
        int workingDays,
        LocalDate acceptedOn,
        LocalDate dueOn,
        @Nullable LocalDate stoppedOn,
        @Nullable LocalDate endedOn) {

    static TimeLimit begin(String caseNo, int workingDays, LocalDate today, WorkingCalendar calendar) {
        return new TimeLimit(caseNo, workingDays, today, calendar.after(today, workingDays), null, null);
    }

    /** Working days after {@code today} up to the last one of the limit; below 0 when it is over. */
    public int left(LocalDate today, WorkingCalendar calendar) {
        return calendar.between(last(today), dueOn);
    }

    /** Whether it was kept by what ended the case on that day: while the clock stands, no day counts. */
    public boolean keptOn(LocalDate day) {
        return !last(day).isAfter(dueOn);
    }

    /** Working days that the case took of it, ended on that day; above those that it has where it was not kept. */
    public int used(LocalDate day, WorkingCalendar calendar) {
        return Math.max(0, workingDays - calendar.between(last(day), dueOn));
    }

    /** The last day that counts, up to this one: none does while the clock stands, nor when the case ends meanwhile. */
    private LocalDate last(LocalDate day) {
        return stoppedOn != null ? stoppedOn : endedOn != null ? endedOn : day;
    }

    TimeLimit moved(CaseClock clock, LocalDate today, WorkingCalendar calendar) {
        return switch (clock) {
            case NOT_BEGUN -> this;
            case RUNS -> stoppedOn == null ? this : resumed(today, calendar);
            case STANDS ->
                stoppedOn == null ? new TimeLimit(caseNo, workingDays, acceptedOn, dueOn, today, null) : this;
            case ENDS ->
                endedOn == null ? new TimeLimit(caseNo, workingDays, acceptedOn, dueOn, stoppedOn, today) : this;
        };
    }

    /** What was left is left again; a limit that was over stays over. */
    private TimeLimit resumed(LocalDate today, WorkingCalendar calendar) {
        int left = left(today, calendar);
        LocalDate due = left >= 0 ? calendar.after(today, left) : dueOn;
        return new TimeLimit(caseNo, workingDays, acceptedOn, due, null, null);
    }
}
