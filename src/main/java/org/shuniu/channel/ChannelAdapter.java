package org.shuniu.channel;

/** Channel Adapter: speaks one protocol to one partner. */
public interface ChannelAdapter extends AutoCloseable {

    Reply call(Call call);

    @Override
    default void close() {}
}
