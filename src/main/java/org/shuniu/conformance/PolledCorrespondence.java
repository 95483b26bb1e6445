package org.shuniu.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.shuniu.channel.Call;
import org.shuniu.channel.ChannelAdapter;
import org.shuniu.channel.Reply;
import org.shuniu.channel.TwoWayChannel;

/** Queues of the office's own broker, or tables of a database in front of its system: the hub writes some and reads others. */
final class PolledCorrespondence implements Correspondence {

    private static final Duration LOOK = Duration.ofMillis(300);

    private final TwoWayChannel both;
    private final String place;
    private final Possible<TwoWayChannel> stranger;
    private final boolean rows;
    private final Arrivals arrivals = new Arrivals();
    private Optional<String> disturbed = Optional.empty();
    private @Nullable OwnWords words;
    private @Nullable Looks looks;

    /**
     * @param place where the office puts its words
     * @param rows whether messages are rows of tables, which have a form whatever stands in them
     */
    private PolledCorrespondence(TwoWayChannel both, String place, Possible<TwoWayChannel> stranger, boolean rows) {
        this.both = both;
        this.place = place;
        this.stranger = stranger;
        this.rows = rows;
    }

    static PolledCorrespondence ofQueues(TwoWayChannel both, String replies, TwoWayChannel stranger) {
        return new PolledCorrespondence(both, "queue " + replies, new Possible.As<>(stranger), false);
    }

    static PolledCorrespondence ofTables(TwoWayChannel both, List<String> results) {
        return new PolledCorrespondence(
                both,
                "table " + String.join(" or ", results),
                new Possible.Not<>(
                        "whom a front-end database lets in is said by its own rules, which whoever looks after it keeps: no message comes to the office"),
                true);
    }

    @Override
    public ChannelAdapter channel() {
        return oneByOne(both);
    }

    /** Whoever tries an office is one sender, and no crowd. */
    private ChannelAdapter oneByOne(TwoWayChannel channel) {
        return new ChannelAdapter() {
            @Override
            public Reply call(Call call) {
                if (words != null) {
                    words.sent(call.messageId());
                }
                synchronized (channel) {
                    return channel.call(call);
                }
            }
        };
    }

    @Override
    public Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public boolean answersLater() {
        return true;
    }

    @Override
    public Possible<ChannelAdapter> stranger() {
        return stranger instanceof Possible.As<TwoWayChannel> known
                ? new Possible.As<>(oneByOne(known.way()))
                : new Possible.Not<>(((Possible.Not<TwoWayChannel>) stranger).because());
    }

    @Override
    public Possible<Halving> halving() {
        return rows
                ? new Possible.Not<>(
                        "a row has all its columns, or its database does not take it: none can come to the office in half")
                : new Possible.As<>(Halving.ofBody(channel()));
    }

    @Override
    public Possible<Together> together() {
        return new Possible.Not<>(
                rows ? "each document is rows of its own, written in one transaction" : "each message goes alone");
    }

    /**
     * Takes what earlier runs have left before anything is sent.
     *
     * @throws SomebodyElses when there is something else
     */
    @Override
    public void listen(BiFunction<byte[], @Nullable String, Heard> reading) {
        OwnWords own = new OwnWords(place, arrivals, reading);
        words = own;
        int taken = both.poll(own);
        while (taken > 0) {
            taken = both.poll(own);
        }
        looks = Looks.begin(LOOK, arrivals, () -> look(own));
    }

    /** Never again after something of somebody else came: a broker that offers a message in vain for some times buries it. */
    private Optional<String> look(OwnWords own) {
        if (disturbed.isPresent()) {
            return disturbed;
        }
        try {
            both.poll(own);
            return both.trouble();
        } catch (SomebodyElses other) {
            disturbed = Optional.of("no more is heard: " + other.getMessage());
            return disturbed;
        }
    }

    @Override
    public void close() {
        if (looks != null) {
            looks.close();
        }
        both.close();
        if (stranger instanceof Possible.As<TwoWayChannel> known) {
            known.way().close();
        }
    }
}
