package org.shuniu.report;

import org.jspecify.annotations.Nullable;

/**
 * What became of some cases in some time.
 *
 * @param received cases that came in
 * @param done decided in the applicant's favour for the first time
 * @param refused refused for the first time, before or after work on them
 * @param ended over without a result for or against
 * @param inTime of those with a result that had a time limit
 * @param workingDays that all of these took together
 * @param seconds that all with a result took together
 */
public record Figures(
        long received,
        long done,
        long refused,
        long ended,
        long inTime,
        long late,
        long workingDays,
        long seconds,
        long[] hoursSpread,
        long[] daysSpread) {

    private static final double SECONDS_OF_HOUR = 3_600;

    static final Figures NONE =
            new Figures(0, 0, 0, 0, 0, 0, 0, 0, new long[Spread.HOURS.slots()], new long[Spread.WORKING_DAYS.slots()]);

    Figures plus(Figures other) {
        return new Figures(
                received + other.received,
                done + other.done,
                refused + other.refused,
                ended + other.ended,
                inTime + other.inTime,
                late + other.late,
                workingDays + other.workingDays,
                seconds + other.seconds,
                sum(hoursSpread, other.hoursSpread),
                sum(daysSpread, other.daysSpread));
    }

    private static long[] sum(long[] some, long[] others) {
        long[] sum = some.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += others[i];
        }
        return sum;
    }

    /** Of those with a time limit, which share kept it; null where there are none. */
    public @Nullable Double inTimeShare() {
        return limited() == 0 ? null : (Double) ((double) inTime / limited());
    }

    /** Whether anything happened. */
    public boolean any() {
        return received + done + refused + ended > 0;
    }

    private long limited() {
        return inTime + late;
    }

    private long decided() {
        return done + refused;
    }

    /** Hours to the result on the average; null where there is none. */
    public @Nullable Double meanHours() {
        return decided() == 0 ? null : (Double) (seconds / SECONDS_OF_HOUR / decided());
    }

    /** Working days of the time limit that were used, on the average; null where there are none. */
    public @Nullable Double meanDays() {
        return limited() == 0 ? null : (Double) ((double) workingDays / limited());
    }

    /** Within how many seconds a share of them had their result. */
    public Spread.@Nullable Within secondsOf(double share) {
        return Spread.HOURS.within(hoursSpread, share);
    }

    /** The same in working days. */
    public Spread.@Nullable Within daysOf(double share) {
        return Spread.WORKING_DAYS.within(daysSpread, share);
    }
}
