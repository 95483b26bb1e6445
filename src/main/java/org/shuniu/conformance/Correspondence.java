package org.shuniu.conformance;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.shuniu.channel.Call;
import org.shuniu.channel.ChannelAdapter;
import org.shuniu.channel.Reply;

/**
 * How messages are handed in at an office and how what it says comes back: there is one for each kind of protocol, and the trials are
 * the same for all. What a protocol has no way to do it gives a reason for.
 */
interface Correspondence extends AutoCloseable {

    /** Something that a protocol can do, or why it can't. */
    sealed interface Possible<T> {

        /** It can. */
        record As<T>(T way) implements Possible<T> {}

        /** It can't. */
        record Not<T>(String because) implements Possible<T> {}
    }

    /**
     * How half of a message gets there.
     *
     * @param channel by which the bytes go
     * @param body what is left of a whole one when it is handed to the channel
     */
    record Halving(ChannelAdapter channel, UnaryOperator<byte[]> body) {

        /** By a channel whose messages are what is handed to it. */
        static Halving ofBody(ChannelAdapter channel) {
            return new Halving(channel, whole -> Arrays.copyOf(whole, whole.length / 2));
        }
    }

    /** Hands in several messages as one. */
    interface Together {
        Reply handIn(List<Call> calls);
    }

    /** By which messages are handed in. */
    ChannelAdapter channel();

    /** What the office says by itself. */
    Arrivals arrivals();

    /** Whether the answer to a call says nothing of the message but that it was handed in. */
    boolean answersLater();

    /** The same with credentials that the office can't know. */
    Possible<ChannelAdapter> stranger();

    Possible<Halving> halving();

    /** By which one of several messages may be wrong and the others are not. */
    Possible<Together> together();

    /**
     * Begins to hear what the office says by itself.
     *
     * @param reading understands the bytes of a media type
     */
    void listen(BiFunction<byte[], @Nullable String, Heard> reading) throws IOException;

    @Override
    void close();
}
