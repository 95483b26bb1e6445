package org.shuniu.trials;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.shuniu.simulator.SimulatorProperties;
import org.shuniu.simulator.SimulatorProperties.FrontEndDatabase;
import org.shuniu.simulator.SimulatorProperties.TrafficRate;
import org.shuniu.simulator.Simulators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The simulated departments and the platform, outside the hub's process, so that they outlive what kills it. */
final class Departments implements AutoCloseable {

    static final List<String> ALL =
            List.of("economy", "healthcare-security", "disabled-federation", "acceptance-platform");

    /**
     * One line of a partner's ledger.
     *
     * @param effect what the message made happen
     */
    record Effect(String partner, String messageId, String caseNo, String effect) {}

    private final Path data;
    private final Simulators simulators;
    private final HttpClient client = HttpClient.newHttpClient();

    private Departments(Path data, Simulators simulators) {
        this.data = data;
        this.simulators = simulators;
    }

    static Departments start(Path directory, int port, HubProcess hub) {
        Path data = directory.resolve("departments");
        FrontEndDatabase federation = new FrontEndDatabase(
                "jdbc:postgresql://127.0.0.1:%d/disabled_federation".formatted(hub.databasePort()),
                "disabled_federation",
                "");
        SimulatorProperties properties = new SimulatorProperties(
                true,
                port,
                URI.create(hub.address()),
                data,
                hub.data().resolve("secrets"),
                new TrafficRate(false, 0),
                federation);
        return new Departments(data, Simulators.start(properties));
    }

    /** Where they are found, each under its id. */
    String address() {
        return simulators.address().toString();
    }

    void fault(String partner, String fault) {
        set(partner, "{\"fault\":\"%s\"}".formatted(fault));
    }

    void fault(String partner, String fault, double seconds) {
        set(partner, "{\"fault\":\"%s\",\"seconds\":%s}".formatted(fault, seconds));
    }

    void mend() {
        ALL.forEach(partner -> fault(partner, "none"));
    }

    private void set(String partner, String body) {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(simulators.address().resolve("/faults/" + partner))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.body());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Everything that a partner has done, in its order. */
    List<Effect> ledger(String partner) {
        Path file = data.resolve("ledger").resolve(partner + ".jsonl");
        try (Stream<String> lines = Files.lines(file)) {
            List<Effect> effects = new ArrayList<>();
            lines.map(JsonMapper.shared()::readTree).forEach(line -> effects.add(effect(partner, line)));
            return effects;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Effect effect(String partner, JsonNode line) {
        return new Effect(
                partner,
                line.path("messageId").asString(),
                line.path("caseNo").asString(),
                line.path("effect").asString());
    }

    /** The federation makes its tables when its database is there; the hub reads them from then on. */
    void awaitTables(HubDatabase federation) {
        await().alias("the federation's tables")
                .ignoreExceptions()
                .atMost(Duration.ofSeconds(30))
                .until(() -> federation.count("select count(*) from up_pro_withdraw") >= 0);
    }

    @Override
    public void close() {
        simulators.close();
    }
}
