package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.attachment.AttachmentMarks;
import org.shuniu.attachment.AttachmentStore;
import org.shuniu.delivery.ReRequests;
import org.shuniu.evidence.SealKey;
import org.shuniu.evidence.Verification;
import org.shuniu.packaged.Workplace;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.rotation.KeyRotation;
import org.shuniu.scenario.ShellFolder.Said;
import org.shuniu.signature.MessageSigner;
import org.shuniu.signature.SignatureAlgorithm;
import org.shuniu.signature.SignedMessage;
import org.shuniu.signature.SigningKey;
import org.shuniu.store.DatabaseAddress;
import org.shuniu.store.Pools;
import org.shuniu.store.StoredMessage;
import org.shuniu.timestamp.OpensslAuthority;
import org.shuniu.timestamp.TimeStampAuthority;
import org.shuniu.vault.Month;
import org.shuniu.vault.Vault;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** Regions that have nothing but curl, openssl and the shell kit exchange cases with the demo, as its first page says. */
class ExchangeKitTest {

    private static final int PORT = Workplace.freePort();
    private static final String BASE = "https://127.0.0.1:" + PORT + "/partner/v1";
    /** Left to who follows the page, who fetches all that is in its inbox. */
    private static final String OF_THE_DEMO = "jiangsu-test";

    private static final String WITH_SM2 = "hebei-test";
    private static final String FURTHER = "zhejiang-test";
    private static final String WITH_P256 = "anhui-test";
    /** Each fetches in one test and has nothing in its inbox but what that test made: all that is fetched is checked. */
    private static final String FETCHING = "fujian-test";

    private static final String HOLDING = "hunan-test";
    private static final String REJECTING = "hubei-test";
    private static final String NAMED_TO = "jiangxi-test";
    private static final String WRITTEN_TO = "hainan-test";
    private static final Map<String, String> ALGORITHMS = Map.of(
            WITH_SM2, "sm2",
            FURTHER, "ed25519",
            WITH_P256, "p256",
            FETCHING, "ed25519",
            HOLDING, "p256",
            REJECTING, "ed25519",
            NAMED_TO, "ed25519",
            WRITTEN_TO, "ed25519");
    private static final String ATTACHMENT = "/attachments/{digest}";
    private static final Path VECTORS = Path.of("exchange/vectors").toAbsolutePath();
    /** What is fetched is checked by many short processes. */
    private static final Duration FETCHED = Duration.ofMinutes(3);

    private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

    @TempDir
    private static Path directory;

    private static OpensslAuthority authority;
    private static RunningHub hub;
    private static Contract contract;
    private static Map<String, ShellRegion> regions;

    @BeforeAll
    static void start() throws IOException {
        authority = OpensslAuthority.make(directory.resolve("tsa"));
        authority.fail(List.of(
                OpensslAuthority.Fault.GARBAGE, OpensslAuthority.Fault.WRONG_NONCE, OpensslAuthority.Fault.SLOW));
        Path mappings = directory.resolve("mappings");
        Workplace.copy(Path.of("mappings"), mappings, UnaryOperator.identity());
        Set<String> further = ALGORITHMS.keySet();
        further.forEach(id ->
                Workplace.copy(Path.of("mappings", OF_THE_DEMO), mappings.resolve(id), ExchangeKitTest.named(id)));
        ShellFolder.run(
                directory, Map.of(), List.of("openssl", "genpkey", "-algorithm", "ed25519", "-out", "next.key"));
        hub = RunningHub.start(
                directory,
                UnaryOperator.identity(),
                routes -> further.forEach(id ->
                        Workplace.copy(routes.resolve(OF_THE_DEMO), routes.resolve(id), ExchangeKitTest.named(id))),
                "--shuniu.mappings-dir=" + mappings,
                "--shuniu.exchange.enabled=true",
                "--shuniu.exchange.next.keyid=shanghai-next",
                "--shuniu.exchange.next.algorithm=ed25519",
                "--shuniu.exchange.next.signing-key=" + directory.resolve("next.key"),
                "--shuniu.exchange.next.from=2099-01-01T00:00:00+08:00",
                "--shuniu.exchange.time-stamp.url=" + authority.serve(),
                "--shuniu.exchange.time-stamp.authorities=" + authority.certificate(),
                "--shuniu.exchange.time-stamp.policy=" + OpensslAuthority.POLICY,
                "--shuniu.exchange.time-stamp.every=1s",
                "--shuniu.exchange.time-stamp.deadline=2s",
                "--shuniu.exchange.port=" + PORT);
        contract = Contract.exchange(hub);
        regions = ALGORITHMS.keySet().stream()
                .collect(Collectors.toMap(
                        id -> id,
                        id -> new ShellRegion(
                                id, ALGORITHMS.get(id), directory.resolve(id), directory.resolve("data"), BASE)));
        regions.values()
                .forEach(region -> await().atMost(Duration.ofSeconds(60))
                        .until(() -> region.kit("trust").code() == 0));
    }

    @AfterAll
    static void stop() {
        hub.close();
        authority.close();
    }

    private static UnaryOperator<String> named(String id) {
        return text -> text.replace(OF_THE_DEMO, id);
    }

    @ParameterizedTest
    @ValueSource(strings = {WITH_SM2, FURTHER, WITH_P256})
    void sendsAMessageAndVerifiesItsReceipt(String id) {
        ShellRegion region = regions.get(id);
        String message = region.message();
        String messageId = region.idOf(message);

        Said sent = region.kit("send", message);
        Said again = region.kit("resend", messageId);

        assertThat(sent.code()).as(sent.toString()).isZero();
        assertThat(sent.out()).contains(messageId, "the receipt is right");
        assertThat(again.code()).as(again.toString()).isZero();
        assertThat(region.kit("verify-receipt", messageId).code()).isZero();
        String caseNo = RunningHub.JSON
                .readTree(region.read("sent/" + messageId + "/receipt.json"))
                .path("caseNo")
                .asString();
        awaitDelivery(messageId);
        assertThat(region.kit("get", "messages/" + messageId).out()).contains("\"DELIVERED\"");
        assertThat(hub.effects("economy", caseNo)).hasSize(1);
        Said evidence = region.kit("evidence", messageId);
        assertThat(evidence.code()).as(evidence.toString()).isZero();
        assertThat(evidence.out()).contains("ACCEPTED", "RELAYED economy", "DELIVERED economy");
        Said chain = region.kit("chain");
        assertThat(chain.code()).as(chain.toString()).isZero();
    }

    /** By the database: each look by the kit starts two dozen programs. */
    private static void awaitDelivery(String messageId) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> hub.sql()
                                .queryForObject(
                                        "select count(*) from exchange_evidence where message_id = ? and kind = 'DELIVERED'",
                                        Long.class,
                                        messageId)
                        > 0);
    }

    @Test
    void namesTheCureForAnEmptyUserId() {
        Said said = regions.get(WITH_SM2).kit(Map.of("CHX_DISTID", ""), "echo");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("-sigopt distid:1234567812345678", "the very same signature base");
    }

    @Test
    void showsWhereTheHubsSignatureBaseDiffers() {
        ShellRegion region = regions.get(FURTHER);
        region.write("other.conf", region.read("chx.conf").replace("127.0.0.1", "localhost"));

        Said said = ShellFolder.run(
                region.path("."),
                Map.of(),
                List.of(
                        "sh",
                        "-c",
                        "mkdir o && cd o && cp ../*.* . && mv other.conf chx.conf && cp -r ../hub-keys . && sh chx.sh echo"));

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err())
                .contains("< \"@target-uri\": https://localhost:", "> \"@target-uri\": https://127.0.0.1:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sent/%s/receipt.json|\"caseNo\":\"|\"caseNo\":\"9",
                "sent/%s/receipt|Signature: sig1=:ME|Signature: sig1=:MF",
                "sent/%s/receipt|202|200",
                "sent/%s/body|economy-none|economy-none",
                "sent/%s/request.1.sig||x"
            })
    void refusesWhatWasChangedAfterwards(String change) {
        ShellRegion region = regions.get(WITH_SM2);
        String message = region.message();
        String id = region.idOf(message);
        assertThat(region.kit("send", message).code()).isZero();
        String[] words = change.formatted(id).split("\\|");
        byte[] before = bytes(region.path(words[0]));

        if (words[1].isEmpty() || words[0].endsWith("body")) {
            region.write(words[0], "something else");
        } else {
            region.write(words[0], region.read(words[0]).replace(words[1], words[2]));
        }

        assertThat(region.kit("verify-receipt", id).code()).isEqualTo(1);
        assertThat(bytes(region.path(words[0]))).isNotEqualTo(before);
    }

    @Test
    void refusesAReceiptWhereTheHubsKeyIsOfAnotherKind() throws IOException {
        ShellRegion region = regions.get(WITH_SM2);
        String message = region.message();
        assertThat(region.kit("send", message).code()).isZero();
        Files.createDirectories(region.path("other-kind"));
        region.openssl("genrsa -out rsa.key 2048");
        region.openssl("rsa -in rsa.key -pubout -out other-kind/shanghai-demo.pub");

        Said said = region.kit(Map.of("CHX_HUB_KEYS", "other-kind"), "verify-receipt", region.idOf(message));

        assertThat(said.code()).as(said.toString()).isEqualTo(1);
        assertThat(said.err()).contains("the hub's signature over");
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void fetchesWhatBecameOfACaseAndSignsForIt() {
        ShellRegion region = regions.get(FETCHING);
        String message = region.message();
        String number = message.replace(".json", "");
        assertThat(region.kit("send", message).code()).isZero();

        Set<String> fetched = new TreeSet<>();
        await().atMost(FETCHED).until(() -> {
            region.kit("pull", "5")
                    .out()
                    .lines()
                    .filter(line -> line.endsWith("/" + number))
                    .forEach(line -> {
                        String id = line.split(" ")[0];
                        Said ack = region.kit("ack", id);
                        assertThat(ack.code()).as(ack.toString()).isZero();
                        assertThat(region.kit("ack", id).code()).isZero();
                        fetched.add(line.split(" ")[1]);
                    });
            return fetched.containsAll(Set.of("cn.shuniu.evidence.v1", "cn.shuniu.case.result.v1"));
        });

        await().atMost(Duration.ofSeconds(60)).until(() -> open(number) == 0);
        assertThat(hub.sql().queryForObject("""
                        select count(*) from exchange_evidence e join exchange_sent s on s.message_id::text = e.message_id
                        where e.direction = 'sent' and e.kind = 'ACCEPTED' and s.subject = ?
                        """, Long.class, "case/" + number)).isGreaterThanOrEqualTo(fetched.size());
    }

    private static long open(String number) {
        return hub.sql().queryForObject("""
                select count(*) from exchange_sent s join delivery d on d.id = s.delivery_id
                where s.subject = ? and d.state <> 'delivered'
                """, Long.class, "case/" + number);
    }

    @Test
    void handsAMessageToOneHolderUntilItsLeaseIsOver() {
        ShellRegion region = regions.get(HOLDING);
        String message = region.message();
        String number = message.replace(".json", "");
        assertThat(region.kit("send", message).code()).isZero();
        String id = fetched(region, number);

        assertThat(region.kit("pull").out()).doesNotContain(id);
        hub.sql()
                .update(
                        "update exchange_sent set lease_until = now() - interval '1 second' where message_id = ?::uuid",
                        id);
        Said late = region.kit("ack", id);

        assertThat(late.err()).contains("the lease was over");
        assertThat(region.kit("ack", id).code()).isZero();
        assertThat(region.kit("pull").out()).doesNotContain(id);
    }

    @Test
    void parksWhatARegionRejectsAndOffersItAgainWhenAPersonSaysSo() {
        ShellRegion region = regions.get(REJECTING);
        String message = region.message();
        String number = message.replace(".json", "");
        assertThat(region.kit("send", message).code()).isZero();
        String id = fetched(region, number);

        Said rejected = region.kit("reject", id, "schema-invalid");

        assertThat(rejected.code()).as(rejected.toString()).isZero();
        String delivery = deliveryOf(id);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> hub.operatorSees("/parked").toString().contains(delivery));
        assertThat(hub.operatorSees("/parked").toString()).contains("the region rejected it: schema-invalid");
        assertThat(hub.sql()
                        .queryForMap("select settled_at, rejected from exchange_sent where message_id = ?::uuid", id)
                        .values())
                .as("what waits for a person is open to another word of the region's")
                .containsOnlyNulls();
        // Its own client may say the same again, because it heard no answer.
        assertThat(region.kit("reject", id, "schema-invalid").err())
                .contains("the lease was over, but what we said is kept");
        assertThat(hub.operate("/deliveries/%s/replay".formatted(delivery), "").statusCode())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> region.kit("pull", "5").out().contains(id));
        assertThat(region.kit("ack", id).code()).isZero();
    }

    /** As a hub does it whose backup does not hold what it wrote: the region knows the id, and only these bytes under it. */
    @Test
    void writesTheSameBytesAgainWhereItKnowsNothingOfTheFirst() {
        ShellRegion region = regions.get(WRITTEN_TO);
        String message = region.message();
        assertThat(region.kit("send", message).code()).isZero();
        String subject = "case/" + message.replace(".json", "");
        Map<String, String> first =
                await().atMost(Duration.ofSeconds(60)).until(() -> numbered(subject), all -> !all.isEmpty());

        hub.sql().update("delete from exchange_sent where subject = ? and seq is not null", subject);
        hub.sql()
                .update(
                        "update delivery set due_at = now() where state = 'pending' and message_id = any (?::uuid[])",
                        (Object) first.keySet().toArray(String[]::new));

        await().atMost(Duration.ofSeconds(60))
                .until(() -> numbered(subject).keySet().containsAll(first.keySet()));
        assertThat(numbered(subject)).containsAllEntriesOf(first);
    }

    /** Digests of what has a number in its case, by the ids of messages. */
    private static Map<String, String> numbered(String subject) {
        return hub
                .sql()
                .queryForList(
                        "select message_id::text as id, encode(digest, 'hex') as digest from exchange_sent where subject = ? and seq is not null",
                        subject)
                .stream()
                .collect(Collectors.toMap(row -> (String) row.get("id"), row -> (String) row.get("digest")));
    }

    /** Whoever repairs what he had rejected, before anybody here has looked at it. */
    @Test
    void keepsTheReceiptForWhatIsParked() {
        ShellRegion region = regions.get(REJECTING);
        String id = inTheInbox(region);
        assertThat(region.kit("reject", id, "schema-invalid").code()).isZero();
        String delivery = deliveryOf(id);
        await().atMost(Duration.ofSeconds(60)).until(() -> state(delivery).equals("parked"));

        Said taken = region.kit("ack", id);

        assertThat(taken.err()).contains("the lease was over, but what we said is kept");
        assertThat(hub.sql()
                        .queryForList(
                                "select kind from exchange_evidence where direction = 'sent' and message_id = ? order by seq",
                                String.class,
                                id))
                .contains("ACCEPTED");
        assertThat(hub.operate("/deliveries/%s/replay".formatted(delivery), "").statusCode())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(60)).until(() -> state(delivery).equals("delivered"));
    }

    /** Two of its workers: the second, who holds the message, takes it before the hub has done anything about the first one's word. */
    @Test
    void believesThatItTookAMessageWhichItRejectedAMomentBefore() {
        ShellRegion region = regions.get(REJECTING);
        String id = inTheInbox(region);
        String delivery = deliveryOf(id);
        hub.operate("/partners/%s/pause".formatted(REJECTING), "{\"reason\":\"maintenance\"}");
        assertThat(region.kit("reject", id, "schema-invalid").code()).isZero();

        region.kit("ack", id);

        assertThat(hub.sql()
                        .queryForMap(
                                "select rejected, accepted_at is not null as accepted from exchange_sent where message_id = ?::uuid",
                                id))
                .containsEntry("rejected", null)
                .containsEntry("accepted", true);
        hub.operate("/partners/%s/resume".formatted(REJECTING), "{}");
        await().atMost(Duration.ofSeconds(60)).until(() -> state(delivery).equals("delivered"));
    }

    /** What it has signed for is evidence, whatever it says of it once it has lost it: those bytes keep their number. */
    @Test
    void keepsTheReceiptOfWhatARegionLostAndThenRejects() {
        ShellRegion region = regions.get(REJECTING);
        String id = inTheInbox(region);
        assertThat(region.kit("ack", id).code()).isZero();
        String delivery = deliveryOf(id);
        await().atMost(Duration.ofSeconds(60)).until(() -> state(delivery).equals("delivered"));
        Map<String, Object> taken = evidence(id);
        Pools.Door door = hub.bean(Pools.class).settlement();
        ReRequests again = new ReRequests(door.sql());
        Boolean sent = door.transaction()
                .execute(status -> again.sendAgain(
                        hub.bean(PartnerDirectory.class).partner(REJECTING), UUID.fromString(delivery), "lost"));
        assertThat(sent).isTrue();
        await().atMost(FETCHED).until(() -> region.kit("pull", "5").out().contains(id));

        assertThat(region.kit("reject", id, "sequence-passed").code()).isZero();

        await().atMost(Duration.ofSeconds(60)).until(() -> state(delivery).equals("parked"));
        assertThat(evidence(id)).isEqualTo(taken).doesNotContainValue(null);
    }

    private static Map<String, Object> evidence(String messageId) {
        return hub.sql()
                .queryForMap(
                        "select seq, encode(digest, 'hex') as digest, accepted_at from exchange_sent where message_id = ?::uuid",
                        messageId);
    }

    private static String deliveryOf(String messageId) {
        return hub.sql()
                .queryForObject(
                        "select delivery_id::text from exchange_sent where message_id = ?::uuid",
                        String.class,
                        messageId);
    }

    private static String state(String delivery) {
        return hub.sql().queryForObject("select state from delivery where id = ?::uuid", String.class, delivery);
    }

    /** The id of what the hub says of a case that the region has just handed in, once it is fetched. */
    private static String inTheInbox(ShellRegion region) {
        String message = region.message();
        assertThat(region.kit("send", message).code()).isZero();
        return fetched(region, message.replace(".json", ""));
    }

    private static String fetched(ShellRegion region, String number) {
        return await().atMost(FETCHED)
                .until(
                        () -> region.kit("pull", "5")
                                .out()
                                .lines()
                                .filter(line -> line.endsWith("/" + number))
                                .map(line -> line.split(" ")[0])
                                .findFirst()
                                .orElse(""),
                        found -> !found.isEmpty());
    }

    @Test
    void hasItsChainsTimeStampedWhateverTheAuthorityAnsweredBefore() throws IOException {
        ShellRegion region = regions.get(WITH_SM2);
        String message = region.message();
        String messageId = region.idOf(message);
        assertThat(region.kit("send", message).code()).isZero();
        awaitDelivery(messageId);
        await().atMost(Duration.ofSeconds(150)).until(() -> stepsWithoutStamp(messageId) == 0);

        Said said = region.kit("package", message.replace(".json", ""));

        assertThat(authority.faultsLeft()).isZero();
        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(said.out())
                .containsPattern(messageId + " DELIVERED economy line \\d+, by \\S+: right, stamped \\w+ .* GMT")
                .contains("stamps/authorities.pem");
        String file = message.replace(".json", ".evidence.tar");
        String own = region.path("hub-ca.pem").toString();
        assertThat(region.kit(Map.of("CHX_TSA", authority.certificate().toString()), "verify-evidence", file)
                        .code())
                .isZero();
        assertThat(region.kit(Map.of("CHX_TSA", own), "verify-evidence", file).err())
                .contains("the time-stamp is not by a known authority");
        byte[] changed = Files.readAllBytes(region.path(file));
        changed[indexOf(changed, "TIME_STAMPED")] ^= 1;
        Files.write(region.path("changed.tar"), changed);
        assertThat(region.kit("verify-evidence", "changed.tar").code()).isEqualTo(1);
    }

    private static long stepsWithoutStamp(String messageId) {
        return hub.sql().queryForObject("""
                select count(*) from exchange_evidence e where e.message_id = ? and not exists (
                    select 1 from exchange_time_stamp t where t.partner = e.partner and t.direction = e.direction
                        and e.seq between t.from_seq and t.to_seq)
                """, Long.class, messageId);
    }

    @Test
    void showsThatTheAuthorityIsAwayAndChecksWhatItStamped() {
        ShellRegion region = regions.get(WITH_P256);
        HealthIndicator health = hub.bean("timeStampHealthIndicator", HealthIndicator.class);
        await().atMost(Duration.ofSeconds(120)).until(() -> authority.faultsLeft() == 0);
        authority.fail(Collections.nCopies(1_000, OpensslAuthority.Fault.AWAY));
        try {
            assertThat(region.kit("send", region.message()).code()).isZero();

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> "HTTP 503".equals(health.health().getDetails().get("failure")));
        } finally {
            authority.mend();
        }

        await().atMost(Duration.ofSeconds(60))
                .until(() -> health.health().getStatus().equals(Status.UP)
                        && (long) health.health().getDetails().get("waitingSeconds") < 60);
        Verification.Report report = verify();
        assertThat(report.fits()).as(report.text()).isTrue();
        assertThat(report.text()).contains(" time-stamp(s)");
        assertThat(after("update exchange_time_stamp set answer = stamped"))
                .contains("no line of the evidence says that it was had");
        assertThat(after("delete from exchange_time_stamp")).contains("it is missing, or another stands in its place");
    }

    /** What verify says after a row was tampered with, which is put right again. */
    private static String after(String tampering) {
        JdbcTemplate sql = hub.sql();
        String one = " where (partner, direction, to_seq) = (select partner, direction, to_seq from stamp_true)";
        sql.execute("create table stamp_true as select * from exchange_time_stamp order by made_at limit 1");
        sql.execute("alter table exchange_time_stamp disable trigger exchange_time_stamp_append_only");
        try {
            sql.execute(tampering + one);
            Verification.Report report = verify();
            assertThat(report.fits()).isFalse();
            return report.text();
        } finally {
            sql.execute("delete from exchange_time_stamp" + one);
            sql.execute("insert into exchange_time_stamp select * from stamp_true; drop table stamp_true");
            sql.execute("alter table exchange_time_stamp enable trigger exchange_time_stamp_append_only");
        }
    }

    private static Verification.Report verify() {
        DatabaseAddress address = hub.bean(DatabaseAddress.class);
        try (Connection one = DriverManager.getConnection(address.url(), address.username(), address.password());
                Connection another =
                        DriverManager.getConnection(address.url(), address.username(), address.password())) {
            return Verification.run(
                    one,
                    another,
                    directory.resolve("data/evidence"),
                    SealKey.of(hub.secret(SealKey.SECRET)),
                    Optional.of(TimeStampAuthority.of(authority.pem(), OpensslAuthority.POLICY)));
        } catch (SQLException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void servesEveryAddressOfItsContractAndNoOther() {
        Set<String> served = new TreeSet<>();
        hub.handlers()
                .getHandlerMethods()
                .forEach((mapping, handler) -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/partner/v1"))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> served.add(method + " " + path.substring("/partner/v1".length())))));

        assertThat(contract.operations()).containsExactlyInAnyOrderElementsOf(served);
    }

    @Test
    void answersWhoReadsAsItsContractSays() {
        ShellRegion region = regions.get(FURTHER);
        String message = region.message();
        assertThat(region.kit("send", message).code()).isZero();
        String id = region.idOf(message);

        HttpResponse<String> own = get(region, "/messages/" + id);
        HttpResponse<String> profile = get(region, "/profile");

        contract.holds("GET /messages/{id}", 200, own);
        contract.holds("GET /profile", 200, profile);
        contract.holds("GET /evidence", 200, get(region, "/evidence?after=0"));
        contract.holds("GET /keys", 200, get(region, "/keys"));
        contract.holds("GET /health", 200, get(region, "/health"));
        JsonNode evidence =
                RunningHub.JSON.readTree(own.body()).path("evidence").get(0);
        assertThat(new String(java.util.Base64.getDecoder()
                        .decode(evidence.path("evidence").asString())))
                .isEqualTo(region.read("sent/" + id + "/receipt.json"));
        assertThat(profile.body()).contains(region.keyid()).doesNotContain("PRIVATE", "secret", "jiangsu");
    }

    @Test
    void saysInThePackageOfACaseThatABodyIsErased() {
        ShellRegion region = regions.get(WITH_P256);
        String message = region.message();
        String messageId = region.idOf(message);
        assertThat(region.kit("send", message).code()).isZero();
        String number = message.replace(".json", "");
        erase(messageId, Month.of(Instant.parse("2001-01-01T00:00:00Z")));

        Said said = region.kit("package", number);

        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(said.out())
                .contains(
                        messageId + " body erased on ",
                        "by rule: made up",
                        messageId + " sent by the region",
                        messageId + " ACCEPTED");
        Said again = region.kit("resend", messageId);
        assertThat(again.code()).as(again.toString()).isZero();

        // And no other body passes beside that word
        String file = number + ".evidence.tar";
        region.run(List.of(
                "sh",
                "-c",
                "mkdir -p received/%1$s && echo other >received/%1$s/body && tar -rf %2$s received/%1$s/body"
                        .formatted(messageId, file)));
        Said beside = region.kit("verify-evidence", file);
        assertThat(beside.code()).isEqualTo(1);
        assertThat(beside.err()).contains("a body lies beside the word that it is erased");
    }

    private static void erase(String messageId, int month) {
        JdbcTemplate sql = hub.bean(Pools.class).settlement().sql();
        UUID id =
                sql.queryForObject("select id from exchange_message where idempotency_key = ?", UUID.class, messageId);
        byte[] sealed = sql.queryForObject("select body from exchange_message where id = ?", byte[].class, id);
        KeyRotation keys = hub.bean(KeyRotation.class);
        byte[] bound = keys.vault().bind(sealed, "exchange_message.body", id, month);
        sql.update("update exchange_message set body = ? where id = ?", bound, id);
        keys.months().destroy(month, "made up");
        keys.forget(month);
    }

    @ParameterizedTest
    @ValueSource(strings = {WITH_SM2, FURTHER, WITH_P256})
    void keepsAllThatWasSignedOfACaseAndVerifiesItWithoutTheHub(String id) throws IOException {
        ShellRegion region = regions.get(id);
        String message = region.message();
        String messageId = region.idOf(message);
        String number = message.replace(".json", "");
        assertThat(region.kit("send", message).code()).isZero();
        awaitDelivery(messageId);
        assertThat(region.kit("chain").code()).isZero();

        Said said = region.kit("package", number);

        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(said.out())
                .contains(
                        messageId + " sent by the region",
                        messageId + " ACCEPTED",
                        messageId + " DELIVERED economy line",
                        "keys/hub/",
                        "keys/region/" + region.keyid());
        String file = number + ".evidence.tar";
        assertThat(region.kit("verify-evidence", file).code()).isZero();
        byte[] all = Files.readAllBytes(region.path(file));
        for (String word : List.of("DELIVERED", "specversion", "content-digest")) {
            byte[] changed = all.clone();
            changed[indexOf(all, word)] ^= 1;
            Files.write(region.path("changed.tar"), changed);
            assertThat(region.kit("verify-evidence", "changed.tar").code())
                    .as(word)
                    .isEqualTo(1);
        }
        String caseNo = RunningHub.JSON
                .readTree(region.read("sent/" + messageId + "/receipt.json"))
                .path("caseNo")
                .asString();
        assertThat(region.kit("package", caseNo).code()).isZero();
        ShellRegion other = regions.get(id.equals(FURTHER) ? WITH_SM2 : FURTHER);
        assertThat(other.kit("package", number).err()).contains("404 not-found");
        assertThat(other.kit("package", caseNo).err()).contains("404 not-found");
    }

    private static int indexOf(byte[] all, String word) {
        return new String(all, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(word);
    }

    @Test
    void namesWhatTheDaysManifestHasOtherwiseAndCountersignsIt() {
        ShellRegion region = regions.get(FURTHER);
        String message = region.message();
        String messageId = region.idOf(message);
        assertThat(region.kit("send", message).code()).isZero();
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        hub.sql()
                .update(
                        "update exchange_message set accepted_at = accepted_at - interval '2 days' where idempotency_key = ?",
                        messageId);

        Said otherwise = region.kit("manifest-diff", today.minusDays(2).toString());
        Said same = region.kit("manifest-diff", today.minusDays(1).toString());
        Said early = region.kit("manifest-diff", today.toString());

        assertThat(otherwise.code()).as(otherwise.toString()).isEqualTo(1);
        assertThat(otherwise.out())
                .contains(messageId + ": the hub lists it so as accepted, and we have no such receipt");
        assertThat(same.code()).as(same.toString()).isZero();
        assertThat(early.code()).isEqualTo(2);
        assertThat(early.err()).contains("409 day-not-over");
        assertThat(hub.sql()
                        .queryForList(
                                "select encode(countersigned, 'escape') from exchange_manifest where partner = ? and day >= ? order by day",
                                String.class,
                                FURTHER,
                                today.minusDays(2)))
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"differences\":1"),
                        second -> assertThat(second).contains("\"differences\":0"));
        contract.holds("GET /manifest/{day}", 200, get(region, "/manifest/" + today.minusDays(1)));
        contract.holds("GET /manifest/{day}", 409, get(region, "/manifest/" + today));
        contract.holds("GET /manifest/{day}", 404, get(region, "/manifest/" + today.minusDays(60)));
        contract.holds(
                "GET /manifest/{day}/{list}",
                200,
                get(region, "/manifest/%s/accepted?max=1".formatted(today.minusDays(2))));
        contract.holds("GET /manifest/{day}/{list}", 400, get(region, "/manifest/%s/sent?after=x".formatted(today)));
    }

    @Test
    void namesAStateThatTheHubHasNotSigned() {
        ShellRegion region = regions.get(FURTHER);
        String message = region.message();
        String messageId = region.idOf(message);
        assertThat(region.kit("send", message).code()).isZero();
        awaitDelivery(messageId);
        LocalDate day = LocalDate.now(ZoneId.of("Asia/Shanghai")).minusDays(3);
        hub.sql()
                .update(
                        "update exchange_message set accepted_at = accepted_at - interval '3 days' where idempotency_key = ?",
                        messageId);
        say("REJECTED", messageId, "DELIVERED");
        try {
            Said otherwise = region.kit("manifest-diff", day.toString());

            assertThat(otherwise.out())
                    .contains(messageId + ": the hub says REJECTED of it, and its chain has no such step");
        } finally {
            say("DELIVERED", messageId, "REJECTED");
        }
        assertThat(region.kit("manifest-diff", day.toString()).out()).doesNotContain("the hub says");
    }

    private static void say(String kind, String messageId, String before) {
        hub.sql().execute("alter table exchange_evidence disable trigger user");
        hub.sql()
                .update(
                        "update exchange_evidence set kind = ? where message_id = ? and kind = ?",
                        kind,
                        messageId,
                        before);
        hub.sql().execute("alter table exchange_evidence enable trigger user");
    }

    @Test
    void handsOutTheKeysOfEarlierYearsAndTheNextOne() {
        ShellRegion region = regions.get(FURTHER);
        hub.sql()
                .update(
                        "insert into exchange_hub_key values ('shanghai-2024', 'ed25519', ?, '2024-01-01', '2024-12-31')",
                        region.read("sign.pub"));

        HttpResponse<String> answer = get(region, "/keys");

        contract.holds("GET /keys", 200, answer);
        JsonNode keys = RunningHub.JSON.readTree(answer.body()).path("keys");
        assertThat(keys.values().stream().map(key -> key.path("keyid").asString()))
                .containsExactly("shanghai-2024", "shanghai-demo", "shanghai-next");
        assertThat(keys.get(0).path("notAfter").asString()).startsWith("2024-12-31");
        assertThat(keys.get(1).path("notAfter").asString()).startsWith("2099-01-01");
        assertThat(keys.get(2).path("notBefore").asString()).startsWith("2099-01-01");
        Said trust = region.kit("trust");
        assertThat(trust.code()).as(trust.toString()).isZero();
        assertThat(region.path("hub-keys/shanghai-2024.pub")).content().isEqualTo(region.read("sign.pub"));
    }

    @Test
    void hidesWhetherAnotherRegionHasSentAMessage() {
        ShellRegion sender = regions.get(WITH_SM2);
        String message = sender.message();
        assertThat(sender.kit("send", message).code()).isZero();
        ShellRegion other = regions.get(FURTHER);

        HttpResponse<String> foreign = get(other, "/messages/" + sender.idOf(message));
        HttpResponse<String> unknown = get(other, "/messages/" + UUID.randomUUID());

        contract.holds("GET /messages/{id}", 404, foreign);
        contract.holds("GET /messages/{id}", 404, unknown);
        assertThat(withoutTrace(foreign)).isEqualTo(withoutTrace(unknown));
    }

    private static String withoutTrace(HttpResponse<String> answer) {
        return answer.body().replaceAll("\"traceId\":\"[^\"]*\"", "");
    }

    /** More messages of one region are begun and not sent than the port has threads. */
    @Test
    void answersTheOthersWhileARegionKeepsItsBodiesBack() throws IOException {
        SignedCalls slow = calls(FURTHER);
        List<Socket> begun = new ArrayList<>();
        try {
            for (int i = 0; i < 220; i++) {
                begun.add(slow.begin("/messages", "a body that does not come"));
            }

            assertThat(calls(WITH_SM2).read("GET", "/health").statusCode()).isEqualTo(200);
            assertThat(slow.read("GET", "/health").statusCode()).isEqualTo(200);
            Socket last = begun.get(begun.size() - 1);
            last.setSoTimeout(10_000);
            assertThat(new BufferedReader(new InputStreamReader(last.getInputStream(), StandardCharsets.ISO_8859_1))
                            .readLine())
                    .startsWith("HTTP/1.1 503");
        } finally {
            for (Socket socket : begun) {
                socket.close();
            }
        }
        ShellRegion region = regions.get(FURTHER);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> region.kit("send", region.message()).code() == 0);
    }

    @Test
    void takesAnAttachmentInPartsAndGivesItBackInRanges() {
        SignedCalls calls = calls(FURTHER);
        String content = content();
        String path = "/attachments/" + address(content);
        int chunk = 64 * 1024;

        contract.holds("HEAD " + ATTACHMENT, 404, calls.read("HEAD", path));
        calls.breakOff(path, content, content.length(), 2 * chunk + 5);
        await().atMost(Duration.ofSeconds(60)).until(() -> offset(calls.read("HEAD", path)) == 2 * chunk);
        contract.holds("PATCH " + ATTACHMENT, 409, calls.patch(path, "x", chunk, content.length()));
        contract.holds("HEAD " + ATTACHMENT, 200, calls.read("HEAD", path));
        contract.holds("GET " + ATTACHMENT, 404, calls.read("GET", path));
        HttpResponse<String> part = calls.patch(path, content.substring(2 * chunk), 2 * chunk, content.length());

        contract.holds("PATCH " + ATTACHMENT, 200, part);
        assertThat(part.headers().firstValue("Upload-Complete")).contains("?1");
        contract.holds("HEAD " + ATTACHMENT, 200, calls.read("HEAD", path));
        HttpResponse<String> whole = calls.read("GET", path);
        HttpResponse<String> range = calls.send("GET", path, null, Map.of("Range", "bytes=65530-65541"));
        contract.holds("GET " + ATTACHMENT, 200, whole);
        assertThat(whole.body()).isEqualTo(content);
        contract.holds("GET " + ATTACHMENT, 206, range);
        assertThat(range.body()).isEqualTo(content.substring(65530, 65542));
        contract.holds("GET " + ATTACHMENT, 416, calls.send("GET", path, null, Map.of("Range", "bytes=9999999-")));
    }

    @Test
    void neverCountsContentThatIsNotWhatItsAddressOrItsSignatureSays() {
        SignedCalls calls = calls(FURTHER);
        String content = content();
        String path = "/attachments/" + address(content);
        Map<String, String> signedForAnother = SignedCalls.part(content, 0, content.length());

        contract.holds("PUT " + ATTACHMENT, 422, calls.put(path, content.replace('1', '2')));
        contract.holds("HEAD " + ATTACHMENT, 404, calls.read("HEAD", path));
        HttpResponse<String> another = calls.send("PATCH", path, content.replace('1', '2'), signedForAnother);
        contract.holds("PATCH " + ATTACHMENT, 400, another);
        assertThat(offset(calls.read("HEAD", path))).isZero();
        contract.holds("PUT " + ATTACHMENT, 401, calls.send("PUT", path, "x", Map.of()));
        contract.holds("PUT " + ATTACHMENT, 400, calls.put("/attachments/sha256:1", "x"));
        contract.holds("PATCH " + ATTACHMENT, 413, calls.patch(path, "x", 0, 1L << 50));
        contract.holds("PUT " + ATTACHMENT, 200, calls.put(path, content));
    }

    @Test
    void hidesWhetherAnotherRegionHasUploadedAnAttachment() {
        String content = content();
        String path = "/attachments/" + address(content);
        assertThat(calls(WITH_SM2).put(path, content).statusCode()).isEqualTo(200);
        SignedCalls other = calls(FURTHER);

        assertThat(other.read("HEAD", path).statusCode()).isEqualTo(404);
        assertThat(withoutTrace(other.read("GET", path)))
                .isEqualTo(withoutTrace(other.read("GET", "/attachments/" + address(content()))));
        ShellRegion region = regions.get(FURTHER);
        String message = naming(region, address(content), content.length());
        assertThat(region.kit("send", message).err()).contains("attachment-missing");
        assertThat(other.put(path, content).statusCode()).isEqualTo(200);
        assertThat(region.kit("send", message).code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {WITH_SM2, FURTHER})
    void uploadsWhatAMessageNamesByTheKit(String id) {
        ShellRegion region = regions.get(id);
        String content = content();
        region.write("paper", content);
        String missing = naming(region, address(content), content.length());

        assertThat(region.kit("send", missing).err()).contains("attachment-missing");
        assertThat(region.kit(Map.of("CHX_PART_TIMEOUT", "0.001"), "attach", "paper")
                        .code())
                .isEqualTo(2);
        Said attached = region.kit("attach", "paper");
        Said sm3 = region.kit("attach", "paper", "sm3");

        assertThat(attached.code()).as(attached.toString()).isZero();
        assertThat(sm3.code()).as(sm3.toString()).isZero();
        JsonNode name = RunningHub.JSON.readTree(sm3.out());
        assertThat(name.path("digest").asString()).startsWith("sm3:");
        assertThat(region.kit("attach", "paper").out()).isEqualTo(attached.out());
        assertThat(region.kit("send", missing).code()).isZero();
        String named =
                naming(region, name.path("digest").asString(), name.path("size").asInt());
        assertThat(region.kit("send", named).code()).isZero();
        String wrong = naming(region, address(content), content.length() + 1);
        assertThat(region.kit("send", wrong).err()).contains("attachment-missing");
    }

    @Test
    void givesARegionWhatAMessageInItsInboxNamesAndNothingElse() {
        ShellRegion region = regions.get(NAMED_TO);
        String id = inTheInbox(region);
        String content = content();
        String path = "/inbox/%s/attachments/".formatted(id);
        String get = "GET /inbox/{id}/attachments/{digest}";
        contract.holds(get, 404, calls(NAMED_TO).read("GET", path + address(content)));

        nameInTheInbox(region, id, content);

        contract.holds(get, 200, calls(NAMED_TO).read("GET", path + address(content)));
        contract.holds(
                get, 206, calls(NAMED_TO).send("GET", path + address(content), null, Map.of("Range", "bytes=0-9")));
        contract.holds(get, 404, calls(NAMED_TO).read("GET", path + address("another")));
        contract.holds(get, 404, calls(WITH_SM2).read("GET", path + address(content)));
        region.kit("pull");
        assertThat(region.read("inbox/attachments/" + address(content).replace(':', '-')))
                .isEqualTo(content);
        assertThat(region.kit("ack", id).code()).isZero();
        contract.holds(get, 404, calls(NAMED_TO).read("GET", path + address(content)));
    }

    /** No message that goes back to a region names anything; this one is made to, and is handed out once more. */
    private static void nameInTheInbox(ShellRegion region, String id, String content) {
        byte[] bytes = content.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String owner = hub.sql().queryForObject("select partner from message where id = ?::uuid", String.class, id);
        hub.bean(AttachmentStore.class)
                .append(
                        owner,
                        address(content),
                        new AttachmentStore.Part(
                                AttachmentStore.ANEW, bytes.length, new java.io.ByteArrayInputStream(bytes), () -> {}));
        String envelope = region.read("inbox/" + id + ".json")
                .replaceFirst(
                        "\"data\":\\{",
                        "\"data\":{\"materials\":[{\"name\":\"a paper\",\"source\":\"0\",\"attachment\":{\"digest\":\"%s\",\"size\":%d}}],"
                                .formatted(address(content), bytes.length));
        byte[] written = envelope.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        UUID row = hub.sql().queryForObject("select id from exchange_sent where message_id = ?::uuid", UUID.class, id);
        hub.sql()
                .update(
                        "update exchange_sent set body = ?, digest = ?, lease_until = null where id = ?",
                        hub.bean(Vault.class).seal(written, "exchange_sent.body", row),
                        StoredMessage.digestOf(written),
                        row);
    }

    @Test
    void sweepsUploadsThatNobodyGoesOnWith() {
        SignedCalls calls = calls(FURTHER);
        String content = content();
        String path = "/attachments/" + address(content);
        AttachmentStore store = hub.bean(AttachmentStore.class);
        calls.patch(path, content.substring(0, 64 * 1024), 0, content.length());

        store.removeAbandoned();
        assertThat(offset(calls.read("HEAD", path))).isEqualTo(64 * 1024);
        UUID file = hub.sql()
                .queryForObject(
                        "update attachment_upload set touched_at = now() - interval '8 days' where digest = ? returning storage_name",
                        UUID.class,
                        address(content));
        store.removeAbandoned();

        assertThat(calls.read("HEAD", path).statusCode()).isEqualTo(404);
        assertThat(directory.resolve("data/attachments").resolve(file.toString()))
                .doesNotExist();
    }

    @Test
    void removesWholeAttachmentsThatNoMessageNamedInTimeAndNoOthers() {
        ShellRegion region = regions.get(FURTHER);
        String named = content();
        String unnamed = content();
        List.of(named, unnamed).forEach(content -> calls(FURTHER).put("/attachments/" + address(content), content));
        calls(WITH_SM2).put("/attachments/" + address(named), named);
        assertThat(region.kit("send", naming(region, address(named), named.length()))
                        .code())
                .isZero();
        AttachmentStore store = hub.bean(AttachmentStore.class);
        assertThat(store.giveUpUnnamed()).isZero();
        List<UUID> files = List.of(file(FURTHER, named), file(FURTHER, unnamed), file(WITH_SM2, named));

        List.of(named, unnamed).forEach(ExchangeKitTest::letTimePass);
        assertThat(store.giveUpUnnamed()).isEqualTo(2);
        store.removeAbandoned();

        assertThat(calls(FURTHER).read("GET", "/attachments/" + address(named)).body())
                .isEqualTo(named);
        assertThat(calls(FURTHER)
                        .read("HEAD", "/attachments/" + address(unnamed))
                        .statusCode())
                .isEqualTo(404);
        assertThat(calls(WITH_SM2)
                        .read("HEAD", "/attachments/" + address(named))
                        .statusCode())
                .isEqualTo(404);
        assertThat(files)
                .map(file -> Files.exists(directory.resolve("data/attachments").resolve(file.toString())))
                .containsExactly(true, false, false);
    }

    @Test
    void keepsAnAttachmentThatAMessageNamesAtTheMomentOfItsRemoval() {
        AttachmentStore store = hub.bean(AttachmentStore.class);
        Pools.Door door = hub.bean(Pools.class).intake();
        AttachmentMarks marks = new AttachmentMarks(door.sql());
        String content = content();
        Set<AttachmentMarks.Address> address = Set.of(new AttachmentMarks.Address(FURTHER, address(content)));
        calls(FURTHER).put("/attachments/" + address(content), content);
        letTimePass(content);

        int givenUp = door.transaction().execute(status -> {
            assertThat(marks.hold(address)).isEqualTo(address);
            int meanwhile = CompletableFuture.supplyAsync(store::giveUpUnnamed).join();
            marks.name(Set.of(new AttachmentMarks.Named(address.iterator().next(), "made-up")));
            return meanwhile;
        });

        assertThat(givenUp).isZero();
        assertThat(store.giveUpUnnamed()).isZero();
    }

    @Test
    void refusesAMessageWhoseAttachmentIsRemovedAtThatMoment() {
        ShellRegion region = regions.get(FURTHER);
        String content = content();
        calls(FURTHER).put("/attachments/" + address(content), content);
        letTimePass(content);
        String message = naming(region, address(content), content.length());

        CompletableFuture<Said> sent = hub.bean(Pools.class)
                .intake()
                .transaction()
                .execute(status -> {
                    assertThat(hub.bean(AttachmentStore.class).giveUpUnnamed()).isEqualTo(1);
                    CompletableFuture<Said> sending = CompletableFuture.supplyAsync(() -> region.kit("send", message));
                    await().alias("the acceptance waits for the removal")
                            .atMost(Duration.ofSeconds(60))
                            .until(() -> hub.sql().queryForObject("""
                            select count(*) from pg_stat_activity
                            where wait_event_type = 'Lock' and query like '%unnamed_since is not null order by%'
                            """, Long.class) == 1);
                    return sending;
                });

        assertThat(sent.join().err()).contains("attachment-missing");
        calls(FURTHER).put("/attachments/" + address(content), content);
        assertThat(region.kit("send", message).code()).isZero();
    }

    private static UUID file(String partner, String content) {
        return hub.sql()
                .queryForObject(
                        "select storage_name from attachment where partner = ? and digest = ?",
                        UUID.class,
                        partner,
                        address(content));
    }

    private static void letTimePass(String content) {
        hub.sql()
                .update(
                        "update attachment set unnamed_since = unnamed_since - interval '8 days' where digest = ?",
                        address(content));
    }

    /** A message about a new case that names an attachment. */
    private static String naming(ShellRegion region, String address, int size) {
        String message = region.message();
        region.write(
                message,
                region.read(message)
                        .replace(
                                "\"senderCaseNo\"",
                                "\"materials\":[{\"name\":\"a paper\",\"source\":\"0\",\"attachment\":{\"digest\":\"%s\",\"size\":%d}}],\"senderCaseNo\""
                                        .formatted(address, size)));
        return message;
    }

    /** Content that nobody has uploaded before, of more than three chunks. */
    private static String content() {
        return (UUID.randomUUID() + " of 1 ").repeat(5_000);
    }

    private static String address(String content) {
        return EncryptionAtRestTest.digest(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static long offset(HttpResponse<String> answer) {
        return answer.headers().firstValueAsLong("Upload-Offset").orElse(-1);
    }

    private static SignedCalls calls(String id) {
        SignatureAlgorithm algorithm =
                ALGORITHMS.get(id).equals("sm2") ? SignatureAlgorithm.SM2_SM3 : SignatureAlgorithm.ED25519;
        return new SignedCalls(regions.get(id), algorithm, BASE);
    }

    @Test
    void takesANonceOnce() {
        ShellRegion region = regions.get(FURTHER);
        HttpRequest request = reading(region, "/health", UUID.randomUUID().toString());

        contract.holds("GET /health", 200, send(region, request));
        HttpResponse<String> again = send(region, request);

        contract.holds("GET /health", 401, again);
        assertThat(again.body()).contains("signature-stale");
        contract.holds("GET /health", 401, send(region, reading(region, "/health", null)));
    }

    @Test
    void getsFromNothingToAVerifiedReceiptAsThePageSays() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("newcomer"));
        Workplace.copy(Path.of("exchange"), directory.resolve("exchange"), UnaryOperator.identity());
        String page = Files.readString(Path.of("exchange/first-message.md"));
        String commands =
                SHELL.matcher(page).results().map(block -> block.group(1)).collect(Collectors.joining());
        Path script = Files.writeString(directory.resolve("page.sh"), commands);

        Said said = ShellFolder.run(
                empty,
                Map.of("SHUNIU", directory.toString(), "CHX_BASE", BASE),
                List.of("sh", "-eu", script.toString()));

        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(said.out())
                .contains("as it should be", "the receipt is right", "20 passed, 0 left out, 0 failed", "Verified OK");
        assertThat(said.err()).contains("-sigopt distid:1234567812345678");
    }

    @Test
    void leavesOutOfTheNumberedCasesWhatAKeyCannotShow() {
        Said said = regions.get(FURTHER).kit(Map.of("CHX_VECTORS", VECTORS.toString()), "conformance");

        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(said.out()).contains("C08 left out", "our key is none of SM2", "19 passed, 1 left out, 0 failed");
    }

    /** Between the kit and the hub sits a curl that takes every 401 for a 202. */
    @Test
    void saysInPlainWordsWhichNumberedCasesFailAndWhoseFaultThatIs() throws IOException {
        ShellRegion region = regions.get(FURTHER);
        Workplace.copy(VECTORS, region.path("changed"), text -> text.replace("signature-invalid", "valid"));
        Path curl = Files.createDirectories(region.path("bin")).resolve("curl");
        Files.writeString(
                curl, "#!/bin/sh\nPATH=${PATH#*:}\ncurl \"$@\" >.answer\nend=$?\nsed s/401/202/ .answer\nexit $end\n");
        assertThat(curl.toFile().setExecutable(true)).isTrue();

        Said said = region.kit(
                Map.of("CHX_VECTORS", "changed", "PATH", region.path("bin") + ":" + System.getenv("PATH")),
                "conformance");

        assertThat(said.code()).as(said.toString()).isEqualTo(1);
        assertThat(said.out().lines().filter(line -> line.contains("FAILED")).map(line -> line.substring(0, 3)))
                .containsExactly("C01", "C04", "C06", "C07", "C17", "C18");
        assertThat(said.out())
                .contains("03-message-sm2-with-empty-user-id: found signature-invalid, expected valid")
                .contains("fault: ours: this kit or its vectors were changed")
                .contains("expected 401 signature-stale, found 202")
                .contains("fault: the hub's")
                .contains("13 passed, 1 left out, 6 failed");
    }

    private static HttpResponse<String> get(ShellRegion region, String path) {
        return send(region, reading(region, path, UUID.randomUUID().toString()));
    }

    private static HttpRequest reading(ShellRegion region, String path, String nonce) {
        URI target = URI.create(BASE + path);
        MessageSigner.Signed signature = MessageSigner.sign(
                SignedMessage.request("GET", target, Map.of()),
                List.of("@method", "@target-uri"),
                SigningKey.of(region.keyid(), SignatureAlgorithm.ED25519, region.read("sign.key")),
                Instant.now(),
                nonce);
        return HttpRequest.newBuilder(target)
                .header("Signature-Input", signature.input())
                .header("Signature", signature.signature())
                .build();
    }

    private static HttpResponse<String> send(ShellRegion region, HttpRequest request) {
        try {
            return HttpClient.newBuilder()
                    .sslContext(RegionPki.tls(region.path("hub-ca.pem"), region.path("tls.p12")))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
