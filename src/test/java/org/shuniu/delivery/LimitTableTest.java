package org.shuniu.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;

class LimitTableTest {

    private static final String PARTNER = "grain";
    private static final Instant UNTIL = Instant.now().plus(Duration.ofDays(1));

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;

    @BeforeAll
    static void start() {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 2, 2, 2);
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @Test
    void showsTheFirstOfTwoChangesAtOnceToTheSecond() {
        LimitTable limits = new LimitTable(pools.settlement().sql());
        CompletableFuture<Optional<LimitChange>> second = pools.settlement()
                .transaction()
                .execute(status -> {
                    assertThat(limits.lock(PARTNER)).isEmpty();
                    CompletableFuture<Optional<LimitChange>> other = CompletableFuture.supplyAsync(
                            () -> pools.settlement().transaction().execute(its -> limits.lock(PARTNER)));
                    await().atMost(Duration.ofSeconds(60)).until(LimitTableTest::somebodyWaits);
                    limits.set(new LimitChange(PARTNER, 7, null, false, null, null, UNTIL, "first", "reason", UNTIL));
                    return other;
                });

        assertThat(second.join())
                .hasValueSatisfying(was -> assertThat(was.perSecond()).isEqualTo(7));
    }

    private static boolean somebodyWaits() {
        return Boolean.TRUE.equals(pools.console()
                .sql()
                .queryForObject("select exists (select from pg_locks where not granted)", Boolean.class));
    }
}
