package org.shuniu.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.shuniu.access.AccessTokens;

/** Takes callbacks where the office's test system sends them: as a hub does, by the digest of the office's token. */
final class CallbackDoor implements AutoCloseable {

    /**
     * What came.
     *
     * @param heard the same as the hub understands it
     */
    record Arrived(byte[] body, Heard heard) {}

    private static final int LARGEST = 1024 * 1024;
    private static final int ACCEPTED = 202;
    private static final int NOT_KNOWN = 401;
    private static final int NOWHERE = 404;
    private static final int TOO_LARGE = 413;
    private static final String NOT_TAKEN = "{\"received\":false}";
    private static final String SCHEME = "Bearer ";

    private final HttpServer server;
    private final byte[] digest;
    private final BiFunction<byte[], @Nullable String, Heard> reading;
    private final List<Arrived> arrived = new ArrayList<>();
    private int turnedAway;

    private CallbackDoor(HttpServer server, String digest, BiFunction<byte[], @Nullable String, Heard> reading) {
        this.server = server;
        this.digest = digest.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        this.reading = reading;
    }

    /**
     * Opens it at {@code /callback/v1/<partner>}.
     *
     * @param digest of the token by which the office shows who it is
     * @param reading understands what comes
     */
    static CallbackDoor open(
            InetSocketAddress at, String partner, String digest, BiFunction<byte[], @Nullable String, Heard> reading)
            throws IOException {
        CallbackDoor door = new CallbackDoor(HttpServer.create(at, 0), digest, reading);
        door.server.createContext("/callback/v1/" + partner, door::take);
        door.server.start();
        return door;
    }

    /** Where it is open. */
    InetSocketAddress address() {
        return server.getAddress();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(LARGEST + 1);
            boolean here = exchange.getRequestMethod().equals("POST")
                    && exchange.getRequestURI()
                            .getPath()
                            .equals(exchange.getHttpContext().getPath());
            if (!here) {
                answer(exchange, NOWHERE, NOT_TAKEN);
            } else if (!isKnown(exchange.getRequestHeaders().getFirst("Authorization"))) {
                turnAway();
                answer(exchange, NOT_KNOWN, NOT_TAKEN);
            } else if (body.length > LARGEST) {
                answer(exchange, TOO_LARGE, NOT_TAKEN);
            } else {
                keep(new Arrived(
                        body, reading.apply(body, exchange.getRequestHeaders().getFirst("Content-Type"))));
                answer(exchange, ACCEPTED, "{\"received\":true}");
            }
        }
    }

    private boolean isKnown(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        String given = AccessTokens.digest(header.substring(SCHEME.length()).strip());
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.US_ASCII), digest);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private synchronized void turnAway() {
        turnedAway++;
    }

    private synchronized void keep(Arrived one) {
        arrived.add(one);
        notifyAll();
    }

    /** How many came with another token, or none. */
    synchronized int turnedAway() {
        return turnedAway;
    }

    /** How many came that nobody can tell the meaning of. */
    synchronized long unclear() {
        return arrived.stream()
                .filter(one -> one.heard().is(Heard.Meaning.UNCLEAR))
                .count();
    }

    synchronized List<Arrived> all(Predicate<Heard> which) {
        return arrived.stream().filter(one -> which.test(one.heard())).toList();
    }

    /** The first of its kind, which may still have to come. */
    synchronized Optional<Arrived> await(Predicate<Heard> which, Instant until) throws InterruptedException {
        while (true) {
            Optional<Arrived> found =
                    arrived.stream().filter(one -> which.test(one.heard())).findFirst();
            long left = until.toEpochMilli() - Instant.now().toEpochMilli();
            if (found.isPresent() || left <= 0) {
                return found;
            }
            wait(left);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
