package org.shuniu.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.partner.Enquiry;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;

/** A call that is made again because its receiver knows nothing of it, and what follows where nobody hears its answer. */
class EnquiriesTest {

    private static final String PARTNER = "economy";
    private static final Enquiry POLICY = new Enquiry(List.of(Duration.ofHours(1)), Duration.ofDays(1));

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;
    private static JdbcTemplate sql;

    private final UUID delivery = UUID.randomUUID();
    private Enquiries enquiries;

    @BeforeAll
    static void start() {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 1, 1, 1);
        sql = pools.settlement().sql();
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @BeforeEach
    void askWhatIsNotKnown() {
        sql.execute("truncate case_file, message, delivery, enquiry, pause");
        sql.update("""
                insert into case_file (case_no, sender, item_code, receiver, channel, status, responsible, applicant_index,
                    application_id, received_at, changed_at)
                values ('C', 'platform', 'item', ?, '1', '40', ?, '', ?, now(), now())
                """, PARTNER, PARTNER, delivery);
        sql.update("""
                insert into message (id, partner, document, case_no, body, digest, accepted_at)
                values (?, 'platform', 'application', 'C', '', '', now())
                """, delivery);
        sql.update("""
                insert into delivery (id, message_id, document, case_no, receiver, queue, state, due_at, created_at, settled_at)
                values (?, ?, 'application', 'C', ?, 'application', 'delivered', now(), now(), now())
                """, delivery, delivery, PARTNER);
        sql.update("""
                insert into enquiry (delivery_id, partner, case_no, due_at, overdue_at)
                values (?, ?, 'C', now(), now() + interval '1 day')
                """, delivery, PARTNER);
        enquiries = new Enquiries(sql);
        enquiries.repeat(List.of(delivery));
    }

    @Test
    void asksFirstAfterACallThatWasMadeAgain() {
        assertThat(taken().repeat()).isTrue();

        assertThat(taken().repeat()).isFalse();
    }

    @Test
    void makesACallLaterThatWasNotMade() {
        assertThat(taken().repeat()).isTrue();

        enquiries.notAsked(delivery, true);

        assertThat(taken().repeat()).isTrue();
        enquiries.notAsked(delivery, false);
        assertThat(taken().repeat()).isFalse();
    }

    @Test
    void triesWithACallThatIsMadeAgainWhetherAPartnerIsBack() {
        sql.update(
                "insert into pause (partner, reason, until, paused_by) values (?, 'circuit', now(), 'hub')", PARTNER);

        assertThat(enquiries.probe(PARTNER, POLICY, Duration.ZERO))
                .singleElement()
                .satisfies(due -> assertThat(due.repeat()).isTrue());
        sql.update("update enquiry set due_at = now()");
        assertThat(enquiries.probe(PARTNER, POLICY, Duration.ZERO))
                .singleElement()
                .satisfies(due -> assertThat(due.repeat()).isFalse());
    }

    private Enquiries.Due taken() {
        sql.update("update enquiry set due_at = now()");
        return enquiries.take(PARTNER, POLICY, 10).get(0);
    }
}
