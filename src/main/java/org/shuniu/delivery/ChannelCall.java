package org.shuniu.delivery;

import java.time.Duration;
import java.time.Instant;
import org.shuniu.channel.Call;
import org.shuniu.channel.Reply;
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
        Duration deadline = claimed == null
                ? partners.partner(attempt.receiver()).delivery().deadline()
                : claimed;
        Instant begunAt = attempt.terms().now();
        Call call = new Call(
                attempt.messageId(),
                attempt.deliveryId(),
                request.operation(),
                attempt.file().caseNo(),
                request.body(),
                request.mediaType(),
                deadline,
                attempt.terms().again(),
                attempt.terms().correction());
        // After its end is fixed: a process that stands still from here on finds the call over.
        Reply reply = attempt.terms().mayBegin()
                ? request.channel().call(call)
                : new Reply.NotBegun("its claim might have lapsed before the call was over");
        return new Attempts.Response(attempt, request.operation(), reply, request.channel(), begunAt);
    }
}
