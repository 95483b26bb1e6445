package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import tools.jackson.databind.JsonNode;

/** What happens to applications, told as a caseworker would tell it. */
class LifeOfAnApplicationTest {

    /** For each department; what all of them need is a tenth of it. */
    private static final int STORED = 3_000;

    @TempDir
    static Path directory;

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(directory, LifeOfAnApplicationTest::askingAtOnce);
    }

    /** Whoever must be asked for a result is asked soon. */
    private static String askingAtOnce(String partnerFile) {
        return partnerFile.replaceAll("waits: \\[(30s|1m),.*]", "waits: [1s]");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void travelsToTheDepartmentAndTheResultComesBackToTheCitizen() {
        // Given a citizen who applies on the platform's website for something that needs no visit
        String application = Applications.online(Applications.ECONOMY);
        String key = UUID.randomUUID().toString();

        // When the platform hands it in, and, unsure whether it arrived, hands it in again
        HttpResponse<String> receipt = hub.post("/api/v1/applications", key, application);
        HttpResponse<String> again = hub.post("/api/v1/applications", key, application);

        // Then the receipt names the case and who decides it, and is the same both times
        assertThat(receipt.statusCode()).isEqualTo(202);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(again.body()).isEqualTo(receipt.body());
        JsonNode named = RunningHub.JSON.readTree(receipt.body());
        assertThat(named.propertyNames()).containsExactly("messageId", "caseNo", "receivers", "acceptedAt", "digest");
        assertThat(named.path("receivers").toString()).isEqualTo("[\"economy\"]");

        // And the department decides it, once
        String caseNo = named.path("caseNo").stringValue();
        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(hub.effects("economy", caseNo)).containsExactly("application");

        // And the platform hears the result, once
        assertThat(hub.effects("acceptance-platform", caseNo)).containsExactly("result");

        // And the case shows its whole life
        JsonNode file = hub.caseFile(caseNo);
        assertThat(statuses(file)).containsExactly("10", "30", "60");
        assertThat(file.path("result").path("outcome").path("certificateName").asString())
                .isNotEmpty();
    }

    @Test
    void isDecidedByEachKindOfDepartment() {
        for (String item : List.of(Applications.ECONOMY, Applications.HEALTHCARE, Applications.FEDERATION)) {
            String caseNo = hub.caseOf(Applications.online(item));

            hub.awaitStatus(caseNo, "60");

            assertThat(hub.caseFile(caseNo).path("result").path("status").asString())
                    .isEqualTo("60");
        }
    }

    @Test
    void isHandedInAndFollowedFromTheCommandLine() {
        String taken = tried("economy", 0, "--seconds=120");

        assertThat(taken)
                .contains(
                        "handed in by ", "HTTP 202", "Received and kept by the hub", "Delivered (economy)", "result {");
        String caseNo = taken.replaceAll("(?s).*\\ncase ([^,]+),.*", "$1");
        assertThat(hub.effects("economy", caseNo)).containsExactly("application");
        assertThat(tried("nobody", 2)).contains("PARTNER: found nobody, expected one of", "economy");
        assertThat(tried("economy", 2, "--example=nothing")).contains("--example: expected one of", "online");
        assertThat(tried("economy", 2, "--hub=http://127.0.0.1:1")).contains("no answer from a hub at");
        assertThat(tried("jiangsu", 1)).contains("the hub does not give it to jiangsu");
        hub.fault("economy", "down");
        try {
            assertThat(tried("economy", 1, "--seconds=2")).contains("economy does not have it yet");
        } finally {
            hub.fault("economy", "none");
        }
    }

    @Test
    void reachesEveryDepartmentFromTheCommandLineAndComesBackDecided() {
        Map<String, String> said = new TreeMap<>();

        try (StoredCases stored = StoredCases.of(hub.sql(), departments(), STORED)) {
            departments().forEach(department -> said.put(department, tried(department, 0, "--seconds=120")));

            // What is stored only grows: whichever way an answer comes, what it needs is found by a key.
            assertThat(stored.rowsRead())
                    .allSatisfy((table, rows) -> assertThat(rows).as(table).isLessThan(STORED));
        }

        assertThat(said)
                .hasSize(11)
                .allSatisfy((department, words) -> assertThat(words)
                        .contains("HTTP 202", "Delivered (%s)".formatted(department), "result {")
                        .doesNotContain("HTTP 422"));
        assertThat(said.get("housing"))
                .contains("left smallest: it goes to acceptance-platform", "left counter: a file that it names");
        assertThat(said.get("grain")).contains("left fixed-line: it is refused, /applicant/");
    }

    private static List<String> departments() {
        return hub.bean(PartnerDirectory.class).all().stream()
                .filter(partner -> partner.department().isPresent())
                .map(Partner::id)
                .toList();
    }

    /** @param code with which the command is to end */
    private static String tried(String partner, int code, String... options) {
        List<String> words = new ArrayList<>(List.of("try", partner));
        words.addAll(List.of(options));
        if (words.stream().noneMatch(word -> word.startsWith("--hub"))) {
            words.add("--hub=" + hub.address());
        }
        Path secrets = directory.resolve("data/secrets");
        words.addAll(List.of("--shuniu.secrets-dir=" + secrets, "--shuniu.routes-dir=" + directory.resolve("routes")));
        return CommandLine.said(code, words);
    }

    @Test
    void isPreReviewedOnlineAndContinuedAtTheCounter() {
        // Given an online application for an item that needs a visit to a counter
        String caseNo = hub.caseOf(Applications.online(Applications.HEALTHCARE_PREREVIEW));

        // When the desk of the centre has looked at it
        hub.awaitStatus(caseNo, "12");

        // Then the department knows nothing yet, and the platform has heard that the citizen may come
        hub.awaitQuiet();
        assertThat(hub.effects("healthcare-security", caseNo)).isEmpty();
        assertThat(hub.effects("acceptance-platform", caseNo)).containsExactly("centre-task", "status");

        // When the citizen comes to the counter, the same case goes on
        HttpResponse<String> visit = hub.apply(
                Applications.atCounter(Applications.HEALTHCARE_PREREVIEW, ",\"caseNo\":\"%s\"".formatted(caseNo)));
        assertThat(visit.statusCode()).isEqualTo(202);
        assertThat(RunningHub.JSON.readTree(visit.body()).path("caseNo").asString())
                .isEqualTo(caseNo);

        // Then the department receives it, once, and decides it
        hub.awaitStatus(caseNo, "60");
        assertThat(hub.effects("healthcare-security", caseNo)).containsExactly("application");
        assertThat(statuses(hub.caseFile(caseNo))).containsExactly("10", "11", "12", "20", "30", "60");
    }

    @Test
    void endsOrGoesBackWhereThePreReviewSaysSo() {
        String refused = hub.caseOf(Applications.online(Applications.HEALTHCARE_PREREVIEW, "REFUSE"));
        String incomplete = hub.caseOf(Applications.online(Applications.HEALTHCARE_PREREVIEW, "CORRECT"));

        hub.awaitStatus(refused, "13");
        hub.awaitStatus(incomplete, "14");

        HttpResponse<String> visit = hub.apply(
                Applications.atCounter(Applications.HEALTHCARE_PREREVIEW, ",\"caseNo\":\"%s\"".formatted(refused)));
        assertThat(visit.statusCode()).isEqualTo(409);
        assertThat(visit.body()).contains("urn:shuniu:problem:state-conflict");
    }

    @Test
    void isReceivedAnywhereAndAcceptedByTheHomeCentre() {
        // Given an item that only the home centre may accept, received at the counter of another centre
        String caseNo = hub.caseOf(Applications.application(
                Applications.FEDERATION_TERRITORIAL,
                "1",
                ",\"receivingCentre\":\"%s\"".formatted(Applications.OTHER_CENTRE),
                ""));

        // When the home centre has accepted it
        hub.awaitStatus(caseNo, "60");

        // Then the case knows who received it, who accepted it and who is responsible
        JsonNode file = hub.caseFile(caseNo);
        assertThat(statuses(file)).containsSubsequence("20", "21", "30", "60");
        assertThat(file.path("receivingCentre").toString()).contains(Applications.OTHER_CENTRE);
        assertThat(file.path("acceptingCentre").toString()).contains(Applications.CENTRE);
        assertThat(hub.effects("disabled-federation", caseNo)).containsExactly("application");
        hub.awaitQuiet();
        assertThat(hub.effects("acceptance-platform", caseNo))
                .startsWith("centre-task")
                .endsWith("result");
    }

    @Test
    void isRefusedByTheDepartmentAsAResult() {
        for (String item : List.of(Applications.ECONOMY, Applications.HEALTHCARE, Applications.FEDERATION)) {
            String caseNo = hub.caseOf(Applications.online(item, "REFUSE"));

            hub.awaitStatus(caseNo, "61");
            hub.awaitQuiet();

            assertThat(hub.effects("acceptance-platform", caseNo)).endsWith("result");
        }
    }

    @Test
    void takesFurtherPapersAndIsTakenBack() {
        // Given a case whose pre-review found something missing
        String caseNo = hub.caseOf(Applications.online(Applications.HEALTHCARE_PREREVIEW, "CORRECT"));
        hub.awaitStatus(caseNo, "14");

        // When the citizen sends a paper and then takes the case back
        String key = UUID.randomUUID().toString();
        String paper = "{\"supplementTime\":\"%s\",\"materials\":[{\"name\":\"申请表\",\"source\":\"3\"}]}"
                .formatted(Applications.now());
        HttpResponse<String> supplement = hub.post("/api/v1/cases/%s/supplements".formatted(caseNo), key, paper);
        HttpResponse<String> withdrawal = hub.post(
                "/api/v1/cases/%s/withdrawal".formatted(caseNo),
                UUID.randomUUID().toString(),
                "{\"withdrawalTime\":\"%s\",\"reason\":\"不再需要\"}".formatted(Applications.now()));

        // Then both are taken in, and the centre's desk hears of both, in this order
        assertThat(supplement.statusCode()).as(supplement.body()).isEqualTo(202);
        assertThat(withdrawal.statusCode()).as(withdrawal.body()).isEqualTo(202);
        hub.awaitStatus(caseNo, "90");
        hub.awaitQuiet();
        assertThat(hub.effects("acceptance-platform", caseNo).stream()
                        .filter("centre-task"::equals)
                        .count())
                .isEqualTo(3);

        // When the centre sends its paper again, though the case takes none any more, then it gets the same receipt
        HttpResponse<String> resend = hub.post("/api/v1/cases/%s/supplements".formatted(caseNo), key, paper);
        assertThat(resend.statusCode()).isEqualTo(200);
        assertThat(resend.body()).isEqualTo(supplement.body());
    }

    private static List<String> statuses(JsonNode file) {
        List<String> statuses = new ArrayList<>();
        file.path("timeline").forEach(step -> {
            if (step.path("event").asString("").equals("status")) {
                statuses.add(step.path("status").asString());
            }
        });
        return statuses;
    }
}
