package org.shuniu.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EconomySimulatorTest {
    private static final String APPLICATION = """
            {"requestId":"M1","applyNo":"SN1","itemCode":"312000250000","itemName":"实名认证",
             "person":{"name":"测试甲","certType":"01","certNo":"11010519491231002X"},
             "applyTime":"2026-11-24 10:15:00","channel":"WEB","purpose":"本人使用"}
            """;

    @TempDir
    Path directory;

    private RunningSimulators simulators;

    @BeforeEach
    void start() throws IOException {
        simulators = new RunningSimulators(directory, null);
    }

    @AfterEach
    void stop() {
        simulators.close();
    }

    @Test
    void answersAnApplicationAndWritesItsEffectInTheLedger() throws IOException {
        JsonNode answer = apply(APPLICATION);

        assertThat(answer.path("success").asBoolean()).isTrue();
        assertThat(answer.at("/data/state").asString()).isEqualTo("DONE");
        assertThat(answer.at("/data/acceptNo").asString()).startsWith("JX2026");
        assertThat(answer.at("/data/finishTime").asString()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
        JsonNode line = simulators.ledger("economy").get(0);
        assertThat(line.path("messageId").asString()).isEqualTo("M1");
        assertThat(line.path("caseNo").asString()).isEqualTo("SN1");
        assertThat(line.path("effect").asString()).isEqualTo("application");
    }

    @Test
    void givesTheStoredAnswerToARepeatedRequestEvenAfterARestart() throws IOException {
        JsonNode first = apply(APPLICATION);
        simulators.restart();

        assertThat(apply(APPLICATION)).isEqualTo(first);
        assertThat(simulators.ledger("economy")).hasSize(1);
    }

    @Test
    void acceptsSupplementsAndWithdrawals() throws IOException {
        String paper = """
                {"requestId":"%s","applyNo":"SN1","itemCode":"312000250000","applyTime":"2026-11-24 10:15:00"}
                """;

        JsonNode supplement = call("/api/v1/supplements", paper.formatted("M2"));
        JsonNode withdrawal = call("/api/v1/withdrawals", paper.formatted("M3"));

        assertThat(supplement.at("/data/state").asString()).isEqualTo("ACCEPTED");
        assertThat(withdrawal.at("/data/state").asString()).isEqualTo("WITHDRAWN");
        assertThat(simulators.ledger("economy"))
                .extracting(line -> line.path("effect").asString())
                .containsExactly("supplement", "withdrawal");
    }

    @Test
    void refusesUnderHttp200() throws IOException {
        assertThat(apply(APPLICATION.replace("本人使用", "REFUSE")).path("code").asString())
                .isEqualTo("E4001");
    }

    @Test
    void namesWhatIsMissingAndWorksNothing() throws IOException {
        JsonNode answer = apply("{\"requestId\":\"M1\"}");

        assertThat(answer.path("code").asString()).isEqualTo("E4000");
        assertThat(answer.path("message").asString()).contains("/applyNo", "/person/name");
        assertThat(simulators.ledger("economy")).isEmpty();
    }

    @Test
    void letsATokenDieLongBeforeItSaid() throws IOException {
        String token = token();
        for (int i = 0; i < EconomyTokens.USES; i++) {
            apply(token, APPLICATION);
        }

        HttpResponse<String> answer = apply(token, APPLICATION);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("invalid_token");
    }

    @Test
    void refusesAClientWithAnotherSecret() throws IOException {
        assertThat(askForToken("another").statusCode()).isEqualTo(401);
    }

    @Test
    void closesTheConnectionWhenDown() throws IOException {
        String token = token();
        simulators.fault("economy", "{\"fault\":\"down\"}");

        assertThatThrownBy(() -> apply(token, APPLICATION)).isInstanceOf(IOException.class);
        assertThat(simulators.ledger("economy")).isEmpty();
    }

    @Test
    void worksAndNeverAnswersWhenItTimesOut() throws IOException {
        String token = token();
        simulators.fault("economy", "{\"fault\":\"timeout-after-work\",\"seconds\":3600,\"count\":1}");

        CompletableFuture<Boolean> answered = CompletableFuture.supplyAsync(() -> isAnswered(token));
        await().until(() -> simulators.ledger("economy").size() == 1);
        simulators.fault("economy", "{\"fault\":\"none\"}");

        assertThat(answered.join()).isFalse();
        assertThat(apply(APPLICATION).at("/data/state").asString()).isEqualTo("DONE");
        assertThat(simulators.ledger("economy")).hasSize(1);
    }

    @Test
    void worksAtOnceWhenItIsNoLongerSlow() throws IOException {
        String token = token();
        simulators.fault("economy", "{\"fault\":\"slow\",\"seconds\":3600,\"count\":1}");

        CompletableFuture<Boolean> answered = CompletableFuture.supplyAsync(() -> isAnswered(token));
        await().until(() -> simulators.get("/faults/economy").body().contains("\"remaining\":0"));
        simulators.fault("economy", "{\"fault\":\"none\"}");

        assertThat(answered.join()).isTrue();
    }

    @Test
    void alternatesTwoKindsOfErrors() throws IOException {
        String token = token();
        simulators.fault("economy", "{\"fault\":\"error\",\"count\":2}");

        HttpResponse<String> first = apply(token, APPLICATION);
        HttpResponse<String> second = apply(token, APPLICATION);
        HttpResponse<String> third = apply(token, APPLICATION);

        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(second.body()).contains("E5001");
        assertThat(third.body()).contains("DONE");
    }

    @Test
    void answersBytesThatAreNotJson() throws IOException {
        String token = token();
        simulators.fault("economy", "{\"fault\":\"garbage\"}");

        HttpResponse<String> answer = apply(token, APPLICATION);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> JsonMapper.shared().readTree(answer.body())).isNotNull();
    }

    @Test
    void pushesTheResultTwiceWithOneEventId() throws IOException {
        simulators.fault("economy", "{\"fault\":\"duplicate-result\"}");

        assertThat(apply(APPLICATION).at("/data/state").asString()).isEqualTo("DONE");

        await().until(() -> simulators.hub.received.size() == 2);
        assertThat(simulators.hub.received)
                .extracting(FakeHub.Received::path, FakeHub.Received::authorization)
                .containsOnly(tuple("/callback/v1/economy", "Bearer the-economy-callback-token"));
        assertThat(simulators.hub.received)
                .extracting(FakeHub.Received::body)
                .allMatch(body -> body.contains("\"eventId\":\"JX-EV-"))
                .containsOnly(simulators.hub.received.get(0).body());
    }

    @Test
    void saysProcessingUntilTheLateResultIsPushed() throws IOException {
        simulators.fault("economy", "{\"fault\":\"late-result\",\"seconds\":3600}");

        assertThat(apply(APPLICATION).at("/data/state").asString()).isEqualTo("PROCESSING");
        simulators.fault("economy", "{\"fault\":\"none\"}");

        await().until(() -> simulators.hub.received.size() == 1);
        assertThat(simulators.hub.received.get(0).body()).contains("\"state\":\"DONE\"");
    }

    private JsonNode apply(String body) throws IOException {
        return call("/api/v1/applications", body);
    }

    private HttpResponse<String> apply(String token, String body) throws IOException {
        return simulators.post("/economy/api/v1/applications", "Bearer " + token, body);
    }

    private boolean isAnswered(String token) {
        try {
            return apply(token, APPLICATION).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private JsonNode call(String path, String body) throws IOException {
        return JsonMapper.shared()
                .readTree(simulators
                        .post("/economy" + path, "Bearer " + token(), body)
                        .body());
    }

    private String token() throws IOException {
        return JsonMapper.shared()
                .readTree(askForToken("the-economy-client-secret").body())
                .path("access_token")
                .asString();
    }

    private HttpResponse<String> askForToken(String secret) throws IOException {
        String basic = Base64.getEncoder().encodeToString(("shuniu:" + secret).getBytes());
        return simulators.send(simulators
                .to("/economy/oauth/token")
                .header("Authorization", "Basic " + basic)
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")));
    }
}
