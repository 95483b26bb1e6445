package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.delivery.DeliveryEngine;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

class OperatorTest {

    @TempDir
    static Path directory;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String PAUSES =
            "select reason from pause where partner = 'disabled-federation' and reason <> 'hours' order by reason";

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
    void seesWhatIsParkedWithItsReasonAndReplaysIt() {
        // Given a department that answers nothing but garbage
        hub.fault("economy", "garbage");
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
        await().atMost(Duration.ofSeconds(60)).until(() -> !parked(caseNo).isMissingNode());

        // Then the operator sees the case with a reason
        JsonNode parked = parked(caseNo);
        assertThat(parked.path("partner").asString()).isEqualTo("economy");
        assertThat(parked.path("reason").asString()).isNotBlank();

        // When the department is mended and the operator replays it
        hub.fault("economy", "none");
        HttpResponse<String> replayed = hub.operate(
                "/deliveries/%s/replay".formatted(parked.path("deliveryId").asString()), "{}");

        // Then the case is decided, once
        assertThat(replayed.statusCode()).as(replayed.body()).isEqualTo(200);
        hub.awaitStatus(caseNo, "60");
        assertThat(hub.effects("economy", caseNo)).containsExactly("application");
    }

    @Test
    void pausesAPartnerAndLetsItGoOn() {
        hub.operate("/partners/healthcare-security/pause", "{\"reason\":\"maintenance\"}");
        String waiting = hub.caseOf(Applications.online(Applications.HEALTHCARE));
        String other = hub.caseOf(Applications.online(Applications.ECONOMY));
        hub.awaitStatus(other, "60");

        assertThat(hub.effects("healthcare-security", waiting)).isEmpty();

        hub.operate("/partners/healthcare-security/resume", "{\"reason\":\"done\"}");
        hub.awaitStatus(waiting, "60");
        assertThat(hub.effects("healthcare-security", waiting)).containsExactly("application");
    }

    @Test
    void answersForUntriedFilesOnlyByAnActOfItsOwnWithAReason() {
        JdbcTemplate sql = hub.bean(Pools.class).settlement().sql();
        String resume = "/partners/disabled-federation/resume";
        sql.update("""
                insert into pause (partner, reason, paused_by, note, files)
                values ('disabled-federation', 'untried', 'hub', 'no record', 'a-digest')
                """);
        hub.operate("/partners/disabled-federation/pause", "{\"reason\":\"maintenance\"}");

        // When the operator takes back a pause of his own
        hub.operate(resume, "{\"reason\":\"done\"}");
        assertThat(sql.queryForList(PAUSES, String.class)).containsExactly("untried");

        // Then nothing but a resumption with a reason ends the hub's
        assertThat(hub.operate(resume, "{}").statusCode()).isEqualTo(422);
        assertThat(sql.queryForList(PAUSES, String.class)).containsExactly("untried");
        assertThat(hub.operate(resume, "{\"reason\":\"agreed by phone\"}").statusCode())
                .isEqualTo(200);
        assertThat(sql.queryForList(PAUSES, String.class)).isEmpty();
        assertThat(sql.queryForList(
                        "select partner || ' ' || files || ': ' || reason from untried_resumed", String.class))
                .containsExactly("disabled-federation a-digest: agreed by phone");
    }

    @Test
    void slowsAPartnerDownForATimeAndSaysWhenItIsSo() {
        String path = "/partners/healthcare-security/limits";
        String tooFast = "{\"parallel\":1000,\"until\":\"%s\",\"reason\":\"x\"}".formatted(inAnHour());
        assertThat(hub.operate(path, tooFast).statusCode()).isEqualTo(422);

        HttpResponse<String> answer = hub.operate(
                path,
                "{\"perSecond\":1,\"parallel\":1,\"until\":\"%s\",\"reason\":\"it is busy\"}".formatted(inAnHour()));
        assertThat(answer.body())
                .contains("\"recorded\":true", "inForceWithinSeconds")
                .doesNotContain("done");
        await().atMost(PATIENCE)
                .until(() -> hub.bean(DeliveryEngine.class)
                        .limitChange("healthcare-security")
                        .isPresent());
        Instant begun = Instant.now();
        List<String> cases = Stream.generate(() -> hub.caseOf(Applications.online(Applications.HEALTHCARE)))
                .limit(5)
                .toList();
        cases.forEach(one -> await().atMost(PATIENCE)
                .until(() -> hub.effects("healthcare-security", one).equals(List.of("application"))));

        assertThat(Duration.between(begun, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(4));
        assertThat(limits("healthcare-security").path("perSecond").asInt()).isEqualTo(1);
        assertThat(limits("healthcare-security").path("change").path("reason").asString())
                .isEqualTo("it is busy");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(actuator("/actuator/prometheus"))
                        .contains(
                                "shuniu_partner_rate{partner=\"healthcare-security\"} 1.0",
                                "shuniu_partner_changed{partner=\"healthcare-security\"} 1.0"));

        assertThat(hub.operate(path + "/end", "{\"reason\":\"it is well\"}").statusCode())
                .isEqualTo(200);
        assertThat(hub.operate(path + "/end", "{\"reason\":\"it is well\"}").statusCode())
                .isEqualTo(404);
        assertThat(limits("healthcare-security").path("change").isNull()).isTrue();
        assertThat(hub.operatorSees("/audit").toString())
                .contains("limits-changed", "1 a second, 1 at a time until", "limits-ended", "it is well");
    }

    @Test
    void closesAPartnerForATimeAndOpensItAgain() {
        hub.operate(
                "/partners/disabled-federation/limits",
                "{\"hours\":\"closed\",\"closedTo\":\"%s\",\"until\":\"%s\",\"reason\":\"they move\"}"
                        .formatted(inAnHour(), inAnHour()));
        await().atMost(PATIENCE)
                .until(() -> hub.operatorSees("/partners").toString().contains("closed for a time"));
        String waiting = hub.caseOf(Applications.online(Applications.FEDERATION));
        String other = hub.caseOf(Applications.online(Applications.ECONOMY));
        hub.awaitStatus(other, "60");
        assertThat(hub.effects("disabled-federation", waiting)).isEmpty();

        hub.operate("/partners/disabled-federation/limits/end", "{\"reason\":\"they are back\"}");

        await().atMost(PATIENCE)
                .until(() -> hub.effects("disabled-federation", waiting).equals(List.of("application")));
    }

    private static String inAnHour() {
        return OffsetDateTime.now(ZoneOffset.UTC).plusHours(1).toString();
    }

    private static JsonNode limits(String partner) {
        return hub.operatorSees("/partners")
                .valueStream()
                .filter(line -> line.path("partner").asString().equals(partner))
                .findFirst()
                .orElseThrow()
                .path("limits");
    }

    @Test
    void seesWhatNobodyCouldReadAndKeepsTheFlowGoing() throws JMSException {
        try (Connection connection = hub.bean(ConnectionFactory.class).createConnection();
                Session session = connection.createSession()) {
            session.createProducer(session.createQueue("economy.application"))
                    .send(session.createTextMessage("nothing of ours"));
        }

        await().atMost(Duration.ofSeconds(60))
                .until(() -> hub.operatorSees("/dead").toString().contains("economy.application"));
        hub.awaitStatus(hub.caseOf(Applications.online(Applications.ECONOMY)), "60");
    }

    @Test
    void leavesATraceOfEveryCall() {
        hub.operate("/partners/disabled-federation/pause", "{\"reason\":\"trace\"}");
        hub.operate("/partners/disabled-federation/resume", "{\"reason\":\"trace\"}");

        assertThat(hub.operatorSees("/audit").toString())
                .contains("disabled-federation", "pause", "resume", "operator");
    }

    @Test
    void watchesHealthAndFigures() {
        String caseNo = hub.caseOf(Applications.online(Applications.FEDERATION));
        hub.awaitStatus(caseNo, "60");

        JsonNode health = RunningHub.JSON.readTree(actuator("/actuator/health"));

        assertThat(health.path("components").path("partners").path("components").propertyNames())
                .contains("acceptance-platform", "disabled-federation", "economy", "healthcare-security");
        // What is committed is counted a moment later
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(actuator("/actuator/prometheus"))
                        .contains("shuniu_accepted_total{partner=\"acceptance-platform\"")
                        .containsPattern(
                                "shuniu_deliveries_total\\{outcome=\"delivered\",partner=\"disabled-federation\"} [1-9]")
                        .contains("outcome=\"retried\"", "outcome=\"parked\"", "shuniu_queue_depth{", "shuniu_parked{")
                        .contains("shuniu_queue_oldest_seconds{", "shuniu_delivery_age_seconds_count{"));
    }

    private static String actuator(String path) {
        return hub.send(hub.request(path, "operator-token")).body();
    }

    private static JsonNode parked(String caseNo) {
        return hub.operatorSees("/parked")
                .valueStream()
                .filter(parked -> parked.path("caseNo").asString("").equals(caseNo))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }
}
