package org.shuniu.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.shuniu.access.AccessTokens;

/** Takes callbacks where the office's test system sends them: as a hub does, by the digest of the office's token. */
final class CallbackDoor implements AutoCloseable {

    private static final int LARGEST = 1024 * 1024;
    private static final int ACCEPTED = 202;
    private static final int NOT_KNOWN = 401;
    private static final int NOWHERE = 404;
    private static final int TOO_LARGE = 413;
    private static final String NOT_TAKEN = "{\"received\":false}";
    private static final String SCHEME = "Bearer ";

    /** Who stalls in the middle of a call keeps one of them, and nobody else waits for him. */
    private static final int AT_A_TIME = 32;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME, work -> {
        Thread thread = new Thread(work, "conformance-callback");
        thread.setDaemon(true);
        return thread;
    });
    private final byte[] digest;
    private final Arrivals arrivals;
    private final BiFunction<byte[], @Nullable String, Heard> reading;

    private CallbackDoor(
            HttpServer server, String digest, Arrivals arrivals, BiFunction<byte[], @Nullable String, Heard> reading) {
        this.server = server;
        this.arrivals = arrivals;
        this.digest = digest.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        this.reading = reading;
    }

    /**
     * Opens it at {@code /callback/v1/<partner>}.
     *
     * @param digest of the token by which the office shows who it is
     * @param arrivals keeps what comes
     * @param reading understands it
     */
    static CallbackDoor open(
            InetSocketAddress at,
            String partner,
            String digest,
            Arrivals arrivals,
            BiFunction<byte[], @Nullable String, Heard> reading)
            throws IOException {
        CallbackDoor door = new CallbackDoor(HttpServer.create(at, 0), digest, arrivals, reading);
        door.server.setExecutor(door.threads);
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
                arrivals.turnAway();
                answer(exchange, NOT_KNOWN, NOT_TAKEN);
            } else if (body.length > LARGEST) {
                answer(exchange, TOO_LARGE, NOT_TAKEN);
            } else {
                arrivals.keep(new Arrivals.Arrived(
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

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
