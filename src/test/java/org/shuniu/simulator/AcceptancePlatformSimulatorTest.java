package org.shuniu.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class AcceptancePlatformSimulatorTest {
    private static final String SECRET = "Bearer the-acceptance-platform-secret";
    private static final String NEWS = "{\"messageId\":\"M1\",\"event\":\"result\",\"caseNo\":\"SN1\"}";
    private static final String TASK = """
            {"taskId":"T1","kind":"pre-review","caseNo":"SN1","centre":"31010100201","materials":[{"name":"申请表"}]}
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
    void recognisesNewsThatItHasHeardBefore() throws IOException {
        HttpResponse<String> first = tell(NEWS);
        simulators.restart();
        HttpResponse<String> second = tell(NEWS);

        assertThat(first.body()).contains("\"received\":true");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(simulators.ledger("acceptance-platform"))
                .extracting(line -> line.path("effect").asString())
                .containsExactly("result");
    }

    @Test
    void knowsTheHubByItsToken() throws IOException {
        assertThat(simulators
                        .post("/acceptance-platform/events", "Bearer another", NEWS)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void passesAPreReviewAtTheDeskOnceForATaskBroughtTwice() throws IOException {
        assertThat(task(TASK).body()).contains("\"accepted\":true", "taskNo");
        assertThat(task(TASK).statusCode()).isEqualTo(200);
        task(TASK.replace("T1", "T2"));

        await().until(() -> simulators.hub.received.size() == 2);
        assertThat(simulators.hub.received)
                .extracting(FakeHub.Received::path)
                .containsOnly("/callback/v1/acceptance-platform");
        assertThat(simulators.hub.received)
                .extracting(call -> JsonMapper.shared().readTree(call.body()))
                .allMatch(decision -> decision.path("status").asString().equals("12"))
                .allMatch(decision -> decision.path("statusTime").asString().matches("\\d{8}T\\d{6}"))
                .extracting(decision -> decision.path("taskId").asString())
                .containsExactlyInAnyOrder("T1", "T2");
    }

    @Test
    void decidesByTheWordsInTheTask() throws IOException {
        assertThat(decisionOn(TASK.replace("申请表", "REFUSE"))).isEqualTo("13");
        assertThat(decisionOn(TASK.replace("申请表", "CORRECT").replace("T1", "T2")))
                .isEqualTo("14");
        assertThat(decisionOn(TASK.replace("pre-review", "acceptance").replace("T1", "T3")))
                .isEqualTo("30");
    }

    @Test
    void tellsItsDecisionAgainUntilTheHubTakesIt() throws IOException {
        simulators.hub.away = true;
        task(TASK);
        await().until(() -> !simulators.hub.turnedAway.isEmpty());

        simulators.restart();
        simulators.hub.away = false;

        await().until(() -> !simulators.hub.received.isEmpty());
        assertThat(simulators.hub.received.get(0)).isEqualTo(simulators.hub.turnedAway.get(0));
    }

    @Test
    void tellsItsDecisionTwiceWithOneEventId() throws IOException {
        simulators.fault("acceptance-platform", "{\"fault\":\"duplicate-result\"}");

        task(TASK);

        await().until(() -> simulators.hub.received.size() == 2);
        assertThat(simulators.hub.received.get(1)).isEqualTo(simulators.hub.received.get(0));
    }

    @Test
    void decidesAtOnceWhenItIsNoLongerLate() throws IOException {
        simulators.fault("acceptance-platform", "{\"fault\":\"late-result\",\"seconds\":3600}");
        task(TASK);

        simulators.fault("acceptance-platform", "{\"fault\":\"none\"}");

        await().until(() -> simulators.hub.received.size() == 1);
    }

    @Test
    void failsInTheWaysOfAnHttpService() throws IOException {
        simulators.fault("acceptance-platform", "{\"fault\":\"error\",\"count\":1}");
        assertThat(tell(NEWS).statusCode()).isEqualTo(500);
        simulators.fault("acceptance-platform", "{\"fault\":\"garbage\",\"count\":1}");
        assertThat(tell(NEWS).body()).isEqualTo("{\"received\":");
        simulators.fault("acceptance-platform", "{\"fault\":\"timeout-after-work\",\"seconds\":0,\"count\":1}");
        assertThatThrownBy(() -> tell(NEWS)).isInstanceOf(IOException.class);

        assertThat(tell(NEWS).statusCode()).isEqualTo(200);
        assertThat(simulators.ledger("acceptance-platform")).hasSize(1);
    }

    private String decisionOn(String task) throws IOException {
        int before = simulators.hub.received.size();
        task(task);
        await().until(() -> simulators.hub.received.size() == before + 1);
        return JsonMapper.shared()
                .readTree(simulators.hub.received.get(before).body())
                .path("status")
                .asString();
    }

    private HttpResponse<String> tell(String news) throws IOException {
        return simulators.post("/acceptance-platform/events", SECRET, news);
    }

    private HttpResponse<String> task(String task) throws IOException {
        return simulators.post("/acceptance-platform/centre-tasks", SECRET, task);
    }
}
