package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.store.DatabaseAddress;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/**
 * A backup is taken under load and the hub goes on; restored elsewhere, the backup knows nothing of what followed. No department has an
 * effect twice, and what is lost is named by the evidence and by the departments' counts.
 */
class RestoredBackupTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** One is asked what became of a delivery, the other recognises its id. */
    private static final Map<String, String> DEPARTMENTS =
            Map.of("healthcare-security", Applications.HEALTHCARE, "economy", Applications.ECONOMY);

    private static final String POLICE = "312000194000";
    private static final String KEPT_KEY = "key-before-the-backup";
    private static final String LOST_KEY = "key-after-the-backup";
    private static final String OF_THE_CASE = "case_no = ? and receiver = 'economy'";

    private static final String KNOWN = "came before the backup";
    private static final String UNKNOWN = "came after the backup";

    private static final String[] SETTINGS = {
        "--shuniu.reconciliation.every=500ms",
        "--shuniu.reconciliation.again=1s",
        "--shuniu.evidence.seal-every=500ms",
        "--shuniu.incidents.processes.beat=500ms"
    };

    @TempDir
    Path directory;

    private final List<String> waiting = new ArrayList<>();
    /** Parked at the backup, and held by a plan that waits for its receiver. */
    private String planned;

    private String plan;
    /** Not due before the next day at the backup. */
    private String later;

    private String lost;
    private String message;

    @Test
    void repeatsNoEffectAndNamesWhatIsLost() throws IOException, SQLException {
        // Given a backup that was taken while the hub worked, and while work waited that was done after it
        workAndTakeABackup();

        // When it is restored elsewhere, beside what outlives a database
        outlive("ledger", "secrets", "evidence", "attachments");
        assertThat(command(2, "restore"))
                .contains("that the backup holds as not settled have an unknown outcome", "chain(s) are lost")
                .contains("Nothing was changed: expected --confirm");
        assertThat(command(2, "restore", "--confirm", "--by=zhou.min")).contains("expected --by and --reason");
        assertThat(command(0, "restore", "--confirm", "--by=zhou.min", "--reason=the disk broke"))
                .contains("has begun; a hub may start");

        // Then the hub that starts on it brings everything to its end, once
        try (RunningHub hub = RunningHub.start(elsewhere(), RestoredBackupTest::impatient, SETTINGS)) {
            assertThat(hub.operatorSees("/plans/" + plan).path("state").asString())
                    .isEqualTo("paused");
            DEPARTMENTS.keySet().forEach(partner -> hub.operate("/partners/%s/resume".formatted(partner), "{}"));
            waiting.forEach(caseNo -> hub.awaitStatus(caseNo, "60"));
            assertThat(hub.steps(planned)).doesNotContain("delivered");
            hub.operate("/plans/%s/resume".formatted(plan), "{}");
            hub.awaitStatus(planned, "60");
            assertWaitsForItsTime(hub);
            hub.awaitQuiet();
            assertEachEffectOnce(hub);
            assertThat(waiting)
                    .allSatisfy(caseNo -> assertThat(hub.steps(caseNo)).contains("outcome-unknown"));
            assertNamesWhatIsLost(hub);
            assertNamesReceiptsThatAreUnknown();
            assertHasTheAttachmentsThatItKnows(hub);
            assertGivesNoNumberTwice(hub);
            assertTakesWhatIsLostAsNew(hub);
            assertThat(command(2, "restore")).contains("restore was not done: a hub has");
            assertThat(command(0, "verify"))
                    .contains("All evidence fits", "by zhou.min: the disk broke")
                    .containsPattern("lost: economy/r\\d+/settlement: lines \\d+ to \\d+");
        }
    }

    private void workAndTakeABackup() throws IOException, SQLException {
        try (RunningHub hub = RunningHub.start(directory.resolve("first"), RestoredBackupTest::impatient, SETTINGS)) {
            DEPARTMENTS.values().forEach(item -> hub.awaitStatus(hub.caseOf(Applications.online(item)), "60"));
            hub.post("/api/v1/applications", KEPT_KEY, Applications.online(POLICE));
            assertThat(upload(hub, KNOWN).statusCode()).isEqualTo(201);
            DEPARTMENTS
                    .keySet()
                    .forEach(partner ->
                            hub.operate("/partners/%s/pause".formatted(partner), "{\"reason\":\"as a test\"}"));
            DEPARTMENTS
                    .values()
                    .forEach(item -> Stream.generate(() -> Applications.online(item))
                            .limit(3)
                            .forEach(application -> waiting.add(hub.caseOf(application))));
            planned = hub.caseOf(Applications.online(Applications.ECONOMY));
            later = hub.caseOf(Applications.online(Applications.ECONOMY));
            plan = runningPlan(hub);
            hub.sql()
                    .update(
                            "update delivery set due_at = now() + interval '1 day', not_before = now() + interval '1 day' where "
                                    + OF_THE_CASE,
                            later);
            AtomicBoolean goesOn = new AtomicBoolean(true);
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
                while (goesOn.get()) {
                    hub.caseOf(Applications.online(POLICE));
                }
            });

            OnlineBackup.take(
                    hub.bean(DatabaseAddress.class),
                    directory.resolve("first/data/postgres"),
                    elsewhere().resolve("data/postgres"));

            goesOn.set(false);
            load.join();
            DEPARTMENTS.keySet().forEach(partner -> hub.operate("/partners/%s/resume".formatted(partner), "{}"));
            letPass(hub, later);
            Stream.concat(waiting.stream(), Stream.of(planned, later)).forEach(caseNo -> hub.awaitStatus(caseNo, "60"));
            hub.post("/api/v1/applications", LOST_KEY, Applications.online(POLICE));
            assertThat(upload(hub, UNKNOWN).statusCode()).isEqualTo(201);
            lost = hub.caseOf(Applications.online(Applications.ECONOMY));
            hub.awaitStatus(lost, "60");
            message = hub.sql()
                    .queryForObject(
                            "select message_id::text from delivery where case_no = ? and receiver = 'economy'",
                            String.class,
                            lost);
            hub.awaitQuiet();
        }
    }

    private String runningPlan(RunningHub hub) {
        hub.sql()
                .update(
                        "update delivery set state = 'parked', reason = 'as a test', settled_at = now(), sent_until = null where "
                                + OF_THE_CASE,
                        planned);
        JsonNode made = RunningHub.JSON.readTree(
                hub.operate("/plans", "{\"filter\":{\"partner\":\"economy\"},\"perSecond\":100}")
                        .body());
        String id = made.path("id").asString();
        assertThat(hub.send(hub.request("/ops/v1/plans/%s/approve".formatted(id), "operator-second-token")
                                .POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
        return id;
    }

    /** What was not due at the restoration was not sent by anybody. */
    private void assertWaitsForItsTime(RunningHub hub) {
        assertThat(hub.sql()
                        .queryForMap(
                                "select state, attempt, outcome_unknown, due_at > now() + interval '1 hour' as later from delivery where "
                                        + OF_THE_CASE,
                                later))
                .isEqualTo(Map.of("state", "pending", "attempt", 0, "outcome_unknown", false, "later", true));
        letPass(hub, later);
        hub.awaitStatus(later, "60");
    }

    private static void letPass(RunningHub hub, String caseNo) {
        hub.sql().update("update delivery set due_at = now(), not_before = null where " + OF_THE_CASE, caseNo);
    }

    private static String impatient(String partnerFile) {
        return partnerFile.replaceAll("lag: [^,}\\s]*", "lag: 0s").replaceAll("waits: \\[(1m|30s), .*]", "waits: [1s]");
    }

    /** The departments live on, and so do secrets and the seals outside the database. */
    private void outlive(String... folders) throws IOException {
        for (String folder : folders) {
            FileSystemUtils.copyRecursively(
                    directory.resolve("first/data").resolve(folder),
                    elsewhere().resolve("data").resolve(folder));
        }
    }

    private Path elsewhere() {
        return directory.resolve("elsewhere");
    }

    private String command(int code, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--shuniu.data-dir=" + elsewhere().resolve("data"));
        all.add("--shuniu.routes-dir=routes");
        all.add("--shuniu.incidents.processes.beat=500ms");
        return CommandLine.said(code, all);
    }

    private void assertEachEffectOnce(RunningHub hub) throws IOException {
        for (String partner : List.of("healthcare-security", "economy", "police")) {
            List<String> worked =
                    Files.readAllLines(elsewhere().resolve("data/ledger/%s.jsonl".formatted(partner))).stream()
                            .map(line -> RunningHub.JSON
                                    .readTree(line)
                                    .path("messageId")
                                    .asString())
                            .toList();
            assertThat(worked).as(partner).doesNotHaveDuplicates();
            assertThat(hub.sql()
                            .queryForList(
                                    "select message_id::text from delivery where receiver = ? and document = 'application'",
                                    String.class,
                                    partner))
                    .as(partner)
                    .isNotEmpty()
                    .isSubsetOf(worked);
        }
        assertThat(hub.sql()
                        .queryForList(
                                "select distinct state from delivery where document = 'application'", String.class))
                .containsExactly("delivered");
    }

    /** Nobody asked for a count but the hub itself. */
    private void assertNamesWhatIsLost(RunningHub hub) {
        assertThat(hub.get("/api/v1/cases/" + lost).statusCode()).isEqualTo(404);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(hub.sql()
                                .queryForList(
                                        "select kind || ': ' || detail from reconciliation_finding where message_id = ?",
                                        String.class,
                                        message))
                        .containsOnly("unrecorded: no such message was sent"));
    }

    /** The platform's own list, some by their keys and some by their cases. */
    private void assertNamesReceiptsThatAreUnknown() throws IOException {
        Path receipts = directory.resolve("receipts.txt");
        Files.write(receipts, List.of(waiting.get(0), lost, "", KEPT_KEY, LOST_KEY));

        assertThat(command(1, "restore", "unknown", "--of=acceptance-platform", receipts.toString())
                        .lines())
                .containsExactly(lost, LOST_KEY, "2 of 4 are not known here.");
        Files.write(receipts, waiting);
        assertThat(command(0, "restore", "unknown", "--of=acceptance-platform", receipts.toString()))
                .contains("0 of 6 are not known here.");
        assertThat(command(2, "restore", "unknown", "--of=nobody", receipts.toString()))
                .contains("--of: found nobody, expected the id of a partner");
    }

    /** Its receipt is of the old hub: handed in again under its key it is accepted, as a case of another number. */
    private void assertTakesWhatIsLostAsNew(RunningHub hub) throws IOException {
        HttpResponse<String> again = hub.post("/api/v1/applications", LOST_KEY, Applications.online(POLICE));

        assertThat(again.statusCode()).isEqualTo(202);
        String caseNo = RunningHub.JSON.readTree(again.body()).path("caseNo").asString();
        hub.awaitStatus(caseNo, "60");
        Path receipts = Files.writeString(directory.resolve("receipts.txt"), LOST_KEY);
        assertThat(command(0, "restore", "unknown", "--of=acceptance-platform", receipts.toString()))
                .contains("0 of 1 are not known here.");
    }

    /** Their files were copied after the database: one too many does no harm. */
    private static void assertHasTheAttachmentsThatItKnows(RunningHub hub) {
        assertThat(read(hub, KNOWN).statusCode()).isEqualTo(200);
        assertThat(read(hub, KNOWN).body()).isEqualTo(KNOWN);
        assertThat(read(hub, UNKNOWN).statusCode()).isEqualTo(404);
        assertThat(upload(hub, UNKNOWN).statusCode()).isEqualTo(201);
        assertThat(read(hub, UNKNOWN).body()).isEqualTo(UNKNOWN);
    }

    private static HttpResponse<String> upload(RunningHub hub, String content) {
        return hub.send(attachment(hub, content).PUT(HttpRequest.BodyPublishers.ofString(content)));
    }

    private static HttpResponse<String> read(RunningHub hub, String content) {
        return hub.send(attachment(hub, content).GET());
    }

    private static HttpRequest.Builder attachment(RunningHub hub, String content) {
        String digest = EncryptionAtRestTest.digest(content.getBytes(StandardCharsets.UTF_8));
        return hub.request("/api/v1/attachments/" + digest, "acceptance-platform-token");
    }

    private void assertGivesNoNumberTwice(RunningHub hub) throws IOException {
        List<String> before = Files.readAllLines(directory.resolve("first/data/ledger/economy.jsonl"));
        String next = hub.caseOf(Applications.online(Applications.ECONOMY));
        assertThat(before.stream().collect(Collectors.joining())).contains(lost).doesNotContain(next);
    }
}
