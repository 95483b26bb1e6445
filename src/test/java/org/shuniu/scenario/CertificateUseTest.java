package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.enrichment.Enrichments;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;
import tools.jackson.databind.JsonNode;

/** An electronic certificate in place of a scan: the department gets a copy for this use only, whatever the library does. */
class CertificateUseTest {

    private static final String LIBRARY = "certificate-library";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** It waits for the library; the economy commission's goes on with paper. */
    private static final String WAITS = Applications.FEDERATION;

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
        hub.fault(LIBRARY, "none");
        hub.fault("acceptance-platform", "none");
    }

    @Test
    void givesTheDepartmentACopyAndForgetsItButTheUse() {
        String caseNo = hub.caseOf(with(Applications.ECONOMY, "SFZ0000000001"));

        // The commission takes no certificate without its copy
        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(hub.effects(LIBRARY, caseNo)).containsExactly("certificate-use", "certificate-copy");
        Map<String, Object> use = use(caseNo);
        assertThat(use)
                .containsEntry("state", "ready")
                .containsEntry("item_code", Applications.ECONOMY)
                .containsEntry("asked_by", "acceptance-platform")
                .containsEntry("purpose", "办理市民网上实名认证服务");
        assertThat(use.get("reference").toString()).startsWith("FB-");
        assertThat(use.get("body")).isNull();
        assertThat(answersWithContent(caseNo)).isZero();
        assertThat(hub.ledger(LIBRARY).stream()
                        .filter(line -> line.contains(use.get("id").toString())))
                .hasSize(1);
        assertThat(hub.caseFile(caseNo).path("timeline").toString())
                .containsSubsequence("certificate-asked", "certificate-ready", "delivered");
        assertThat(evidence(caseNo)).doesNotContain(Applications.ID_NUMBER, Applications.NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "timeout-after-work", "unauthorized", "garbage", "down"})
    void usesACertificateOnceAndCostsTheDepartmentNoAttemptWhateverTheLibraryDoes(String fault) {
        hub.fault(LIBRARY, "{\"fault\":\"%s\",\"seconds\":5,\"count\":1}".formatted(fault), 200);

        String caseNo = hub.caseOf(with(WAITS, "SFZ0000000001"));

        if (fault.equals("down")) {
            await().atMost(PATIENCE).until(() -> spentAtTheLibrary(caseNo) > 0);
            hub.fault(LIBRARY, "none");
        }
        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(hub.effects(LIBRARY, caseNo)).containsExactly("certificate-use", "certificate-copy");
        assertThat(hub.effects("disabled-federation", caseNo)).containsExactly("application");
        assertThat(attempts(caseNo, "disabled-federation")).isEqualTo(1);
    }

    @Test
    void asksForANewCopyWhereTheFirstHasExpiredBeforeTheDepartmentCouldTakeIt() {
        LocalDateTime today = LocalDateTime.now(ZoneId.of("Asia/Shanghai"));
        try {
            // Given a copy for a department that is away
            hub.fault("economy", "down");
            String caseNo = hub.caseOf(with(Applications.ECONOMY, "SFZ0000000001"));
            await().atMost(PATIENCE).until(() -> attempts(caseNo, "economy") > 0);
            String first = use(caseNo).get("reference").toString();

            // When it is back after the copy's thirty days, and no call is on its way that began before
            hub.operate("/partners/economy/pause", "{\"reason\":\"maintenance\"}");
            await().atMost(PATIENCE).until(() -> !isClaimed(caseNo, "economy"));
            hub.clock().set(today.plusDays(31));
            hub.fault("economy", "none");
            hub.operate("/partners/economy/resume", "{}");

            // Then it gets another copy, of another use; what has expired is forgotten
            hub.awaitStatus(caseNo, "60");
            hub.awaitQuiet();
            assertThat(hub.effects(LIBRARY, caseNo))
                    .containsExactly("certificate-use", "certificate-copy", "certificate-use", "certificate-copy");
            assertThat(hub.effects("economy", caseNo)).containsExactly("application");
            List<Map<String, Object>> uses = hub.sql()
                    .queryForList("select * from certificate_use where case_no = ? order by valid_from", caseNo);
            assertThat(uses).extracting(use -> use.get("state")).containsExactly("expired", "ready");
            assertThat(uses)
                    .allSatisfy(use -> assertThat(use)
                            .containsEntry("purpose", "办理市民网上实名认证服务")
                            .containsEntry("asked_by", "acceptance-platform")
                            .containsEntry("body", null));
            assertThat(uses.get(1).get("reference")).isNotEqualTo(first);
            assertThat(answersWithContent(caseNo)).isZero();
            assertThat(hub.caseFile(caseNo).path("timeline").toString())
                    .containsSubsequence(
                            "certificate-asked",
                            "certificate-ready",
                            "certificate-expired",
                            "certificate-asked",
                            "certificate-ready",
                            "delivered");
        } finally {
            hub.fault("economy", "none");
            hub.clock().set(LocalDateTime.now(ZoneId.of("Asia/Shanghai")));
        }
    }

    @Test
    void letsEverythingElsePassWhileTheLibraryHangsAndSaysWhatWaits() {
        hub.fault(LIBRARY, "{\"fault\":\"slow\",\"seconds\":600}", 200);
        List<String> waiting = List.of(
                hub.caseOf(with(WAITS, "SFZ0000000001")),
                hub.caseOf(with(WAITS, "SFZ0000000002")),
                hub.caseOf(with(WAITS, "SFZ0000000003")),
                hub.caseOf(with(WAITS, "SFZ0000000004")),
                hub.caseOf(with(WAITS, "SFZ0000000005")));

        // When others apply to the same department without a certificate
        for (int i = 0; i < 5; i++) {
            hub.awaitStatus(hub.caseOf(Applications.online(WAITS)), "60");
        }

        // Then those with one wait, and it is seen why; the department was not called for them
        for (String caseNo : waiting) {
            assertThat(hub.status(caseNo)).isEqualTo("30");
            assertThat(attempts(caseNo, "disabled-federation")).isZero();
        }
        JsonNode line = waitingLine(waiting.get(0));
        assertThat(line.path("waitsFor").path("kind").stringValue()).isEqualTo("certificate");
        assertThat(line.path("waitsFor").path("library").stringValue()).isEqualTo(LIBRARY);
        assertThat(line.path("nextAttempt").stringValue()).isNotEmpty();
        assertThat(line.path("since").stringValue()).isNotEmpty();
        assertThat(line.path("spent").intValue()).isZero();

        // When a person stops its calls, nobody knows when the next is
        hub.operate("/partners/%s/pause".formatted(LIBRARY), "{\"reason\":\"maintenance\"}");
        assertThat(waitingLine(waiting.get(0)).path("nextAttempt").isMissingNode()
                        || waitingLine(waiting.get(0)).path("nextAttempt").isNull())
                .isTrue();
        assertThat(waitingLine(waiting.get(0)).at("/nextAttemptText/en").stringValue())
                .endsWith("whose calls are stopped");
        hub.operate("/partners/%s/resume".formatted(LIBRARY), "{}");

        // When the library goes on, so do they
        hub.fault(LIBRARY, "none");
        waiting.forEach(caseNo -> hub.awaitStatus(caseNo, "60"));
        waiting.forEach(caseNo ->
                assertThat(hub.effects(LIBRARY, caseNo)).containsExactly("certificate-use", "certificate-copy"));
    }

    @Test
    void goesOnWithPaperWhereTheItemsRuleSaysSoAndTellsTheSender() {
        hub.fault(LIBRARY, "down");

        String caseNo = hub.caseOf(with(Applications.ECONOMY, "SFZ0000000001"));
        // The half hour is over that the item's rule gives the library.
        await().atMost(PATIENCE)
                .until(() -> hub.sql()
                                .update(
                                        "update certificate_use set paper_at = now() where case_no = ? and state = 'open'",
                                        caseNo)
                        == 1);

        hub.awaitStatus(caseNo, "60");
        hub.fault(LIBRARY, "none");
        hub.awaitQuiet();
        assertThat(use(caseNo)).containsEntry("state", "paper");
        assertThat(hub.effects(LIBRARY, caseNo)).isEmpty();
        assertThat(hub.effects("acceptance-platform", caseNo)).contains("receipt");
        assertThat(hub.caseFile(caseNo).path("timeline").toString()).contains("certificate-on-paper");
    }

    @Test
    void goesOnWithPaperWhenAnOperatorGivesTheCertificateUp() {
        hub.fault(LIBRARY, "garbage");
        String caseNo = hub.caseOf(with(WAITS, "SFZ0000000001"));
        await().atMost(PATIENCE)
                .until(() -> hub.operatorSees("/parked").toString().contains(caseNo));

        HttpResponse<String> done = hub.operate(
                "/deliveries/%s/give-up".formatted(parked(caseNo)),
                "{\"reason\":\"电子证照库停用\",\"laterOnes\":\"continue\"}");

        assertThat(done.statusCode()).isEqualTo(200);
        hub.awaitStatus(caseNo, "60");
        assertThat(use(caseNo)).containsEntry("state", "paper");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE00000001", "OTHER0000001", "REVOKED00001"})
    void leavesARefusedCertificateToTheDepartment(String serial) {
        String caseNo = hub.caseOf(with(WAITS, serial));

        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(use(caseNo)).containsEntry("state", "refused");
        assertThat(hub.effects(LIBRARY, caseNo)).isEmpty();
    }

    /** Who asked again would be given such copies for ever. */
    /** As a group has it in which the outcomes of two attempts of one delivery meet. */
    @Test
    void asksTheNextOnceWhereALibrarySaysTheSameTwice() {
        hub.fault(LIBRARY, "{\"fault\":\"slow\",\"seconds\":600}", 200);
        String caseNo = hub.caseOf(with(WAITS, "SFZ0000000001"));
        UUID step = (UUID) use(caseNo).get("step_id");
        Pools.Door door = hub.bean(Pools.class).settlement();
        Enrichments enrichments = new Enrichments(
                door.sql(), hub.bean(Catalogue.class), hub.bean(PartnerDirectory.class), hub.bean(Vault.class));
        Enrichments.Answered answer = new Enrichments.Answered(
                step, RunningHub.JSON.createObjectNode().put("reference", "R-1"), null, null);

        Enrichments.Opened opened = door.transaction().execute(status -> {
            status.setRollbackOnly();
            return enrichments.advance(List.of(answer, answer), Instant.now());
        });

        assertThat(opened.messages()).hasSize(1);
        assertThat(opened.deliveries()).hasSize(1);
        hub.fault(LIBRARY, "none");
        hub.awaitStatus(caseNo, "60");
    }

    @Test
    void leavesACopyThatIsOverWhenItComesToTheDepartment() {
        String caseNo = hub.caseOf(with(WAITS, "OVER00000001"));

        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(use(caseNo))
                .containsEntry("state", "refused")
                .containsEntry("reason", "the copy was over when it came");
        assertThat(hub.effects(LIBRARY, caseNo)).containsExactly("certificate-use", "certificate-copy");
        assertThat(answersWithContent(caseNo)).isZero();
    }

    /** Received elsewhere: the home centre accepts first, and only then is the certificate used. */
    @Test
    void asksForACertificateWhenTheHomeCentreHasAccepted() {
        hub.fault("acceptance-platform", "{\"fault\":\"late-result\",\"seconds\":600}", 200);
        String application = Applications.application(
                Applications.FEDERATION_TERRITORIAL,
                "1",
                ",\"receivingCentre\":\"%s\"".formatted(Applications.OTHER_CENTRE),
                materials("SFZ", Certificates.code("SFZ0000000001")));

        String caseNo = hub.caseOf(application);

        hub.awaitQuiet();
        assertThat(hub.effects(LIBRARY, caseNo)).isEmpty();
        hub.fault("acceptance-platform", "none");
        hub.awaitStatus(caseNo, "60");
        assertThat(hub.effects(LIBRARY, caseNo)).containsExactly("certificate-use", "certificate-copy");
        assertThat(hub.caseFile(caseNo).path("timeline").toString())
                .containsSubsequence(
                        "\"status\":\"21\"", "\"status\":\"30\"", "certificate-asked", "certificate-ready");
    }

    @Test
    void refusesACertificateThatIsMistypedNotTakenOrForged() {
        String code = Certificates.code("SFZ0000000001");

        assertThat(refusal(materials("SFZ", code.replace("SFZ0000000001", "SFZ0000000010"))))
                .contains("check-digit");
        assertThat(refusal(materials("SFZ", "SFZ0000000001"))).contains("format");
        assertThat(refusal(materials("HKB", code))).contains("certificate-not-taken");
        assertThat(refusal(materials("XYZ", code))).contains("code-table");
        assertThat(refusal(materials("SFZ", code).replace("\"source\":\"1\"", "\"source\":\"3\"")))
                .contains("/materials/0/source");
        assertThat(refusal(materials("SFZ", code)
                        .replace("\"type\":\"SFZ\"", "\"type\":\"SFZ\",\"copy\":{\"reference\":\"FB-1\"}")))
                .contains("reserved");
    }

    private static String refusal(String materials) {
        HttpResponse<String> answer = hub.apply(Applications.application(Applications.ECONOMY, "2", "", materials));
        assertThat(answer.statusCode()).isEqualTo(422);
        return answer.body();
    }

    private static String with(String item, String serial) {
        return Applications.application(item, "2", "", materials("SFZ", Certificates.code(serial)));
    }

    private static String materials(String type, String code) {
        return ",\"materials\":[%s]".formatted(Certificates.material(type, code));
    }

    private static Map<String, Object> use(String caseNo) {
        return hub.sql().queryForMap("select * from certificate_use where case_no = ?", caseNo);
    }

    private static long answersWithContent(String caseNo) {
        return hub.sql().queryForObject("""
                        select count(*) from answer a join delivery d on d.id = a.delivery_id
                        where d.case_no = ? and d.receiver = ? and length(a.body) > 0
                        """, Long.class, caseNo, LIBRARY);
    }

    private static String evidence(String caseNo) {
        return hub.sql()
                .queryForList("select detail from event where case_no = ?", String.class, caseNo)
                .toString();
    }

    private static int spentAtTheLibrary(String caseNo) {
        return hub.sql()
                .queryForObject(
                        "select coalesce(max(spent), 0) from delivery where case_no = ? and receiver = ?",
                        Integer.class,
                        caseNo,
                        LIBRARY);
    }

    private static boolean isClaimed(String caseNo, String receiver) {
        return hub.sql()
                .queryForObject(
                        "select claim_until is not null from delivery where case_no = ? and receiver = ? and document = 'application'",
                        Boolean.class,
                        caseNo,
                        receiver);
    }

    private static int attempts(String caseNo, String receiver) {
        return hub.sql()
                .queryForObject(
                        "select attempt from delivery where case_no = ? and receiver = ? and document = 'application'",
                        Integer.class,
                        caseNo,
                        receiver);
    }

    private static JsonNode waitingLine(String caseNo) {
        return hub.operatorSees("/waiting?partner=disabled-federation")
                .valueStream()
                .filter(line -> line.path("caseNo").asString("").equals(caseNo))
                .findFirst()
                .orElseThrow();
    }

    private static String parked(String caseNo) {
        return hub.operatorSees("/parked")
                .valueStream()
                .filter(line -> line.path("caseNo").asString("").equals(caseNo))
                .map(line -> line.path("deliveryId").stringValue())
                .findFirst()
                .orElseThrow();
    }
}
