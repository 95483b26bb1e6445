package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A department that answers through queues of its own broker, after a search: whatever a queue brings, one effect. */
class ArchivesTest {

    private static final String PARTNER = "archives";
    private static final String ITEM = "312000370000";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
        hub.fault(PARTNER, "none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"crash-before-ack", "duplicate-result", "late-result", "large-answer"})
    void endsWithOneEffectAndOneResult(String fault) {
        fault(fault);

        String caseNo = hub.caseOf(Applications.online(ITEM));

        decidedOnce(caseNo);
    }

    @Test
    void takesNotFoundForAResult() {
        String caseNo = hub.caseOf(Applications.online(ITEM, "REFUSE"));

        hub.awaitStatus(caseNo, "61");
        assertThat(hub.effects(PARTNER, caseNo)).containsExactly("application");
    }

    @Test
    void waitsForTheBrokerOfTheDepartment() {
        // Given a case and a broker that then goes away
        decidedOnce(hub.caseOf(Applications.online(ITEM)));
        hub.fault(PARTNER, "down");

        // When citizens apply
        List<String> waiting = List.of(hub.caseOf(Applications.online(ITEM)), hub.caseOf(Applications.online(ITEM)));
        String other = hub.caseOf(Applications.online(Applications.ECONOMY));

        // Then the others do not notice, and all are delivered when it is back
        hub.awaitStatus(other, "60");
        hub.fault(PARTNER, "none");
        waiting.forEach(this::decidedOnce);
    }

    @Test
    void parksAPoisonReplyAndReadsTheNext() {
        fault("garbage");

        String caseNo = hub.caseOf(Applications.online(ITEM));

        decidedOnce(caseNo);
        awaitParked("a document type or an entity");
    }

    @Test
    void believesNoReplyWithTheIdOfAnotherRequest() {
        // Given another case of the same department
        String before = hub.caseOf(Applications.online(ITEM));
        decidedOnce(before);
        fault("wrong-correlation");

        // When a reply comes first with that case's id, and then with the right one
        String caseNo = hub.caseOf(Applications.online(ITEM));

        // Then the first is parked, and neither case has a second result
        decidedOnce(caseNo);
        awaitParked("names a message of another");
        assertThat(results(before)).isEqualTo(1);
    }

    @Test
    void parksAReplyThatIsTooLargeAndLeavesItWithTheDepartment() {
        fault("oversized-answer");

        String caseNo = hub.caseOf(Applications.online(ITEM));

        awaitParked("which is more than the hub takes");
        // The reply may be read before the hub has written that its request is there.
        hub.awaitStatus(caseNo, "40");
        decidedOnce(hub.caseOf(Applications.online(ITEM)));
    }

    @Test
    void readsWhatTheQueueHeldWhileTheHubWasStopped() {
        // Given a search that takes some seconds
        fault("late-result", 15);
        String caseNo = hub.caseOf(Applications.online(ITEM));
        hub.awaitStatus(caseNo, "40");

        // When the hub stops and starts meanwhile
        hub.stop();
        hub.start();

        // Then the reply is not lost
        decidedOnce(caseNo);
    }

    private static void fault(String fault) {
        fault(fault, 3);
    }

    private static void fault(String fault, int seconds) {
        hub.fault(PARTNER, "{\"fault\":\"%s\",\"count\":1,\"seconds\":%d}".formatted(fault, seconds), 200);
    }

    private void decidedOnce(String caseNo) {
        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(hub.effects(PARTNER, caseNo)).containsExactly("application");
        assertThat(results(caseNo)).isEqualTo(1);
    }

    private static long results(String caseNo) {
        return hub.effects("acceptance-platform", caseNo).stream()
                .filter("result"::equals)
                .count();
    }

    private static void awaitParked(String reason) {
        await().atMost(PATIENCE)
                .until(() -> hub.operatorSees("/parked").toString().contains(reason));
    }
}
