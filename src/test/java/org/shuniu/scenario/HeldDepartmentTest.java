package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.packaged.Workplace;

/** A hub that asks for the record of a passed suite, as in production, and finds a department without one when it starts. */
class HeldDepartmentTest {

    private static final String ITEM = "312098001000";

    @TempDir
    Path directory;

    @Test
    void isSentNothingAloneUntilAPersonAnswersForItsFiles() {
        Workplace.prepare(directory);
        make("forestry");
        try (RunningHub hub = RunningHub.start(
                directory,
                "--shuniu.mappings-dir=" + directory.resolve("mappings"),
                "--shuniu.conformance.required=true")) {
            // Then what comes for it is kept and waits, and others get theirs
            String waiting = hub.caseOf(Applications.online(ITEM));
            hub.awaitStatus(hub.caseOf(Applications.online(Applications.ECONOMY)), "60");
            assertThat(pauses(hub)).isEqualTo("forestry untried");
            assertThat(state(hub, waiting)).isEqualTo("pending");

            // When it is started anew, it is so still
            hub.stop();
            hub.start();
            assertThat(pauses(hub)).isEqualTo("forestry untried");
            assertThat(state(hub, waiting)).isEqualTo("pending");

            // When a person answers for the files, it is sent, once
            assertThat(hub.operate("/partners/forestry/resume", "{\"reason\":\"agreed with the office\"}")
                            .statusCode())
                    .isEqualTo(200);
            hub.awaitStatus(waiting, "60");
            assertThat(hub.effects("forestry", waiting)).containsExactly("application");

            // And no start holds it for these files again
            hub.stop();
            hub.start();
            assertThat(pauses(hub)).isEmpty();
        }
    }

    private static String state(RunningHub hub, String caseNo) {
        return hub.sql()
                .queryForObject(
                        "select state from delivery where case_no = ? and receiver = 'forestry'", String.class, caseNo);
    }

    private static String pauses(RunningHub hub) {
        return hub.sql()
                .queryForObject(
                        "select coalesce(string_agg(partner || ' ' || reason, ', '), '') from pause", String.class);
    }

    private void make(String partner) {
        CommandLine.said(
                0,
                List.of(
                        "new",
                        partner,
                        "--protocol=rest",
                        "--result=callback",
                        "--item=%s=办理事项=Application".formatted(ITEM),
                        "--shuniu.mappings-dir=" + directory.resolve("mappings"),
                        "--shuniu.routes-dir=" + directory.resolve("routes")));
    }
}
