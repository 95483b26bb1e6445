package org.shuniu.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;

/** Two processes that take batches to a partner's server. */
class BatchesTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;

    private final Batches one = batches();
    private final Batches other = batches();

    @BeforeAll
    static void start() {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 2, 2, 2);
        pools.console().sql().update("""
                insert into batch (partner, number, name, rows, closed_at) values ('a-department', 7, 'A7.TXT', 1, now())
                """);
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @Test
    void areTakenOverFromOneThatIsPausedWhichThenHasNoSayInThem() {
        Batch paused = one.claim("a-department", LONG).orElseThrow();
        assertThat(one.isClaimed(paused)).isTrue();
        assertThat(other.claim("a-department", LONG)).isEmpty();
        pools.console().sql().update("update batch set claim_until = now() - interval '1 second'");
        assertThat(one.isClaimed(paused)).as("its time is over").isFalse();

        Batch taken = other.claim("a-department", LONG).orElseThrow();
        one.failed(paused, "the batch could not be sent: it woke up", Duration.ofHours(1));

        assertThat(one.isClaimed(paused)).isFalse();
        assertThat(other.isClaimed(taken)).isTrue();
        assertThat(taken.tries()).isEqualTo(paused.tries() + 1);
    }

    private static Batches batches() {
        return new Batches(pools.settlement(), Vault.of(Map.of(1, new byte[32]), 1, new byte[32]));
    }
}
