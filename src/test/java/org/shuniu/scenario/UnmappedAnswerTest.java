package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.packaged.Workplace;

/** A department has worked the application, and the hub's mapping can't use its answer. */
class UnmappedAnswerTest {

    private static final String PARTNER = "human-resources";
    private static final String ITEM = "312099061000";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    /** It works a repeated call a second time, so it has to be asked first whoever sends the message again. */
    @Test
    void isInDoubtAndAskedBeforeItIsCalledAgain() {
        Path mappings = directory.resolve("mappings");
        Workplace.copy(
                Path.of("mappings"),
                mappings,
                (file, text) -> file.endsWith(Path.of(PARTNER, "result.in.yaml"))
                        ? text.replace(
                                "source: answer.msg.body.bizno, required: true",
                                "source: answer.msg.body.bizno, required: true, max: 3")
                        : text);
        try (RunningHub hub = RunningHub.start(directory, "--shuniu.mappings-dir=" + mappings)) {
            String caseNo = hub.caseOf(Applications.atCounter(ITEM, ""));
            await().atMost(PATIENCE)
                    .until(() -> delivery(hub, caseNo).get("state").equals("parked"));
            assertThat(delivery(hub, caseNo)).containsEntry("fault", "hub").containsEntry("outcome_unknown", true);

            assertThat(hub.operate(
                                    "/deliveries/%s/replay"
                                            .formatted(delivery(hub, caseNo).get("id")),
                                    "")
                            .statusCode())
                    .isEqualTo(200);

            await().atMost(PATIENCE)
                    .until(() -> (int) delivery(hub, caseNo).get("attempt") > 1
                            && delivery(hub, caseNo).get("state").equals("parked"));
            assertThat(hub.effects(PARTNER, caseNo)).containsExactly("application");
        }
    }

    private static Map<String, Object> delivery(RunningHub hub, String caseNo) {
        return hub
                .sql()
                .queryForList(
                        "select id, state, fault, outcome_unknown, attempt from delivery where case_no = ? and receiver = ? and document = 'application'",
                        caseNo,
                        PARTNER)
                .stream()
                .findFirst()
                .orElse(Map.of("state", "none"));
    }
}
