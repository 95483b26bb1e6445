package org.shuniu.conformance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.shuniu.channel.ChannelAdapter;

/** Calls that are answered, and callbacks where these were agreed. */
final class Calls implements Correspondence {

    /** Where callbacks come, and by which digest the office's token is known. */
    record Door(InetSocketAddress listen, String partner, String digest) {}

    private final ChannelAdapter channel;
    private final Optional<ChannelAdapter> stranger;
    private final Optional<Door> door;
    private final Arrivals arrivals = new Arrivals();
    private @Nullable CallbackDoor open;

    /** @param stranger where the office asks for a secret */
    Calls(ChannelAdapter channel, Optional<ChannelAdapter> stranger, Optional<Door> door) {
        this.channel = channel;
        this.stranger = stranger;
        this.door = door;
    }

    @Override
    public ChannelAdapter channel() {
        return channel;
    }

    @Override
    public Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public boolean answersLater() {
        return false;
    }

    @Override
    public Possible<ChannelAdapter> stranger() {
        return stranger.<Possible<ChannelAdapter>>map(Possible.As::new)
                .orElseGet(() ->
                        new Possible.Not<>("the hub shows no credentials: whoever reaches the address is let in"));
    }

    @Override
    public Possible<Halving> halving() {
        return new Possible.As<>(Halving.ofBody(channel));
    }

    @Override
    public Possible<Together> together() {
        return new Possible.Not<>("each message is a call of its own");
    }

    @Override
    public void listen(BiFunction<byte[], @Nullable String, Heard> reading) throws IOException {
        if (door.isPresent()) {
            Door at = door.get();
            open = CallbackDoor.open(at.listen(), at.partner(), at.digest(), arrivals, reading);
        }
    }

    /** Where the office has to call back to, if it does. */
    Optional<InetSocketAddress> listensAt() {
        return Optional.ofNullable(open).map(CallbackDoor::address);
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
        }
        channel.close();
        stranger.ifPresent(ChannelAdapter::close);
    }
}
