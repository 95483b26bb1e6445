package org.shuniu.channel;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.shuniu.partner.Partner;
import org.shuniu.partner.Secrets;
import org.shuniu.store.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Shows a partner who the hub is. */
sealed interface Credentials {

    /** Makes the credentials that a partner's configuration names. */
    interface Factory {
        Credentials of(Partner partner, HttpExchange http);

        static Factory with(Secrets secrets) {
            return (partner, http) -> of(partner, http, secrets);
        }

        private static Credentials of(Partner partner, HttpExchange http, Secrets secrets) {
            if (partner.authentication() instanceof Partner.Authentication.Bearer bearer) {
                return new Fixed(Optional.of("Bearer " + secrets.require(bearer.secret())));
            }
            if (partner.authentication() instanceof Partner.Authentication.ClientCredentials client) {
                URI address = URI.create(partner.address().orElseThrow() + client.tokenPath());
                String secret = secrets.require(client.secret());
                return new FetchedToken(
                        http, () -> TokenRequests.clientCredentials(address, client.clientId(), secret));
            }
            if (partner.authentication() instanceof Partner.Authentication.Login login) {
                URI address = URI.create(partner.address().orElseThrow() + login.path());
                String appSecret = secrets.require(login.appSecret());
                String password = secrets.require(login.password());
                return new FetchedToken(http, () -> TokenRequests.login(address, login, appSecret, password));
            }
            return new Fixed(Optional.empty());
        }
    }

    /** The partner gave no token. */
    final class NotObtained extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Reply reply;

        NotObtained(String why, boolean refused) {
            super(why, null, false, false);
            this.reply = refused ? new Reply.CredentialsRefused(why, new byte[0]) : new Reply.Unavailable(why, null);
        }

        Reply reply() {
            return reply;
        }
    }

    /**
     * The value of the Authorization header.
     *
     * @param patience time in which the partner must have given it
     */
    Optional<String> header(Duration patience);

    /** Forgets what the partner no longer accepts; false when there is nothing to renew. */
    boolean renew();

    /** Nothing, or the same token always. */
    record Fixed(Optional<String> value) implements Credentials {
        @Override
        public Optional<String> header(Duration patience) {
            return value;
        }

        @Override
        public boolean renew() {
            return false;
        }
    }

    /** A token that the partner gives; it is used until shortly before its end. */
    final class FetchedToken implements Credentials {

        private record Token(String value, Instant until) {}

        private static final Duration DEADLINE = Duration.ofSeconds(5);
        private static final long MARGIN_SECONDS = 10;
        /** However long a token is said to count, another is fetched each day. */
        private static final long LONGEST_SECONDS = 86_400;

        private final HttpExchange http;
        private final Supplier<HttpPost> request;
        private final ReentrantLock fetching = new ReentrantLock();
        private volatile Token token;

        /** @param request what a token is asked for with */
        FetchedToken(HttpExchange http, Supplier<HttpPost> request) {
            this.http = http;
            this.request = request;
        }

        @Override
        public Optional<String> header(Duration patience) {
            Token known = token;
            return Optional.of("Bearer " + (usable(known) ? known : fetchOnce(patience)).value());
        }

        private static boolean usable(Token token) {
            return token != null && Instant.now().isBefore(token.until());
        }

        /** Calls that come meanwhile wait for the one that fetches, and never longer than their own time. */
        private Token fetchOnce(Duration patience) {
            long end = System.nanoTime() + patience.toNanos();
            if (!locked(patience)) {
                throw new NotObtained("the partner's token address gave no token in time", false);
            }
            try {
                if (!usable(token)) {
                    token = fetch(Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())));
                }
                return token;
            } finally {
                fetching.unlock();
            }
        }

        private boolean locked(Duration patience) {
            try {
                return fetching.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public boolean renew() {
            token = null;
            return true;
        }

        private Token fetch(Duration patience) {
            Reply reply = http.send(
                    request.get(),
                    System.nanoTime() + (patience.compareTo(DEADLINE) < 0 ? patience : DEADLINE).toNanos());
            if (reply instanceof Reply.Answered answered && answered.status() == 200) {
                return read(answered.body());
            }
            throw new NotObtained(
                    "the partner's token address gave no token", reply instanceof Reply.CredentialsRefused);
        }

        private static Token read(byte[] body) {
            try {
                JsonNode tree = Json.tree(body);
                long said = Math.min(LONGEST_SECONDS, tree.path("expires_in").asLong(60));
                long seconds = Math.max(0, said - MARGIN_SECONDS);
                return new Token(
                        tree.required("access_token").stringValue(),
                        Instant.now().plusSeconds(seconds));
            } catch (JacksonException garbled) {
                throw new NotObtained("the partner's token address gave no readable token", false);
            }
        }
    }
}
