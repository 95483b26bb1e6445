package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a partner counts is held beside the hub's record: what was lost, doubled or is late is named by its id, and got back. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReconciliationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CIVIL_AFFAIRS = "civil-affairs";
    private static final Map<String, String> APPLICATIONS = Map.of(
            CIVIL_AFFAIRS,
            Applications.atCounter("312099023000", ""),
            "disabled-federation",
            Applications.online(Applications.FEDERATION),
            "grain",
            Applications.online(Applications.GRAIN),
            "trade-union",
            Applications.atCounter(Applications.TRADE_UNION, ""),
            "economy",
            Applications.online(Applications.ECONOMY),
            "police",
            Applications.online("312000194000"),
            "housing",
            Applications.online("312000225000"),
            "health",
            Applications.atCounter("312099081000", ""),
            "healthcare-security",
            Applications.online(Applications.HEALTHCARE),
            "human-resources",
            Applications.online("312000617000"));

    private static final Map<String, String> SERVED = Map.of(
            "payment",
            Applications.atCounter("312099061000", ""),
            "logistics",
            Applications.application(
                    Applications.ECONOMY,
                    "2",
                    "",
                    ",\"services\":{\"courier\":{\"name\":\"%s\",\"mobile\":\"%s\",\"address\":\"测试路1号\"}}"
                            .formatted(Applications.NAME, Applications.MOBILE)));

    @TempDir
    static Path directory;

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(
                directory,
                ReconciliationTest::impatient,
                "--shuniu.reconciliation.every=500ms",
                "--shuniu.reconciliation.again=1s",
                "--shuniu.reconciliation.page=2");
    }

    /** Whoever never calls back is asked every second. */
    private static String impatient(String partnerFile) {
        return partnerFile
                .replaceAll("lag: [^,}\\s]*", "lag: 0s")
                .replaceAll("result-within: .*", "result-within: 2s")
                .replaceAll("waits: \\[(1m|30s), .*]", "waits: [1s]");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @AfterEach
    void mend() {
        Stream.of(APPLICATIONS, SERVED)
                .flatMap(partners -> partners.keySet().stream())
                .forEach(partner -> hub.fault(partner, "none"));
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource({
        "civil-affairs, lost-callback",
        "disabled-federation, late-result",
        "grain, late-result",
        "trade-union, late-result",
        "economy, late-result",
        "police, lost-callback",
        "housing, pending",
        "health, pending",
        "healthcare-security, late-result",
        "human-resources, late-result"
    })
    void namesWhatAPartnerLostDoubledAndOwesAndGetsItBack(String partner, String silence) {
        String lost = application(partner, "loses", "40");
        String doubled = application(partner, "works-twice", "60");
        String sound = application(partner, "none", "60");
        String late = application(partner, silence, "40");

        await().atMost(PATIENCE).until(() -> named(count(partner), "late").contains(messageOf(late)));
        JsonNode report = count(partner);

        assertNamed(report, lost, doubled, late);
        assertListed(report, lost, doubled, sound, late);
        assertThat(hub.effects(partner, lost)).isEmpty();
        assertThat(hub.effects(partner, doubled)).containsExactly("application", "application");
        assertThat(hub.steps(lost)).contains("found-lost");
        assertThat(hub.steps(sound)).noneMatch(step -> step.startsWith("found-"));
        hub.fault(partner, "none");
        assertGotBackOnce(partner, report.path("day").stringValue(), lost, late);
        JsonNode after = count(partner);
        assertThat(after.path("counts").path("missing").intValue()).isZero();
        assertThat(open(after)).containsExactly(messageOf(doubled));
        assertThat(verdicts(after, ""))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(lost, "finished", doubled, "doubled", sound, "finished", late, "finished"));
    }

    /** The city's services have no results of cases; what they lose is a fee or a parcel. */
    @ParameterizedTest
    @Order(3)
    @CsvSource({"payment, order", "logistics, order"})
    void namesAnOrderThatAServiceOfTheCityLost(String service, String document) {
        hub.fault(service, "loses");
        String caseNo = hub.caseOf(SERVED.get(service));
        await().atMost(PATIENCE).until(() -> !settled(caseNo, service, document).isEmpty());

        JsonNode report = count(service);

        List<String> order = settled(caseNo, service, document);
        assertThat(named(report, "lost")).containsExactlyElementsOf(order);
        assertThat(named(report, "unrecorded")).isEmpty();
        assertThat(verdicts(report, "&verdict=missing")).isEqualTo(Map.of(caseNo, "missing"));
        hub.fault(service, "none");
        reRequest(service, report.path("day").stringValue());
        await().atMost(PATIENCE).until(() -> hub.effects(service, caseNo), List.of(document)::equals);
        await().atMost(PATIENCE).until(() -> settled(caseNo, service, document).equals(order));
        assertThat(open(count(service))).isEmpty();
    }

    /** What the partner said that it had does not stand for what is sent again meanwhile. */
    @Test
    @Order(2)
    void sendsAgainThoughAQuestionFromBeforeIsAnsweredMeanwhile() {
        String lost = application("health", "loses", "40");
        JsonNode report = await().atMost(PATIENCE)
                .until(() -> count("health"), counted -> named(counted, "lost").contains(messageOf(lost)));
        hub.fault("health", "{\"fault\":\"slow\",\"seconds\":2}", 200);
        await().atMost(PATIENCE).until(() -> hub.hasMetItsFault("health"));

        // When it is sent again while a question is under way, and nothing goes out yet
        hub.operate("/partners/health/pause", "{\"reason\":\"as a test\"}");
        assertThat(RunningHub.JSON
                        .readTree(reRequest("health", report.path("day").stringValue()))
                        .path("sentAgain")
                        .intValue())
                .isEqualTo(1);

        // Then the question's answer settles nothing
        await().during(Duration.ofSeconds(4))
                .atMost(PATIENCE)
                .until(() -> settled(lost, "health", "application").isEmpty());
        hub.fault("health", "none");
        hub.operate("/partners/health/resume", "{}");
        hub.awaitStatus(lost, "60");
        assertThat(hub.effects("health", lost)).containsExactly("application");
    }

    @Test
    @Order(4)
    void blamesNoPartnerThatWaitsForTheCitizen() {
        String caseNo =
                hub.caseOf(Applications.atCounter(Applications.TRADE_UNION, ",\"form\":{\"remark\":\"CORRECT\"}"));
        hub.awaitStatus(caseNo, "42");

        await().atMost(PATIENCE).until(() -> named(count("trade-union"), "late").contains(messageOf(caseNo)));

        assertThat(count("trade-union")
                        .path("findings")
                        .valueStream()
                        .filter(finding -> finding.path("messageId").asString().equals(messageOf(caseNo)))
                        .map(finding -> finding.path("detail").asString()))
                .containsExactly("the partner waits for the citizen, status 42");
    }

    @Test
    @Order(5)
    void countsEachPartnerOnceADayByItself() {
        List<String> counting = List.of(CIVIL_AFFAIRS, "disabled-federation");
        LocalDate day = LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(2);

        hub.clock().set(day.atTime(23, 31));

        await().atMost(PATIENCE).until(() -> reconciled(day).containsAll(counting));
        hub.clock().set(day.atTime(23, 45));
        assertThat(reconciled(day).stream().filter(counting::contains)).containsExactlyInAnyOrderElementsOf(counting);
        assertThat(report(CIVIL_AFFAIRS, day.toString()).path("state").stringValue())
                .isEqualTo("done");
    }

    private static List<String> reconciled(LocalDate day) {
        return hub.sql()
                .queryForList(
                        "select partner from event where kind = 'reconciled' and detail like ?",
                        String.class,
                        day + ":%");
    }

    private static void assertNamed(JsonNode report, String lost, String doubled, String late) {
        assertThat(named(report, "lost")).containsExactly(messageOf(lost));
        assertThat(named(report, "doubled")).containsExactly(messageOf(doubled));
        assertThat(named(report, "late")).containsExactly(messageOf(late));
        assertThat(named(report, "unrecorded")).isEmpty();
        JsonNode counts = report.path("counts");
        assertThat(counts.path("sent").intValue()).isEqualTo(4);
        assertThat(counts.path("accepted").intValue()).isEqualTo(3);
        assertThat(counts.path("finished").intValue()).isEqualTo(2);
        assertThat(counts.path("missing").intValue()).isEqualTo(1);
    }

    /** Case by case, each once, and one by one by their verdicts. */
    private static void assertListed(JsonNode report, String lost, String doubled, String sound, String late) {
        Map<String, String> expected = Map.of(lost, "missing", doubled, "doubled", sound, "finished", late, "late");
        assertThat(verdicts(report, "")).containsExactlyInAnyOrderEntriesOf(expected);
        expected.forEach((caseNo, verdict) -> assertThat(verdicts(report, "&verdict=" + verdict))
                .containsExactlyInAnyOrderEntriesOf(Map.of(caseNo, verdict)));
        JsonNode line = listing(report, "&verdict=doubled").get(0);
        assertThat(line.path("messageId").asString()).isEqualTo(messageOf(doubled));
        assertThat(line.path("effects").intValue()).isEqualTo(2);
        assertThat(line.path("accepted").booleanValue()).isTrue();
        assertThat(line.path("finished").booleanValue()).isTrue();
    }

    private static Map<String, String> verdicts(JsonNode report, String filter) {
        return listing(report, filter).stream()
                .collect(Collectors.toMap(
                        line -> line.path("caseNo").asString(),
                        line -> line.path("verdict").asString()));
    }

    /** All pages, of two lines at most. */
    private static List<JsonNode> listing(JsonNode report, String filter) {
        String address = "/reconciliation/%s/%s/cases?limit=2%s"
                .formatted(report.path("partner").asString(), report.path("day").asString(), filter);
        List<JsonNode> lines = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = hub.operatorSees(address + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.path("cases").forEach(lines::add);
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
        return lines;
    }

    private static void assertGotBackOnce(String partner, String day, String lost, String late) {
        assertThat(RunningHub.JSON.readTree(reRequest(partner, day)))
                .isEqualTo(RunningHub.JSON.readTree("{\"sentAgain\":1,\"asked\":1,\"notPossible\":0}"));
        assertThat(RunningHub.JSON.readTree(reRequest(partner, day)))
                .isEqualTo(RunningHub.JSON.readTree("{\"sentAgain\":0,\"asked\":0,\"notPossible\":0}"));

        hub.awaitStatus(lost, "60");
        hub.awaitStatus(late, "60");
        hub.awaitQuiet();
        assertThat(hub.effects(partner, lost)).containsExactly("application");
        assertThat(hub.effects(partner, late)).containsExactly("application");
        assertThat(hub.steps(lost)).contains("re-requested");
    }

    /** The last fault stays on. */
    private static String application(String partner, String fault, String status) {
        hub.fault(partner, "{\"fault\":\"%s\",\"seconds\":600}".formatted(fault), 200);
        String caseNo = hub.caseOf(APPLICATIONS.get(partner));
        hub.awaitStatus(caseNo, status);
        hub.awaitQuiet();
        // Who takes rows and files says that they are delivered before it has worked them.
        await().atMost(PATIENCE).until(() -> hub.hasMetItsFault(partner));
        if (!fault.equals("loses")) {
            await().atMost(PATIENCE).until(() -> !hub.effects(partner, caseNo).isEmpty());
        }
        return caseNo;
    }

    /** Counts now, and waits for the report. */
    private static JsonNode count(String partner) {
        String answer = hub.operate("/reconciliation/%s/count".formatted(partner), "{\"reason\":\"as a test\"}")
                .body();
        String day = RunningHub.JSON.readTree(answer).path("day").stringValue();
        return await().atMost(PATIENCE)
                .until(
                        () -> report(partner, day),
                        report -> report.path("state").asString("").equals("done"));
    }

    private static JsonNode report(String partner, String day) {
        return hub.operatorSees("/reconciliation?date=%s&partner=%s".formatted(day, partner))
                .path("reports")
                .path(0);
    }

    private static String reRequest(String partner, String day) {
        return hub.operate("/reconciliation/%s/%s/re-request".formatted(partner, day), "{\"reason\":\"as a test\"}")
                .body();
    }

    private static List<String> named(JsonNode report, String kind) {
        return ids(report, finding -> finding.path("kind").stringValue().equals(kind));
    }

    private static List<String> open(JsonNode report) {
        return ids(report, finding -> finding.path("healedAt").isNull());
    }

    private static List<String> ids(JsonNode report, Predicate<JsonNode> wanted) {
        return StreamSupport.stream(report.path("findings").spliterator(), false)
                .filter(wanted)
                .map(finding -> finding.path("messageId").stringValue())
                .toList();
    }

    /** The messages of a case that a partner says it has. */
    private static List<String> settled(String caseNo, String partner, String document) {
        return hub.sql()
                .queryForList(
                        "select message_id::text from delivery where case_no = ? and receiver = ? and document = ? and state = 'delivered'",
                        String.class,
                        caseNo,
                        partner,
                        document);
    }

    private static String messageOf(String caseNo) {
        return hub.sql()
                .queryForObject(
                        "select id::text from message where case_no = ? and document = 'application'",
                        String.class,
                        caseNo);
    }
}
