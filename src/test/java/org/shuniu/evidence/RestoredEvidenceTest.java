package org.shuniu.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;

/** What was sealed after a backup was taken is told when that is restored, and nothing else is excused by it. */
class RestoredEvidenceTest {

    private static final SealKey KEY = SealKey.of("01".repeat(32));
    private static final String BACKUP = "backup";

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;

    private static int restored;
    private Path seals;
    private Pools pools;

    /** A hub has written, was backed up, was started again and has written more. */
    @BeforeAll
    static void start() {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        work("shuniu", evidence -> record(evidence, "kept"));
        onServer("create database %s template shuniu".formatted(BACKUP));
        work("shuniu", evidence -> record(evidence, "lost"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void restore() throws IOException {
        String database = BACKUP + ++restored;
        onServer("create database %s template %s".formatted(database, BACKUP));
        pools = open(database);
        seals = Files.createDirectories(directory.resolve(database));
        Files.copy(directory.resolve("seals").resolve(SealFile.NAME), seals.resolve(SealFile.NAME));
    }

    @AfterEach
    void leave() {
        pools.close();
    }

    @Test
    void tellsEveryLineThatIsLost() throws SQLException, IOException {
        assertThat(verify()).contains("it stands in", "but not in the table");

        RestoredEvidence evidence = RestoredEvidence.read(pools.settlement(), seals, KEY);
        assertThat(evidence.text()).contains("the backup ends with seal 1, the file of seals with 3: 3 line(s) of 2");
        keep(evidence);

        assertThat(verify())
                .contains("All evidence fits", "by zhou.min: the disk broke")
                .contains("lost: alpha/r1/control: lines 3 to 3")
                .contains("lost: alpha/r2/control: lines 1 to 2");
    }

    @Test
    void goesOnWithChainsThatNameTheOldHeadsAndNoNameTwice() throws SQLException, IOException {
        keep(RestoredEvidence.read(pools.settlement(), seals, KEY));

        work(pools, seals, evidence -> record(evidence, "afterwards"));

        assertThat(verify()).contains("All evidence fits", "lost: alpha/r2/control: lines 1 to 2");
        assertThat(pools.console()
                        .sql()
                        .queryForList("select name from chain where name not like '%/r1/%'", String.class))
                .isNotEmpty()
                .noneMatch(name -> name.contains("/r2/"));
        assertThat(pools.console()
                        .sql()
                        .queryForList("select detail from event where kind = 'chain-opened' order by id", String.class))
                .last()
                .asString()
                .contains("seal 4 ");
    }

    @Test
    void excusesNothingElse() throws SQLException, IOException {
        keep(RestoredEvidence.read(pools.settlement(), seals, KEY));
        work(pools, seals, evidence -> record(evidence, "afterwards"));

        assertThat(after("delete from event where kind = 'afterwards'")).contains("it is missing, and all after it");
        assertThat(after("update restoration set lost = lost || E'\\nalpha/r1000002/control:0:9'"))
                .contains("the hub's key did not sign what it says");
        assertThat(after("delete from restoration")).contains("alpha/r");
    }

    @Test
    void saysThatNothingIsKnownWithoutTheFileOfSeals() throws SQLException, IOException {
        Files.delete(seals.resolve(SealFile.NAME));

        RestoredEvidence evidence = RestoredEvidence.read(pools.settlement(), seals, KEY);
        assertThat(evidence.text()).contains("what came after the backup can't be told");
        keep(evidence);

        assertThat(verify()).contains("All evidence fits", "what came after the backup is not known");
    }

    @Test
    void refusesTheSealsOfAnotherHub() throws IOException {
        Path file = seals.resolve(SealFile.NAME);
        Seal other = Seal.after(Seal.ORIGIN, Instant.now(), List.of("beta/r1/control:1:00"), KEY);
        Files.writeString(file, other.line() + "\n");

        assertThatThrownBy(() -> RestoredEvidence.read(pools.settlement(), seals, KEY))
                .hasMessageContaining("seal 1 in %s is another one than the backup holds".formatted(file));
    }

    /** What verify says of a tampered database, which is put right again. */
    private String after(String tampering) throws SQLException, IOException {
        try (Connection one = pools.console().dataSource().getConnection();
                var attack = one.createStatement()) {
            attack.execute("set session_replication_role = replica");
            for (String table : List.of("event", "restoration")) {
                attack.execute("create temp table %1$s_true as select * from %1$s".formatted(table));
            }
            attack.execute(tampering);
            String said = verify();
            for (String table : List.of("event", "restoration")) {
                attack.execute("delete from %1$s".formatted(table));
                attack.execute("insert into %1$s overriding system value select * from %1$s_true; drop table %1$s_true"
                        .formatted(table));
            }
            return said;
        }
    }

    @Test
    void letsNoHubWorkBeforeItIsTold() throws SQLException, IOException {
        assertThatThrownBy(() -> work(pools, seals, evidence -> record(evidence, "too early")))
                .isInstanceOf(LostSeals.class)
                .hasMessageContaining("has not seal 3")
                .hasMessageContaining(SealFile.NAME);

        keep(RestoredEvidence.read(pools.settlement(), seals, KEY));
        work(pools, seals, evidence -> record(evidence, "in time"));
        assertThat(verify()).contains("All evidence fits");
    }

    /** By whoever can write into the database and does not have the key. */
    @Test
    void sealsNothingBehindASealThatTheHubDidNotSign() throws SQLException, IOException {
        keep(RestoredEvidence.read(pools.settlement(), seals, KEY));
        String filed = Files.readString(seals.resolve(SealFile.NAME));
        pools.settlement().sql().update("""
                insert into seal (no, at, heads, hash, signer, signature)
                select no + 1, at, heads, hash, E'forged\n', signature from seal order by no desc limit 1
                """);

        assertThatThrownBy(() -> work(pools, seals, evidence -> record(evidence, "behind it")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("run verify");

        assertThat(Files.readString(seals.resolve(SealFile.NAME))).isEqualTo(filed);
        assertThat(verify()).contains("seal 4");
    }

    private void keep(RestoredEvidence evidence) {
        UUID before = pools.console().sql().queryForObject("select id from incarnation", UUID.class);
        pools.settlement()
                .transaction()
                .executeWithoutResult(status -> evidence.keep(new RestoredEvidence.Act(
                        UUID.randomUUID(), before, Instant.now(), "zhou.min", "the disk broke")));
    }

    private String verify() throws SQLException, IOException {
        try (Connection one = pools.console().dataSource().getConnection();
                Connection another = pools.console().dataSource().getConnection()) {
            return Verification.run(one, another, seals, KEY).text();
        }
    }

    private static void work(String database, Consumer<Evidence> work) {
        try (Pools hubs = open(database)) {
            work(hubs, directory.resolve("seals"), work);
        }
    }

    /** It is not ended in order: a crash leaves its chains open. */
    private static void work(Pools pools, Path seals, Consumer<Evidence> work) {
        Evidence evidence =
                Evidence.open(pools, new EvidenceProperties(Duration.ofHours(1), seals), KEY, Clock.systemUTC(), true);
        Pools.Door door = pools.settlement();
        door.transaction().executeWithoutResult(status -> work.accept(evidence));
        evidence.seal();
    }

    private static void record(Evidence evidence, String kind) {
        evidence.control()
                .record(List.of(new CaseEvent(Instant.now(), null, null, null, kind, "alpha", null, "as a test")));
    }

    private static Pools open(String database) {
        return Pools.open(server.url(database), "postgres", "", 2, 2, 4);
    }

    private static void onServer(String statement) {
        try (Pools others = open("postgres")) {
            others.settlement().sql().execute(statement);
        }
    }
}
