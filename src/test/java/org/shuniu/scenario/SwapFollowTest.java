package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.mapping.Mappings;
import org.shuniu.packaged.Workplace;
import org.shuniu.store.DatabaseAddress;
import tools.jackson.databind.JsonNode;

/** Two processes on one database come to go by one version, or it is told which one does not and why. */
class SwapFollowTest {

    private static final String ECONOMY = "economy";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    static Path directory;

    private static RunningHub hub;
    private static RunningHub other;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(
                place("first"),
                "--shuniu.mappings-dir=" + place("first").resolve("mappings"),
                "--shuniu.incidents.every=1s",
                "--shuniu.trial.address=http://127.0.0.1:1");
        DatabaseAddress database = hub.bean(DatabaseAddress.class);
        other = RunningHub.start(
                place("other"),
                "--shuniu.mappings-dir=" + place("other").resolve("mappings"),
                "--shuniu.database.embedded=false",
                "--shuniu.database.url=" + database.url(),
                "--shuniu.database.username=" + database.username(),
                "--shuniu.partners.disabled-federation.url="
                        + database.url().replace("/shuniu", "/disabled_federation"),
                "--shuniu.secrets-dir=" + place("first").resolve("data/secrets"));
    }

    @AfterAll
    static void stop() {
        other.close();
        hub.close();
    }

    private static Path place(String name) {
        Path place = directory.resolve(name);
        if (!Files.exists(place.resolve("mappings"))) {
            Workplace.copy(Path.of("mappings"), place.resolve("mappings"), UnaryOperator.identity());
        }
        return place;
    }

    @Test
    void goByOneVersion() throws IOException {
        String first = inForce();
        assertThat(first).isEqualTo(hub.swaps().at("/processes/1/version").stringValue());

        // One is told to swap, the other follows
        replace("mappings/economy/codes/channel.csv", "4,POST,", "4,MAIL,");
        swap(200);
        awaitAll(inForce());
        assertThat(version(other)).isEqualTo(version(hub));

        // Who joins with files of his own goes by what is in force
        String second = inForce();
        other.stop();
        other.start();
        awaitAll(second);
        assertThat(inForce()).isEqualTo(second);
        assertThat(version(other)).isEqualTo(version(hub));
        assertThat(actions()).contains("configuration-joined");
    }

    @Test
    void tellOfOneThatLacksWhatAVersionNeedsAndGoesOnAsBefore() throws IOException {
        String before = inForce();
        replace("routes/economy/partner.yaml", "address: ${", "address: ${shuniu.trial.address} # ${");
        swap(200);
        await().atMost(PATIENCE)
                .until(() -> faults().stream().anyMatch(fault -> fault.contains("shuniu.trial.address")));
        await().atMost(PATIENCE).until(() -> actions().contains("configuration-not-followed"));
        await().atMost(PATIENCE)
                .until(() -> hub.operatorSees("/incidents").toString().contains("\"configuration\""));

        // Until there is one again by which both can go
        assertThat(hub.engineer("/%s/rollback".formatted(before), "{\"reason\":\"the other lacks a setting\"}")
                        .statusCode())
                .isEqualTo(200);
        awaitAll(before);
        await().atMost(PATIENCE).until(() -> faults().isEmpty());
    }

    private static void swap(int status) {
        HttpResponse<String> answer = hub.engineer("", "{\"reason\":\"for both\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    private static String inForce() {
        return hub.swaps().at("/swaps/0/version").stringValue();
    }

    private static void awaitAll(String version) {
        await().alias("both go by " + version).atMost(PATIENCE).until(() -> {
            List<JsonNode> processes =
                    hub.swaps().path("processes").valueStream().toList();
            return processes.size() == 2
                    && processes.stream()
                            .allMatch(process ->
                                    process.path("version").asString().equals(version));
        });
    }

    private static List<String> faults() {
        return hub.swaps()
                .path("processes")
                .valueStream()
                .filter(process -> process.path("fault").isString())
                .map(process -> process.path("fault").stringValue())
                .toList();
    }

    private static List<String> actions() {
        return hub.operatorSees("/audit")
                .valueStream()
                .map(line -> line.path("action").asString())
                .toList();
    }

    private static String version(RunningHub of) {
        return of.bean(Mappings.class).version(ECONOMY);
    }

    private static void replace(String file, String what, String with) throws IOException {
        Path path = directory.resolve("first").resolve(file);
        String text = Files.readString(path);
        assertThat(text).as(file).contains(what);
        Files.writeString(path, text.replace(what, with));
    }
}
