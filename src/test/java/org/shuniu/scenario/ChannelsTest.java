package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Portal and app as channels of their own, and a certificate shown at the counter. */
class ChannelsTest {

    private static final String PORTAL = "portal-token";
    private static final String APP = "citizen-app-token";
    private static final String COUNTER = "acceptance-platform-token";
    private static final String WITH_FEE = "312099061000";
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

    @Test
    void leadsAnApplicationOfThePortalFromPreReviewOverTheCounterToItsResult() {
        // Given an item that needs a counter visit, applied for on the web
        String caseNo = caseOf(PORTAL, Applications.online(Applications.HEALTHCARE_PREREVIEW));

        // Then a centre reviews it, behind the platform, and the portal hears of it
        awaitStatus(PORTAL, caseNo, "12");
        assertThat(hub.effects("acceptance-platform", caseNo)).contains("centre-task");
        awaitEffect("portal", caseNo, "status");

        // When the citizen comes to the counter
        String visit =
                Applications.atCounter(Applications.HEALTHCARE_PREREVIEW, ",\"caseNo\":\"%s\"".formatted(caseNo));
        assertThat(post(COUNTER, "/api/v1/applications", visit).statusCode()).isEqualTo(202);

        // Then both see the case to its end
        awaitStatus(PORTAL, caseNo, "60");
        awaitStatus(COUNTER, caseNo, "60");
        awaitEffect("portal", caseNo, "result");
        awaitEffect("acceptance-platform", caseNo, "result");
        assertThat(get(APP, "/api/v1/cases/" + caseNo).statusCode()).isEqualTo(404);
    }

    @Test
    void tellsTheAppTheWayOfAParcelToItsEnd() {
        String parcel =
                ",\"services\":{\"courier\":{\"name\":\"测试甲\",\"mobile\":\"13900000000\",\"address\":\"测试路1号\"}}";

        String caseNo = caseOf(APP, Applications.application(Applications.ECONOMY, "3", "", parcel));

        awaitStatus(APP, caseNo, "72");
        awaitEffect("citizen-app", caseNo, "result");
        awaitEffect("citizen-app", caseNo, "status");
        assertThat(hub.effects("logistics", caseNo)).containsExactly("order");
        assertThat(hub.effects("acceptance-platform", caseNo)).isEmpty();
    }

    @Test
    void correctsAPreReviewFromTheAppAndPaysTheFeeAfterTheVisit() {
        // Given a pre-review that asks for a correction
        String caseNo = caseOf(APP, Applications.application(WITH_FEE, "3", "", ",\"form\":{\"remark\":\"CORRECT\"}"));
        awaitStatus(APP, caseNo, "14");

        // When the app supplements, the desk is asked again
        String supplement = "{\"supplementTime\":\"%s\",\"materials\":[{\"name\":\"申请表\",\"source\":\"0\"}]}"
                .formatted(Applications.now());
        assertThat(post(APP, "/api/v1/cases/%s/supplements".formatted(caseNo), supplement)
                        .statusCode())
                .isEqualTo(202);
        awaitStatus(APP, caseNo, "12");

        // When the citizen comes and pays, the app hears both
        post(COUNTER, "/api/v1/applications", Applications.atCounter(WITH_FEE, ",\"caseNo\":\"%s\"".formatted(caseNo)));
        awaitStatus(APP, caseNo, "60");
        assertThat(hub.effects("payment", caseNo)).containsExactly("order");
        assertThat(json(get(APP, "/api/v1/cases/" + caseNo)).path("timeline").toString())
                .containsSubsequence(
                        "\"status\":\"14\"", "\"status\":\"12\"", "\"status\":\"50\"", "\"status\":\"51\"");
    }

    @Test
    void letsAChannelSpeakForItselfAndSeeItsOwnCasesOnly() {
        String caseNo = caseOf(PORTAL, Applications.online(Applications.ECONOMY));

        assertThat(get(PORTAL, "/api/v1/cases/" + caseNo).statusCode()).isEqualTo(200);
        assertThat(get(APP, "/api/v1/cases/" + caseNo).statusCode()).isEqualTo(404);
        assertThat(get(COUNTER, "/api/v1/cases/" + caseNo).statusCode()).isEqualTo(404);
        HttpResponse<String> other =
                post(PORTAL, "/api/v1/applications", Applications.application(Applications.ECONOMY, "3", "", ""));
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("/channel");
    }

    @Test
    void exchangesAShownCodeOnceForATokenAndTheTokenOnceForTheCertificate() {
        JsonNode issued = json(show("SFZ0000000001"));
        String code = issued.path("code").stringValue();

        HttpResponse<String> exchanged = exchange(code);
        assertThat(exchanged.statusCode()).isEqualTo(200);
        assertRefused(exchange(code), 409, "showing-used");

        String token = json(exchanged).path("token").stringValue();
        HttpResponse<String> taken = take(token);
        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(json(taken).path("certificate").path("code").stringValue())
                .isEqualTo(Certificates.code("SFZ0000000001"));
        assertThat(json(taken).path("showing")).isEqualTo(issued.path("showing"));
        assertRefused(take(token), 409, "showing-used");
        assertRefused(exchange("nobody-has-this-code"), 404, "not-found");

        // Every step and every refusal is in the audit log, and nothing that was shown
        String audit = hub.operatorSees("/audit").toString();
        assertThat(audit)
                .contains("showing-issued", "showing-exchanged", "showing-taken", "showing-refused")
                .contains(issued.path("showing").stringValue())
                .doesNotContain(code, token, Applications.ID_NUMBER, Applications.NAME);
        assertThat(hub.sql()
                        .queryForObject(
                                "select length(body) from showing where id = ?::uuid",
                                Integer.class,
                                issued.path("showing").stringValue()))
                .isZero();
    }

    @Test
    void refusesACodeThatIsTooOldAndWhoeverHasNoPartInShowing() {
        String code = json(show("SFZ0000000001")).path("code").stringValue();

        assertThat(post(PORTAL, "/api/v1/showings", shown("SFZ0000000001")).statusCode())
                .isEqualTo(403);
        assertThat(post(APP, "/api/v1/showings/token", "{\"code\":\"%s\"}".formatted(code))
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(APP, "/api/v1/showings", shown("SFZ0000000001").replace(".001.", ".002."))
                        .statusCode())
                .isEqualTo(422);
        hub.sql().update("update showing set expires_at = now() where expires_at > now()");
        assertRefused(exchange(code), 410, "showing-over");
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String problem) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("type").stringValue()).isEqualTo("urn:shuniu:problem:" + problem);
    }

    private static HttpResponse<String> show(String serial) {
        HttpResponse<String> answer = post(APP, "/api/v1/showings", shown(serial));
        assertThat(answer.statusCode()).isEqualTo(201);
        return answer;
    }

    private static String shown(String serial) {
        return "{\"certificate\":{\"type\":\"SFZ\",\"code\":\"%s\"},\"holder\":{\"name\":\"%s\",\"idType\":\"111\",\"idNumber\":\"%s\"}}"
                .formatted(Certificates.code(serial), Applications.NAME, Applications.ID_NUMBER);
    }

    private static HttpResponse<String> exchange(String code) {
        return post(COUNTER, "/api/v1/showings/token", "{\"code\":\"%s\"}".formatted(code));
    }

    private static HttpResponse<String> take(String token) {
        return post(COUNTER, "/api/v1/showings/certificate", "{\"token\":\"%s\"}".formatted(token));
    }

    private static String caseOf(String token, String application) {
        HttpResponse<String> answer = post(token, "/api/v1/applications", application);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return json(answer).path("caseNo").stringValue();
    }

    private static void awaitStatus(String token, String caseNo, String status) {
        await().alias("case in status " + status)
                .atMost(PATIENCE)
                .until(() -> json(get(token, "/api/v1/cases/" + caseNo))
                        .path("status")
                        .asString("")
                        .equals(status));
    }

    private static void awaitEffect(String partner, String caseNo, String effect) {
        await().alias("%s at %s".formatted(effect, partner))
                .atMost(PATIENCE)
                .until(() -> hub.effects(partner, caseNo).contains(effect));
    }

    private static HttpResponse<String> get(String token, String path) {
        return hub.send(hub.request(path, token).GET());
    }

    private static HttpResponse<String> post(String token, String path, String body) {
        return hub.send(hub.request(path, token)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return RunningHub.JSON.readTree(answer.body());
    }
}
