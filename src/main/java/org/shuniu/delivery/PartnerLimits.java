package org.shuniu.delivery;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shuniu.partner.DeliveryPolicy;

/**
 * How fast and how many calls of a partner may begin: as its file says, or as an operator has changed it for a time.
 *
 * @param parallel calls at a time
 */
public record PartnerLimits(Optional<DeliveryPolicy.Rate> rate, int parallel) {

    /** A change that was made before the file allowed less counts only as far as the file allows now. */
    public static PartnerLimits of(DeliveryPolicy file, @Nullable LimitChange change) {
        if (change == null) {
            return new PartnerLimits(file.rate(), file.parallel());
        }
        Optional<DeliveryPolicy.Rate> rate = change.perSecond() == null
                ? file.rate()
                : Optional.of(rate(file, Math.min(change.perSecond(), file.mostPerSecond())));
        int parallel = change.parallel() == null ? file.parallel() : Math.min(change.parallel(), file.mostParallel());
        return new PartnerLimits(rate, parallel);
    }

    /** No more at once than a second's, nor than the file allows at once. */
    private static DeliveryPolicy.Rate rate(DeliveryPolicy file, int perSecond) {
        int burst = file.rate().map(own -> Math.min(own.burst(), perSecond)).orElse(perSecond);
        return new DeliveryPolicy.Rate(perSecond, burst);
    }
}
