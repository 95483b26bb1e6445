package org.shuniu.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.audit.AuditLog;
import org.shuniu.controlbus.Dismissals;
import org.shuniu.controlbus.FlowReader;
import org.shuniu.document.CaseTimes;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.shuniu.store.TimeOrderedId;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is no delivery and waits for a person: that it is an incident, and what ends it. */
class LeftToPeopleTest {

    private static final String OFFICE = "office";
    private static final String OTHER = "other";
    private static final String ANNA = "anna";
    private static final String WHY = "the office has said so";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;
    private static FlowReader flows;
    private static final Instant BEGIN = Instant.now();
    private static int messages;

    private final Instant now = Instant.now();
    private final List<String> audit = new ArrayList<>();
    private final List<CaseEvent> events = new ArrayList<>();
    private final Dismissals dismissals = new Dismissals(
            pools.settlement(),
            events::addAll,
            new AuditLog(
                    pools.settlement().sql(),
                    pools.settlement().transaction(),
                    line -> audit.add("%s %s %s".formatted(line.actor(), line.action(), line.target()))));

    @BeforeAll
    static void start() throws Exception {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 2, 2, 2);
        flows = new FlowReader(
                pools, PartnerDirectory.load(Files.createDirectory(directory.resolve("routes")), text -> text));
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        sql().execute("truncate message, case_file, case_part, enquiry, delivery, dead_message");
    }

    @Test
    void seesAnswersThatCouldNotBeTakenUntilAPersonSettlesThem() {
        UUID first = parked(OFFICE, "C-1", "status", 0, 120);
        UUID second = parked(OFFICE, null, "result", 1, 30);
        parked(OTHER, "C-2", "status", 2, 59);

        assertThat(answers())
                .satisfiesExactlyInAnyOrder(
                        condition -> {
                            assertThat(condition.key()).isEqualTo(new Condition.Key(IncidentKind.ANSWER, OFFICE));
                            assertThat(condition.cases()).isEqualTo(2);
                            assertThat(condition.fault()).isEqualTo("receiver");
                            assertThat(condition.said()).isEqualTo("does not fit");
                            assertThat(condition.since())
                                    .isBetween(
                                            now.minusSeconds(122), Instant.now().minusSeconds(118));
                            assertThat(condition.opens()).isTrue();
                        },
                        condition -> {
                            assertThat(condition.key().partner()).isEqualTo(OTHER);
                            assertThat(condition.opens())
                                    .as("somebody may be about to act")
                                    .isFalse();
                        });

        assertThat(dismissals.settleAnswer(ANNA, first, WHY)).isTrue();
        assertThat(dismissals.settleAnswer(ANNA, second, WHY)).isTrue();
        assertThat(dismissals.settleAnswer(ANNA, second, WHY))
                .as("nothing twice")
                .isFalse();

        assertThat(answers()).extracting(condition -> condition.key().partner()).containsExactly(OTHER);
        assertThat(flows.parked(List.of(OFFICE), 10)).isEmpty();
        assertThat(flows.parkedTogether(10))
                .extracting(FlowReader.ParkedTogether::kind, FlowReader.ParkedTogether::partner)
                .containsExactly(tuple("answer", OTHER));
        assertThat(audit).containsExactly("anna answer-settled " + first, "anna answer-settled " + second);
        assertThat(events).extracting(CaseEvent::kind).containsOnly("answer-settled");
        assertThat(events).extracting(CaseEvent::caseNo).containsExactly("C-1", null);
        assertThat(sql().queryForObject("select parked_reason from message where id = ?", String.class, first))
                .as("it was never taken")
                .isEqualTo("does not fit");
    }

    @Test
    void endsWhatWasSaidAgainAndTaken() {
        UUID parked = parked(OFFICE, "C-1", "status", 7, 120);
        taken(OFFICE, "C-1", "status", 7);
        UUID other = parked(OTHER, "C-1", "status", 7, 110);

        assertThat(dismissals.endOvertaken(10)).isEqualTo(1);

        assertThat(ends()).containsOnly(Map.entry(parked, "taken"), Map.entry(other, ""));
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo("answer-taken");
            assertThat(event.caseNo()).isEqualTo("C-1");
        });
        assertThat(audit).isEmpty();
    }

    @Test
    void endsWhatALaterResultOfThePartnerHasOvertaken() {
        UUID status = parked(OFFICE, "C-1", "status", 1, 120);
        UUID result = parked(OFFICE, "C-1", "result", 2, 110);
        UUID contradiction = parked(OFFICE, "C-1", "report", 3, 100);
        UUID ofAnother = parked(OTHER, "C-1", "status", 4, 90);
        UUID counts = taken(OFFICE, "C-1", "result", 5);
        UUID later = parked(OFFICE, "C-1", "result", 6, 10);
        owed("C-1", OFFICE, "60", counts);

        assertThat(dismissals.endOvertaken(10)).isEqualTo(2);

        assertThat(ends())
                .containsOnly(
                        Map.entry(status, "superseded"),
                        Map.entry(result, "superseded"),
                        Map.entry(contradiction, ""),
                        Map.entry(ofAnother, ""),
                        Map.entry(later, ""));
    }

    @Test
    void leavesToTheNextLookWhatAnotherIsAboutToEnd() {
        UUID held = parked(OFFICE, "C-1", "status", 7, 120);
        taken(OFFICE, "C-1", "status", 7);
        UUID free = parked(OFFICE, "C-2", "status", 8, 110);
        taken(OFFICE, "C-2", "status", 8);

        pools.console().transaction().executeWithoutResult(another -> {
            sql().queryForList("select id from message where id = ? for update", UUID.class, held);
            assertThat(dismissals.endOvertaken(10)).isEqualTo(1);
        });

        assertThat(ends()).containsOnly(Map.entry(held, ""), Map.entry(free, "taken"));
        assertThat(dismissals.endOvertaken(10)).isEqualTo(1);
    }

    @Test
    void looksAtAllThatIsParkedInTurnsHoweverMuchThatIs() {
        for (int i = 0; i < 5; i++) {
            parked(OFFICE, "stays-" + i, "status", i, 500 - i);
        }
        parked(OFFICE, "C-1", "status", 7, 100);
        taken(OFFICE, "C-1", "status", 7);

        assertThat(List.of(
                        dismissals.endOvertaken(2),
                        dismissals.endOvertaken(2),
                        dismissals.endOvertaken(2),
                        dismissals.endOvertaken(2)))
                .containsExactly(0, 0, 1, 0);
        parked(OFFICE, "C-2", "status", 8, 600);
        taken(OFFICE, "C-2", "status", 8);
        assertThat(dismissals.endOvertaken(2)).as("from the first again").isEqualTo(1);
    }

    @Test
    void seesResultsThatAreOverdueUntilSomebodyOwesThemNoMore() {
        UUID asked = owed("C-1", OFFICE, "40", null);
        owed("C-2", OFFICE, "40", UUID.randomUUID());
        owed("C-3", OFFICE, "90", null);
        owed("C-4", OFFICE, "40", null);
        sql().update("""
                insert into case_part (case_no, part, stage, office, state, since) values
                    ('C-4', 1, 1, ?, 'passed', now()), ('C-4', 2, 1, ?, 'open', now())
                """, OFFICE, OTHER);
        owed("C-5", OTHER, "40", null);

        assertThat(questions())
                .extracting(condition -> condition.key().partner())
                .containsOnly(OFFICE, OTHER);
        assertThat(questions())
                .filteredOn(condition -> OFFICE.equals(condition.key().partner()))
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.cases())
                            .as("answered, closed and passed are not owed")
                            .isEqualTo(1);
                    assertThat(condition.said()).isEqualTo("case C-1: asked 3 times");
                    assertThat(condition.next()).isAfter(now);
                });
        assertThat(flows.parked(List.of(OFFICE), 10))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .containsEntry("kind", "question")
                        .containsEntry("caseNo", "C-1")
                        .containsEntry("questionId", asked.toString())
                        .containsEntry("deliveryId", null));

        sql().update("update case_file set result_id = gen_random_uuid() where case_no = 'C-1'");

        assertThat(questions())
                .extracting(condition -> condition.key().partner())
                .containsExactly(OTHER);
    }

    @Test
    void letsAPersonGiveMoreTimeOrAskNoMore() {
        UUID asked = owed("C-1", OFFICE, "40", null);
        Instant term =
                Dismissals.term(LocalDate.now(CaseTimes.SHANGHAI).plusDays(3)).orElseThrow();

        assertThat(dismissals.extendQuestion(ANNA, asked, term, WHY)).isTrue();
        assertThat(questions()).isEmpty();
        assertThat(dismissals.giveUpQuestion(ANNA, asked, WHY))
                .as("it is not overdue")
                .isFalse();

        sql().update("update enquiry set told = true, overdue_at = now()");
        assertThat(dismissals.giveUpQuestion(ANNA, asked, WHY)).isTrue();

        assertThat(questions()).isEmpty();
        assertThat(sql().queryForObject("select count(*) from enquiry", Long.class))
                .isZero();
        assertThat(audit).containsExactly("anna question-extended " + asked, "anna question-given-up " + asked);
        assertThat(events).extracting(CaseEvent::kind).containsExactly("question-extended", "question-given-up");
    }

    @Test
    void takesForATermADayFromTodayOn() {
        LocalDate today = LocalDate.now(CaseTimes.SHANGHAI);

        assertThat(Dismissals.term(today.minusDays(2))).isEmpty();
        assertThat(Dismissals.term(today.plusYears(1).plusDays(2))).isEmpty();
        assertThat(Dismissals.term(today.plusDays(1)))
                .isEqualTo(Optional.of(
                        today.plusDays(2).atStartOfDay(CaseTimes.SHANGHAI).toInstant()));
    }

    @Test
    void seesWhatNobodyCanReadUntilAPersonSettlesAllOfAQueue() {
        dead("economy.application", 120);
        dead("economy.application", 100);
        dead("hub.dead", 90);

        assertThat(deads()).singleElement().satisfies(condition -> {
            assertThat(condition.key()).isEqualTo(new Condition.Key(IncidentKind.DEAD, null));
            assertThat(condition.cases()).isEqualTo(3);
            assertThat(condition.said()).isEqualTo("economy.application: no id");
            assertThat(condition.opens()).isTrue();
        });
        FlowReader.DeadQueue seen = flows.deadQueues().get(0);
        assertThat(seen.messages()).isEqualTo(2);
        dead("economy.application", 10);

        assertThat(dismissals.settleDead(ANNA, seen.queue(), seen.newest(), WHY))
                .as("what came after the page was read stays")
                .isEqualTo(2);
        assertThat(flows.dead(10)).hasSize(2);
        assertThat(dismissals.settleDead(ANNA, seen.queue(), OffsetDateTime.MIN, WHY))
                .isZero();
        flows.deadQueues().forEach(queue -> dismissals.settleDead(ANNA, queue.queue(), queue.newest(), WHY));

        assertThat(deads()).isEmpty();
        assertThat(flows.dead(10)).isEmpty();
        assertThat(audit)
                .containsExactly(
                        "anna dead-settled economy.application",
                        "anna dead-settled economy.application",
                        "anna dead-settled hub.dead");
    }

    @Test
    void readsNoWholeTable() {
        for (LeftToPeople.What what : LeftToPeople.What.values()) {
            assertThat(new LeftToPeople(what, pools.settlement().sql(), () -> List.of(OFFICE), PATIENCE).look(now))
                    .isEmpty();
        }
        assertThat(plan("select 1 from message where parked_reason is not null and parked_ended_at is null"
                        + " and partner = 'office' order by accepted_at limit 1"))
                .contains("message_parked_of");
        assertThat(plan("select id from message where parked_reason is not null and parked_ended_at is null"
                        + " and (accepted_at, id) > (now(), gen_random_uuid()) order by accepted_at, id limit 10"))
                .contains("message_parked");
        assertThat(plan("select 1 from dead_message where settled_at is null order by id limit 1"))
                .contains("dead_message_open");
    }

    private static String plan(String query) {
        return String.join("\n", pools.settlement().sql().queryForList("explain " + query, String.class));
    }

    private List<Condition> answers() {
        return look(LeftToPeople.What.ANSWERS);
    }

    private List<Condition> questions() {
        return look(LeftToPeople.What.QUESTIONS);
    }

    private List<Condition> look(LeftToPeople.What what) {
        return new LeftToPeople(what, pools.settlement().sql(), () -> List.of(OFFICE, OTHER, "quiet"), PATIENCE)
                .look(now);
    }

    private List<Condition> deads() {
        return new DeadMessages(pools.settlement().sql(), PATIENCE).look(now);
    }

    private static UUID parked(String partner, String caseNo, String document, int digest, int secondsAgo) {
        return message(partner, caseNo, document, digest, secondsAgo, "does not fit");
    }

    private static UUID taken(String partner, String caseNo, String document, int digest) {
        return message(partner, caseNo, document, digest, 50, null);
    }

    private static UUID message(
            String partner, String caseNo, String document, int digest, int secondsAgo, String parkedReason) {
        // Those of one moment stand in no order.
        UUID id = TimeOrderedId.first(BEGIN.plusMillis(messages++));
        sql().update("""
                insert into message (id, partner, document, case_no, body, digest, accepted_at, parked_reason)
                values (?, ?, ?, ?, ''::bytea, ?, now() - ? * interval '1 second', ?)
                """, id, partner, document, caseNo, new byte[] {(byte) digest}, secondsAgo, parkedReason);
        return id;
    }

    /** A question that was asked three times, and whose result is overdue; the id of its delivery. */
    private UUID owed(String caseNo, String office, String status, UUID result) {
        UUID delivery = TimeOrderedId.next();
        sql().update("""
                insert into case_file (case_no, sender, item_code, receiver, channel, status, responsible, application_id,
                    received_at, changed_at, result_id)
                values (?, 'platform', '1', ?, '2', ?, 'x', ?, now(), now(), ?)
                """, caseNo, office, status, UUID.randomUUID(), result);
        sql().update("""
                insert into delivery (id, message_id, document, case_no, receiver, queue, state, due_at, created_at)
                values (?, gen_random_uuid(), 'application', ?, ?, 'application', 'delivered', now(), now())
                """, delivery, caseNo, office);
        sql().update("""
                insert into enquiry (delivery_id, partner, case_no, tries, due_at, overdue_at, told)
                values (?, ?, ?, 3, ?, now() - interval '2 minutes', true)
                """, delivery, office, caseNo, CaseFiles.utc(now.plusSeconds(600)));
        return delivery;
    }

    private static void dead(String queue, int secondsAgo) {
        sql().update(
                        "insert into dead_message (id, queue, reason, arrived_at)"
                                + " values (?, ?, 'no id', now() - ? * interval '1 second')",
                        TimeOrderedId.next(),
                        queue,
                        secondsAgo);
    }

    private static Map<UUID, String> ends() {
        return sql()
                .query(
                        "select id, coalesce(parked_end, '') from message where parked_reason is not null",
                        (row, number) -> Map.entry(row.getObject(1, UUID.class), row.getString(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static JdbcTemplate sql() {
        return pools.console().sql();
    }
}
