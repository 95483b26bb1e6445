package org.shuniu.channel;

import java.util.Objects;
import java.util.Optional;

/**
 * Both ways between a partner with tables or queues and whoever has nothing of a hub but its files: what is written there, and what
 * is read. They are the very ones by which a hub goes.
 */
public final class TwoWayChannel implements AutoCloseable {

    private final PartnerChannel channel;

    TwoWayChannel(PartnerChannel channel) {
        this.channel = channel;
    }

    public Reply call(Call call) {
        return channel.adapter().call(call);
    }

    /** Takes what the partner has written; returns how much was kept. */
    public int poll(RowSink sink) {
        return channel.tables() == null
                ? Objects.requireNonNull(channel.queue()).poll(sink)
                : channel.tables().poll(sink);
    }

    /** Why the last poll did not get to the end, if it did not. */
    public Optional<String> trouble() {
        return channel.tables() == null
                ? Objects.requireNonNull(channel.queue()).trouble()
                : channel.tables().trouble();
    }

    @Override
    public void close() {
        channel.close();
    }
}
