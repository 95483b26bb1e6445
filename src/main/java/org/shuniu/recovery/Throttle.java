package org.shuniu.recovery;

/** How much of a plan may go out now, and how long it has been at work; used by one thread. */
final class Throttle {

    private static final long LONGEST_MILLIS = 1_000;

    private final int perSecond;
    private double allowance;
    private long workedMillis;
    private long last = System.nanoTime();

    Throttle(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Counts the time since the last turn; what a long stop would have allowed is not made up for. */
    void turn() {
        long now = System.nanoTime();
        long elapsed = Math.min(LONGEST_MILLIS, (now - last) / 1_000_000);
        last += elapsed == LONGEST_MILLIS ? now - last : elapsed * 1_000_000;
        workedMillis += elapsed;
        allowance = Math.min(perSecond, allowance + elapsed * perSecond / 1_000.0);
    }

    /** What one of so many receivers may get. */
    int share(int receivers) {
        return (int) Math.ceil(Math.floor(allowance) / receivers);
    }

    void take(int deliveries) {
        allowance -= deliveries;
    }

    /** The time worked since this was asked last. */
    long worked() {
        long worked = workedMillis;
        workedMillis = 0;
        return worked;
    }
}
