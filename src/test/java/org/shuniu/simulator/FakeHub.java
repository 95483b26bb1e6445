package org.shuniu.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The edge of the hub that simulators talk to: takes everything, or nothing while it is away. */
final class FakeHub implements AutoCloseable {
    record Received(String path, String authorization, String key, String body) {}

    final List<Received> received = new CopyOnWriteArrayList<>();
    final List<Received> turnedAway = new CopyOnWriteArrayList<>();
    volatile boolean away;
    private final HttpServer server;

    FakeHub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Received call = new Received(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            boolean absent = away;
            exchange.sendResponseHeaders(absent ? 503 : 202, -1);
            (absent ? turnedAway : received).add(call);
        }
    }
}
