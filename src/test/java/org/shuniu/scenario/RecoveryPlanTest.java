package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Parked deliveries go out again by a plan that two people know of, each with one effect by the department's ledger. */
class RecoveryPlanTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(directory);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @AfterEach
    void mend() {
        hub.fault("economy", "none");
        hub.fault("healthcare-security", "none");
        hub.awaitQuiet();
    }

    @Test
    void showsWhatItWouldDoAndRunsAfterASecondPersonsApproval() {
        List<String> cases = parked(5, "mended elsewhere");
        hub.sql().update("update delivery set outcome_unknown = true where case_no = ?", cases.get(0));

        JsonNode plan = made("{\"partner\":\"economy\",\"reasonContains\":\"mended else\"}", 2);
        JsonNode preview = plan.path("preview");
        HttpResponse<String> own = hub.operate("/plans/%s/approve".formatted(id(plan)), "{}");

        assertThat(preview.path("count").intValue()).isEqualTo(5);
        assertThat(preview.path("receivers").path("economy").intValue()).isEqualTo(5);
        assertThat(preview.path("documents").path("application").intValue()).isEqualTo(5);
        assertThat(preview.path("mappingVersions").path("economy").stringValue())
                .matches("[0-9a-f]{12}");
        assertThat(preview.path("doubles").intValue()).isEqualTo(1);
        assertThat(preview.path("seconds").intValue()).isEqualTo(3);
        assertThat(preview.path("sample")).hasSize(5);
        assertThat(own.statusCode()).isEqualTo(403);
        assertThat(plan(plan).path("state").stringValue()).isEqualTo("preview");

        assertThat(bySecond("/plans/%s/approve".formatted(id(plan))).statusCode())
                .isEqualTo(200);

        awaitState(plan, "done");
        hub.awaitQuiet();
        assertThat(cases)
                .allSatisfy(caseNo -> assertThat(hub.effects("economy", caseNo)).containsExactly("application"));
        JsonNode report = hub.operatorSees("/plans/%s/report".formatted(id(plan)));
        assertThat(report.path("outcomes").path("delivered").intValue()).isEqualTo(5);
        assertThat(hub.operatorSees("/audit").toString())
                .contains("plan-made", "plan-approved", "operator-second", "plan-done");
    }

    @Test
    void goesOnByItselfAfterARestartInTheMiddle() {
        List<String> cases = parked(30, "before the restart");
        JsonNode plan = running("{\"reasonContains\":\"before the restart\"}", 10);
        await().atMost(PATIENCE).until(() -> done(plan) > 0);

        hub.stop();
        hub.start();

        awaitState(plan, "done");
        hub.awaitQuiet();
        assertThat(done(plan)).isEqualTo(30);
        assertThat(cases)
                .allSatisfy(caseNo -> assertThat(hub.effects("economy", caseNo)).containsExactly("application"));
    }

    @Test
    void takesOverFromAProcessThatIsGone() {
        parked(2, "another process");
        JsonNode plan = made("{\"reasonContains\":\"another process\"}", 100);
        hub.sql()
                .update(
                        "insert into plan_lease (plan_id, owner, epoch, until) values (?, ?, 7, now() + interval '2 seconds')",
                        UUID.fromString(id(plan)),
                        UUID.randomUUID());

        bySecond("/plans/%s/approve".formatted(id(plan)));

        awaitState(plan, "done");
        assertThat(hub.sql()
                        .queryForObject("select epoch from plan_lease where plan_id = ?::uuid", Long.class, id(plan)))
                .isEqualTo(8);
    }

    @Test
    void stopsWhereTheOperatorPausesItAndForGoodWhereHeAbortsIt() {
        List<String> cases = parked(20, "to be stopped");
        JsonNode plan = running("{\"reasonContains\":\"to be stopped\"}", 1);
        await().atMost(PATIENCE).until(() -> done(plan) > 0);

        hub.operate("/plans/%s/pause".formatted(id(plan)), "{\"reason\":\"look first\"}");
        int atPause = done(plan);
        hub.operate("/plans/%s/resume".formatted(id(plan)), "{}");
        await().atMost(PATIENCE).until(() -> done(plan) > atPause);
        hub.operate("/plans/%s/abort".formatted(id(plan)), "{\"reason\":\"enough\"}");

        int atEnd = done(plan);
        hub.awaitQuiet();
        long effects = cases.stream()
                .mapToLong(caseNo -> hub.effects("economy", caseNo).size())
                .sum();
        assertThat(effects).isEqualTo(atEnd).isLessThan(20);
        assertThat(hub.operate("/plans/%s/resume".formatted(id(plan)), "{}").statusCode())
                .isEqualTo(409);
        assertThat(hub.sql()
                        .queryForObject(
                                "select count(*) from delivery where state = 'parked' and reason = 'to be stopped'",
                                Long.class))
                .isEqualTo(20 - atEnd);
    }

    @Test
    void waitsWithAReasonWhileTheReceiverIsPausedAndGoesOnAfterwards() {
        parked(3, "a closed door");
        hub.operate("/partners/economy/pause", "{\"reason\":\"maintenance\"}");

        JsonNode plan = running("{\"reasonContains\":\"a closed door\"}", 100);

        await().atMost(PATIENCE)
                .until(() -> plan(plan).path("waits").asString("").equals("economy: paused (operator)"));
        assertThat(done(plan)).isZero();
        hub.operate("/partners/economy/resume", "{\"reason\":\"done\"}");
        awaitState(plan, "done");
        assertThat(hub.operatorSees("/audit").toString()).contains("plan-waits", "plan-goes-on");
    }

    @Test
    void skipsWhatSomebodyHasReplayedMeanwhile() {
        List<String> cases = parked(2, "replayed by hand");
        JsonNode plan = made("{\"reasonContains\":\"replayed by hand\"}", 100);
        String first = plan.path("preview").path("sample").path(0).stringValue();

        hub.operate("/deliveries/%s/replay".formatted(first), "{}");
        bySecond("/plans/%s/approve".formatted(id(plan)));

        awaitState(plan, "done");
        hub.awaitQuiet();
        assertThat(plan(plan).path("progress").path("skipped").intValue()).isEqualTo(1);
        assertThat(cases)
                .allSatisfy(caseNo -> assertThat(hub.effects("economy", caseNo)).containsExactly("application"));
    }

    @Test
    void keepsTheOrderOfACase() {
        hub.operate("/partners/economy/pause", "{\"reason\":\"to park\"}");
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
        HttpResponse<String> supplement = hub.post(
                "/api/v1/cases/%s/supplements".formatted(caseNo),
                UUID.randomUUID().toString(),
                "{\"caseNo\":\"%s\",\"supplementTime\":\"%s\",\"materials\":[{\"name\":\"申请表\",\"source\":\"3\"}]}"
                        .formatted(caseNo, Applications.now()));
        assertThat(supplement.statusCode()).as(supplement.body()).isEqualTo(202);
        park("in order");

        JsonNode plan = running("{\"caseNumbers\":[\"%s\"]}".formatted(caseNo), 100);

        awaitState(plan, "done");
        hub.awaitQuiet();
        assertThat(hub.effects("economy", caseNo)).containsExactly("application", "supplement");
    }

    @Test
    void asksFirstWhereNobodyKnowsWhatTheLastAttemptDid() {
        hub.fault("healthcare-security", "{\"fault\":\"timeout-after-work\",\"seconds\":1}", 200);
        String caseNo = hub.caseOf(Applications.online(Applications.HEALTHCARE));
        await().atMost(PATIENCE)
                .until(() -> hub.sql()
                                .queryForObject(
                                        "select count(*) from delivery where case_no = ? and outcome_unknown and claim_until is null",
                                        Long.class,
                                        caseNo)
                        == 1);
        hub.operate("/partners/healthcare-security/pause", "{\"reason\":\"to park\"}");
        await().atMost(PATIENCE).until(() -> hub.sql().update("""
                        update delivery set state = 'parked', settled_at = now(), ask_first = false, reason = 'unknown'
                        where case_no = ? and receiver = 'healthcare-security' and claim_until is null
                        """, caseNo) == 1);
        hub.fault("healthcare-security", "none");
        hub.operate("/partners/healthcare-security/resume", "{}");

        JsonNode plan = running("{\"caseNumbers\":[\"%s\"]}".formatted(caseNo), 100);

        awaitState(plan, "done");
        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(plan.path("preview").path("doubles").intValue()).isEqualTo(1);
        assertThat(hub.effects("healthcare-security", caseNo)).containsExactly("application");
    }

    @Test
    void refusesAFilterThatFitsNothingOrIsMistyped() {
        assertThat(hub.operate("/plans", "{\"filter\":{},\"perSecond\":1}").statusCode())
                .isEqualTo(422);
        assertThat(hub.operate("/plans", "{\"filter\":{\"partners\":\"economy\"},\"perSecond\":1}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(hub.operate("/plans", "{\"filter\":{\"partner\":\"none-such\"},\"perSecond\":1}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(hub.operate("/plans", "{\"filter\":{\"partner\":\"economy\"},\"perSecond\":0}")
                        .statusCode())
                .isEqualTo(422);
    }

    /** Parks so many applications for the department of economy, none of which has reached it. */
    private static List<String> parked(int count, String reason) {
        hub.operate("/partners/economy/pause", "{\"reason\":\"to park\"}");
        List<String> cases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cases.add(hub.caseOf(Applications.online(Applications.ECONOMY)));
        }
        park(reason);
        return cases;
    }

    private static void park(String reason) {
        hub.sql().update("""
                update delivery set state = 'parked', settled_at = now(), reason = ?, fault = 'receiver'
                where receiver = 'economy' and state = 'pending'
                """, reason);
        hub.operate("/partners/economy/resume", "{}");
    }

    private static JsonNode made(String filter, int perSecond) {
        HttpResponse<String> answer =
                hub.operate("/plans", "{\"filter\":%s,\"perSecond\":%d}".formatted(filter, perSecond));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return RunningHub.JSON.readTree(answer.body());
    }

    private static JsonNode running(String filter, int perSecond) {
        JsonNode plan = made(filter, perSecond);
        HttpResponse<String> answer = bySecond("/plans/%s/approve".formatted(id(plan)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return plan;
    }

    private static HttpResponse<String> bySecond(String path) {
        return hub.send(
                hub.request("/ops/v1" + path, "operator-second-token").POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static String id(JsonNode plan) {
        return plan.path("id").stringValue();
    }

    private static JsonNode plan(JsonNode plan) {
        return hub.operatorSees("/plans/" + id(plan));
    }

    private static int done(JsonNode plan) {
        return plan(plan).path("progress").path("done").intValue();
    }

    private static void awaitState(JsonNode plan, String state) {
        await().alias("plan " + state)
                .atMost(PATIENCE)
                .until(() -> plan(plan).path("state").stringValue().equals(state));
    }
}
