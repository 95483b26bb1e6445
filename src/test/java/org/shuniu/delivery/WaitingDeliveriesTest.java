package org.shuniu.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shuniu.store.Delivery;
import org.shuniu.store.Lane;
import org.shuniu.store.MessageStore;
import org.shuniu.store.Released;
import org.springframework.jdbc.core.JdbcTemplate;

/** What waits goes on when what it waits for has come, whoever works on it at that moment. */
class WaitingDeliveriesTest {

    private static final String CASE = "3120261100000001";
    private static final String DUE =
            "select count(*) from delivery where id = ? and due_at <= now() and sent_until is null and not woken";
    private static EmbeddedPostgres postgres;
    private static JdbcTemplate sql;

    private final UUID owner = UUID.randomUUID();

    @BeforeAll
    static void startDatabase() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).load().migrate();
        sql = new JdbcTemplate(postgres.getPostgresDatabase());
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void empty() {
        sql.update("delete from delivery");
        sql.update("delete from lane");
    }

    @Test
    void isDueAtOnceWhenItIsWoken() {
        UUID id = opened("status");
        sql.update("update delivery set due_at = now() + interval '1 hour', sent_until = due_at where id = ?", id);

        new MessageStore(sql).wake(List.of(id));

        assertThat(isDue(id)).isTrue();
    }

    @Test
    void isFollowedByAnotherAttemptWhenItIsWokenDuringOne() {
        UUID id = opened("status");
        claim(id, 0);

        new MessageStore(sql).wake(List.of(id));

        assertThat(postpone(id, 1)).isTrue();
        assertThat(isDue(id)).isTrue();
        assertThat(count("select spent from delivery where id = ?", id)).isZero();
    }

    @Test
    void waitsItsTimeWhenTheAttemptBeganAfterItWasWoken() {
        UUID id = opened("status");
        claim(id, 0);
        new MessageStore(sql).wake(List.of(id));
        postpone(id, 1);
        claim(id, 1);

        assertThat(postpone(id, 2)).isTrue();

        assertThat(isDue(id)).isFalse();
        assertThat(count("select spent from delivery where id = ?", id)).isEqualTo(1);
    }

    @Test
    void goesOnAtOnceWhenItIsWokenDuringAnAttemptThatEndsWithItsProcess() {
        UUID id = opened("status");
        claim(id, 0);
        new MessageStore(sql).wake(List.of(id));

        new DeliveryStore(sql).reopen(id, Duration.ofHours(1), false, "the claim lapsed");

        assertThat(isDue(id)).isTrue();
    }

    @Test
    void travelsWithoutAnotherLookWhenWhatWasBeforeItIsOver() {
        MessageStore store = new MessageStore(sql, 60, receiver -> true);
        UUID first = opened("status");
        UUID second = opened("result");
        sql.update("update delivery set state = 'delivered' where id = ?", first);

        List<Released> released = store.releaseNext(List.of(new Lane(CASE, "platform")));

        assertThat(released).containsExactly(new Released(second, "platform", Delivery.RETURN, 0));
        assertThat(store.travelling(released)).isEqualTo(released);
        assertThat(count("select count(*) from delivery where id = ? and not held and sent_until > now()", second))
                .isEqualTo(1);
    }

    @Test
    void isLeftToTheRedispatcherWhereTheBrokerHasNoRoom() {
        UUID first = opened("status");
        UUID second = opened("result");
        sql.update("update delivery set state = 'delivered' where id = ?", first);
        MessageStore store = new MessageStore(sql);

        List<Released> released = store.releaseNext(List.of(new Lane(CASE, "platform")));

        assertThat(released).hasSize(1);
        assertThat(store.travelling(released)).isEmpty();
        assertThat(isDue(second)).isTrue();
    }

    private static UUID opened(String document) {
        Delivery delivery = new Delivery(
                UUID.randomUUID(),
                UUID.randomUUID(),
                document,
                CASE,
                "platform",
                Delivery.RETURN,
                false,
                Instant.now(),
                Duration.ZERO,
                null,
                0);
        new MessageStore(sql).open(List.of(delivery));
        return delivery.id();
    }

    private void claim(UUID id, int attempt) {
        new ClaimedRows(sql).claim(List.of(new ClaimedRows.Wanted(id, attempt, Duration.ofMinutes(1), false)), owner);
        assertThat(count("select count(*) from delivery where id = ? and claim_until > now()", id))
                .isEqualTo(1);
    }

    private boolean postpone(UUID id, int attempt) {
        return new DeliveryStore(sql)
                .postpone(List.of(new DeliveryStore.Postponement(
                        id,
                        new Settlement.Claim(owner, attempt, 0, false, null),
                        Duration.ofHours(1),
                        true,
                        "it waits",
                        null,
                        false,
                        false,
                        null)))[0];
    }

    private static boolean isDue(UUID id) {
        return count(DUE, id) == 1;
    }

    private static int count(String query, UUID id) {
        return sql.queryForObject(query, Integer.class, id);
    }
}
