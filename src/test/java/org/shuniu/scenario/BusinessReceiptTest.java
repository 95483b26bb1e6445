package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.vault.Vault;
import tools.jackson.databind.JsonNode;

/** The sender of a case hears once that something is stuck, and once that it is over. */
class BusinessReceiptTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final DocumentSchemas SCHEMAS = DocumentSchemas.load(Path.of("mappings"));

    @TempDir
    static Path directory;

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(directory, "--shuniu.notices.after=10m", "--shuniu.notices.every=200ms");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @AfterEach
    void mend() {
        hub.fault("economy", "none");
        hub.fault("acceptance-platform", "none");
        hub.awaitQuiet();
    }

    @Test
    void saysOnceThatAMessageIsParkedAndOnceThatItHasArrived() {
        hub.fault("economy", "garbage");
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
        awaitReceipts(caseNo, 1);

        hub.fault("economy", "none");
        hub.operate("/deliveries/%s/replay".formatted(parkedDelivery(caseNo)), "{}");

        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(receipts(caseNo))
                .extracting(receipt -> receipt.path("kind").stringValue())
                .containsExactly("parked", "resolved");
        assertThat(receipts(caseNo)).allSatisfy(receipt -> {
            assertThat(SCHEMAS.check("receipt", receipt)).isEmpty();
            assertThat(receipt.path("partner").stringValue()).isEqualTo("economy");
            assertThat(receipt.toString()).doesNotContain(Applications.NAME, Applications.ID_NUMBER);
        });
        assertThat(hub.effects("acceptance-platform", caseNo))
                .containsExactlyInAnyOrder("receipt", "receipt", "result");
        assertThat(hub.sql()
                        .queryForObject(
                                "select bool_and(lane_no is null and not held) from delivery where document = 'receipt'",
                                Boolean.class))
                .isTrue();
    }

    @Test
    void saysOnceWhenTheNextTryIsWhileAReceiverIsDownForLong() {
        hub.fault("economy", "down");
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
        awaitSpent(caseNo, "economy");
        makeOld(caseNo);
        awaitReceipts(caseNo, 1);
        assertThat(receipts(caseNo).get(0).path("text").path("zh").stringValue())
                .matches("经信暂时无法接收办事申请，下次尝试时间 .*\\d\\d:\\d\\d");
        assertThat(receipts(caseNo).get(0).path("text").path("en").stringValue())
                .matches("Economy and Informatization cannot take the application now; next try .*\\d\\d:\\d\\d");
        assertThat(receipts(caseNo).get(0).path("nextAttempt").stringValue()).matches("\\d{8}T\\d{6}");

        hub.fault("economy", "none");

        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();
        assertThat(receipts(caseNo))
                .extracting(receipt -> receipt.path("kind").stringValue())
                .containsExactly("delayed", "resolved");
    }

    @Test
    void saysWhenAPersonGivesAMessageUp() {
        hub.fault("economy", "garbage");
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
        awaitReceipts(caseNo, 1);

        hub.operate(
                "/deliveries/%s/give-up".formatted(parkedDelivery(caseNo)),
                "{\"reason\":\"taken on paper\",\"laterOnes\":\"continue\"}");

        hub.awaitQuiet();
        assertThat(receipts(caseNo))
                .extracting(receipt -> receipt.path("kind").stringValue())
                .containsExactly("parked", "given-up");
    }

    @Test
    void saysNothingWhereAllGoesWell() {
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));

        hub.awaitStatus(caseNo, "60");
        hub.awaitQuiet();

        assertThat(receipts(caseNo)).isEmpty();
    }

    @Test
    void saysNothingToASenderThatIsDownItself() {
        hub.fault("acceptance-platform", "down");
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
        awaitSpent(caseNo, "acceptance-platform");
        makeOld(caseNo);

        // When it is looked for what waits for others, and some does
        hub.fault("economy", "down");
        String another = hub.caseOf(Applications.online(Applications.ECONOMY));
        awaitSpent(another, "economy");
        makeOld(another);
        await().atMost(PATIENCE).until(() -> !receipts(another).isEmpty());

        hub.fault("economy", "none");
        hub.fault("acceptance-platform", "none");

        hub.awaitQuiet();
        assertThat(receipts(caseNo)).isEmpty();
        assertThat(hub.effects("acceptance-platform", caseNo)).containsExactly("result");
    }

    /** Waits until a delivery of the case has failed; its receiver is down. */
    private static void awaitSpent(String caseNo, String receiver) {
        await().atMost(PATIENCE)
                .until(() -> hub.sql()
                                .queryForObject(
                                        "select count(*) from delivery where case_no = ? and receiver = ? and spent > 0",
                                        Long.class,
                                        caseNo,
                                        receiver)
                        > 0);
    }

    /** What waits of the case has waited for an hour: longer than its sender is left in peace. */
    private static void makeOld(String caseNo) {
        hub.sql()
                .update(
                        "update delivery set created_at = created_at - interval '1 hour' where case_no = ? and state = 'pending'",
                        caseNo);
    }

    private static String parkedDelivery(String caseNo) {
        return hub.sql()
                .queryForObject(
                        "select id::text from delivery where case_no = ? and state = 'parked'", String.class, caseNo);
    }

    private static void awaitReceipts(String caseNo, int count) {
        await().atMost(PATIENCE)
                .until(() -> hub.effects("acceptance-platform", caseNo).stream()
                                .filter("receipt"::equals)
                                .count()
                        == count);
    }

    private static List<JsonNode> receipts(String caseNo) {
        return hub.sql()
                .query(
                        "select id, body from message where case_no = ? and document = 'receipt' order by id",
                        (row, number) -> {
                            UUID id = row.getObject("id", UUID.class);
                            return RunningHub.JSON.readTree(
                                    hub.bean(Vault.class).open(row.getBytes("body"), "message.body", id));
                        },
                        caseNo);
    }
}
