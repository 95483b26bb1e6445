package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.command.Commands;
import org.shuniu.packaged.Workplace;
import org.shuniu.rehearsal.CandidateFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a changed mapping would change: on recorded messages, and rehearsed on those that come. */
class RehearsalTest {

    private static final String ECONOMY = "economy";
    private static final String APPLICATION = "application.out.yaml";
    private static final String ID_TYPES = "codes/id-type.csv";
    private static final String WHY = "--reason=planted";
    private static final String REASON = "{\"reason\":\"planted\"}";
    /** Longer than an expression may take. */
    private static final String ENDLESS =
            "$count($map([1..1000000], function($x) { $sum($map([1..100], function($y) { $x * $y })) }))";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> PERSONAL =
            List.of(Applications.NAME, Applications.ID_NUMBER, Applications.MOBILE);

    @TempDir
    static Path directory;

    private static RunningHub hub;
    /** What a case is to the department. */
    private static List<String> usual;

    /** Where an engineer works; not where the hub has its mappings. */
    private Path desk;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeAll
    static void start() {
        hub = RunningHub.start(directory, "--shuniu.rehearsal.every=200ms", "--shuniu.rehearsal.enough=3");
        for (int i = 0; i < 3; i++) {
            String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
            hub.awaitStatus(caseNo, "60");
            usual = hub.effects(ECONOMY, caseNo);
        }
        hub.awaitQuiet();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @BeforeEach
    void takeTheMappings(@TempDir Path place) {
        desk = place.resolve("mappings");
        await().atMost(PATIENCE).until(() -> !isRehearsing());
        hub.awaitQuiet();
        Workplace.copy(Path.of("mappings/economy"), desk.resolve(ECONOMY), (file, text) -> text);
    }

    @Test
    void saysWhatAPlantedErrorWouldChangeOnRecordedMessagesAndSendsNothing() throws IOException {
        change(APPLICATION, "source: document.applicant.name", "source: document.applicant.idNumber");
        List<String> ledger = hub.ledger(ECONOMY);
        long answers = count("answer");
        long deliveries = count("delivery");
        long sent = count("delivery where receiver = 'economy' and document = 'application'");

        HttpResponse<String> answer = hub.operate("/comparisons/economy", candidate());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain(PERSONAL);
        JsonNode told = RunningHub.JSON.readTree(answer.body());
        assertThat(sum(told, "application.out").path("different").longValue()).isEqualTo(sent);
        assertThat(sum(told, "result.in").path("equal").longValue()).isGreaterThanOrEqualTo(3);
        assertThat(told.path("failures")).isEmpty();
        assertThat(told.path("whole").booleanValue()).isTrue();
        JsonNode difference = told.path("differences").get(0);
        assertThat(told.path("differences").size()).isEqualTo(1);
        assertThat(difference.path("field").stringValue()).isEqualTo("person.name");
        assertThat(difference.path("count").longValue()).isEqualTo(sent);
        assertThat(difference.path("messages").size()).isEqualTo((int) Math.min(sent, 5));
        assertThat(hub.sql()
                        .queryForObject(
                                "select count(*) from message where id = ?::uuid",
                                Long.class,
                                difference.path("messages").get(0).stringValue()))
                .isEqualTo(1);
        assertThat(hub.ledger(ECONOMY)).isEqualTo(ledger);
        assertThat(count("answer")).isEqualTo(answers);
        assertThat(count("delivery")).isEqualTo(deliveries);
        assertThat(audit())
                .contains("mappings-compared", "the last 1000 each way", "; planted")
                .contains("%d messages compared".formatted(told.path("compared").longValue()));
    }

    /** Whoever compares has the hub open messages. */
    @Test
    void opensNoMessageForWhoeverGivesNoReason() throws IOException {
        int told = comparisons();

        HttpResponse<String> answer =
                hub.operate("/comparisons/economy", candidate().replace("\"planted\"", "\" \""));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("A reason is required");
        assertThat(comparisons()).isEqualTo(told);
    }

    private static int comparisons() {
        return audit().split("mappings-compared", -1).length;
    }

    @Test
    void opensToEngineersAndOpensNothingElseToThem() {
        assertThat(as("engineer-token", "/ops/v1/rehearsals")).isEqualTo(200);
        assertThat(as("operator-token", "/ops/v1/rehearsals")).isEqualTo(200);
        assertThat(as("acceptance-platform-token", "/ops/v1/rehearsals")).isEqualTo(403);
        for (String closed : List.of("/ops/v1/parked", "/ops/v1/audit", "/actuator/prometheus", "/api/v1/cases/1")) {
            assertThat(as("engineer-token", closed)).as(closed).isEqualTo(403);
        }
    }

    private static int as(String token, String path) {
        return hub.send(hub.request(path, token).GET()).statusCode();
    }

    @Test
    void saysItOnTheCommandLine() throws IOException {
        assertThat(run("diff", ECONOMY, WHY)).as(said()).isZero();
        assertThat(said()).contains("application.out", "result.in", "No difference.");

        drop(ID_TYPES, "111,");
        assertThat(run("diff", "economy/application.out", "--last", "2", WHY)).isEqualTo(1);
        assertThat(said())
                .contains("2 compared: 0 equal, 0 different, 2 fail only now")
                .contains("row person.certType: code table id-type has no hub code '111'")
                .doesNotContain(PERSONAL);
        change(APPLICATION, "codes: id-type", "codes: id-typ");
        assertThat(run("diff", ECONOMY, WHY)).isEqualTo(2);
        assertThat(said()).contains("diff was not done", "there is no table 'id-typ'");
    }

    @Test
    void reportsAPlantedErrorBeforePromotionAndKeepsNobodyWaiting() throws IOException {
        drop(ID_TYPES, "111,");
        change(APPLICATION, "\nrows:\n", "\nrows:\n  - {target: endless, expression: '%s'}\n".formatted(ENDLESS));
        assertThat(run("rehearse", "start", ECONOMY, "--reason=planted"))
                .as(said())
                .isZero();
        assertThat(hub.operate("/rehearsals/economy", candidate()).statusCode()).isEqualTo(409);
        awaitRehearsing();

        for (int i = 0; i < 3; i++) {
            String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
            hub.awaitStatus(caseNo, "60");
            assertThat(hub.effects(ECONOMY, caseNo)).isEqualTo(usual);
        }

        await().atMost(PATIENCE).until(() -> seen().path("compared").longValue() >= 3);
        assertThat(seen().path("failures").toString()).contains("application.out", "row endless");
        assertThat(seen().toString()).doesNotContain(PERSONAL);
        HttpResponse<String> refused = hub.operate("/rehearsals/economy/promote", REASON);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("fail only under the candidate");
        assertThat(run("rehearse", "show", ECONOMY)).isEqualTo(1);
        assertThat(said()).contains("running since", "by engineer: planted");

        assertThat(run("rehearse", "drop", ECONOMY, "--reason=it fails")).isZero();
        assertThat(seen().path("state").stringValue()).isEqualTo("dropped");
        assertThat(audit()).contains("rehearsal-started", "rehearsal-dropped", "it fails");
    }

    @Test
    void promotesWhatDiffersAsItShouldAfterARestartToo() throws IOException {
        change(
                APPLICATION,
                "source: document.applicant.name",
                "source: document.applicant.name, note: as it is called");
        assertThat(run("rehearse", "start", ECONOMY, "--reason=a better note"))
                .as(said())
                .isZero();
        awaitRehearsing();
        assertThat(hub.operate("/rehearsals/economy/promote", REASON).body()).contains("expected 3 or more");
        hub.awaitStatus(hub.caseOf(Applications.online(Applications.ECONOMY)), "60");
        await().atMost(PATIENCE).until(() -> seen().path("compared").longValue() >= 2);

        hub.stop();
        await().atMost(PATIENCE).until(() -> !isRehearsing());
        hub.start();
        awaitRehearsing();
        hub.awaitStatus(hub.caseOf(Applications.online(Applications.ECONOMY)), "60");
        await().atMost(PATIENCE).until(() -> seen().path("compared").longValue() >= 3);
        Files.writeString(desk.resolve(ECONOMY).resolve(APPLICATION), "lost");

        assertThat(run("rehearse", "promote", ECONOMY, "--reason=fits"))
                .as(said())
                .isZero();

        assertThat(said())
                .contains("was promoted in the place of", "It is in force once the hub has read these files.");
        assertThat(desk.resolve(ECONOMY).resolve(APPLICATION)).content().contains("note: as it is called");
        assertThat(audit()).contains("rehearsal-promoted", "fits", "0 failures of the candidate alone");
        assertThat(hub.operate("/rehearsals/economy/drop", REASON).statusCode()).isEqualTo(404);
    }

    /** Processes look now and then which rehearsals there are. */
    private static void awaitRehearsing() {
        await().atMost(PATIENCE).until(RehearsalTest::isRehearsing);
    }

    private static boolean isRehearsing() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("rehearse-economy"));
    }

    private static JsonNode seen() {
        return hub.operatorSees("/rehearsals/economy");
    }

    private static String audit() {
        return hub.operatorSees("/audit").toString();
    }

    private static long count(String table) {
        return hub.sql().queryForObject("select count(*) from " + table, Long.class);
    }

    private static JsonNode sum(JsonNode told, String mapping) {
        return told.path("mappings")
                .valueStream()
                .filter(sum -> sum.path("mapping").stringValue().equals(mapping))
                .findFirst()
                .orElseThrow();
    }

    private String candidate() throws IOException {
        ObjectNode request = RunningHub.JSON.createObjectNode().put("reason", "planted");
        ObjectNode files = request.putObject("files");
        CandidateFiles.of(desk.resolve(ECONOMY)).texts().forEach(files::put);
        return request.toString();
    }

    private void change(String file, String what, String into) throws IOException {
        Path path = desk.resolve(ECONOMY).resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(what);
        Files.writeString(path, text.replace(what, into));
    }

    /** Lines that begin so. */
    private void drop(String file, String beginning) throws IOException {
        Path path = desk.resolve(ECONOMY).resolve(file);
        Files.write(
                path,
                Files.readAllLines(path).stream()
                        .filter(line -> !line.startsWith(beginning))
                        .toList());
    }

    private int run(String... words) {
        said.reset();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        String[] all = new String[words.length + 3];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--hub=" + hub.address();
        all[words.length + 1] = "--shuniu.mappings-dir=" + desk;
        all[words.length + 2] = "--shuniu.secrets-dir=" + directory.resolve("data/secrets");
        return Commands.run(stream, stream, all);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
