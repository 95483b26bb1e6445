package org.shuniu.controlbus;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.shuniu.delivery.LimitChange;
import org.shuniu.delivery.PartnerLimits;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.DeliveryPolicy;

/**
 * How fast a partner may be called.
 *
 * @param perSecond calls that may begin in a second, or null for no limit
 * @param parallel calls at a time
 * @param change what an operator has changed for a time, or null
 */
public record FlowLimits(
        @Nullable Integer perSecond, int parallel, @Nullable Map<String, Object> change) {

    static FlowLimits of(DeliveryPolicy file, @Nullable LimitChange change) {
        PartnerLimits limits = PartnerLimits.of(file, change);
        return new FlowLimits(
                limits.rate().map(DeliveryPolicy.Rate::perSecond).orElse(null),
                limits.parallel(),
                change == null ? null : line(change));
    }

    private static Map<String, Object> line(LimitChange change) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("perSecond", change.perSecond());
        line.put("parallel", change.parallel());
        line.put("openAllDay", change.openAllDay());
        line.put("closedFrom", there(change.closedFrom()));
        line.put("closedTo", there(change.closedTo()));
        line.put("until", there(change.until()));
        line.put("by", change.by());
        line.put("reason", change.reason());
        line.put("since", there(change.since()));
        return line;
    }

    private static @Nullable Object there(@Nullable Instant at) {
        return at == null ? null : at.atZone(CaseTimes.SHANGHAI).toOffsetDateTime();
    }
}
