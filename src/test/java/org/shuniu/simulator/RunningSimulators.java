package org.shuniu.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.shuniu.simulator.SimulatorProperties.FrontEndDatabase;
import org.shuniu.simulator.SimulatorProperties.TrafficRate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Simulators on a free port with secrets named after themselves, and a client that speaks to them. */
final class RunningSimulators implements AutoCloseable {
    private static final List<String> SECRETS = List.of(
            "economy-client-secret",
            "acceptance-platform-secret",
            "acceptance-platform-token",
            "portal-token",
            "citizen-app-token",
            "economy-callback-token",
            "healthcare-security-callback-token",
            "acceptance-platform-callback-token");

    final FakeHub hub = new FakeHub();
    private final HttpClient client = HttpClient.newHttpClient();
    private final SimulatorProperties properties;
    private Simulators simulators;

    RunningSimulators(Path directory, FrontEndDatabase database) throws IOException {
        Path secrets = Files.createDirectories(directory.resolve("secrets"));
        for (String secret : SECRETS) {
            Files.writeString(secrets.resolve(secret), "the-" + secret + "\n");
        }
        properties = new SimulatorProperties(
                true, 0, hub.address(), directory.resolve("data"), secrets, new TrafficRate(false, 0), database);
        simulators = Simulators.start(properties);
    }

    void restart() {
        simulators.close();
        simulators = Simulators.start(properties);
    }

    Path ledgerFile(String partner) {
        return properties.dataDir().resolve("ledger").resolve(partner + ".jsonl");
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(simulators.address() + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    HttpResponse<String> post(String path, String authorization, String body) throws IOException {
        return send(to(path).header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path) throws IOException {
        return send(to(path).GET());
    }

    void fault(String partner, String json) throws IOException {
        post("/faults/" + partner, "none", json);
    }

    List<JsonNode> ledger(String partner) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        get("/ledger/" + partner)
                .body()
                .lines()
                .forEach(line -> lines.add(JsonMapper.shared().readTree(line)));
        return lines;
    }

    @Override
    public void close() {
        simulators.close();
        hub.close();
    }
}
