package org.shuniu.delivery;

import org.shuniu.channel.Call;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.channel.Reply;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;

/** Calls the receiver over its own protocol; no database connection is held meanwhile. */
public final class ChannelCall {

    private final ChannelAdapters adapters;
    private final PartnerDirectory partners;
    private final ParallelCalls parallel = new ParallelCalls();

    public ChannelCall(ChannelAdapters adapters, PartnerDirectory partners) {
        this.adapters = adapters;
        this.partners = partners;
    }

    /** Called by the delivery routes. */
    public Attempts.Response call(Attempts.Request request) {
        Attempt attempt = request.attempt();
        Partner partner = partners.partner(attempt.receiver());
        Call call = new Call(
                attempt.messageId(),
                attempt.deliveryId(),
                request.operation(),
                attempt.file().caseNo(),
                request.body(),
                request.mediaType(),
                partner.delivery().deadline());
        Reply reply = parallel.call(partner, () -> adapters.of(partner.id()).call(call));
        return new Attempts.Response(attempt, request.operation(), reply);
    }
}
