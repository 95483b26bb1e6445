package org.shuniu.conformance;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shuniu.channel.ChannelAdapter;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.channel.FileServer;
import org.shuniu.channel.TwoWayChannel;
import org.shuniu.contract.Contract.Results;
import org.shuniu.partner.Partner;
import org.shuniu.partner.Partner.Authentication;
import org.shuniu.partner.Secrets;

/** The way to an office by what its partner.yaml says that it speaks. */
final class Correspondences {

    private final Partner partner;
    private final Secrets secrets;

    Correspondences(Partner partner, Secrets secrets) {
        this.partner = partner;
        this.secrets = secrets;
    }

    /** @throws IllegalStateException naming a secret that is missing */
    Correspondence of(Results results, @Nullable InetSocketAddress listen) {
        Optional<Secrets> strangers = Stranger.of(partner, secrets);
        return switch (partner.protocol()) {
            case "rest", "soap" ->
                new Calls(
                        byHttp(secrets),
                        strangers.map(this::byHttp),
                        results == Results.CALLBACK ? Optional.of(door(listen)) : Optional.empty());
            case "amqp" ->
                PolledCorrespondence.ofQueues(
                        byPolling(secrets),
                        partner.queues().orElseThrow().replies(),
                        byPolling(strangers.orElseThrow()));
            case "table" ->
                PolledCorrespondence.ofTables(
                        byPolling(secrets), partner.database().orElseThrow().resultTables());
            case "sftp" -> byFiles(strangers);
            default -> throw new IllegalArgumentException(Suite.impossible(partner));
        };
    }

    private ChannelAdapter byHttp(Secrets with) {
        return ChannelAdapters.byHttp(partner, with).orElseThrow();
    }

    private TwoWayChannel byPolling(Secrets with) {
        return ChannelAdapters.byPolling(partner, with).orElseThrow();
    }

    /** A server asks for the secret at each visit: that it is missing is said before. */
    private Correspondence byFiles(Optional<Secrets> strangers) {
        if (partner.authentication() instanceof Authentication.Password password) {
            secrets.require(password.secret());
        } else if (partner.authentication() instanceof Authentication.PrivateKey key) {
            secrets.require(key.secret());
        }
        return new FileCorrespondence(
                partner, new FileServer(partner, secrets), strangers.map(wrong -> new FileServer(partner, wrong)));
    }

    private Calls.Door door(@Nullable InetSocketAddress listen) {
        if (listen == null) {
            throw new IllegalArgumentException("the office calls back, expected an address to listen on");
        }
        return new Calls.Door(listen, partner.id(), secrets.require(partner.id() + "-callback-token-sha256"));
    }
}
