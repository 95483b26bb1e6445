package org.shuniu.delivery;

import java.time.Duration;
import org.shuniu.channel.Call;
import org.shuniu.partner.PartnerDirectory;

/** Calls the receiver over its own protocol; no database connection is held meanwhile. */
public final class ChannelCall {

    private final PartnerDirectory partners;

    public ChannelCall(PartnerDirectory partners) {
        this.partners = partners;
    }

    /** Called by the delivery routes. */
    public Attempts.Response call(Attempts.Request request) {
        Attempt attempt = request.attempt();
        Duration claimed = attempt.terms().deadline();
        Call call = new Call(
                attempt.messageId(),
                attempt.deliveryId(),
                request.operation(),
                attempt.file().caseNo(),
                request.body(),
                request.mediaType(),
                claimed == null
                        ? partners.partner(attempt.receiver()).delivery().deadline()
                        : claimed,
                attempt.terms().again(),
                attempt.terms().correction());
        return new Attempts.Response(
                attempt, request.operation(), request.channel().call(call), request.channel());
    }
}
