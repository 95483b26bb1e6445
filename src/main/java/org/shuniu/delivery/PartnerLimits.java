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

    /**
     * What one of several equal processes may do of it; all of them together never more than the whole.
     *
     * @param number of the process, from 0
     * @param of how many there are
     */
    PartnerLimits share(int number, int of) {
        int among = Math.min(of, atOnce());
        return new PartnerLimits(
                rate.map(whole -> new DeliveryPolicy.Rate(
                        share(whole.perSecond(), number, among), share(whole.burst(), number, among))),
                number < among ? share(parallel, number, among) : 0);
    }

    /** As many may call as have each a whole call of all that is limited. */
    private int atOnce() {
        return rate.map(whole -> Math.min(whole.perSecond(), whole.burst()))
                .map(whole -> Math.min(whole, parallel))
                .orElse(parallel);
    }

    private static int share(int whole, int number, int of) {
        return whole / of + (number < whole % of ? 1 : 0);
    }
}
