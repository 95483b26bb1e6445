package org.shuniu.delivery;

import java.time.Instant;
import org.shuniu.channel.ChannelAdapter;
import org.shuniu.channel.Reply;
import org.shuniu.store.TimeOrderedId;

/** The stages of one attempt between its claim and its settlement. */
public final class Attempts {

    /**
     * An attempt with the bytes that the receiver will get.
     *
     * @param operation what is asked of the receiver: the document's kind, or {@code query} to ask what became of it
     * @param channel that leads to the receiver as the bytes were written for it
     */
    public record Request(Attempt attempt, String operation, byte[] body, String mediaType, ChannelAdapter channel) {}

    /**
     * An attempt with the receiver's reply.
     *
     * @param channel by which it came
     * @param begunAt when the call began, on the database's clock
     */
    public record Response(Attempt attempt, String operation, Reply reply, ChannelAdapter channel, Instant begunAt) {}

    private Attempts() {}

    /** Ends an attempt with the answer that decided it. */
    public static Settlement settled(Response response, Outcome outcome, Reply.Answered answered) {
        return Settlement.of(
                response.attempt(),
                outcome,
                new Settlement.Answer(
                        TimeOrderedId.next(),
                        false,
                        response.attempt().terms().now(),
                        response.begunAt(),
                        answered.body(),
                        answered.mediaType()));
    }

    /** Ends an attempt to which nobody answered. */
    public static Settlement settled(Attempt attempt, Outcome outcome) {
        return Settlement.of(attempt, outcome, null);
    }
}
