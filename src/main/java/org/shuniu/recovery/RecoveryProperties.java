package org.shuniu.recovery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How recovery plans run.
 *
 * @param every how often a running plan sends
 * @param batch how many deliveries share one transaction
 * @param backlog how many deliveries of one receiver may wait before a plan holds back
 * @param lease how long another process waits before it takes over the plan of one that is gone
 */
@ConfigurationProperties("shuniu.recovery")
public record RecoveryProperties(
        @DefaultValue("100ms") Duration every,
        @DefaultValue("500") int batch,
        @DefaultValue("1000") int backlog,
        @DefaultValue("5s") Duration lease) {

    public RecoveryProperties {
        if (every.toMillis() < 1 || batch < 1 || backlog < 1) {
            throw new IllegalArgumentException("shuniu.recovery: every, batch and backlog must be above 0");
        }
        if (lease.compareTo(every.multipliedBy(3)) < 0) {
            throw new IllegalArgumentException(
                    "shuniu.recovery.lease is %s; expected at least three times every (%s)".formatted(lease, every));
        }
    }
}
