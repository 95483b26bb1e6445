package org.shuniu.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.audit.AuditLog;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;

class HubProcessesTest {

    private static final Duration SILENT = Duration.ofMinutes(1);
    private static final Machine.State SOUND = new Machine.State(5L, 9L, Duration.ofMillis(7));
    private static final UUID HERE = UUID.randomUUID();
    private static final UUID THERE = UUID.randomUUID();

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;

    private final List<String> audit = new ArrayList<>();
    private final HubProcesses processes = new HubProcesses(
            pools.settlement(),
            new AuditLog(
                    pools.settlement().sql(),
                    pools.settlement().transaction(),
                    line -> audit.add(
                            "%s %s %s %s".formatted(line.actor(), line.action(), line.target(), line.detail()))),
            new IncidentProperties.Processes("", Duration.ofSeconds(10), SILENT, Duration.ofDays(1)));

    @BeforeAll
    static void start() throws Exception {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 2, 2, 2);
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        pools.console().sql().execute("truncate hub_process");
    }

    @Test
    void keepsWhatEachSaysOfItself() {
        processes.beat(HERE, "here", new Machine.State(null, null, Duration.ZERO));
        processes.beat(HERE, "here", SOUND);
        processes.beat(THERE, "there", SOUND);

        assertThat(processes.all()).extracting(HubProcess::place).containsExactly("here", "there");
        assertThat(processes.all().get(0)).satisfies(process -> {
            assertThat(process.freeBytes()).isEqualTo(5);
            assertThat(process.totalBytes()).isEqualTo(9);
            assertThat(process.drift()).hasMillis(7);
            assertThat(process.beatAt()).isAfterOrEqualTo(process.steadySince());
        });
        assertThat(processes.gone()).isEmpty();
    }

    @Test
    void knowsSinceWhenNoBeatHasFailed() {
        processes.beat(HERE, "here", SOUND);
        silent(HERE, SILENT.minusSeconds(10));
        processes.beat(HERE, "here", SOUND);
        assertThat(steadyForSeconds()).isGreaterThanOrEqualTo(50);

        silent(HERE, SILENT.plusSeconds(10));
        processes.beat(HERE, "here", SOUND);
        assertThat(steadyForSeconds()).isLessThan(50);
    }

    @Test
    void letsOneTakeThePlaceOfItsForerunnerOnceThatIsSilent() {
        processes.beat(THERE, "here", SOUND);
        processes.beat(HERE, "here", SOUND);
        assertThat(processes.all()).as("two that both run are both seen").hasSize(2);

        silent(THERE, SILENT.plusSeconds(10));
        assertThat(processes.gone()).as("its place is taken").isEmpty();
        processes.beat(HERE, "here", SOUND);

        assertThat(processes.all()).extracting(HubProcess::id).containsExactly(HERE);
    }

    @Test
    void keepsWhoIsGoneUntilAPersonEndsItOrItIsForgotten() {
        processes.beat(THERE, "there", SOUND);
        processes.beat(HERE, "here", SOUND);
        assertThat(processes.end("anna", THERE, "sold")).as("it runs").isFalse();

        silent(THERE, SILENT.plusSeconds(10));
        processes.beat(HERE, "here", SOUND);
        assertThat(processes.gone()).extracting(HubProcess::id).containsExactly(THERE);
        assertThat(processes.end("anna", THERE, "sold")).isTrue();

        assertThat(processes.gone()).isEmpty();
        assertThat(audit).containsExactly("anna process-ended %s there; sold".formatted(THERE));

        processes.beat(THERE, "there", SOUND);
        silent(THERE, Duration.ofDays(1).plusSeconds(10));
        processes.beat(HERE, "here", SOUND);
        assertThat(processes.all()).extracting(HubProcess::id).containsExactly(HERE);
    }

    @Test
    void beatsByItselfAndLeavesInOrder() {
        Machine machine = new Machine(pools.settlement().sql(), directory);
        Heartbeat heartbeat = new Heartbeat(processes, machine, "", Duration.ofHours(1));
        heartbeat.start();

        await().until(() -> processes.all().size() == 1);
        assertThat(processes.all().get(0)).satisfies(process -> {
            assertThat(process.place()).endsWith(":" + directory.toAbsolutePath());
            assertThat(process.freeBytes()).isPositive();
            assertThat(process.drift()).isLessThan(Duration.ofSeconds(5));
        });

        heartbeat.stop();
        assertThat(processes.all()).isEmpty();
    }

    @Test
    void bringsNoneBackByABeatThatComesAfterItsEnd() {
        processes.beat(HERE, "here", SOUND);
        processes.leave(HERE);

        processes.beat(HERE, "here", SOUND);

        assertThat(processes.all()).isEmpty();
    }

    @Test
    void takesInAgainWhoWasEndedWhileItWasAway() {
        processes.beat(HERE, "here", SOUND);
        silent(HERE, SILENT.plusSeconds(10));
        assertThat(processes.end("anna", HERE, "sold")).isTrue();

        processes.beat(HERE, "here", SOUND);

        assertThat(processes.all()).extracting(HubProcess::id).containsExactly(HERE);
    }

    private static void silent(UUID id, Duration time) {
        pools.console()
                .sql()
                .update(
                        "update hub_process set beat_at = beat_at - ? * interval '1 second',"
                                + " steady_since = steady_since - ? * interval '1 second' where id = ?",
                        time.toSeconds(),
                        time.toSeconds(),
                        id);
    }

    private long steadyForSeconds() {
        HubProcess process = processes.all().get(0);
        return Duration.between(process.steadySince(), process.beatAt()).toSeconds();
    }
}
