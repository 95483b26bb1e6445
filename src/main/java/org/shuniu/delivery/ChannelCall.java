package org.shuniu.delivery;

import org.shuniu.channel.Call;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.partner.PartnerDirectory;

/** Calls the receiver over its own protocol; no database connection is held meanwhile. */
public final class ChannelCall {

    private final ChannelAdapters adapters;
    private final PartnerDirectory partners;

    public ChannelCall(ChannelAdapters adapters, PartnerDirectory partners) {
        this.adapters = adapters;
        this.partners = partners;
    }

    /** Called by the delivery routes. */
    public Attempts.Response call(Attempts.Request request) {
        Attempt attempt = request.attempt();
        Call call = new Call(
                attempt.messageId(),
                attempt.deliveryId(),
                request.operation(),
                attempt.file().caseNo(),
                request.body(),
                request.mediaType(),
                partners.partner(attempt.receiver()).delivery().deadline(),
                attempt.terms().again());
        return new Attempts.Response(
                attempt, request.operation(), adapters.of(attempt.receiver()).call(call));
    }
}
