package org.shuniu.exchange;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many requests each region has made in the running minute. */
final class Quota {

    private record Minute(long number, int requests) {}

    private final Map<String, Minute> byPartner = new ConcurrentHashMap<>();

    boolean take(String partner, int perMinute, Instant now) {
        long number = now.getEpochSecond() / 60;
        Minute minute = byPartner.compute(
                partner,
                (id, before) -> before == null || before.number() != number
                        ? new Minute(number, 1)
                        : new Minute(number, before.requests() + 1));
        return minute.requests() <= perMinute;
    }
}
