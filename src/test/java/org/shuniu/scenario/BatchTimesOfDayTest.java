package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch waits for its hour, over restarts too, and takes everything along that was there in time. */
class BatchTimesOfDayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Later than any application that is handed in. */
    private static final LocalDate TODAY =
            LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(1);

    @TempDir
    Path directory;

    @Test
    void takesEverythingOfTheDayAlongAtElevenAtNight() {
        try (RunningHub hub = RunningHub.start(directory)) {
            hub.stop();
            keepNights(directory.resolve("routes/grain/partner.yaml"));
            hub.clock().set(TODAY.atTime(15, 0));
            hub.start();

            // Given applications of the afternoon and of the evening, and a restart between the two
            String afternoon = hub.caseOf(Applications.online(Applications.GRAIN));
            String otherDepartment = hub.caseOf(Applications.online(Applications.ECONOMY));
            hub.awaitStatus(otherDepartment, "60");
            awaitGathered(hub, 1);
            hub.stop();
            hub.start();
            String evening = hub.caseOf(Applications.online(Applications.GRAIN));
            awaitGathered(hub, 2);

            // Then both wait, at no cost, and say for what
            hub.clock().set(TODAY.atTime(22, 59));
            assertThat(hub.operatorSees("/waiting").toString()).contains("waits for the next batch");
            assertThat(hub.sql().queryForList("select spent from delivery where receiver = 'grain'", Integer.class))
                    .containsOnly(0);
            assertThat(hub.effects("grain", afternoon)).isEmpty();

            // When it is eleven, one file takes both
            hub.clock().set(TODAY.atTime(23, 0, 1));
            hub.awaitStatus(afternoon, "60");
            hub.awaitStatus(evening, "60");
            hub.awaitQuiet();
            assertThat(hub.sql().queryForList("select rows from batch where partner = 'grain'", Integer.class))
                    .containsExactly(2);
            assertThat(List.of(hub.effects("grain", afternoon), hub.effects("grain", evening)))
                    .containsOnly(List.of("application"));

            // And what comes later waits for the next night
            String night = hub.caseOf(Applications.online(Applications.GRAIN));
            awaitGathered(hub, 3);
            assertThat(hub.status(night)).isEqualTo("30");
            hub.clock().set(TODAY.plusDays(1).atTime(23, 0, 1));
            hub.awaitStatus(night, "60");
        }
    }

    private static void awaitGathered(RunningHub hub, int rows) {
        await().atMost(PATIENCE)
                .until(() -> hub.sql()
                                .queryForObject("select count(*) from batch_row where partner = 'grain'", Integer.class)
                        == rows);
        await().atMost(PATIENCE)
                .until(() -> hub.sql()
                                .queryForObject(
                                        "select count(*) from delivery where receiver = 'grain' and claim_until is not null",
                                        Integer.class)
                        == 0);
    }

    /** Gives the bureau its real hour back. */
    private static void keepNights(Path block) {
        try {
            Files.writeString(block, Files.readString(block).replace("at: always", "at: [\"23:00\"]"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
