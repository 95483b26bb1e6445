package org.shuniu.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.embedded.EmbeddedDatabase;
import org.springframework.dao.DataAccessException;

class LeaseTest {

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;

    private final Lease one = lease();
    private final Lease other = lease();

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

    @BeforeEach
    void free() {
        pools.console().sql().update("delete from lease");
    }

    @Test
    void isHeldByOneAtATimeAndKeptByWhoHasIt() {
        assertThat(one.hold()).hasValue(1);
        assertThat(other.hold()).isEmpty();
        assertThat(one.hold()).hasValue(1);

        assertThat(one.isHeld(1)).isTrue();
        assertThat(other.isHeld(1)).isFalse();
    }

    @Test
    void isTakenOverFromOneThatIsPausedAndDoesNotKnowItsEpochAgain() {
        long before = one.hold().orElseThrow();
        lapse();

        assertThat(other.hold()).hasValue(2);
        lapse();
        assertThat(one.hold()).hasValue(3);

        assertThat(one.isHeld(before)).as("what was begun before the pause").isFalse();
    }

    @Test
    void isNotTakenOverWithinATransactionThatAskedForIt() {
        long epoch = one.hold().orElseThrow();

        pools.settlement().transaction().executeWithoutResult(status -> {
            assertThat(one.isHeld(epoch)).isTrue();
            assertThatThrownBy(() -> pools.console().transaction().executeWithoutResult(another -> {
                        pools.console().sql().execute("set local lock_timeout = '200ms'");
                        pools.console().sql().update("update lease set until = now() - interval '1 second'");
                    }))
                    .isInstanceOf(DataAccessException.class);
        });
    }

    @Test
    void isFreeForTheNextAtOnceWhenItIsLeft() {
        assertThat(one.hold()).isPresent();
        one.release();

        assertThat(other.hold()).hasValue(2);
    }

    private static void lapse() {
        pools.console().sql().update("update lease set until = now() - interval '1 second'");
    }

    private static Lease lease() {
        return new Lease(pools.settlement().sql(), "a task", UUID.randomUUID(), Duration.ofMinutes(1));
    }
}
