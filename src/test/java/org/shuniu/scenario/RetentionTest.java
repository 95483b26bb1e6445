package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.attachment.AttachmentStore;
import org.shuniu.delivery.ReRequests;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.retention.Retention;
import org.shuniu.rotation.KeyRotation;
import org.shuniu.rotation.MonthKeys;
import org.shuniu.store.Lease;
import org.shuniu.store.Pools;
import org.shuniu.vault.BodyErased;
import org.shuniu.vault.Month;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** The life of one month's bodies, from their cases to the day on which they are erased, and after. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RetentionTest {

    private static final int KEEP = 2;
    private static final String SCAN = "scan of a made-up paper ".repeat(5_000);
    private static final String SHARED = "scan of a paper that two cases name ".repeat(5_000);

    private static final byte[] ENVELOPE = "what a region said of a case".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path directory;

    private static RunningHub hub;
    private static int month;
    private static String key;
    private static String application;
    private static String attachment;
    private static String shared;
    private static HttpResponse<String> receipt;
    private static String over;
    private static String parked;
    private static String pending;
    private static byte[] sealedBefore;
    private static UUID resultOfOver;
    private static List<UUID> envelopesOfParked;

    @BeforeAll
    static void acceptsCases() {
        hub = RunningHub.start(
                directory,
                "--shuniu.retention.keep=" + KEEP,
                "--shuniu.retention.items." + Applications.FEDERATION + "=" + 12 * KEEP,
                "--shuniu.retention.pause=0ms",
                "--shuniu.retention.batch=3",
                "--shuniu.retention.every=10h");
        month = Month.of(Instant.now());
        attachment = upload(SCAN);
        shared = upload(SHARED);
        key = UUID.randomUUID().toString();
        application = Applications.application(
                Applications.ECONOMY,
                "2",
                "",
                ",\"materials\":[%s,%s]".formatted(paper(attachment, SCAN), paper(shared, SHARED)));
        receipt = hub.post("/api/v1/applications", key, application);
        assertThat(receipt.statusCode()).as(receipt.body()).isEqualTo(202);
        over = RunningHub.JSON.readTree(receipt.body()).path("caseNo").stringValue();
        hub.awaitStatus(over, "60");
        hub.fault("economy", "garbage");
        parked = hub.caseOf(Applications.application(
                Applications.ECONOMY, "2", "", ",\"materials\":[%s]".formatted(paper(shared, SHARED))));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !hub.operatorSees("/parked").isEmpty());
        hub.fault("economy", "none");
        hub.awaitQuiet();
        sealedBefore = applicationOf(over);
        hub.sql().update("insert into sender_case values ('anhui', 'AH-1', ?)", idOf(parked));
        envelopesOfParked =
                List.of(envelope("cn.shuniu.case.result.v1", parked), envelope("cn.shuniu.case.step.v1", "AH-1"));
        assertThat(hub.operate("/partners/healthcare-security/pause", "{\"reason\":\"maintenance\"}")
                        .statusCode())
                .isEqualTo(200);
        pending = hub.caseOf(Applications.online(Applications.HEALTHCARE));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    @Order(1)
    void erasesNothingBeforeItsTime() throws InterruptedException {
        look(due().minus(Duration.ofHours(1)));

        assertThat(entry().destroyedAt()).isNull();
    }

    /** While the next body is carried over, what was walked past is parked; another case is under way anyhow. */
    @Test
    @Order(2)
    void destroysNothingThatIsParkedBehindTheWalk() throws InterruptedException {
        UUID passed = deliveryOf(over);
        JdbcTemplate sql = hub.bean(Pools.class).settlement().sql();
        sql.execute("""
                create function park_meanwhile() returns trigger language plpgsql as $$
                begin
                    update delivery set state = 'parked' where id = '%s';
                    return new;
                end $$""".formatted(passed));
        sql.execute("create trigger park_meanwhile after update on message execute function park_meanwhile()");
        try {
            look(due());

            assertThat(entry().destroyedAt()).isNull();
            assertThat(entry().postponedBy()).isEqualTo(2);
            assertThat(open(applicationOf(over), over)).isEqualTo(application);
        } finally {
            sql.execute("drop trigger park_meanwhile on message");
            sql.execute("drop function park_meanwhile");
            sql.update("update delivery set state = 'delivered' where id = ?", passed);
        }
    }

    @Test
    @Order(3)
    void destroysNothingThatADeliveryUnderWayMayNeed() throws InterruptedException {
        look(due());

        assertThat(entry().destroyedAt()).isNull();
        assertThat(open(applicationOf(over), over)).isEqualTo(application);
        JsonNode seen = hub.operatorSees("/vault")
                .path("months")
                .valueStream()
                .filter(shown -> shown.path("month").intValue() == month)
                .findFirst()
                .orElseThrow();
        assertThat(seen.path("postponedSince").stringValue()).isNotBlank();
        assertThat(seen.path("postponedBy").intValue()).isOne();
    }

    @Test
    @Order(4)
    void doesNothingWhileAnotherProcessHasTheLease() throws InterruptedException {
        String longer = delivered();
        Lease others = new Lease(hub.sql(), "retention", UUID.randomUUID(), Duration.ofMinutes(5));
        others.seize();

        look(due());

        assertThat(entry().destroyedAt()).isNull();
        others.release();
        assertThat(hub.status(longer)).isEqualTo("60");
    }

    @Test
    @Order(5)
    void waitsForWhoSendsABodyAgainAndThenForThat() throws Exception {
        UUID lost = deliveryOf(over);
        Pools.Door door = hub.bean(Pools.class).console();
        assertThat(hub.operate("/partners/economy/pause", "{\"reason\":\"maintenance\"}")
                        .statusCode())
                .isEqualTo(200);

        CompletableFuture<Void> walk = door.transaction().execute(status -> {
            assertThat(new ReRequests(door.sql())
                            .sendAgain(hub.bean(PartnerDirectory.class).partner("economy"), lost, "lost"))
                    .isTrue();
            CompletableFuture<Void> looking = CompletableFuture.runAsync(RetentionTest::lookWhenDue);
            await().until(() -> waitsFor("month_key"));
            return looking;
        });
        walk.get(1, TimeUnit.MINUTES);

        assertThat(entry().destroyedAt()).isNull();
        assertThat(entry().postponedBy()).isOne();
        assertThat(hub.operate("/partners/economy/resume", "{\"reason\":\"done\"}")
                        .statusCode())
                .isEqualTo(200);
        hub.awaitQuiet();
        assertThat(hub.sql().queryForObject("select state from delivery where id = ?", String.class, lost))
                .isEqualTo("delivered");
    }

    private static void lookWhenDue() {
        try {
            look(due());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean waitsFor(String table) {
        return hub.sql().queryForObject("""
                select exists (select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%%%s%%'
                    and pid <> pg_backend_pid())
                """.formatted(table), Boolean.class);
    }

    /** What is parked behind the walk is sent again while it is counted. */
    @Test
    @Order(6)
    void destroysNothingThatIsSentAgainWhileItIsCounted() throws Exception {
        UUID passed = deliveryOf(over);
        Pools pools = hub.bean(Pools.class);
        try (Connection replay = pools.intake().dataSource().getConnection();
                Statement replaying = replay.createStatement()) {
            replay.setAutoCommit(false);
            CompletableFuture<Void> look = pools.settlement().transaction().execute(status -> {
                hub.bean(KeyRotation.class).months().hold(month);
                CompletableFuture<Void> looking = CompletableFuture.runAsync(RetentionTest::lookWhenDue);
                await().until(() -> waitsFor("month_key"));
                execute(replaying, "lock table message in access exclusive mode");
                pools.settlement().sql().update("update delivery set state = 'parked' where id = ?", passed);
                return looking;
            });
            execute(replaying, "update delivery set state = 'pending', held = true where id = '%s'".formatted(passed));
            await().until(() -> look.isDone() || waitsFor("sealed_month"));
            replay.commit();
            look.get(1, TimeUnit.MINUTES);

            assertThat(entry().destroyedAt()).isNull();
            assertThat(entry().postponedBy()).isOne();
        } finally {
            hub.sql().update("update delivery set state = 'delivered', held = false where id = ?", passed);
        }
    }

    private static void execute(Statement session, String statement) {
        try {
            session.execute(statement);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    @Order(7)
    void destroysTheSecretOfAMonthAndCarriesOverWhatIsNeeded() throws InterruptedException {
        resultOfOver = envelope("cn.shuniu.case.result.v1", over);
        UUID refused = refusedByARegion(over);
        UUID gathered = gatheredForNoFile(over);

        look(due());

        assertThat(entry().destroyedAt()).isNotNull();
        assertThat(entry().emptiedAt()).isNotNull();
        assertThat(entry().postponedSince()).isNull();
        assertThat(hub.sql().queryForList("select secret from month_key where month = ?", byte[].class, month))
                .containsOnlyNulls();
        assertThatThrownBy(() -> open(sealedBefore, over))
                .isInstanceOf(BodyErased.class)
                .hasMessageContaining("2 months after the last step of a case that is over");
        assertThat(applicationOf(over)).hasSize(4);
        assertThat(body("exchange_sent", refused)).hasSize(4);
        assertThat(body("batch_row", gathered)).hasSize(4);
        assertThat(hub.operatorSees("/audit").toString()).contains("erase-bodies", Month.name(month));
        for (String needed : List.of(parked, longer())) {
            assertThat(open(applicationOf(needed), needed)).contains(Applications.NAME);
        }
    }

    @Test
    @Order(8)
    void keepsWhatARegionSaidOfACaseAsLongAsItsOtherBodies() {
        assertThat(bodyOf(resultOfOver)).hasSize(4);
        assertThat(envelopesOfParked)
                .allSatisfy(envelope -> assertThat(
                                hub.bean(Vault.class).open(bodyOf(envelope), "exchange_message.body", envelope))
                        .isEqualTo(ENVELOPE));
    }

    @Test
    @Order(9)
    void saysOfACaseThatItsBodiesAreErased() {
        assertThat(hub.status(over)).isEqualTo("60");
        assertThat(hub.caseFile(over).at("/result/erased/rule").asString("")).contains("2 months after the last step");
        assertThat(hub.operate("/search", "{\"idNumber\":\"%s\"}".formatted(Applications.ID_NUMBER))
                        .body())
                .contains(parked)
                .doesNotContain(over);
        hub.bean(AttachmentStore.class).giveUpUnnamed();
        assertThat(hub.get("/api/v1/attachments/" + attachment).statusCode()).isEqualTo(404);
        assertThat(hub.get("/api/v1/attachments/" + shared).statusCode()).isEqualTo(200);
    }

    @Test
    @Order(10)
    void givesAResendTheSameReceiptAndRefusesAnotherBody() {
        HttpResponse<String> again = hub.post("/api/v1/applications", key, application);

        assertThat(again.body()).isEqualTo(receipt.body());
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(hub.post("/api/v1/applications", key, application + " ").statusCode())
                .isEqualTo(422);
    }

    @Test
    @Order(11)
    void deliversWhatWasParkedThen() {
        String delivery = hub.sql()
                .queryForObject(
                        "select id::text from delivery where case_no = ? and state = 'parked'", String.class, parked);

        assertThat(hub.operate("/deliveries/%s/replay".formatted(delivery), "{}")
                        .statusCode())
                .isEqualTo(200);

        hub.awaitStatus(parked, "60");
        assertThat(hub.effects("economy", parked)).isNotEmpty();
    }

    @Test
    @Order(12)
    void goesOnWhereACrashLeftABodyThatNobodyCanOpen() throws InterruptedException {
        crashBeforeTheEmptying();

        look(due());

        assertThat(applicationOf(over)).hasSize(4);
        assertThat(entry().emptiedAt()).isNotNull();
    }

    @Test
    @Order(13)
    void needsAnOldMasterKeyUntilWhatNobodyCanOpenIsEmptied() throws Exception {
        crashBeforeTheEmptying();
        Files.writeString(directory.resolve("data/secrets/master-key-2"), "ab".repeat(32));
        assertThat(hub.operate("/vault/rotate", "{}").statusCode()).isEqualTo(200);
        assertThat(hub.operate("/vault/reseal", "{}").statusCode()).isEqualTo(202);

        // Passes go by, and no key counts as one that nothing needs
        await().atMost(Duration.ofSeconds(60))
                .until(() -> hub.sql().queryForObject("select pass from vault_reseal", Integer.class) > 4);
        assertThat(hub.operatorSees("/vault").path("reseal").path("state").stringValue())
                .isEqualTo("running");
        assertThat(needsTheFirstKey()).isTrue();
        assertThat(applicationOf(over)).isEqualTo(sealedBefore);

        look(due());

        await().atMost(Duration.ofSeconds(60))
                .until(() -> hub.operatorSees("/vault")
                        .path("reseal")
                        .path("state")
                        .stringValue()
                        .equals("done"));
        assertThat(needsTheFirstKey()).isFalse();
        assertThat(applicationOf(over)).hasSize(4);
    }

    private static boolean needsTheFirstKey() {
        return hub.operatorSees("/vault").path("keys").path(0).path("needed").booleanValue();
    }

    /** The secret is gone, and a body of its month is there. */
    private static void crashBeforeTheEmptying() {
        hub.bean(Pools.class)
                .settlement()
                .sql()
                .update("update month_key set emptied_at = null where month = ?", month);
        hub.sql().update("update message set body = ? where id = ?", sealedBefore, idOf(over));
    }

    @Test
    @Order(14)
    void neverGivesASecretBack() {
        assertThatThrownBy(() -> hub.sql()
                        .update(
                                "update month_key set secret = ?, destroyed_at = null, rule = null where month = ?",
                                new byte[32],
                                month))
                .hasMessageContaining("neither changed nor given back");
        assertThatThrownBy(() -> hub.sql().update("delete from month_key where month = ?", month))
                .hasMessageContaining("neither changed nor given back");
    }

    @Test
    @Order(15)
    void sendsNothingAgainThatNobodyCanOpen() {
        UUID delivered = deliveryOf(over);
        Pools.Door door = hub.bean(Pools.class).settlement();
        ReRequests again = new ReRequests(door.sql());

        Boolean sent = door.transaction()
                .execute(status ->
                        again.sendAgain(hub.bean(PartnerDirectory.class).partner("economy"), delivered, "lost"));

        assertThat(sent).isFalse();
        assertThat(hub.sql().queryForObject("select state from delivery where id = ?", String.class, delivered))
                .isEqualTo("delivered");
    }

    private static void look(Instant now) throws InterruptedException {
        hub.clock().set(LocalDateTime.ofInstant(now, ZoneId.of("Asia/Shanghai")));
        hub.bean(Retention.class).look();
    }

    private static Instant due() {
        return Month.end(month).atOffset(ZoneOffset.UTC).plusMonths(KEEP).toInstant();
    }

    private static MonthKeys.Entry entry() {
        return hub.bean(KeyRotation.class).months().entries().stream()
                .filter(entry -> entry.month() == month)
                .findFirst()
                .orElseThrow();
    }

    /** Lets everything go on that waited; of an item whose bodies are kept longer there is a case, too. */
    private static String delivered() {
        assertThat(hub.operate("/partners/healthcare-security/resume", "{\"reason\":\"done\"}")
                        .statusCode())
                .isEqualTo(200);
        hub.awaitStatus(pending, "60");
        String longer = hub.caseOf(Applications.online(Applications.FEDERATION));
        hub.awaitStatus(longer, "60");
        hub.awaitQuiet();
        return longer;
    }

    private static String longer() {
        return hub.sql()
                .queryForObject(
                        "select case_no from case_file where item_code = ?", String.class, Applications.FEDERATION);
    }

    private static UUID idOf(String caseNo) {
        return hub.sql().queryForObject("select application_id from case_file where case_no = ?", UUID.class, caseNo);
    }

    private static UUID deliveryOf(String caseNo) {
        return hub.sql()
                .queryForObject(
                        "select id from delivery where case_no = ? and message_id = ? and state = 'delivered'",
                        UUID.class,
                        caseNo,
                        idOf(caseNo));
    }

    /** What a region that decides or takes part in a case says of it, as the exchange kept it in that month. */
    private static UUID envelope(String type, String number) {
        UUID id = UUID.randomUUID();
        hub.sql().update("""
                insert into exchange_message (id, partner, idempotency_key, type, subject, body, signature_base, signature, keyid,
                    certificate, receipt_input, receipt_signature, accepted_at)
                values (?, 'anhui', ?, ?, ?, ?, '', '', '', '', '', '', now())
                """, id, id.toString(), type, "case/" + number, sealed("exchange_message.body", id));
        return id;
    }

    /** What a region refuses, because the case is over there, is settled by nobody. */
    private static UUID refusedByARegion(String caseNo) {
        UUID id = UUID.randomUUID();
        hub.sql().update("""
                insert into delivery (id, message_id, document, case_no, receiver, queue, state, due_at, created_at, settled_at)
                values (?, ?, 'withdrawal', ?, 'anhui', 'application', 'refused', now(), now(), now())
                """, id, idOf(caseNo), caseNo);
        hub.sql().update("""
                insert into exchange_sent (id, partner, message_id, delivery_id, case_no, type, subject, body, digest, written_at)
                values (?, 'anhui', ?, ?, ?, 'cn.shuniu.case.withdrawal.v1', ?, ?, '', now())
                """, id, idOf(caseNo), id, caseNo, "case/" + caseNo, sealed("exchange_sent.body", id));
        return id;
    }

    /** A row whose delivery was given up before its file was made. */
    private static UUID gatheredForNoFile(String caseNo) {
        UUID id = deliveryOf(caseNo);
        hub.sql()
                .update(
                        "insert into batch_row (id, partner, case_no, format, body, added_at) values (?, 'economy', ?, '', ?, now())",
                        id,
                        caseNo,
                        sealed("batch_row.body", id));
        return id;
    }

    private static byte[] sealed(String place, UUID id) {
        Vault vault = hub.bean(Vault.class);
        return vault.bind(vault.seal(ENVELOPE, place, id), place, id, month);
    }

    private static byte[] bodyOf(UUID envelope) {
        return body("exchange_message", envelope);
    }

    private static byte[] body(String table, UUID id) {
        return hub.sql().queryForObject("select body from %s where id = ?".formatted(table), byte[].class, id);
    }

    private static byte[] applicationOf(String caseNo) {
        return hub.sql().queryForObject("select body from message where id = ?", byte[].class, idOf(caseNo));
    }

    private static String open(byte[] sealed, String caseNo) {
        return new String(hub.bean(Vault.class).open(sealed, "message.body", idOf(caseNo)), StandardCharsets.UTF_8);
    }

    private static String paper(String digest, String content) {
        return "{\"name\":\"扫描件\",\"source\":\"1\",\"attachment\":{\"digest\":\"%s\",\"size\":%d,\"mediaType\":\"application/pdf\"}}"
                .formatted(digest, content.length());
    }

    private static String upload(String scan) {
        byte[] content = scan.getBytes(StandardCharsets.UTF_8);
        String digest = EncryptionAtRestTest.digest(content);
        assertThat(hub.send(hub.request("/api/v1/attachments/" + digest, "acceptance-platform-token")
                                .PUT(HttpRequest.BodyPublishers.ofByteArray(content)))
                        .statusCode())
                .isEqualTo(201);
        return digest;
    }
}
