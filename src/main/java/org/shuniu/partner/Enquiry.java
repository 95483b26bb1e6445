package org.shuniu.partner;

import java.time.Duration;
import java.util.List;

/**
 * How a partner that takes an application now and decides it later is asked for its result, by operation {@code query}.
 *
 * @param waits before each question, counted from the taking or the question before; the last one stands for all others
 * @param overdue after which a person is told that no result is there; asking goes on
 */
public record Enquiry(List<Duration> waits, Duration overdue) {

    public Enquiry {
        waits = List.copyOf(waits);
    }
}
