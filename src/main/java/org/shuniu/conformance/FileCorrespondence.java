package org.shuniu.conformance;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.shuniu.channel.ChannelAdapter;
import org.shuniu.channel.FileServer;
import org.shuniu.partner.FileExchange;
import org.shuniu.partner.Partner;

/** Files on the office's SFTP server, both ways. */
final class FileCorrespondence implements Correspondence {

    /** Each look is a visit of its own to the office's server. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final FileExchange files;
    private final FileServer server;
    private final FileTrays trays;
    private final Optional<FileServer> strange;
    private final String partner;
    private final Arrivals arrivals = new Arrivals();
    private @Nullable Looks looks;

    /** @param strange the server for somebody with a password that it can't know; none where the hub shows a key */
    FileCorrespondence(Partner partner, FileServer server, Optional<FileServer> strange) {
        this.partner = partner.id();
        this.files = partner.files().orElseThrow();
        this.server = server;
        this.strange = strange;
        this.trays = new FileTrays(partner.id(), files, server);
    }

    @Override
    public ChannelAdapter channel() {
        return trays::handIn;
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
        Function<FileServer, ChannelAdapter> way = door -> new FileTrays(partner, files, door)::handIn;
        return strange.map(way)
                .<Possible<ChannelAdapter>>map(Possible.As::new)
                .orElseGet(() -> new Possible.Not<>(
                        "the hub shows an SSH key, and no other is at hand that could be shown instead"));
    }

    @Override
    public Possible<Halving> halving() {
        return new Possible.As<>(new Halving(trays::handInHalf, UnaryOperator.identity()));
    }

    @Override
    public Possible<Together> together() {
        return new Possible.As<>(trays::handInTogether);
    }

    @Override
    public void listen(BiFunction<byte[], @Nullable String, Heard> reading) {
        looks = Looks.begin(LOOK, arrivals, new ReplyFiles(files, server, arrivals, reading));
    }

    @Override
    public void close() {
        if (looks != null) {
            looks.close();
        }
        server.close();
        strange.ifPresent(FileServer::close);
    }
}
