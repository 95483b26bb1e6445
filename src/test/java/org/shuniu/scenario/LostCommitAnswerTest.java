package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database commits what attempts came to, and the hub does not hear that it has: what it counts is what is so. */
class LostCommitAnswerTest {

    private static final Pattern DELIVERED =
            Pattern.compile("shuniu_deliveries_total\\{outcome=\"delivered\",partner=\"economy\"} (\\S+)");

    @TempDir
    static Path directory;

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = RunningHub.startOver(directory, LosingSockets.class);
    }

    @AfterAll
    static void stop() {
        LosingSockets.lose(0, "");
        hub.close();
    }

    @Test
    void countsOnceWhatItHeardOnlyLater() {
        List<String> cases = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            LosingSockets.lose(1, "settlement-commit");
            cases.add(hub.caseOf(Applications.online(Applications.ECONOMY)));
            await().atMost(Duration.ofSeconds(60)).until(() -> LosingSockets.lost() == 1);
            hub.awaitStatus(cases.get(i), "60");
            hub.awaitQuiet();
        }
        // What is recorded after it is counted after it
        cases.add(hub.caseOf(Applications.online(Applications.ECONOMY)));
        hub.awaitStatus(cases.get(3), "60");
        hub.awaitQuiet();
        await().atMost(Duration.ofSeconds(60)).until(() -> delivered() >= cases.size());

        assertThat(delivered()).isEqualTo(cases.size());
        assertThat(cases)
                .allSatisfy(caseNo -> assertThat(hub.effects("economy", caseNo)).containsExactly("application"))
                .allSatisfy(caseNo ->
                        assertThat(hub.effects("acceptance-platform", caseNo)).containsExactly("result"));
    }

    private static int delivered() {
        Matcher found = DELIVERED.matcher(
                hub.send(hub.request("/actuator/prometheus", "operator-token")).body());
        return found.find() ? (int) Double.parseDouble(found.group(1)) : 0;
    }
}
