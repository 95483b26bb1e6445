package org.shuniu.trials;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A department that gives tokens like the economy commission and otherwise answers what a trial wants. */
final class FakeEconomy implements AutoCloseable {

    private static final String TOKEN = "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":300}";

    private final HttpServer server;
    private final List<Long> calls = new CopyOnWriteArrayList<>();

    /**
     * @param status of every answer but tokens
     * @param retryAfter seconds, or null
     * @param answer the body, made from the request's body
     */
    FakeEconomy(int status, Integer retryAfter, UnaryOperator<String> answer) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/economy/oauth/token", exchange -> {
            exchange.getRequestBody().readAllBytes();
            send(exchange, 200, TOKEN);
        });
        server.createContext("/economy/api", exchange -> {
            calls.add(System.nanoTime());
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (retryAfter != null) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter.toString());
            }
            send(exchange, status, answer.apply(request));
        });
        server.start();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    String address() {
        return "http://127.0.0.1:%d/economy".formatted(server.getAddress().getPort());
    }

    /** When it was called, in nanoseconds. */
    List<Long> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
