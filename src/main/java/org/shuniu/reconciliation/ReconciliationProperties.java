package org.shuniu.reconciliation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How reports are made.
 *
 * @param every how often the hub looks whether one is due
 * @param page rows of one step, which is one transaction
 * @param lease how long another process waits before it takes over the report of one that is gone
 * @param again after how long a partner whose count could not be had is asked again
 * @param keep how many days a partner's lines are kept, since a repetition may come late
 */
@ConfigurationProperties("shuniu.reconciliation")
public record ReconciliationProperties(
        @DefaultValue("5s") Duration every,
        @DefaultValue("1000") int page,
        @DefaultValue("60s") Duration lease,
        @DefaultValue("5m") Duration again,
        @DefaultValue("40") int keep) {

    public ReconciliationProperties {
        if (every.toMillis() < 1 || page < 1 || keep < 1 || lease.toSeconds() < 1) {
            throw new IllegalArgumentException("shuniu.reconciliation: every, page, lease and keep must be above 0");
        }
    }
}
