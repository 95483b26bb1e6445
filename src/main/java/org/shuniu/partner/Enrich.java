package org.shuniu.partner;

import java.time.Duration;
import java.util.List;

/**
 * How a partner completes what is on its way to others.
 *
 * @param steps operations that are called in this order, each with what those before it gave
 * @param validFor how long what it gives may be used
 */
public record Enrich(List<String> steps, Duration validFor) {

    public Enrich {
        steps = List.copyOf(steps);
    }
}
