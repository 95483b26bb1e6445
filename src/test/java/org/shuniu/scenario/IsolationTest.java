package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A department of which every call hangs delays nobody else. */
class IsolationTest {

    private static final int HANGING = 40;

    @TempDir
    static Path directory;

    private static RunningHub hub;

    /** Its calls hang for longer than anything here is waited for. */
    @BeforeAll
    static void start() {
        hub = RunningHub.start(
                directory,
                text -> text.contains("partner: economy") ? text.replace("deadline: 3s", "deadline: 120s") : text);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void delaysNobodyWhileADepartmentHangs() {
        // Given more work for a hanging department than the hub has threads or places for
        hub.fault("economy", "{\"fault\":\"slow\",\"count\":%d,\"seconds\":600}".formatted(HANGING), 200);
        List<String> hanging = new ArrayList<>();
        for (int i = 0; i < HANGING; i++) {
            hanging.add(hub.caseOf(Applications.online(Applications.ECONOMY)));
        }

        // When citizens apply to the others
        List<String> others = List.of(
                hub.caseOf(Applications.online(Applications.HEALTHCARE)),
                hub.caseOf(Applications.online(Applications.FEDERATION)));

        // Then these have their results while the first call of the hanging department still hangs
        others.forEach(caseNo -> hub.awaitStatus(caseNo, "60"));
        assertThat(hub.sql()
                        .queryForObject(
                                "select sum(spent) from delivery where receiver = 'economy' and state = 'pending'",
                                Integer.class))
                .isZero();

        // When it goes on, so do its cases
        hub.fault("economy", "none");
        hanging.forEach(caseNo -> hub.awaitStatus(caseNo, "60"));
    }
}
