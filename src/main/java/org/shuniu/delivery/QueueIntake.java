package org.shuniu.delivery;

import org.shuniu.channel.ChannelAdapters;

/** Reads the reply queues of departments that answer through their own broker. */
public final class QueueIntake {

    private final ChannelAdapters adapters;
    private final ReceivedAnswers received;

    public QueueIntake(ChannelAdapters adapters, ReceivedAnswers received) {
        this.adapters = adapters;
        this.received = received;
    }

    /** Called by the polling routes. */
    public void poll(String partner) {
        adapters.receive(
                partner, (from, key, message) -> received.keep(from, "queue", key, "application/json", message));
    }
}
