package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {

    @Test
    void losesNothingWhenTheHubIsStoppedInTheMiddle(@TempDir Path directory) {
        try (RunningHub hub = RunningHub.start(directory)) {
            hub.fault("economy", "down");
            List<String> cases = apply(hub, 10);

            hub.stop();
            hub.start();

            cases.forEach(caseNo -> hub.awaitStatus(caseNo, "60"));
            hub.awaitQuiet();
            assertThat(cases)
                    .allSatisfy(
                            caseNo -> assertThat(hub.effects("economy", caseNo)).containsExactly("application"));
        }
    }

    @Test
    void losesAndRepeatsNothingWhenTheBrokersFilesAreGone(@TempDir Path directory) throws IOException {
        try (RunningHub hub = RunningHub.start(directory)) {
            hub.fault("economy", "down");
            List<String> cases = apply(hub, 10);
            String done = hub.caseOf(Applications.online(Applications.HEALTHCARE));
            hub.awaitStatus(done, "60");

            hub.stop();
            delete(directory.resolve("data/broker"));
            hub.start();

            cases.forEach(caseNo -> hub.awaitStatus(caseNo, "60"));
            hub.awaitQuiet();
            assertThat(cases)
                    .allSatisfy(
                            caseNo -> assertThat(hub.effects("economy", caseNo)).containsExactly("application"));
            assertThat(hub.effects("healthcare-security", done)).containsExactly("application");
        }
    }

    @Test
    void ignoresWhatAnOlderBrokerHoldsAfterTheDatabaseWasRestored(@TempDir Path directory) {
        try (RunningHub hub = RunningHub.start(directory)) {
            hub.fault("economy", "down");
            List<String> cases = apply(hub, 10);

            // A restored database is told so by a new incarnation
            hub.sql().update("insert into incarnation (id) values (gen_random_uuid())");
            hub.stop();
            hub.start();

            cases.forEach(caseNo -> hub.awaitStatus(caseNo, "60"));
            hub.awaitQuiet();
            assertThat(cases)
                    .allSatisfy(
                            caseNo -> assertThat(hub.effects("economy", caseNo)).containsExactly("application"));
        }
    }

    @Test
    void remembersEveryReceipt(@TempDir Path directory) {
        try (RunningHub hub = RunningHub.start(directory)) {
            String application = Applications.online(Applications.ECONOMY);
            String receipt = hub.post("/api/v1/applications", "key-of-yesterday", application)
                    .body();

            hub.stop();
            hub.start();

            assertThat(hub.post("/api/v1/applications", "key-of-yesterday", application)
                            .body())
                    .isEqualTo(receipt);
        }
    }

    private static List<String> apply(RunningHub hub, int count) {
        List<String> cases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cases.add(hub.caseOf(Applications.online(Applications.ECONOMY)));
        }
        return cases;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
