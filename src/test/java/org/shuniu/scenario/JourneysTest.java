package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Citizens of portal and app live whole journeys by themselves; what each channel wrote down is what the hub has on record. */
class JourneysTest {

    private static final String PORTAL = "portal";
    private static final String APP = "citizen-app";
    private static final String COUNTER = "acceptance-platform";
    private static final String WITH_FEE = "312099061000";
    private static final String COURIER =
            "{\"courier\":{\"name\":\"测试甲\",\"mobile\":\"13900000000\",\"address\":\"测试路1号\"}}";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

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

    @Test
    void appliesOnTheWebAndReadsTheProgressToItsEnd() {
        Lived journey = live(PORTAL, Applications.ECONOMY, "{}", "{}");

        assertThat(journey.ending()).isEqualTo("60");
        assertThat(journey.all("supplemented", "visited", "paid", "parcel", "turned-away", "refused"))
                .isEmpty();
        agreesWithTheHub(journey);
    }

    @Test
    void correctsVisitsAndPaysWhatIsAskedFor() {
        // Given a pre-review that finds something missing, and an item with a fee
        Lived journey = live(PORTAL, WITH_FEE, "{\"remark\":\"CORRECT\"}", "{}");

        // Then the citizen hands it in, comes to the counter and pays on the payment service's page
        assertThat(journey.ending()).isEqualTo("60");
        assertThat(journey.steps()).containsSubsequence("applied", "supplemented", "visited", "paid", "ended");
        assertThat(journey.all("supplemented", "visited", "paid")).hasSize(3);
        agreesWithTheHub(journey);
        JsonNode paid = journey.one("paid");
        JsonNode citizen = journey.record().path("citizen");
        assertThat(paid.path("asked").asString())
                .isEqualTo(citizen.at("/fee/amount").asString());
        assertThat(paid.path("amount").asString())
                .isEqualTo(citizen.at("/paid/amount").asString());
        assertThat(paid.path("transactionNo").asString())
                .isEqualTo(citizen.at("/paid/transactionNo").asString());
        assertThat(hub.effects("payment", journey.caseNo())).containsExactly("order");
        assertThat(hub.effects("human-resources", journey.caseNo())).containsExactly("application", "payment");
    }

    @Test
    void showsACertificateOnceAtTheCounterAndFollowsTheParcel() {
        Lived journey = live(APP, Applications.HEALTHCARE_PREREVIEW, "{}", COURIER);

        // Then the counter took what was shown, and nobody else could
        assertThat(journey.ending()).isEqualTo("72");
        assertThat(journey.steps())
                .containsSubsequence("applied", "shown", "certificate", "shown-again", "visited", "parcel", "ended");
        assertThat(journey.one("shown-again").path("http").asInt()).isEqualTo(409);
        String showing = journey.one("shown").path("showing").asString();
        assertThat(journey.one("certificate").path("showing").asString()).isEqualTo(showing);
        assertThat(hub.sql().queryForMap("""
                        select issued_by, exchanged_by, taken_at is not null as taken, length(body) as kept
                        from showing where id = ?::uuid
                        """, showing))
                .containsEntry("issued_by", APP)
                .containsEntry("exchanged_by", COUNTER)
                .containsEntry("taken", true)
                .containsEntry("kept", 0);

        // And the citizen saw the parcel to its door
        agreesWithTheHub(journey);
        JsonNode parcel = journey.all("parcel").get(journey.all("parcel").size() - 1);
        JsonNode recorded = journey.record().at("/citizen/parcel");
        assertThat(parcel.path("state").asString()).isEqualTo("SIGNED");
        assertThat(parcel.path("waybillNo").asString())
                .isEqualTo(recorded.path("waybillNo").asString());
        assertThat(hub.effects("logistics", journey.caseNo())).containsExactly("order");
    }

    @Test
    void keepsTheCasesOfOneChannelFromTheOther() {
        Lived web = live(PORTAL, Applications.ECONOMY, "{}", "{}");
        Lived mobile = live(APP, Applications.ECONOMY, "{}", "{}");

        assertThat(read(PORTAL, web.caseNo())).isEqualTo(200);
        assertThat(read(APP, mobile.caseNo())).isEqualTo(200);
        assertThat(read(APP, web.caseNo())).isEqualTo(404);
        assertThat(read(PORTAL, mobile.caseNo())).isEqualTo(404);
        assertThat(message(PORTAL, mobile)).isEqualTo(404);
        assertThat(further(APP, web.caseNo(), "supplements", "supplementTime")).isEqualTo(404);
        assertThat(further(PORTAL, mobile.caseNo(), "withdrawal", "withdrawalTime"))
                .isEqualTo(404);
        assertThat(lines(PORTAL))
                .noneMatch(line -> mobile.caseNo().equals(line.path("caseNo").asString("")));
        assertThat(hub.effects(PORTAL, mobile.caseNo())).isEmpty();
        assertThat(hub.effects(APP, web.caseNo())).isEmpty();
    }

    /** A journey that has ended, as its channel wrote it down, and the case as the hub tells it to that channel. */
    private record Lived(String channel, String caseNo, List<JsonNode> lines, JsonNode record) {

        List<String> steps() {
            return lines.stream().map(line -> line.path("step").asString()).toList();
        }

        List<JsonNode> all(String... steps) {
            return lines.stream()
                    .filter(line -> List.of(steps).contains(line.path("step").asString()))
                    .toList();
        }

        JsonNode one(String step) {
            assertThat(all(step)).as(step).hasSize(1);
            return all(step).get(0);
        }

        List<String> of(String step, String field) {
            return all(step).stream().map(line -> line.path(field).asString()).toList();
        }

        String ending() {
            return one("ended").path("status").asString();
        }
    }

    private static Lived live(String channel, String item, String form, String services) {
        String wish =
                "{\"itemCode\":\"%s\",\"form\":%s,\"services\":%s,\"materials\":[]}".formatted(item, form, services);
        String journey = RunningHub.JSON
                .readTree(
                        hub.send(hub.simulator("/journeys/" + channel).POST(HttpRequest.BodyPublishers.ofString(wish)))
                                .body())
                .path("journey")
                .stringValue();
        await().alias("end of a journey by " + channel)
                .atMost(PATIENCE)
                .until(() -> linesOf(channel, journey).stream()
                        .anyMatch(line -> line.path("step").asString().equals("ended")));
        String caseNo = linesOf(channel, journey).stream()
                .map(line -> line.path("caseNo").asString(""))
                .filter(number -> !number.isEmpty())
                .findFirst()
                .orElseThrow();
        awaitDelivered(caseNo);
        // What the channel was told last is written down a moment after it has said that it knows.
        await().atMost(PATIENCE)
                .until(() -> linesOf(channel, journey).stream()
                                .filter(line -> line.path("step").asString().equals("heard"))
                                .count()
                        == hub.effects(channel, caseNo).size());
        var read = hub.send(hub.request("/api/v1/cases/" + caseNo, channel + "-token"));
        contract.holds("GET /api/v1/cases/{caseNo}", 200, read);
        return new Lived(channel, caseNo, linesOf(channel, journey), RunningHub.JSON.readTree(read.body()));
    }

    /** Questions about a payment wait for minutes and days; all else of the case is delivered. */
    private static void awaitDelivered(String caseNo) {
        await().alias("nothing of the case under way")
                .atMost(PATIENCE)
                .until(() -> hub.sql()
                                .queryForObject(
                                        "select count(*) from delivery where case_no = ? and state = 'pending' and document <> 'order-query'",
                                        Long.class,
                                        caseNo)
                        == 0);
    }

    private static void agreesWithTheHub(Lived journey) {
        String caseNo = journey.caseNo();
        assertThat(journey.record().path("status").asString()).isEqualTo(journey.ending());
        assertThat(journey.of("applied", "messageId"))
                .containsExactlyElementsOf(messages(caseNo, "application", journey.channel()));
        assertThat(journey.of("supplemented", "messageId"))
                .containsExactlyElementsOf(messages(caseNo, "supplement", journey.channel()));
        assertThat(journey.of("visited", "messageId"))
                .containsExactlyElementsOf(messages(caseNo, "application", COUNTER));
        assertThat(journey.of("heard", "messageId"))
                .containsExactlyInAnyOrderElementsOf(hub.sql()
                        .queryForList(
                                "select message_id::text from delivery where case_no = ? and receiver = ? and state = 'delivered'",
                                String.class,
                                caseNo,
                                journey.channel()));
        List<String> reached = journey.record()
                .path("timeline")
                .valueStream()
                .map(step -> step.path("status").asString(""))
                .filter(status -> !status.isEmpty())
                .toList();
        assertThat(reached).containsSubsequence(journey.of("read", "status"));
        assertThat(hub.operatorSees("/parked").toString()).doesNotContain(caseNo);
    }

    private static List<String> messages(String caseNo, String document, String partner) {
        return hub.sql()
                .queryForList(
                        "select id::text from message where case_no = ? and document = ? and partner = ? order by id",
                        String.class,
                        caseNo,
                        document,
                        partner);
    }

    private static List<JsonNode> linesOf(String channel, String journey) {
        return lines(channel).stream()
                .filter(line -> line.path("journey").asString().equals(journey))
                .toList();
    }

    private static List<JsonNode> lines(String channel) {
        return hub.send(hub.simulator("/journeys/" + channel))
                .body()
                .lines()
                .map(line -> (JsonNode) RunningHub.JSON.readTree(line))
                .toList();
    }

    private static int read(String channel, String caseNo) {
        return hub.send(hub.request("/api/v1/cases/" + caseNo, channel + "-token"))
                .statusCode();
    }

    private static int message(String channel, Lived other) {
        String id = other.one("applied").path("messageId").asString();
        return hub.send(hub.request("/api/v1/messages/" + id, channel + "-token"))
                .statusCode();
    }

    private static int further(String channel, String caseNo, String document, String time) {
        return hub.send(hub.request("/api/v1/cases/%s/%s".formatted(caseNo, document), channel + "-token")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"%s\":\"%s\",\"reason\":\"x\"}".formatted(time, Applications.now()))))
                .statusCode();
    }
}
