package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a department does wrong, its own ledger shows one effect for each message and the citizen gets the result. */
class DepartmentFaultsTest {

    @TempDir
    static Path directory;

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(directory);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @AfterEach
    void mend() {
        for (String partner : List.of("economy", "healthcare-security", "disabled-federation", "acceptance-platform")) {
            hub.fault(partner, "none");
        }
    }

    @Test
    void waitsForADepartmentThatIsDownWhileTheOthersGoOn() {
        // Given a department that is switched off
        hub.fault("economy", "down");

        // When citizens apply to all three
        List<String> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(hub.caseOf(Applications.online(Applications.ECONOMY)));
        }
        List<String> others = List.of(
                hub.caseOf(Applications.online(Applications.HEALTHCARE)),
                hub.caseOf(Applications.online(Applications.FEDERATION)));

        // Then the others do not notice
        others.forEach(caseNo -> hub.awaitStatus(caseNo, "60"));
        waiting.forEach(caseNo -> assertThat(hub.status(caseNo)).isEqualTo("30"));
        assertThat(waiting)
                .allSatisfy(caseNo -> assertThat(hub.effects("economy", caseNo)).isEmpty());

        // And their statutory time limits run, for every operator to see
        String atRisk = hub.operatorSees("/time-limits?within=250").toString();
        assertThat(waiting).allSatisfy(caseNo -> {
            assertThat(hub.caseFile(caseNo).path("timeLimit").path("clock").asString())
                    .isEqualTo("running");
            assertThat(atRisk).contains(caseNo);
        });

        // When it comes back, all are delivered, once each by its own ledger
        hub.fault("economy", "none");
        waiting.forEach(caseNo -> hub.awaitStatus(caseNo, "60"));
        hub.awaitQuiet();
        assertThat(waiting)
                .allSatisfy(caseNo -> assertThat(hub.effects("economy", caseNo)).containsExactly("application"));
        assertThat(hub.operatorSees("/time-limits?within=250").toString()).doesNotContain(waiting.get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "economy,             312000250000, slow",
        "economy,             312000250000, error",
        "economy,             312000250000, garbage",
        "economy,             312000250000, timeout-after-work",
        "economy,             312000250000, duplicate-result",
        "economy,             312000250000, late-result",
        "healthcare-security, 312000237000, error",
        "healthcare-security, 312000237000, garbage",
        "healthcare-security, 312000237000, timeout-after-work",
        "healthcare-security, 312000237000, duplicate-result",
        "healthcare-security, 312000237000, late-result",
        "disabled-federation, 312000660000, down",
        "disabled-federation, 312000660000, duplicate-result",
        "disabled-federation, 312000660000, late-result",
    })
    void endsWithOneEffectAndOneResult(String partner, String item, String fault) {
        hub.fault(partner, "{\"fault\":\"%s\",\"count\":1,\"seconds\":1}".formatted(fault), 200);

        String caseNo = hub.caseOf(Applications.online(item));
        if (partner.equals("disabled-federation")) {
            hub.awaitQuiet();
            hub.fault(partner, "none");
        }

        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(hub.effects(partner, caseNo)).containsExactly("application");
        assertThat(hub.effects("acceptance-platform", caseNo).stream().filter("result"::equals))
                .hasSize(1);
    }

    @Test
    void tellsThePlatformOnceThoughItsAnswerIsLost() {
        hub.fault("acceptance-platform", "{\"fault\":\"timeout-after-work\",\"count\":1,\"seconds\":1}", 200);

        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));

        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(hub.effects("acceptance-platform", caseNo)).containsExactly("result");
    }

    @Test
    void stopsCallingADepartmentThatFailsAgainAndAgainAndSaysSo() {
        hub.fault("healthcare-security", "down");

        String caseNo = hub.caseOf(Applications.online(Applications.HEALTHCARE));

        await().atMost(Duration.ofSeconds(60))
                .until(() -> hub.operatorSees("/partners").toString().contains("circuit"));
        hub.fault("healthcare-security", "none");
        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(hub.effects("healthcare-security", caseNo)).containsExactly("application");
    }
}
