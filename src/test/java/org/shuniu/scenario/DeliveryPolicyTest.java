package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Each department is called when, as often and as long as its own configuration says, and everybody can see why. */
class DeliveryPolicyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final LocalDate NEXT_WEEK = LocalDate.now().plusDays(7);
    private static final LocalTime OPEN = LocalTime.of(9, 0);
    private static final LocalTime CLOSED = LocalTime.of(3, 0);
    private static final int PER_SECOND = 5;

    @TempDir
    static Path directory;

    private static final int DONE = 20_000;

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(directory, configured());
        open();
    }

    /** By daylight, whatever the time is where the test runs. */
    private static void open() {
        hub.clock().set(NEXT_WEEK.atTime(OPEN));
        await().atMost(PATIENCE).until(() -> !paused("disabled-federation", "hours"));
    }

    /** One department closes at night, one has a rate, one is called by one call at a time. */
    private static UnaryOperator<String> configured() {
        return text -> {
            if (text.contains("partner: disabled-federation")) {
                return text + "hours: {working-days: [\"05:00-24:00\"], rest-days: [\"05:00-24:00\"]}\n";
            }
            if (text.contains("partner: economy")) {
                return text.replace("delivery:", "delivery:\n  parallel: 1");
            }
            return text.contains("partner: healthcare-security")
                    ? text.replace("delivery:", "delivery:\n  rate: {per-second: %d, burst: 1}".formatted(PER_SECOND))
                    : text;
        };
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @AfterEach
    void mend() {
        open();
        for (String partner : List.of("economy", "healthcare-security")) {
            hub.fault(partner, "none");
            hub.operate("/partners/%s/resume".formatted(partner), "{}");
        }
        hub.awaitQuiet();
    }

    @Test
    void waitsForAClosedDepartmentAtNoCostAndDeliversAtItsOpening() {
        // Given a department that closes for the night
        hub.clock().set(NEXT_WEEK.atTime(CLOSED));
        await().atMost(PATIENCE).until(() -> paused("disabled-federation", "hours"));

        // When citizens apply
        List<String> cases = List.of(
                hub.caseOf(Applications.online(Applications.FEDERATION)),
                hub.caseOf(Applications.online(Applications.FEDERATION)));
        String other = hub.caseOf(Applications.online(Applications.ECONOMY));
        hub.awaitStatus(other, "60");

        // Then nothing was tried, and everybody sees when it will be
        assertThat(waiting("disabled-federation")).hasSize(2).allSatisfy(line -> {
            assertThat(line.path("attempts").asInt(-1)).isZero();
            assertThat(line.path("waitsFor").path("kind").asString()).isEqualTo("pause");
            assertThat(line.path("waitsFor").path("reason").asString()).isEqualTo("hours");
            assertThat(line.path("nextAttempt").asString()).startsWith(NEXT_WEEK + "T05:00");
            assertThat(line.path("nextAttemptText").path("en").asString()).endsWith("05:00");
        });
        JsonNode message = RunningHub.JSON.readTree(hub.get("/api/v1/messages/"
                        + waiting("disabled-federation")
                                .get(0)
                                .path("messageId")
                                .asString())
                .body());
        assertThat(message.path("deliveries").path(0).path("nextAttempt").asString())
                .startsWith(NEXT_WEEK + "T05:00");

        // When it opens, the backlog goes
        hub.clock().set(NEXT_WEEK.atTime(OPEN));
        cases.forEach(caseNo -> hub.awaitStatus(caseNo, "60"));
        assertThat(cases)
                .allSatisfy(caseNo ->
                        assertThat(hub.effects("disabled-federation", caseNo)).containsExactly("application"));
    }

    @Test
    void probesADepartmentThatIsAwayAtNoCostAndDrainsUrgentAndOldestFirst() {
        // Given a department that was there, is away, and calls that have stopped
        hub.awaitQuiet();
        await().atMost(PATIENCE).until(() -> !paused("economy", "circuit"));
        hub.fault("economy", "down");
        List<String> plain = new ArrayList<>();
        List<String> urgent = new ArrayList<>();
        plain.add(hub.caseOf(Applications.online(Applications.ECONOMY)));
        await().atMost(PATIENCE).until(() -> paused("economy", "circuit"));
        for (int i = 0; i < 4; i++) {
            plain.add(hub.caseOf(Applications.online(Applications.ECONOMY)));
            urgent.add(hub.caseOf(Applications.online(Applications.ECONOMY)));
        }
        makeUrgent(urgent, plain);
        // The calls under way when the others stopped have ended: there is one at a time, and it stopped them.
        long before = spent();

        // When several probes have failed
        long attempts = attempts();
        await().atMost(PATIENCE).until(() -> attempts() >= attempts + 4);

        // Then none of them has cost anything, nor was any that came since called but as a probe; each tried another
        // message
        assertThat(spent()).isEqualTo(before);
        assertThat(waiting("economy"))
                .filteredOn(line -> urgent.contains(line.path("caseNo").asString("")))
                .allSatisfy(line -> assertThat(line.path("spent").asInt()).isZero());
        // While a probe is under way, its message waits for the answer.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(waiting("economy"))
                        .allSatisfy(line -> assertThat(
                                        line.path("waitsFor").path("reason").asString(""))
                                .isEqualTo("circuit"))
                        .filteredOn(line -> line.path("attempts").asInt() > 0)
                        .hasSizeGreaterThan(3));

        // When it is back, the backlog goes: after the probe the urgent ones, each kind as it came
        hub.fault("economy", "none");
        hub.awaitQuiet();
        List<String> order = order("economy", plain, urgent);
        assertThat(order).hasSize(9);
        List<String> afterProbe = order.subList(1, order.size());
        assertThat(afterProbe.stream().filter(urgent::contains)).isSubsetOf(order.subList(0, 5));
        assertThat(afterProbe.stream().filter(urgent::contains).toList())
                .isEqualTo(urgent.stream().filter(afterProbe::contains).toList());
        assertThat(afterProbe.stream().filter(plain::contains).toList())
                .isEqualTo(plain.stream().filter(afterProbe::contains).toList());
    }

    @Test
    void leavesADepartmentStoppedThatAnOperatorStoppedThoughItAnswersAgain() {
        // Given a department that was away, so that its circuit is open
        hub.fault("economy", "down");
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
        await().atMost(PATIENCE).until(() -> paused("economy", "circuit"));

        // When an operator stops it and it comes back
        hub.operate("/partners/economy/pause", "{\"reason\":\"maintenance\"}");
        await().alias("no probe under way").atMost(PATIENCE).until(() -> underWay("economy") == 0);
        hub.fault("economy", "none");
        hub.sql().update("update pause set until = now() where reason = 'circuit'");
        long looks = looks();
        String other = hub.caseOf(Applications.online(Applications.HEALTHCARE));
        hub.awaitStatus(other, "60");
        await().atMost(PATIENCE).until(() -> looks() >= looks + 5);

        // Then neither a probe nor anything else is sent
        assertThat(hub.effects("economy", caseNo)).isEmpty();
        assertThat(waiting("economy")).singleElement().satisfies(line -> {
            assertThat(line.path("waitsFor").path("reason").asString()).isEqualTo("operator");
            assertThat(line.path("fault").asString()).isEqualTo("receiver");
        });
    }

    @Test
    void showsCredentialsThatAreNotAcceptedAndDeliversOnceTheyAre() {
        // Given a department that no longer knows the hub
        hub.fault("economy", "{\"fault\":\"unauthorized\"}", 200);
        List<String> cases = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            cases.add(hub.caseOf(Applications.online(Applications.ECONOMY)));
        }

        // Then operators see that, and the schedule is not used up
        await().atMost(PATIENCE).until(() -> paused("economy", "certificate"));
        assertThat(waiting("economy"))
                .allSatisfy(line -> assertThat(line.path("spent").asInt()).isLessThanOrEqualTo(5));

        // When the credentials are accepted again
        hub.fault("economy", "none");
        cases.forEach(caseNo -> hub.awaitStatus(caseNo, "60"));
    }

    @Test
    void callsADepartmentNoFasterThanItsRate() {
        // When more applications come at once than the rate allows in a second
        List<String> cases = new ArrayList<>();
        for (int i = 0; i < 4 * PER_SECOND; i++) {
            cases.add(hub.caseOf(Applications.online(Applications.HEALTHCARE)));
        }
        cases.forEach(caseNo -> hub.awaitStatus(caseNo, "60"));

        // Then the department's own ledger shows no two seconds with more than the rate, a busy machine's jitter
        // allowed for
        List<OffsetDateTime> times = hub.ledger("healthcare-security").stream()
                .map(RunningHub.JSON::readTree)
                .filter(effect -> cases.contains(effect.path("caseNo").asString("")))
                .map(effect -> OffsetDateTime.parse(effect.path("at").asString()))
                .sorted()
                .toList();
        assertThat(times).hasSize(4 * PER_SECOND);
        Duration first = Duration.between(times.get(0), times.get(times.size() - 1));
        assertThat(first).isGreaterThan(Duration.ofSeconds(2));
    }

    /** What is done only grows: whoever looks through it every half second stops the hub some day. */
    @Test
    void looksForWorkWithoutReadingWhatIsDone() {
        hub.awaitQuiet();
        hub.sql().update("""
                insert into delivery (id, message_id, document, case_no, receiver, queue, state, due_at, created_at, settled_at)
                select gen_random_uuid(), gen_random_uuid(), 'application', 'done-' || n, (array['economy', 'acceptance-platform'])[n % 2 + 1],
                    'application', 'delivered', now(), now(), now() from generate_series(1, ?) n""", DONE);
        try {
            // Plans made while the table was small stay in use until it is analysed, as autovacuum does soon.
            hub.sql().execute("analyze delivery");
            hub.operate("/partners/economy/pause", "{\"reason\":\"maintenance\"}");
            hub.operate("/partners/economy/resume", "{}");
            long looks = looks();
            long read = rowsRead();

            await().atMost(PATIENCE).until(() -> looks() >= looks + 20);

            assertThat(rowsRead() - read).isLessThan(DONE / 4);
        } finally {
            hub.sql().update("delete from delivery where case_no like 'done-%'");
        }
    }

    /** Each look of the redispatcher counts what the broker holds. */
    private static long looks() {
        return hub.sql()
                .queryForObject(
                        "select idx_scan from pg_stat_user_indexes where indexrelname = 'delivery_sent'", Long.class);
    }

    private static long rowsRead() {
        return hub.sql().queryForObject("""
                select (select sum(seq_tup_read) from pg_stat_user_tables where relname = 'delivery')
                    + (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'delivery')""", Long.class);
    }

    /** The department has no item that may wait; so the test says which ones may. */
    private static void makeUrgent(List<String> urgent, List<String> plain) {
        assertThat(waiting("economy"))
                .allSatisfy(line -> assertThat(line.path("urgent").asBoolean()).isTrue());
        plain.forEach(caseNo -> hub.sql().update("update delivery set urgent = false where case_no = ?", caseNo));
        assertThat(urgent).isNotEmpty();
    }

    private static boolean paused(String partner, String reason) {
        return hub.operatorSees("/partners")
                .valueStream()
                .filter(flow -> flow.path("partner").asString("").equals(partner))
                .flatMap(flow -> flow.path("pauses").valueStream())
                .anyMatch(pause -> pause.path("reason").asString("").equals(reason));
    }

    private static List<JsonNode> waiting(String partner) {
        return hub.operatorSees("/waiting?partner=" + partner).valueStream().toList();
    }

    private static int underWay(String partner) {
        return hub.sql()
                .queryForObject(
                        "select count(*) from delivery where receiver = ? and state = 'pending' and claim_until is not null",
                        Integer.class,
                        partner);
    }

    private static long spent() {
        return waiting("economy").stream()
                .mapToLong(line -> line.path("spent").asLong())
                .sum();
    }

    private static long attempts() {
        return waiting("economy").stream()
                .mapToLong(line -> line.path("attempts").asLong())
                .sum();
    }

    private static List<String> order(String partner, List<String> plain, List<String> urgent) {
        return hub.ledger(partner).stream()
                .map(line -> RunningHub.JSON.readTree(line).path("caseNo").asString(""))
                .filter(caseNo -> plain.contains(caseNo) || urgent.contains(caseNo))
                .toList();
    }
}
