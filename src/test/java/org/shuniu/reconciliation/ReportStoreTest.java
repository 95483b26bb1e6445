package org.shuniu.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;

class ReportStoreTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final Instant FIRST = Instant.parse("2026-11-23T16:00:00Z");
    private static final Instant NOON = Instant.parse("2026-11-24T04:00:00Z");
    private static final Instant END = Instant.parse("2026-11-24T16:00:00Z");

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;

    @BeforeAll
    static void start() {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 1, 1, 1);
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    /** A person asks for a count before the day ends, and the day ends while another process makes it. */
    @Test
    void makesAReportAgainToWhichMoreCameWhileItWasMade() {
        ReportStore one = process();
        ReportStore other = process();
        one.due("grain", DAY, FIRST, NOON, true);
        Report begun = one.hold().orElseThrow();

        other.due("grain", DAY, FIRST, END, false);
        one.end(begun, new Sums());

        Report rest = other.hold().orElseThrow();
        assertThat(rest.period()).isEqualTo(new Period(FIRST, END));
        other.end(rest, new Sums());
        assertThat(one.hold()).isEmpty();
        assertThat(other.hold()).isEmpty();
    }

    @Test
    void keepsTheLinesByWhichLateResultsAreKnown() {
        Period since = new Period(FIRST, END);

        assertThat(ReconciliationRunner.firstKept(DAY, since, 40, Optional.empty()))
                .isEqualTo(DAY.minusDays(40));
        assertThat(ReconciliationRunner.firstKept(DAY, since, 40, Optional.of(Duration.ofDays(3))))
                .isEqualTo(DAY.minusDays(40));
        assertThat(ReconciliationRunner.firstKept(DAY, since, 40, Optional.of(Duration.ofDays(60))))
                .isEqualTo(DAY.minusDays(61));
        assertThat(ReconciliationRunner.firstKept(
                        DAY, new Period(FIRST.minus(Duration.ofDays(43)), END), 40, Optional.of(Duration.ofDays(30))))
                .isEqualTo(DAY.minusDays(74));
    }

    private static ReportStore process() {
        return new ReportStore(pools.settlement().sql(), UUID.randomUUID(), Duration.ofMinutes(1));
    }
}
