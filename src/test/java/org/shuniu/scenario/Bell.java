package org.shuniu.scenario;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** Somebody outside who is told of incidents by webhook. */
final class Bell implements AutoCloseable {

    private final List<JsonNode> rung = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    Bell() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            rung.add(RunningHub.JSON.readTree(call.getRequestBody().readAllBytes()));
            call.sendResponseHeaders(204, -1);
            call.close();
        });
        server.start();
    }

    /** The setting of a hub that rings it. */
    String setting() {
        return "--shuniu.incidents.outside.webhook.url=http://127.0.0.1:%d/"
                .formatted(server.getAddress().getPort());
    }

    /** The events of an incident, in their order. */
    List<String> told(String number) {
        return rung.stream()
                .filter(notice -> notice.path("incidents")
                        .valueStream()
                        .anyMatch(incident -> incident.path("id").asString().equals(number)))
                .map(notice -> notice.path("event").asString())
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
