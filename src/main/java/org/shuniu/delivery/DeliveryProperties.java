package org.shuniu.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How work moves between the database and the broker.
 *
 * @param every how often the redispatcher looks
 * @param soon how far ahead the retry queues are filled
 * @param sendLease how long a message may lie in a queue unclaimed before it is sent again
 * @param window how many deliveries of one partner the broker holds at a time
 * @param claimMargin what a claim may outlive the call's total deadline by
 * @param bodyInMessage bodies above this size are read with the claim
 * @param keepHours whether partners' opening hours are kept
 * @param alone no other hub process works on this database, so that a claim or an upload under way that is found at start is a dead process's
 */
@ConfigurationProperties("shuniu.delivery")
public record DeliveryProperties(
        @DefaultValue("500ms") Duration every,
        @DefaultValue("20s") Duration soon,
        @DefaultValue("60s") Duration sendLease,
        @DefaultValue("2000") int window,
        @DefaultValue("10s") Duration claimMargin,
        @DefaultValue("64KB") DataSize bodyInMessage,
        @DefaultValue("true") boolean keepHours,
        @DefaultValue("false") boolean alone) {

    public DeliveryProperties {
        // A claim lasts as long as a place and a call may take, and this: with nothing added it could lapse in
        // mid-call.
        requireAboveZero("claim-margin", claimMargin);
        requireAboveZero("send-lease", sendLease);
        requireAboveZero("every", every);
    }

    private static void requireAboveZero(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(
                    "shuniu.delivery.%s: found %s, expected a time above 0".formatted(name, value));
        }
    }
}
