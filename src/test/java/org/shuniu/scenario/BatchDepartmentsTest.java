package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Departments that know nothing but files: whatever their files go through, each row has one effect and one result. */
class BatchDepartmentsTest {

    private static final String GRAIN = "grain";
    private static final String UNION = "trade-union";
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
        hub.fault(GRAIN, "none");
        hub.fault(UNION, "none");
    }

    @Test
    void takesARowToItsCaseAndLeavesNoFileBehind() throws IOException {
        List<String> grain = new ArrayList<>();
        List<String> union = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            grain.add(grain(""));
            union.add(union(""));
        }

        grain.forEach(caseNo -> hub.awaitStatus(caseNo, "60"));
        union.forEach(caseNo -> hub.awaitStatus(caseNo, "60"));
        hub.awaitQuiet();

        assertThat(grain).allSatisfy(caseNo -> assertOneEffectAndOneResult(GRAIN, caseNo));
        assertThat(union).allSatisfy(caseNo -> assertOneEffectAndOneResult(UNION, caseNo));
        assertThat(hub.steps(grain.get(0))).contains("gathered", "in-batch", "delivered");
        awaitNoFiles();
        assertThat(Files.readString(directory.resolve("hub.log")))
                .doesNotContain(Applications.NAME, Applications.ID_NUMBER);
        assertThat(hub.sql().queryForObject("select count(*) from batch_row where body is not null", Long.class))
                .isZero();
        assertThat(hub.sql().queryForList("select body from received_file", byte[].class))
                .isNotEmpty()
                .noneMatch(body -> new String(body, StandardCharsets.ISO_8859_1).contains(union.get(0)));
    }

    @ParameterizedTest
    @CsvSource({
        "grain,       padded-by-characters",
        "grain,       short-lines",
        "grain,       half-written",
        "grain,       wrong-count",
        "grain,       duplicate-result",
        "grain,       late-result",
        "grain,       slow",
        "trade-union, excel",
        "trade-union, raw-quotes",
        "trade-union, no-marker",
        "trade-union, half-written",
        "trade-union, duplicate-result",
        "trade-union, late-result",
    })
    void endsWithOneEffectAndOneResult(String partner, String fault) {
        hub.fault(partner, "{\"fault\":\"%s\",\"count\":1,\"seconds\":2}".formatted(fault), 200);

        String caseNo = partner.equals(GRAIN) ? grain("") : union("");

        hub.awaitStatus(caseNo, "60");
        awaitNoFiles();
        hub.awaitQuiet();
        assertOneEffectAndOneResult(partner, caseNo);
    }

    @ParameterizedTest
    @CsvSource({"grain, down", "grain, unauthorized", "trade-union, down"})
    void sendsTheSameFileAgainWhenAnUploadFailed(String partner, String fault) {
        hub.fault(partner, "{\"fault\":\"%s\",\"seconds\":30}".formatted(fault), 200);
        String caseNo = partner.equals(GRAIN) ? grain("") : union("");
        await().atMost(PATIENCE).until(() -> waiting(caseNo).contains("could not be sent"));

        hub.fault(partner, "none");

        hub.awaitStatus(caseNo, "60");
        awaitNoFiles();
        hub.awaitQuiet();
        assertOneEffectAndOneResult(partner, caseNo);
    }

    @Test
    void sendsTheSameFileAgainWhenNobodyKnowsWhetherItArrived() {
        hub.fault(GRAIN, "{\"fault\":\"timeout-after-work\",\"seconds\":30}", 200);
        String caseNo = grain("");
        await().atMost(PATIENCE).until(() -> batchOf(caseNo, "tries", Integer.class, 0) > 1);

        hub.fault(GRAIN, "none");

        hub.awaitStatus(caseNo, "60");
        await().atMost(PATIENCE)
                .until(() -> batchOf(caseNo, "state", String.class, "none").equals("settled"));
        awaitNoFiles();
        hub.awaitQuiet();
        assertOneEffectAndOneResult(GRAIN, caseNo);
    }

    @Test
    void believesNoFileWhoseLastLineCountsWrongAndTellsAPerson() {
        long before = parked("its last line counts 2 rows, and 1 are there");
        hub.fault(GRAIN, "{\"fault\":\"wrong-count\",\"count\":1,\"seconds\":60}", 200);

        String caseNo = grain("");

        await().atMost(PATIENCE).until(() -> parked("its last line counts 2 rows, and 1 are there") > before);
        hub.awaitStatus(caseNo, "40");
        hub.fault(GRAIN, "none");
        hub.awaitStatus(caseNo, "60");
    }

    @Test
    void tellsAPersonOfAFileWhenItCouldNotBeSaidAtFirst() {
        long before = parked("its last line counts");
        hub.sql().execute("create sequence parks_that_failed");
        hub.sql().execute("""
                create function fail_to_park() returns trigger language plpgsql as $$
                begin
                    perform nextval('parks_that_failed');
                    raise exception 'as a test';
                end $$""");
        hub.sql().execute("""
                create trigger fail_to_park before insert on message for each row when (new.parked_reason like '%its last line counts%')
                execute function fail_to_park()""");
        try {
            hub.fault(GRAIN, "{\"fault\":\"wrong-count\",\"count\":1,\"seconds\":60}", 200);
            grain("");
            await().atMost(PATIENCE)
                    .until(() -> hub.sql().queryForObject("select is_called from parks_that_failed", Boolean.class));
        } finally {
            hub.fault(GRAIN, "none");
            hub.sql().execute("drop trigger fail_to_park on message");
        }

        await().atMost(PATIENCE).until(() -> parked("its last line counts") > before);
    }

    @Test
    void tellsAPersonOfAFileWhoseMarkerIsMissingAndReadsItWhenItComes() {
        long before = parked("its marker is missing");
        hub.fault(UNION, "{\"fault\":\"no-marker\",\"count\":1,\"seconds\":60}", 200);

        String caseNo = union("");

        await().atMost(PATIENCE).until(() -> parked("its marker is missing") > before);
        hub.awaitStatus(caseNo, "40");
        hub.fault(UNION, "none");
        hub.awaitStatus(caseNo, "60");
    }

    @Test
    void parksARowThatNobodyCanReadAndReadsTheOthers() {
        long before = parked("no line of outcome fits the answer");
        hub.fault(GRAIN, "{\"fault\":\"garbage\",\"count\":1}", 200);

        String caseNo = grain("");

        await().atMost(PATIENCE).until(() -> parked("no line of outcome fits the answer") > before);
        hub.awaitStatus(caseNo, "40");
        assertThat(hub.effects(GRAIN, caseNo)).containsExactly("application");
    }

    @Test
    void takesRowsThatAreRejectedLaterToTheirCases() {
        String refused = union("REJECT");
        String incomplete = union("CORRECT");

        hub.awaitStatus(refused, "61");
        hub.awaitStatus(incomplete, "42");
        hub.awaitQuiet();
        assertThat(hub.effects("acceptance-platform", refused)).endsWith("result");
        assertThat(hub.caseFile(incomplete).toString()).contains("42");
    }

    /** The row was taken with its file, and comes back later for a reason that is nobody's but the department's program. */
    @ParameterizedTest
    @CsvSource({"grain, result 9", "trade-union, 'code B90, and the ID number was damaged at the receiver'"})
    void parksTheDeliveryWhoseRowIsSentBackAndSendsItOnceMoreWhenAPersonSaysSo(String partner, String reason) {
        hub.fault(partner, "{\"fault\":\"excel\"}", 200);

        String caseNo = partner.equals(GRAIN) ? grain("DAMAGED") : union("DAMAGED");

        // It waits for a person, whose fault it is can be seen, and the citizen is left in peace
        JsonNode parked = awaitParked(caseNo);
        assertThat(parked.path("reason").stringValue()).isEqualTo(reason);
        assertThat(parked.path("fault").stringValue()).isEqualTo("receiver");
        assertThat(hub.status(caseNo)).isIn("30", "40");
        assertThat(hub.effects(partner, caseNo)).isEmpty();
        assertThat(states(caseNo, partner)).containsExactly("parked");
        assertThat(hub.steps(caseNo)).contains("in-batch", "parked");

        // What follows in the case waits behind it
        String withdrawal = "{\"withdrawalTime\":\"%s\",\"reason\":\"不再需要\"}".formatted(Applications.now());
        assertThat(hub.post("/api/v1/cases/%s/withdrawal".formatted(caseNo), "w-" + caseNo, withdrawal)
                        .statusCode())
                .isEqualTo(202);
        assertThat(awaitParked(caseNo).path("waitingBehind").longValue()).isEqualTo(1);

        // Were that sent back too, whoever replays it first does not change the order
        UUID later = hub.sql().queryForObject("""
                        update delivery set state = 'parked', settled_at = now(), held = false, reason = 'sent back',
                            fault = 'receiver' where case_no = ? and receiver = ? and document = 'withdrawal' returning id
                        """, UUID.class, caseNo, partner);
        assertThat(hub.operate("/deliveries/%s/replay".formatted(later), "{}").statusCode())
                .isEqualTo(200);
        assertThat(hub.sql().queryForObject("select held from delivery where id = ?", Boolean.class, later))
                .isTrue();

        // When a person sends it again, it stands in another file, once
        hub.fault(partner, "none");
        String replay =
                "/deliveries/%s/replay".formatted(parked.path("deliveryId").stringValue());
        assertThat(hub.operate(replay, "{}").statusCode()).isEqualTo(200);
        assertThat(hub.operate(replay, "{}").statusCode()).isEqualTo(404);

        await().atMost(PATIENCE).until(() -> hub.effects(partner, caseNo).size() == 2);
        hub.awaitQuiet();
        assertThat(hub.effects(partner, caseNo)).containsExactly("application", "withdrawal");
        assertThat(states(caseNo, partner)).containsExactly("delivered", "delivered");
    }

    @Test
    void refusesAsAResult() {
        String caseNo = grain("REFUSE");

        hub.awaitStatus(caseNo, "61");
        hub.awaitQuiet();
        assertThat(hub.effects("acceptance-platform", caseNo)).endsWith("result");
    }

    @Test
    void keepsTheOrderOfACaseFromBatchToBatch() {
        hub.fault(UNION, "{\"fault\":\"late-result\",\"seconds\":60}", 200);
        String caseNo = union("");

        String withdrawal = "{\"withdrawalTime\":\"%s\",\"reason\":\"不再需要\"}".formatted(Applications.now());
        assertThat(hub.post("/api/v1/cases/%s/withdrawal".formatted(caseNo), "w-" + caseNo, withdrawal)
                        .statusCode())
                .isEqualTo(202);

        hub.awaitStatus(caseNo, "90");
        await().atMost(PATIENCE).until(() -> hub.effects(UNION, caseNo).size() == 2);
        assertThat(hub.effects(UNION, caseNo)).containsExactly("application", "withdrawal");
        assertThat(hub.sql()
                        .queryForObject(
                                "select count(distinct number) from batch_row where case_no = ?", Long.class, caseNo))
                .isEqualTo(2);
    }

    @Test
    void writesNamesOfRareCharactersAndQuotes() {
        String grain = hub.caseOf(Applications.online(Applications.GRAIN).replace(Applications.NAME, "测试㛃𬭊"));
        String union = hub.caseOf(
                Applications.atCounter(Applications.TRADE_UNION, "").replace(Applications.NAME, "测试\\\"甲\\\",乙"));

        hub.awaitStatus(grain, "60");
        hub.awaitStatus(union, "60");
    }

    private static void assertOneEffectAndOneResult(String partner, String caseNo) {
        assertThat(hub.effects(partner, caseNo)).containsExactly("application");
        assertThat(hub.effects("acceptance-platform", caseNo).stream().filter("result"::equals))
                .hasSize(1);
    }

    private static String grain(String remark) {
        return hub.caseOf(Applications.online(Applications.GRAIN, remark));
    }

    private static String union(String remark) {
        return hub.caseOf(
                Applications.atCounter(Applications.TRADE_UNION, ",\"form\":{\"remark\":\"%s\"}".formatted(remark)));
    }

    private static JsonNode awaitParked(String caseNo) {
        return await().atMost(PATIENCE)
                .until(
                        () -> hub.operatorSees("/parked")
                                .valueStream()
                                .filter(line -> line.path("caseNo").asString("").equals(caseNo))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static List<String> states(String caseNo, String partner) {
        return hub.sql()
                .queryForList(
                        "select state from delivery where case_no = ? and receiver = ? order by lane_no",
                        String.class,
                        caseNo,
                        partner);
    }

    private static long parked(String reason) {
        return hub.operatorSees("/parked")
                .valueStream()
                .filter(one -> one.toString().contains(reason))
                .count();
    }

    private static <T> T batchOf(String caseNo, String column, Class<T> type, T otherwise) {
        return hub
                .sql()
                .queryForList(
                        "select b.%s from batch b join batch_row r using (partner, number) where r.case_no = ?"
                                .formatted(column),
                        type,
                        caseNo)
                .stream()
                .findFirst()
                .orElse(otherwise);
    }

    private static String waiting(String caseNo) {
        for (JsonNode one : hub.operatorSees("/waiting")) {
            if (one.toString().contains(caseNo)) {
                return one.toString();
            }
        }
        return "";
    }

    /** What holds personal data in clear is gone once it is read; the counts hold none. */
    private static void awaitNoFiles() {
        await().atMost(PATIENCE).until(() -> files().isEmpty());
    }

    private static List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String partner : List.of(GRAIN, UNION)) {
            try (Stream<Path> files = Files.walk(directory.resolve("data/sftp").resolve(partner))) {
                files.filter(Files::isRegularFile)
                        .filter(file -> !file.getParent().endsWith("count"))
                        .forEach(found::add);
            }
        }
        return found;
    }
}
