package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Received anywhere, accepted at home (收受分离): both centres always know who answers for the case and where its paper is. */
class HandoverTest {

    private static final String RECEIVING = Applications.OTHER_CENTRE;
    private static final String HOME = Applications.CENTRE;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static RunningHub hub;
    private static Contract contract;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(directory);
        contract = new Contract(hub);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @AfterEach
    void mend() {
        List.of("acceptance-platform", "logistics").forEach(partner -> hub.fault(partner, "none"));
    }

    @Test
    void showsBothCentresEachStep() {
        // Given a home centre whose desk takes its time
        hub.fault("acceptance-platform", "{\"fault\":\"late-result\",\"seconds\":600}", 200);

        // When another centre receives a case and passes it on
        String caseNo = received("");
        hub.awaitQuiet();

        // Then the paper stays, the home centre answers for the case and has to decide
        sees(HOME, "home", caseNo, HOME, "receiving-centre", "decision");
        sees(RECEIVING, "receiving", caseNo, HOME, "receiving-centre", "");
        sees(RECEIVING, "paper", caseNo, HOME, "receiving-centre", "");
        assertThat(steps(caseNo)).containsExactly("received", "passed");
        refused(409, paper(caseNo, "posted", RECEIVING), "expected a case that its home centre has accepted");

        // When the home centre has accepted it and the receiving centre posts the paper by its own courier
        hub.fault("acceptance-platform", "none");
        hub.awaitStatus(caseNo, "60");
        refused(422, paper(caseNo, "posted", HOME), "the receiving centre " + RECEIVING);
        refused(409, paper(caseNo, "arrived", HOME), "at centre " + RECEIVING);
        hub.fault("logistics", "down");
        HttpResponse<String> posted = paper(caseNo, "posted", RECEIVING);
        contract.holds("POST /api/v1/cases/{caseNo}/paper", 202, posted);

        // Then it is at neither, and the home centre waits for it
        sees(HOME, "home", caseNo, HOME, "on-its-way", "paper");
        sees(RECEIVING, "receiving", caseNo, HOME, "on-its-way", "");
        assertThat(view(RECEIVING, "paper", caseNo).isMissingNode()).isTrue();
        refused(409, paper(caseNo, "posted", RECEIVING), "on its way");
        refused(422, paper(caseNo, "arrived", RECEIVING), "the home centre " + HOME);

        // When it has come
        assertThat(paper(caseNo, "arrived", HOME).statusCode()).isEqualTo(202);

        // Then the home centre has it, and every step is in the life of the case
        sees(HOME, "paper", caseNo, HOME, "home-centre", "");
        sees(RECEIVING, "receiving", caseNo, HOME, "home-centre", "");
        assertThat(steps(caseNo)).containsExactly("received", "passed", "accepted", "paper-posted", "paper-arrived");
        contract.holds("GET /api/v1/cases/{caseNo}", 200, hub.get("/api/v1/cases/" + caseNo));
        hub.fault("logistics", "none");
        hub.awaitQuiet();
        assertThat(hub.status(caseNo)).isEqualTo("60");
        assertThat(hub.effects("disabled-federation", caseNo)).containsExactly("application");
    }

    @Test
    void isSentBackWithAReasonAndPassedAgain() {
        // Given a case in which the home centre finds something missing
        String caseNo = received(",\"form\":{\"remark\":\"CORRECT\"}");
        hub.awaitStatus(caseNo, "20");

        // Then the receiving centre sees why, and that it has to act
        sees(RECEIVING, "receiving", caseNo, HOME, "receiving-centre", "correction");
        assertThat(steps(caseNo)).containsExactly("received", "passed", "sent-back");
        assertThat(handover(caseNo).path("reason").asString()).isEqualTo("请补正材料");
        assertThat(hub.effects("disabled-federation", caseNo)).isEmpty();

        // When it hands in what was missing
        String missing = "{\"supplementTime\":\"%s\",\"materials\":[{\"name\":\"委托书\",\"source\":\"3\"}]}"
                .formatted(Applications.now());
        hub.post(
                "/api/v1/cases/%s/supplements".formatted(caseNo),
                UUID.randomUUID().toString(),
                missing);

        // Then the home centre accepts it, and the department gets both
        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(steps(caseNo)).containsExactly("received", "passed", "sent-back", "passed", "accepted");
        assertThat(handover(caseNo).has("reason")).isFalse();
        assertThat(sent("disabled-federation", caseNo)).containsExactly("application", "supplement");
        // Its front end works table by table, so that its ledger need not show the order of arrival.
        assertThat(hub.effects("disabled-federation", caseNo)).containsExactlyInAnyOrder("application", "supplement");
    }

    /** In the order of the lane. */
    private static List<String> sent(String receiver, String caseNo) {
        return hub.sql()
                .queryForList(
                        "select document from delivery where receiver = ? and case_no = ? order by lane_no",
                        String.class,
                        receiver,
                        caseNo);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "tracking-out-of-order", "timeout-after-work"})
    void followsTheCourierToTheHomeCentre(String fault) {
        hub.fault(
                "logistics", "{\"fault\":\"%s\"%s}".formatted(fault, fault.equals("none") ? "" : ",\"count\":1"), 200);

        // When the two centres' own post rooms move the paper
        String caseNo = received(",\"form\":{\"remark\":\"PAPER\"}");

        // Then the courier is asked once, and the paper is where it says
        await().atMost(PATIENCE).until(() -> place(caseNo).equals("home-centre"));
        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(hub.effects("logistics", caseNo)).containsExactly("order");
        assertThat(steps(caseNo))
                .containsSubsequence("received", "passed", "accepted", "paper-posted", "paper-arrived");
        assertThat(handover(caseNo).path("paper").path("centre").asString()).isEqualTo(HOME);
        assertThat(handover(caseNo).path("paper").path("waybillNo").asString()).startsWith("WL-");
        assertThat(hub.status(caseNo)).isEqualTo("60");
        assertThat(hub.operatorSees("/parked").toString()).doesNotContain(caseNo);
    }

    @Test
    void keepsThePaperWhereNoCourierTakesIt() {
        hub.fault("logistics", "nobody-goes-there");
        String caseNo = received("");
        hub.awaitStatus(caseNo, "60");

        assertThat(paper(caseNo, "posted", RECEIVING).statusCode()).isEqualTo(202);

        await().atMost(PATIENCE).until(() -> steps(caseNo).contains("paper-refused"));
        sees(RECEIVING, "paper", caseNo, HOME, "receiving-centre", "");

        // When it is posted again, another way
        hub.fault("logistics", "none");
        assertThat(paper(caseNo, "posted", RECEIVING).statusCode()).isEqualTo(202);

        await().atMost(PATIENCE).until(() -> place(caseNo).equals("home-centre"));
        assertThat(hub.status(caseNo)).isEqualTo("60");
    }

    @Test
    void hasNoPaperToHandOverWhereOneCentreDoesAll() {
        String caseNo = hub.caseOf(Applications.atCounter(Applications.FEDERATION_TERRITORIAL, ""));

        refused(409, paper(caseNo, "posted", HOME), "keeps it");
        assertThat(hub.caseFile(caseNo).has("handover")).isFalse();
        assertThat(view(HOME, "home", caseNo).isMissingNode()).isTrue();
        contract.holds("GET /api/v1/centres/{centre}/cases", 404, hub.get("/api/v1/centres/31010199999/cases"));
        contract.holds(
                "GET /api/v1/centres/{centre}/cases", 422, hub.get("/api/v1/centres/%s/cases?role=x".formatted(HOME)));
        contract.holds("POST /api/v1/cases/{caseNo}/paper", 422, paper(caseNo, "on-its-way", HOME));
    }

    @Test
    void believesNobodyButTheHomeCentre() {
        hub.fault("acceptance-platform", "{\"fault\":\"late-result\",\"seconds\":600}", 200);
        String caseNo = received("");
        hub.awaitQuiet();

        accepts(caseNo, RECEIVING);

        await().atMost(PATIENCE)
                .until(() -> hub.operatorSees("/parked").toString().contains("only the home centre " + HOME));
        assertThat(hub.status(caseNo)).isEqualTo("21");
        assertThat(hub.effects("disabled-federation", caseNo)).isEmpty();

        // When the home centre says it, under the same number
        accepts(caseNo, HOME);

        // Then that counts, and what was parked waits for nobody any more
        await().atMost(PATIENCE).until(() -> steps(caseNo).contains("accepted"));
        await().atMost(PATIENCE)
                .until(() -> hub.effects("disabled-federation", caseNo).contains("application"));
        assertThat(hub.operatorSees("/parked").toString()).doesNotContain(caseNo);
        assertThat(hub.sql()
                        .queryForList(
                                "select parked_end from message where case_no = ? and parked_reason is not null",
                                String.class,
                                caseNo))
                .containsExactly("taken");
    }

    private static void accepts(String caseNo, String centre) {
        String decision =
                "{\"eventId\":\"X-%s\",\"caseNo\":\"%s\",\"status\":\"30\",\"statusTime\":\"%s\",\"centre\":\"%s\"}"
                        .formatted(caseNo, caseNo, Applications.now(), centre);
        hub.send(hub.request("/callback/v1/acceptance-platform", "acceptance-platform-callback-token")
                .header("Content-Type", "application/json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(decision)));
    }

    private static String received(String more) {
        return hub.caseOf(Applications.application(
                Applications.FEDERATION_TERRITORIAL, "1", ",\"receivingCentre\":\"%s\"".formatted(RECEIVING), more));
    }

    private static HttpResponse<String> paper(String caseNo, String step, String centre) {
        return hub.post(
                "/api/v1/cases/%s/paper".formatted(caseNo),
                UUID.randomUUID().toString(),
                "{\"step\":\"%s\",\"centre\":\"%s\",\"paperTime\":\"%s\"}".formatted(step, centre, Applications.now()));
    }

    private static void refused(int status, HttpResponse<String> answer, String why) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(why);
    }

    private static JsonNode handover(String caseNo) {
        return hub.caseFile(caseNo).path("handover");
    }

    private static String place(String caseNo) {
        return handover(caseNo).path("paper").path("place").asString("");
    }

    private static List<String> steps(String caseNo) {
        return handover(caseNo)
                .path("steps")
                .valueStream()
                .map(step -> step.path("step").asString(""))
                .toList();
    }

    private static JsonNode view(String centre, String role, String caseNo) {
        HttpResponse<String> answer = hub.get("/api/v1/centres/%s/cases?role=%s".formatted(centre, role));
        contract.holds("GET /api/v1/centres/{centre}/cases", 200, answer);
        return RunningHub.JSON
                .readTree(answer.body())
                .path("cases")
                .valueStream()
                .filter(line -> line.path("caseNo").asString("").equals(caseNo))
                .findFirst()
                .orElse(RunningHub.JSON.createObjectNode().path("none"));
    }

    private static void sees(
            String centre, String role, String caseNo, String responsible, String place, String waitsFor) {
        JsonNode line = view(centre, role, caseNo);
        assertThat(line.path("responsible").asString("")).isEqualTo(responsible);
        assertThat(line.path("paper").path("place").asString("")).isEqualTo(place);
        assertThat(line.path("waitsFor").asString("")).isEqualTo(waitsFor);
    }
}
