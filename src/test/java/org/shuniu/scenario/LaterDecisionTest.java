package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.document.CaseTimes;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;
import tools.jackson.databind.JsonNode;

/** Departments that take an application now and decide it later: however the word gets lost, the citizen gets the result. */
class LaterDecisionTest {

    private static final String CIVIL_AFFAIRS = "civil-affairs";
    private static final String ALLOWANCE = "312099023000";
    private static final String HOUSING = "housing";
    private static final String FUND = "312000225000";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Of a call, as every scenario has it. */
    private static final Duration DEADLINE = Duration.ofSeconds(3);

    @TempDir
    static Path directory;

    private static final Instant NOW = Instant.now();

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(directory, LaterDecisionTest::impatient);
    }

    /** Callbacks come by themselves, and nobody asks before a test makes it due. A ticket is asked for at once. */
    private static String impatient(String partnerFile) {
        String first = partnerFile.contains("partner: " + CIVIL_AFFAIRS) ? "1h" : "1s";
        return partnerFile
                .replaceAll("waits: \\[.*]", "waits: [%s, 1s]".formatted(first))
                .replaceAll("overdue: .*", "overdue: 8s");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @AfterEach
    void mend() {
        hub.fault(CIVIL_AFFAIRS, "none");
        hub.fault(HOUSING, "none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "lost-callback",
                "duplicate-result",
                "early-callback",
                "extra-fields",
                "late-result",
                "error",
                "garbage",
                "timeout-after-work"
            })
    void civilAffairsDecideOnceWhateverHappensToTheCallback(String fault) {
        hub.fault(CIVIL_AFFAIRS, "{\"fault\":\"%s\",\"count\":1,\"seconds\":1}".formatted(fault), 200);

        String caseNo = hub.caseOf(Applications.atCounter(ALLOWANCE, ""));

        if (fault.equals("lost-callback")) {
            askUntil(caseNo, "60");
        }
        endsWithOneEffectAndOneResult(CIVIL_AFFAIRS, caseNo, "60");
    }

    @Test
    void civilAffairsRefuseAsAResult() {
        String caseNo = hub.caseOf(Applications.atCounter(ALLOWANCE, ",\"form\":{\"remark\":\"REFUSE\"}"));

        endsWithOneEffectAndOneResult(CIVIL_AFFAIRS, caseNo, "61");
    }

    @Test
    void stepsOfCivilAffairsThatWereOvertakenChangeNothing() {
        hub.fault(CIVIL_AFFAIRS, "{\"fault\":\"out-of-order\",\"count\":1}", 200);

        String caseNo = hub.caseOf(Applications.atCounter(ALLOWANCE, ""));

        endsWithOneEffectAndOneResult(CIVIL_AFFAIRS, caseNo, "60");
        // Of the steps 2, 1, 4 and 3, in this order, two were news.
        await().atMost(PATIENCE).until(() -> notes(caseNo).size() == 2);
        assertThat(notes(caseNo)).allSatisfy(note -> assertThat(note).startsWith("came late"));
        assertThat(statuses(caseNo)).containsSubsequence("41", "60").endsWith("60");
    }

    @Test
    void goesByTheOfficesOwnTimesWhereItDoesNotCountItsSteps() {
        String caseNo = undecided();

        says(caseNo, "CORRECTION", 60);
        hub.awaitStatus(caseNo, "42");

        // When an older word is read after it
        says(caseNo, "REVIEW", 120);

        // Then the citizen is still asked for what is missing
        await().atMost(PATIENCE).until(() -> notes(caseNo).equals(List.of("came late: the case stands at 42")));
        assertThat(hub.status(caseNo)).isEqualTo("42");

        // And a newer one counts, as does the later one of the same second
        says(caseNo, "REVIEW", 30);
        hub.awaitStatus(caseNo, "40");
        says(caseNo, "CORRECTION", 30);
        hub.awaitStatus(caseNo, "42");
        says(caseNo, "REVIEW", 60);
        await().atMost(PATIENCE).until(() -> notes(caseNo).size() == 2);
        assertThat(statuses(caseNo)).endsWith("40", "42", "40", "42");
    }

    @Test
    void readsWhatItCouldNotOpenForLongAsOfWhenItCame() {
        String caseNo = undecided();
        Instant came = Instant.now().minusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS);
        UUID id = TimeOrderedId.first(came);
        byte[] body = "{\"eventId\":\"E\",\"data\":{\"caseNo\":\"%s\",\"state\":\"DONE\",\"resultText\":\"准予\"}}"
                .formatted(caseNo)
                .getBytes(StandardCharsets.UTF_8);

        // Given an answer that was tried four times, whose key is not there
        hub.sql().update("""
                insert into answer (id, partner, source, media_type, body, digest, received_at, retry_at, tries)
                values (?, ?, 'callback', 'application/json', ?, ?, ?, now(), 4)
                """, id, CIVIL_AFFAIRS, new byte[] {0}, StoredMessage.digestOf(body), Timestamp.from(came));
        await().atMost(PATIENCE)
                .until(() -> hub.sql()
                        .queryForObject(
                                "select tries = 4 and retry_at > now() + interval '1 minute' from answer where id = ?",
                                Boolean.class,
                                id));

        // When the key is back
        hub.sql()
                .update(
                        "update answer set body = ?, retry_at = now() where id = ?",
                        hub.bean(Vault.class).seal(body, "answer.body", id),
                        id);

        // Then it is read all the same, and says when it came, not when it was read
        hub.awaitStatus(caseNo, "60");
        assertThat(result(caseNo).path("resultTime").asString())
                .isEqualTo(CaseTimes.write(came.atOffset(ZoneOffset.UTC)));
        assertThat(hub.operatorSees("/parked").toString()).doesNotContain(id.toString());
    }

    /** A case of which the bureau says nothing by itself. */
    private static String undecided() {
        hub.fault(CIVIL_AFFAIRS, "{\"fault\":\"late-result\",\"count\":1,\"seconds\":600}", 200);
        String caseNo = hub.caseOf(Applications.atCounter(ALLOWANCE, ""));
        hub.awaitStatus(caseNo, "40");
        hub.awaitQuiet();
        return caseNo;
    }

    private static void says(String caseNo, String state, int secondsAgo) {
        String at = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")
                .format(NOW.minusSeconds(secondsAgo).atZone(CaseTimes.SHANGHAI));
        hub.send(hub.request("/callback/v1/civil-affairs", "civil-affairs-callback-token")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"eventId\":\"%s\",\"data\":{\"caseNo\":\"%s\",\"state\":\"%s\",\"stateTime\":\"%s\"}}"
                                .formatted(UUID.randomUUID(), caseNo, state, at))));
    }

    private static JsonNode result(String caseNo) {
        Map<String, Object> row =
                hub.sql().queryForMap("select id, body from message where case_no = ? and document = 'result'", caseNo);
        return RunningHub.JSON.readTree(
                hub.bean(Vault.class).open((byte[]) row.get("body"), "message.body", (UUID) row.get("id")));
    }

    @Test
    void civilAffairsAreSentAgainWhatTheyNeverHad() {
        // Given a bureau whose word does not come
        hub.fault(CIVIL_AFFAIRS, "{\"fault\":\"lost-callback\",\"count\":1}", 200);
        String caseNo = hub.caseOf(Applications.atCounter(ALLOWANCE, ""));
        hub.awaitStatus(caseNo, "40");

        // When the hub asks and hears that there is no such case
        hub.fault(CIVIL_AFFAIRS, "{\"fault\":\"forgotten\",\"count\":1}", 200);

        // Then the application goes there once more under its own id, and has one effect
        askUntil(caseNo, "60");
        endsWithOneEffectAndOneResult(CIVIL_AFFAIRS, caseNo, "60");
    }

    @Test
    void asksForTheOthersThoughOneMessageCannotBeOpened() {
        hub.fault(CIVIL_AFFAIRS, "{\"fault\":\"lost-callback\",\"count\":2}", 200);
        String damaged = hub.caseOf(Applications.atCounter(ALLOWANCE, ""));
        String sound = hub.caseOf(Applications.atCounter(ALLOWANCE, ""));
        hub.awaitStatus(damaged, "40");
        hub.awaitStatus(sound, "40");
        String of = " where case_no = ? and document = 'application'";
        byte[] body = hub.sql().queryForObject("select body from message" + of, byte[].class, damaged);
        hub.sql().update("update message set body = ?" + of, new byte[] {0}, damaged);

        makeDue(damaged);
        askUntil(sound, "60");

        await().atMost(PATIENCE)
                .until(() -> hub.sql()
                                .queryForObject(
                                        "select count(*) from event where case_no = ? and kind = 'not-asked'",
                                        Long.class,
                                        damaged)
                        > 0);
        hub.sql().update("update message set body = ?" + of, body, damaged);
        askUntil(damaged, "60");
        endsWithOneEffectAndOneResult(CIVIL_AFFAIRS, damaged, "60");
    }

    @Test
    void takesFurtherPapersAndTheCaseBackWhileCivilAffairsWork() {
        hub.fault(CIVIL_AFFAIRS, "{\"fault\":\"lost-callback\",\"count\":1}", 200);
        String caseNo = hub.caseOf(Applications.atCounter(ALLOWANCE, ""));
        hub.awaitStatus(caseNo, "40");

        hub.post(
                "/api/v1/cases/%s/supplements".formatted(caseNo),
                UUID.randomUUID().toString(),
                "{\"supplementTime\":\"%s\",\"materials\":[{\"name\":\"申请表\",\"source\":\"3\"}]}"
                        .formatted(Applications.now()));
        hub.post(
                "/api/v1/cases/%s/withdrawal".formatted(caseNo),
                UUID.randomUUID().toString(),
                "{\"withdrawalTime\":\"%s\",\"reason\":\"不再需要\"}".formatted(Applications.now()));

        // Then all three arrive in their order, and nobody asks for a result any more
        hub.awaitStatus(caseNo, "90");
        hub.awaitQuiet();
        assertThat(hub.effects(CIVIL_AFFAIRS, caseNo)).containsExactly("application", "supplement", "withdrawal");
        awaitNothingOwed(caseNo);
    }

    @Test
    void aCaseThatMayNotBeTakenBackGoesOnAndItsSenderHearsSo() {
        hub.fault(CIVIL_AFFAIRS, "{\"fault\":\"late-result\",\"count\":1,\"seconds\":600}", 200);
        String caseNo = hub.caseOf(Applications.atCounter(ALLOWANCE, ""));
        hub.awaitStatus(caseNo, "40");

        hub.post(
                "/api/v1/cases/%s/withdrawal".formatted(caseNo),
                UUID.randomUUID().toString(),
                "{\"withdrawalTime\":\"%s\",\"reason\":\"REFUSE\"}".formatted(Applications.now()));

        await().atMost(PATIENCE).until(() -> !notices(caseNo).isEmpty());
        hub.fault(CIVIL_AFFAIRS, "none");
        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(statuses(caseNo)).doesNotContain("90");
        assertThat(hub.effects("acceptance-platform", caseNo))
                .contains("receipt")
                .containsOnlyOnce("result");
        assertThat(notices(caseNo)).containsExactly("refused");
    }

    private static List<String> notices(String caseNo) {
        return hub.sql()
                .queryForList(
                        "select n.kind from notice n join delivery d on d.id = n.about where d.case_no = ?",
                        String.class,
                        caseNo);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "slow", "error", "garbage", "timeout-after-work"})
    void housingDecidesOnceWhateverHappensToTheTicket(String fault) {
        hub.fault(HOUSING, "{\"fault\":\"%s\",\"count\":1,\"seconds\":1}".formatted(fault), 200);

        String caseNo = hub.caseOf(Applications.online(FUND));

        endsWithOneEffectAndOneResult(HOUSING, caseNo, "60");
    }

    @Test
    void housingRefusesAsAResult() {
        String caseNo = hub.caseOf(Applications.online(FUND, "REFUSE"));

        endsWithOneEffectAndOneResult(HOUSING, caseNo, "61");
    }

    @ParameterizedTest
    @CsvSource({"ticket-expired, EXPIRED", "timeout-after-work, SERVED"})
    void housingGivesAnotherTicketWhereTheFirstLeadsNowhere(String fault, String said) {
        // Given a ticket behind which the work is not done yet
        hub.fault(HOUSING, "pending");
        String caseNo = hub.caseOf(Applications.online(FUND));
        hub.awaitStatus(caseNo, "40");
        String ticket = ticket(caseNo);

        // When it expires, or its one result is lost on the way
        await().atMost(PATIENCE).until(() -> pastWork(caseNo));
        hub.fault(HOUSING, "{\"fault\":\"%s\",\"count\":1,\"seconds\":1}".formatted(fault), 200);

        // Then the hub says so to itself, gets another ticket for the same application, and the result comes once
        await().atMost(PATIENCE).until(() -> !ticket.equals(ticket(caseNo)));
        assertThat(hub.sql()
                        .queryForList(
                                "select a.note from answer a join delivery d on d.id = a.delivery_id where d.case_no = ?",
                                String.class,
                                caseNo))
                .contains("the ticket is of no more use: " + said);
        endsWithOneEffectAndOneResult(HOUSING, caseNo, "60");
    }

    @Test
    void tellsAPersonOfWorkThatIsPendingForEverAndGoesOnAsking() {
        hub.fault(HOUSING, "pending");
        String caseNo = hub.caseOf(Applications.online(FUND));

        // Then operators see that the result is overdue, and the same answer is kept only once
        await().atMost(PATIENCE)
                .until(() -> hub.operatorSees("/parked").toString().contains(caseNo));
        assertThat(hub.caseFile(caseNo).path("timeline").toString()).contains("\"overdue\"");
        await().atMost(PATIENCE).until(() -> answers(caseNo) >= 2);
        int asked = asked(List.of(caseNo));
        await().atMost(PATIENCE).until(() -> asked(List.of(caseNo)) >= asked + 3);
        assertThat(answers(caseNo)).isEqualTo(2);

        // When the commission ends its work after all, nobody has to do anything
        hub.fault(HOUSING, "none");
        endsWithOneEffectAndOneResult(HOUSING, caseNo, "60");
        assertThat(hub.operatorSees("/parked").toString()).doesNotContain(caseNo);
    }

    private static int answers(String caseNo) {
        return hub.sql().queryForObject("""
                select count(*) from answer a join delivery d on d.id = a.delivery_id
                where d.case_no = ? and d.document = 'application'
                """, Integer.class, caseNo);
    }

    /** Given nothing else for the commission, its silence is told by questions alone, and so is its return. */
    @Test
    void stopsAskingWhoDoesNotAnswerAndTriesByOneQuestionWhetherItIsBack() {
        hub.fault(HOUSING, "pending");
        List<String> cases = List.of(
                hub.caseOf(Applications.online(FUND)),
                hub.caseOf(Applications.online(FUND)),
                hub.caseOf(Applications.online(FUND)));
        cases.forEach(caseNo -> hub.awaitStatus(caseNo, "40"));
        hub.awaitQuiet();

        hub.fault(HOUSING, "down");
        await().atMost(PATIENCE).until(() -> !circuit().isEmpty());
        Instant begun = Instant.now();
        int asked = asked(cases);

        // Then one question after the other tries, each as long as a call may last, where three a second would be asked
        await().atMost(PATIENCE).until(() -> circuit().get(0).get("probe") != null);
        int tried = asked(cases) - asked;
        assertThat(tried)
                .isLessThanOrEqualTo(
                        2 + (int) Duration.between(begun, Instant.now()).dividedBy(DEADLINE));
        assertThat(cases.stream().map(LaterDecisionTest::application))
                .contains((UUID) circuit().get(0).get("probe"));

        // When it answers, everything goes on
        hub.fault(HOUSING, "none");
        await().atMost(PATIENCE).until(() -> circuit().isEmpty());
        cases.forEach(caseNo -> endsWithOneEffectAndOneResult(HOUSING, caseNo, "60"));
    }

    private static List<Map<String, Object>> circuit() {
        return hub.sql().queryForList("select * from pause where partner = ? and reason = 'circuit'", HOUSING);
    }

    private static int asked(List<String> cases) {
        return hub.sql()
                .queryForObject(
                        "select coalesce(sum(tries), 0) from enquiry where case_no = any(?)", Integer.class, (Object)
                                cases.toArray(String[]::new));
    }

    private static UUID application(String caseNo) {
        return hub.sql()
                .queryForObject(
                        "select id from delivery where case_no = ? and receiver = ? and document = 'application'",
                        UUID.class,
                        caseNo,
                        HOUSING);
    }

    private static String ticket(String caseNo) {
        return hub.sql().queryForList("select ticket from enquiry where case_no = ?", String.class, caseNo).stream()
                .findFirst()
                .orElse("");
    }

    /** The commission's work on a case takes a second by its own ledger. */
    private static boolean pastWork(String caseNo) {
        return hub.ledger(HOUSING).stream()
                .map(RunningHub.JSON::readTree)
                .filter(effect -> effect.path("caseNo").asString("").equals(caseNo))
                .anyMatch(effect -> OffsetDateTime.parse(effect.path("at").asString())
                        .plusSeconds(2)
                        .isBefore(OffsetDateTime.now()));
    }

    private static void endsWithOneEffectAndOneResult(String partner, String caseNo, String status) {
        hub.awaitStatus(caseNo, status);
        hub.awaitQuiet();
        awaitNothingOwed(caseNo);
        hub.awaitQuiet();
        assertThat(hub.effects(partner, caseNo)).containsExactly("application");
        assertThat(hub.effects("acceptance-platform", caseNo))
                .endsWith("result")
                .containsOnlyOnce("result");
    }

    /** What is owed no more is forgotten when it is due. */
    private static void awaitNothingOwed(String caseNo) {
        await().atMost(PATIENCE).until(() -> {
            makeDue(caseNo);
            return owed(caseNo) == 0;
        });
    }

    /** Has the hub ask, again and again, until the case is decided. */
    private static void askUntil(String caseNo, String status) {
        await().atMost(PATIENCE).until(() -> {
            makeDue(caseNo);
            return hub.status(caseNo).equals(status);
        });
    }

    private static void makeDue(String caseNo) {
        hub.sql()
                .update(
                        "update enquiry set due_at = now() where case_no = ? and due_at > now() + interval '5 seconds'",
                        caseNo);
    }

    private static int owed(String caseNo) {
        return hub.sql().queryForObject("select count(*) from enquiry where case_no = ?", Integer.class, caseNo);
    }

    private static List<String> notes(String caseNo) {
        return hub.sql().queryForList("""
                        select a.note from answer a join delivery d on d.id = a.delivery_id
                        where d.case_no = ? and a.source = 'callback' and a.note is not null
                        """, String.class, caseNo);
    }

    private static List<String> statuses(String caseNo) {
        List<String> statuses = new ArrayList<>();
        for (JsonNode step : hub.caseFile(caseNo).path("timeline")) {
            if (step.path("event").asString("").equals("status")) {
                statuses.add(step.path("status").asString());
            }
        }
        return statuses;
    }
}
