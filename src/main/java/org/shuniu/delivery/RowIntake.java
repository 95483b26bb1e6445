package org.shuniu.delivery;

import org.shuniu.channel.ChannelAdapters;

/** Reads the front-end databases of departments that answer by rows. */
public final class RowIntake {

    private final ChannelAdapters adapters;
    private final ReceivedAnswers received;

    public RowIntake(ChannelAdapters adapters, ReceivedAnswers received) {
        this.adapters = adapters;
        this.received = received;
    }

    /** Called by the polling routes. */
    public void poll(String partner) {
        adapters.poll(partner, (from, key, row) -> received.keep(from, "row", key, "application/json", row));
    }
}
