package org.shuniu.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long bodies of cases are kept.
 *
 * @param keep months after the last step of a case that is over; 0 keeps all for ever
 * @param items longer times of single items, in months by the item's code
 * @param every how often it is looked for a month whose time is over
 * @param batch rows that are looked at in one transaction
 * @param pause rest between two transactions
 */
@ConfigurationProperties("shuniu.retention")
public record RetentionProperties(
        @DefaultValue("0") int keep,
        @DefaultValue Map<String, Integer> items,
        @DefaultValue("1h") Duration every,
        @DefaultValue("500") int batch,
        @DefaultValue("20ms") Duration pause) {

    private static final int LONGEST = 1_200;

    public RetentionProperties {
        items = Map.copyOf(items);
        if (keep < 0 || keep > LONGEST) {
            throw new IllegalArgumentException(
                    "shuniu.retention.keep is %d; expected 0 to %d months".formatted(keep, LONGEST));
        }
        items.forEach((item, months) -> {
            if (months < keep || months > LONGEST) {
                throw new IllegalArgumentException(
                        "shuniu.retention.items.%s is %d; expected shuniu.retention.keep (%d) to %d months"
                                .formatted(item, months, keep, LONGEST));
            }
        });
        if (batch < 1) {
            throw new IllegalArgumentException("shuniu.retention.batch is %d; expected 1 or more".formatted(batch));
        }
    }

    boolean erases() {
        return keep > 0;
    }

    /** Until when the bodies of a case are kept whose last step was then. */
    Instant until(String item, Instant lastStep) {
        return later(lastStep, items.getOrDefault(item, keep));
    }

    static Instant later(Instant time, int months) {
        return time.atOffset(ZoneOffset.UTC).plusMonths(months).toInstant();
    }

    /** As pages and packages of evidence repeat it. */
    String rule() {
        return "%d months after the last step of a case that is over%s"
                .formatted(keep, items.isEmpty() ? "" : ", longer for %d item(s)".formatted(items.size()));
    }
}
