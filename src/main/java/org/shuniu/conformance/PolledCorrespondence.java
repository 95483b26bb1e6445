package org.shuniu.conformance;

import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.shuniu.channel.Call;
import org.shuniu.channel.ChannelAdapter;
import org.shuniu.channel.Reply;
import org.shuniu.channel.TwoWayChannel;

/** Queues of the office's own broker, or tables of a database in front of its system: the hub writes some and reads others. */
final class PolledCorrespondence implements Correspondence {

    private static final Duration LOOK = Duration.ofMillis(300);
    /** As a hub takes rows of tables and messages of queues. */
    private static final String MEDIA_TYPE = "application/json";

    private final TwoWayChannel both;
    private final Possible<TwoWayChannel> stranger;
    private final boolean rows;
    private final Arrivals arrivals = new Arrivals();
    private @Nullable Looks looks;

    /** @param rows whether messages are rows of tables, which have a form whatever stands in them */
    private PolledCorrespondence(TwoWayChannel both, Possible<TwoWayChannel> stranger, boolean rows) {
        this.both = both;
        this.stranger = stranger;
        this.rows = rows;
    }

    static PolledCorrespondence ofQueues(TwoWayChannel both, TwoWayChannel stranger) {
        return new PolledCorrespondence(both, new Possible.As<>(stranger), false);
    }

    static PolledCorrespondence ofTables(TwoWayChannel both) {
        return new PolledCorrespondence(
                both,
                new Possible.Not<>(
                        "whom a front-end database lets in is said by its own rules, which whoever looks after it keeps: no message comes to the office"),
                true);
    }

    @Override
    public ChannelAdapter channel() {
        return oneByOne(both);
    }

    /** Whoever tries an office is one sender, and no crowd. */
    private static ChannelAdapter oneByOne(TwoWayChannel channel) {
        return new ChannelAdapter() {
            @Override
            public Reply call(Call call) {
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

    @Override
    public void listen(BiFunction<byte[], @Nullable String, Heard> reading) {
        looks = Looks.begin(LOOK, arrivals, () -> {
            both.poll((partner, key, row) -> arrivals.keep(new Arrivals.Arrived(row, reading.apply(row, MEDIA_TYPE))));
            return both.trouble();
        });
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
