package org.shuniu.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.DatabaseAway;
import org.shuniu.store.EventLog;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

class EvidenceWriterTest {

    private static final SealKey KEY = SealKey.of("01".repeat(32));

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;

    @BeforeAll
    static void start() {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 4, 4, 4);
        pools.console().sql().execute("create table once (x int unique deferrable initially deferred)");
        pools.console().sql().execute("insert into once values (1)");
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @Test
    void keepsItsHeadsWhereTheyWereWhenATransactionFails() throws Exception {
        try (Evidence evidence = open("seals")) {
            record(evidence.control(), "alpha", "first");
            assertThatThrownBy(() -> pools.settlement().transaction().executeWithoutResult(status -> {
                        evidence.control().record(List.of(step("alpha", "never")));
                        throw new IllegalStateException("changed its mind");
                    }))
                    .hasMessage("changed its mind");

            record(evidence.control(), "alpha", "second");

            assertThat(kinds("alpha/%")).endsWith("chain-opened", "first", "second");
            assertThat(verify("seals")).contains("All evidence fits");
        }
    }

    @Test
    void opensNewChainsWhenTheOutcomeOfACommitIsUnknown() throws Exception {
        try (Evidence evidence = open("seals")) {
            record(evidence.control(), "beta", "first");
            assertThatThrownBy(() -> pools.settlement().transaction().executeWithoutResult(status -> {
                        evidence.control().record(List.of(step("beta", "lost")));
                        pools.settlement().sql().update("insert into once values (1)");
                    }))
                    .isInstanceOfAny(TransactionException.class, DataAccessException.class);

            record(evidence.control(), "beta", "second");
            evidence.seal();

            assertThat(kinds("beta/%"))
                    .containsExactly("chain-opened", "first", "chain-closed", "chain-opened", "second");
            assertThat(verify("seals")).contains("All evidence fits", ", 0 of them not sealed yet");
        }
    }

    @Test
    void findsTheEndOfAChainAgainThatWasWrittenInDoubt() throws Exception {
        try (Evidence evidence = open("seals")) {
            record(evidence.control(), "zeta", "first");
            Map<String, Object> last = pools.console()
                    .sql()
                    .queryForMap("select chain, seq, hash from event where partner = 'zeta' order by seq desc limit 1");
            int chain = (Integer) last.get("chain");
            Head head = new Head(chain, "zeta/r1/control", (Long) last.get("seq"), (byte[]) last.get("hash"));
            List<EvidenceWriter.Ended> ended = List.of(new EvidenceWriter.Ended(chain, "zeta/r1/control", head, null));
            ChainEnds ends =
                    new ChainEnds(pools.settlement().sql(), pools.settlement().transaction());

            List<Head> first = ends.end(new EventTable(), ended);
            List<Head> again = ends.end(new EventTable(), ended);

            assertThat(again).usingRecursiveComparison().isEqualTo(first);
            assertThat(kinds("zeta/%")).containsExactly("chain-opened", "first", "chain-closed");
        }
    }

    @Test
    void opensNewChainsWhenSomebodyElseTookTheNextLine() throws Exception {
        try (Evidence evidence = open("seals")) {
            record(evidence.control(), "gamma", "first");
            pools.console().sql().update("""
                    insert into event (chain, seq, at, kind, hash)
                    select chain, seq + 1, at, 'forged', hash from event where kind = 'first' and partner = 'gamma'
                    """);
            assertThatThrownBy(() -> record(evidence.control(), "gamma", "barred"))
                    .isInstanceOf(DataAccessException.class);

            record(evidence.control(), "gamma", "second");

            assertThat(kinds("gamma/%")).contains("second").doesNotContain("barred");
            assertThat(verify("seals")).contains("line 3", "it does not fit its hash");
        } finally {
            pools.console().sql().execute("alter table event disable trigger event_append_only");
            pools.console().sql().update("delete from event where kind = 'forged'");
            pools.console().sql().execute("alter table event enable trigger event_append_only");
        }
    }

    @Test
    void chainsWhatManyThreadsRecord() throws Exception {
        try (Evidence evidence = open("seals")) {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String partner = "delta-" + i % 3;
                work.add(threads.submit(() -> pools.settlement().transaction().executeWithoutResult(status -> {
                    evidence.control().record(List.of(step(partner, "one")));
                    evidence.act(AuditLine.of(Instant.now(), "operator", "try", partner, "words"));
                    evidence.control().record(List.of(step(partner, "two")));
                })));
            }
            for (Future<?> done : work) {
                done.get();
            }
            threads.shutdown();

            assertThat(kinds("delta-%")).hasSize(203);
            assertThat(verify("seals")).contains("All evidence fits");
        }
    }

    @Test
    void endsAndSealsWhatAKilledProcessLeft() throws Exception {
        Evidence killed = open("seals");
        record(killed.control(), "epsilon", "first");

        try (Evidence next = open("seals")) {
            assertThat(kinds("epsilon/%")).containsExactly("chain-opened", "first", "chain-closed");
            assertThat(verify("seals")).contains("All evidence fits", ", 0 of them not sealed yet");
            record(next.control(), "epsilon", "second");
        }
        assertThat(verify("seals")).contains("All evidence fits");
    }

    @Test
    void leavesTheChainsOfAnotherThatRunsAndSealsBesideIt() throws Exception {
        try (Evidence one = open("shared");
                Evidence other = open("shared", false)) {
            record(one.control(), "theta", "of one");
            record(other.control(), "theta", "of the other");
            one.seal();
            other.seal();
            record(one.control(), "theta", "of one again");
            one.seal();

            assertThat(kinds("theta/%"))
                    .containsExactly("chain-opened", "of one", "of one again", "chain-opened", "of the other");
            assertThat(verify("shared")).contains("All evidence fits", ", 0 of them not sealed yet");
        }
        assertThat(verify("shared")).contains("All evidence fits", ", 0 of them not sealed yet");
    }

    @Test
    void keepsTheSealsOfAllInADirectoryOfEach() throws Exception {
        try (Evidence one = open("of-one");
                Evidence other = open("of-the-other", false)) {
            for (int i = 0; i < 3; i++) {
                record(one.control(), "iota", "of one");
                one.seal();
            }
            assertThat(verify("of-the-other")).contains("All evidence fits");

            record(other.control(), "iota", "of the other");
            other.seal();
            one.seal();

            assertThat(directory.resolve("of-one").resolve(SealFile.NAME))
                    .hasSameTextualContentAs(directory.resolve("of-the-other").resolve(SealFile.NAME));
            assertThat(verify("of-one")).contains("All evidence fits");
        }
    }

    @Test
    void endsTheChainsOfOneThatIsPausedAndLetsItGoOnInNewOnes() throws Exception {
        try (Evidence paused = open("seals");
                Evidence other = open("seals", false)) {
            record(paused.control(), "kappa", "before");
            paused.seal();
            pools.console().sql().update("update lease set until = now() - interval '1 second'");
            other.seal();
            assertThatThrownBy(() -> record(paused.control(), "kappa", "woken"))
                    .matches(DatabaseAway::mayPass, "is tried again");

            record(paused.control(), "kappa", "tried again");
            paused.seal();

            assertThat(kinds("kappa/%"))
                    .containsExactly("chain-opened", "before", "chain-closed", "chain-opened", "tried again");
            assertThat(verify("seals")).contains("All evidence fits", ", 0 of them not sealed yet");
        }
    }

    @Test
    void sealsWhatACommandWroteBesideItAndBetweenTwoRuns() throws Exception {
        VisitorChains command = new VisitorChains(pools.settlement());
        try (Evidence evidence = open("seals")) {
            record(evidence.control(), "eta", "first");
            act(command, "beside-a-hub");
            record(evidence.control(), "eta", "second");
            evidence.seal();

            assertThat(kinds("eta/%")).containsExactly("chain-opened", "first", "second");
            assertThat(verify("seals")).contains("All evidence fits", ", 0 of them not sealed yet");
        }
        act(command, "without-a-hub");
        assertThat(verify("seals")).contains("All evidence fits", ", 3 of them not sealed yet");

        open("seals").close();
        assertThat(verify("seals")).contains("All evidence fits", ", 0 of them not sealed yet");
    }

    private static void act(VisitorChains command, String action) {
        pools.settlement()
                .transaction()
                .executeWithoutResult(
                        status -> command.act(AuditLine.of(Instant.now(), "command:root", action, "somebody", "")));
    }

    @Test
    void refusesALineOutsideATransaction() {
        try (Evidence evidence = open("seals")) {
            EventLog log = evidence.control();

            assertThatThrownBy(() -> log.record(List.of(step("zeta", "loose"))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("outside a transaction");
        }
    }

    private static Evidence open(String seals) {
        return open(seals, true);
    }

    private static Evidence open(String seals, boolean alone) {
        EvidenceProperties settings = new EvidenceProperties(Duration.ofHours(1), directory.resolve(seals));
        return Evidence.open(pools, settings, KEY, Clock.systemUTC(), alone);
    }

    private static void record(EventLog log, String partner, String kind) {
        pools.settlement().transaction().executeWithoutResult(status -> log.record(List.of(step(partner, kind))));
    }

    private static CaseEvent step(String partner, String kind) {
        return new CaseEvent(Instant.now(), "case", null, null, kind, partner, null, null);
    }

    private static List<String> kinds(String chains) {
        return pools.console()
                .sql()
                .queryForList(
                        "select e.kind from event e join chain c on c.id = e.chain where c.name like ? order by c.id, e.seq",
                        String.class,
                        chains);
    }

    private static String verify(String seals) throws SQLException, IOException {
        try (Connection one = pools.console().dataSource().getConnection();
                Connection another = pools.console().dataSource().getConnection()) {
            return Verification.run(one, another, directory.resolve(seals), KEY).text();
        }
    }
}
