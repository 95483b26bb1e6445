package org.shuniu.channel;

/** Channel Adapter: speaks one protocol to one partner. */
public interface ChannelAdapter extends AutoCloseable {

    Reply call(Call call);

    /**
     * The message in what the partner sent, as answer or by itself.
     *
     * @throws org.shuniu.codec.Garbled when it can't be opened, or is not the partner's
     */
    default byte[] open(byte[] received) {
        return received;
    }

    @Override
    default void close() {}
}
