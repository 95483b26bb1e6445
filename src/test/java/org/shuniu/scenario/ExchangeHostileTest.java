package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shuniu.packaged.Workplace;
import org.shuniu.signature.ChainHash;
import org.shuniu.signature.SignatureAlgorithm;
import org.shuniu.signature.SigningKey;
import org.shuniu.vault.Vault;

/**
 * The hostile inputs of the trials' list against the exchange's port: each is refused as it should be, leaves no row, and the
 * next good message is taken.
 */
class ExchangeHostileTest {

    private static final String REGION = "anhui-test";
    private static final String NEIGHBOUR = "zhejiang-test";
    private static final String LOUD = "fujian-test";
    /** Requests of {@link #LOUD} in a minute. */
    private static final int AGREED = 3;

    private static final int PORT = Workplace.freePort();
    private static final String BASE = "https://127.0.0.1:" + PORT + "/partner/v1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");
    private static final String KEPT = "select id, body from exchange_message where idempotency_key = ?";

    @TempDir
    private static Path directory;

    private static RegionPki pki;
    private static RunningHub hub;

    @BeforeAll
    static void start() throws IOException {
        pki = new RegionPki(directory.resolve("pki"));
        for (String name : List.of("region", "second", "neighbour", "stranger", "loud")) {
            pki.certificate(name, "ca", "clientAuth", 30);
        }
        pki.certificate("over", "ca", "clientAuth", -1);
        pki.signingKey("hub", "sm2-sm3");
        pki.signingKey("anhui-ed", "ed25519");
        pki.signingKey("anhui-sm2", "sm2-sm3");
        pki.signingKey("zhejiang-ed", "ed25519");
        pki.signingKey("fujian-ed", "ed25519");
        register(REGION, List.of("region", "second", "over"), List.of("anhui-ed", "anhui-sm2"));
        register(NEIGHBOUR, List.of("neighbour"), List.of("zhejiang-ed"));
        register(LOUD, List.of("loud"), List.of("fujian-ed"));
        // Another certificate of the same authority for the same name, that nobody registered.
        Files.copy(pki.path("region.p12"), pki.path("registered.p12"));
        pki.certificate("region", "ca", "clientAuth", 30);
        Path mappings = directory.resolve("mappings");
        Workplace.copy(Path.of("mappings"), mappings, UnaryOperator.identity());
        List<String> regions = List.of(REGION, NEIGHBOUR, LOUD);
        regions.forEach(id -> Workplace.copy(Path.of("mappings/jiangsu-test"), mappings.resolve(id), named(id)));
        hub = RunningHub.start(
                directory,
                UnaryOperator.identity(),
                routes -> regions.forEach(
                        id -> Workplace.copy(routes.resolve("jiangsu-test"), routes.resolve(id), named(id))),
                settings(mappings));
    }

    private static String[] settings(Path mappings) {
        return new String[] {
            "--shuniu.mappings-dir=" + mappings,
            "--shuniu.exchange.enabled=true",
            "--shuniu.exchange.port=" + PORT,
            "--shuniu.exchange.base=" + BASE,
            "--shuniu.exchange.party=urn:chx:shanghai:hub",
            "--shuniu.exchange.certificate=" + pki.path("hub.pem"),
            "--shuniu.exchange.certificate-key=" + pki.path("hub.key"),
            "--shuniu.exchange.client-authorities=" + pki.path("ca.pem"),
            "--shuniu.exchange.keyid=shanghai-1",
            "--shuniu.exchange.signing-key=" + pki.path("hub.sign")
        };
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @AfterEach
    void putTheClockRight() {
        hub.clock().set(LocalDateTime.now(CITY));
    }

    private static UnaryOperator<String> named(String id) {
        String last = "- {type: cn.shuniu.case.withdrawn.v1, to: [\"*\"]}";
        String limits = id.equals(LOUD) ? "\n  limits: {per-minute: %d}".formatted(AGREED) : "";
        return text -> text.replace("jiangsu-test", id)
                .replace(last, last + "\n    - {type: cn.shuniu.case.status.v1, to: [\"*\"]}" + limits);
    }

    private static Path folder(String region) {
        return directory.resolve("data/exchange").resolve(region);
    }

    private static void register(String region, List<String> certificates, List<String> keys) throws IOException {
        Files.createDirectories(folder(region));
        for (String name : certificates) {
            Files.copy(pki.path(name + ".pem"), folder(region).resolve(name + ".crt"));
        }
        for (String key : keys) {
            Files.copy(pki.path(key + ".pub"), folder(region).resolve(key + ".pub"));
        }
    }

    private static SigningKey key(String keyid) {
        SignatureAlgorithm algorithm = keyid.endsWith("sm2") ? SignatureAlgorithm.SM2_SM3 : SignatureAlgorithm.ED25519;
        return SigningKey.of(keyid, algorithm, pki.read(keyid + ".sign"));
    }

    private static WireMessage message() {
        return message(REGION, "anhui-ed", UUID.randomUUID().toString());
    }

    private static WireMessage message(String region, String key, String id) {
        String number = "3400-" + UUID.randomUUID().toString().substring(0, 8);
        String application =
                Applications.online(Applications.ECONOMY).replaceFirst("\\{", "{\"senderCaseNo\":\"" + number + "\",");
        return WireMessage.of(BASE, key(key), id, """
                {"specversion":"1.0","id":"%s","source":"urn:chx:%s:hub","type":"cn.shuniu.case.submitted.v1",\
                "subject":"case/%s","time":"2026-09-21T10:00:00+08:00","datacontenttype":"application/json",\
                "chxto":"urn:chx:shanghai:hub","chxseq":1,"data":%s}""".formatted(id, region, number, application));
    }

    private static WireMessage.Answer send(WireMessage message) {
        return message.send(pki.tls("registered"));
    }

    /** What is kept of what regions say; what the hub does of itself meanwhile is not counted. */
    private static Map<String, Long> rows() {
        Map<String, Long> rows = new TreeMap<>();
        for (String table : List.of(
                "exchange_message",
                "exchange_order",
                "attachment",
                "case_file",
                "message_key where partner like '%-test'",
                "exchange_evidence where kind = 'ACCEPTED' and direction = 'received'")) {
            rows.put(table, hub.sql().queryForObject("select count(*) from " + table, Long.class));
        }
        return rows;
    }

    static Stream<HostileInput> inputs() {
        return HostileInput.all(key("anhui-sm2"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void refuses(HostileInput input) {
        Map<String, Long> before = rows();
        WireMessage message = message();
        input.how().accept(message);

        WireMessage.Answer answer = send(message);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(input.status());
        if (input.problem() != null) {
            assertThat(answer.problem()).isEqualTo(input.problem());
            assertThat(answer.head()).containsIgnoringCase("content-type: application/problem+json");
        }
        assertThat(answer.body()).doesNotContain(Applications.ID_NUMBER, "Exception", "org.shuniu", "apache");
        assertThat(rows()).isEqualTo(before);
        assertThat(send(message()).status()).isEqualTo(202);
    }

    /** H4: within its window it is answered as it was, after it only whoever signs anew is heard, and nothing happens twice. */
    @Test
    void answersAReplayAndDoesNothing() {
        WireMessage message = message();
        WireMessage.Answer first = send(message);
        Map<String, Long> before = rows();

        WireMessage.Answer replayed = send(message);
        hub.clock().set(LocalDateTime.now(CITY).plusSeconds(310));
        WireMessage.Answer late = send(message);
        WireMessage.Answer signedAnew = send(message.created(Instant.now().plusSeconds(310)));
        hub.clock().set(LocalDateTime.now(CITY));

        assertThat(first.status()).isEqualTo(202);
        assertThat(replayed.status()).isEqualTo(200);
        assertThat(replayed.says("Idempotent-Replayed: true")).isTrue();
        assertThat(late.status()).isEqualTo(401);
        assertThat(late.problem()).isEqualTo("signature-stale");
        assertThat(signedAnew.status()).isEqualTo(200);
        assertThat(List.of(replayed.body(), signedAnew.body())).containsOnly(first.body());
        assertThat(rows()).isEqualTo(before);
        String caseNo = RunningHub.JSON.readTree(first.body()).path("caseNo").asString();
        await().atMost(PATIENCE).until(() -> !hub.effects("economy", caseNo).isEmpty());
        await().atMost(PATIENCE)
                .until(() -> hub.sql()
                                .queryForObject(
                                        "select count(*) from delivery where case_no = ? and receiver = 'economy' and state <> 'delivered'",
                                        Long.class,
                                        caseNo)
                        == 0);
        assertThat(hub.effects("economy", caseNo)).hasSize(1);
    }

    /** The partner that decides a case may be another since, and who lost the answer sends again. */
    @Test
    void givesTheReceiptAgainWhoeverDecidesTheCaseNow() {
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
        hub.awaitStatus(caseNo, "60");
        decides(REGION, caseNo);
        WireMessage status = status(caseNo);
        WireMessage.Answer first = send(status);
        decides("economy", caseNo);

        WireMessage.Answer again = send(status);

        assertThat(first.status()).as(first.toString()).isEqualTo(202);
        assertThat(again.status()).as(again.toString()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(send(status(caseNo)).problem()).isEqualTo("not-found");
    }

    private static void decides(String partner, String caseNo) {
        hub.sql().update("update case_file set receiver = ? where case_no = ?", partner, caseNo);
    }

    private static WireMessage status(String caseNo) {
        String id = UUID.randomUUID().toString();
        return WireMessage.of(BASE, key("anhui-ed"), id, """
                {"specversion":"1.0","id":"%1$s","source":"urn:chx:%2$s:hub","type":"cn.shuniu.case.status.v1",\
                "subject":"case/%3$s","time":"2026-09-21T10:00:00+08:00","datacontenttype":"application/json",\
                "chxto":"urn:chx:shanghai:hub","chxseq":1,"data":{"caseNo":"%3$s","status":"40",\
                "statusTime":"20260921T100000"}}""".formatted(id, REGION, caseNo));
    }

    /** H6 */
    @Test
    void leavesTheMessageAsItIsUnderWhoseIdAnotherComes() {
        WireMessage message = message();
        WireMessage.Answer first = send(message);
        byte[] original = message.body();
        Map<String, Long> before = rows();

        WireMessage.Answer other = send(message.saying("\"chxseq\":1", "\"chxseq\":1,\"more\":1"));
        WireMessage.Answer again = send(message.saying(",\"more\":1", ""));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.problem()).isEqualTo("key-reused");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(rows()).isEqualTo(before);
        assertThat(kept(idOf(first))).isEqualTo(original);
    }

    /** H7 */
    @Test
    void givesEachRegionIdsOfItsOwn() {
        String id = UUID.randomUUID().toString();
        WireMessage ours = message(REGION, "anhui-ed", id);
        WireMessage theirs = message(NEIGHBOUR, "zhejiang-ed", id);

        WireMessage.Answer first = send(ours);
        WireMessage.Answer second = theirs.send(pki.tls("neighbour"));

        assertThat(List.of(first.status(), second.status())).containsOnly(202);
        assertThat(second.body()).contains("urn:chx:zhejiang-test:hub").doesNotContain(REGION);
        assertThat(send(ours).body()).isEqualTo(first.body());
        WireMessage.Answer read =
                WireMessage.reading(BASE, key("zhejiang-ed"), "/messages/" + id).send(pki.tls("neighbour"));
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.body()).doesNotContain(REGION);
    }

    /** H12, and what else comes before anybody is known: no log tells what stood there. */
    @Test
    void logsNothingOfWhatItCannotRead() throws IOException {
        String canary = "Canary" + UUID.randomUUID().toString().replace("-", "");
        for (String line : List.of("X Y: %s", "%s", "X-Y: a\0%s", "X-Y: a\r%s", "Cookie: a=\"%s", "Host: %s")) {
            send(message().head(text -> text + line.formatted(canary) + "\r\n"));
        }
        for (String target : List.of("/messages?a=%s{", "/messages/../%s|", "/%s\u0001")) {
            send(message().head(text -> text.replaceFirst("/messages ", target.formatted(canary) + " ")));
        }
        send(message().head(text -> text.replaceFirst("POST", canary + "{")));
        send(message().head(text -> text.replaceFirst("HTTP/1.1", "HTTP/" + canary)));
        send(message().head(text -> text + "Transfer-Encoding: " + canary + "\r\n"));
        send(message().field("Idempotency-Key", '"' + canary + "\u00e9\""));
        send(message().saying("specversion", canary));

        assertThat(send(message()).status()).isEqualTo(202);
        assertThat(Files.readString(directory.resolve("hub.log"))).doesNotContain(canary);
    }

    /** H20, H21: whatever an archive holds, it is bytes. */
    @Test
    void keepsAnArchiveAsItIsAndNeverOpensIt() throws IOException {
        String bomb = archive();
        String address = HostileInput.address(bomb);

        assertThat(send(message().asAttachment(address, bomb)).status()).isEqualTo(200);

        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("escaped.txt");
        }
        Path stored = directory.resolve("data/attachments");
        try (Stream<Path> files = Files.walk(stored)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(Files.size(file)).isLessThan(1024 * 1024));
        }
    }

    /** Names that lead elsewhere, and one of a hundred megabytes. */
    private static String archive() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            for (String name : List.of("../../escaped.txt", "/tmp/escaped.txt", "C:\\escaped.txt")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write('x');
            }
            zip.putNextEntry(new ZipEntry("large"));
            for (int megabyte = 0; megabyte < 100; megabyte++) {
                zip.write(new byte[1024 * 1024]);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toString(StandardCharsets.ISO_8859_1);
    }

    /** H28 */
    @Test
    void keepsRareCharactersByteForByte() {
        // A rare character beyond the basic plane, one of an extension, a combining accent, a letter that would be
        // composed.
        String name = "𠮷㛃e\u0301·阿卜杜拉\u0041\u030a";
        WireMessage message = message().saying(Applications.NAME, name);

        WireMessage.Answer answer = send(message);

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(kept(idOf(answer))).isEqualTo(message.body());
        UUID id = hub.sql()
                .queryForObject("select id from exchange_message where idempotency_key = ?", UUID.class, idOf(answer));
        byte[] document = hub.bean(Vault.class)
                .open(
                        hub.sql().queryForObject("select body from message where id = ?", byte[].class, id),
                        "message.body",
                        id);
        assertThat(new String(document, StandardCharsets.UTF_8)).contains(name);
    }

    /** H14: names by which frameworks let themselves be steered are nothing but more header fields. */
    @Test
    void isSteeredByNoHeader() {
        WireMessage message = message()
                .head(text -> text
                        + Stream.of(
                                        "CamelHttpUri",
                                        "caMELBeanMethodName",
                                        "CamelFileName",
                                        "breadcrumbId",
                                        "JMSReplyTo",
                                        "_AMQ_DUPL_ID")
                                .map(name -> name + ": http://127.0.0.1:1/police\r\n")
                                .collect(Collectors.joining()));

        WireMessage.Answer answer = send(message);

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(hub.sql()
                        .queryForList(
                                "select distinct receiver from delivery where case_no = ? and document = 'application'",
                                String.class,
                                RunningHub.JSON
                                        .readTree(answer.body())
                                        .path("caseNo")
                                        .asString()))
                .containsExactly("economy");
    }

    /** H15: who somebody is, his handshake says; what a gateway would say of him is believed from nobody. */
    @Test
    void believesNoHeaderThatSpeaksOfACertificate() throws IOException {
        String registered =
                Files.readString(folder(REGION).resolve("region.crt")).replaceAll("-----[A-Z ]+-----|\\s", "");
        for (String name : List.of(
                "X-Client-Cert", "X-SSL-Client-Cert", "SSL_CLIENT_CERT", "Client-Cert", "X-Forwarded-Client-Cert")) {
            WireMessage.Answer answer = message()
                    .head(text -> text + "%s: :%s:\r\nX-SSL-Client-Verify: SUCCESS\r\n".formatted(name, registered))
                    .send(pki.tls("stranger"));

            assertThat(answer.status()).as(name).isEqualTo(401);
            assertThat(answer.problem()).as(name).isEqualTo("key-unknown");
        }
        assertThat(send(message()
                                .head(text -> text.replaceFirst("Host: .*", "Host: other.example.org")
                                        + "X-Forwarded-Host: other.example.org\r\nX-Forwarded-Proto: http\r\n"))
                        .status())
                .as("the address that was signed is the hub's own, whatever the connection says")
                .isEqualTo(202);
    }

    /** H24 */
    @Test
    void fetchesNothingThatAMessagePointsTo() throws IOException {
        try (ServerSocket inside = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            inside.setSoTimeout(2_000);
            String there = "http://127.0.0.1:%d/".formatted(inside.getLocalPort());

            WireMessage.Answer taken = send(message()
                    .saying(
                            "\"chxseq\":1",
                            "\"chxseq\":1,\"dataref\":\"%1$s\",\"callback\":\"%1$s\",\"$schema\":\"%1$s\""
                                    .formatted(there)));
            WireMessage.Answer refused =
                    send(message().saying("\"chxseq\":1", "\"chxseq\":1,\"dataschema\":\"%s\"".formatted(there)));

            assertThat(taken.status()).as(taken.body()).isEqualTo(202);
            assertThat(refused.status()).as(refused.body()).isEqualTo(422);
            assertThatThrownBy(inside::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    /** H41 */
    @Test
    void keepsFieldsThatItDoesNotKnow() {
        WireMessage message = message()
                .saying(
                        "\"chxseq\":1",
                        "\"chxseq\":1,\"chxtomorrow\":{\"a\":[1.50,null]},\"dataschema\":\"urn:chx:schema:case.submitted:1.9\"");

        WireMessage.Answer answer = send(message);

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(kept(idOf(answer))).isEqualTo(message.body());
    }

    /** H34: whoever asks more than is agreed is told so until the minute is over, whatever he asks; and nobody else is. */
    @Test
    void tellsWhoAsksMoreThanIsAgreed() {
        LocalDateTime minute =
                LocalDateTime.now(CITY).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        hub.clock().set(minute);
        for (int i = 0; i < AGREED; i++) {
            assertThat(loud().status()).isEqualTo(202);
        }
        Map<String, Long> before = rows();

        WireMessage.Answer refused = loud();
        WireMessage.Answer reading =
                WireMessage.reading(BASE, key("fujian-ed"), "/inbox").send(pki.tls("loud"));

        assertThat(List.of(refused, reading)).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(429);
            assertThat(answer.problem()).isEqualTo("quota");
        });
        assertThat(rows()).isEqualTo(before);
        assertThat(send(message()).status()).isEqualTo(202);
        hub.clock().set(minute.plusMinutes(1));
        assertThat(loud().status()).isEqualTo(202);
    }

    private static WireMessage.Answer loud() {
        return message(LOUD, "fujian-ed", UUID.randomUUID().toString()).send(pki.tls("loud"));
    }

    /** H35: whoever waits in very many places waits in few of them, and nobody waits for him. */
    @Test
    void keepsNobodyWaitingForWhoWaits() {
        List<CompletableFuture<WireMessage.Answer>> waiting = Stream.generate(
                        () -> WireMessage.reading(BASE, key("anhui-ed"), "/inbox?wait=5"))
                .limit(64)
                .map(reading ->
                        CompletableFuture.supplyAsync(() -> send(reading), command -> new Thread(command).start()))
                .toList();

        WireMessage.Answer meanwhile =
                message(NEIGHBOUR, "zhejiang-ed", UUID.randomUUID().toString()).send(pki.tls("neighbour"));

        assertThat(meanwhile.status()).as(meanwhile.body()).isEqualTo(202);
        assertThat(waiting)
                .extracting(CompletableFuture::join)
                .extracting(WireMessage.Answer::status)
                .containsOnly(200);
    }

    /** H36: who is not registered is told so before anything that he sends is read. */
    @Test
    void looksAtNothingOfWhoIsNotRegistered() {
        UnaryOperator<String> nonsense = text -> text.replaceFirst("Content-Length: \\d+", "Content-Length: 1000000")
                + "Signature: (((\r\nSignature: )))\r\nContent-Encoding: gzip\r\n";
        for (String certificate : List.of("stranger", "region")) {
            WireMessage.Answer answer =
                    message().head(nonsense).sending(new byte[0]).send(pki.tls(certificate));

            assertThat(answer.status()).as(certificate).isEqualTo(401);
            assertThat(answer.problem()).as(certificate).isEqualTo("key-unknown");
        }
        assertThat(message().send(pki.tls("over")).status()).isZero();
        assertThat(message(NEIGHBOUR, "zhejiang-ed", UUID.randomUUID().toString())
                        .send(pki.tls("registered"))
                        .status())
                .isEqualTo(401);
    }

    /** H36: a certificate that was taken back is dead even on a connection that it opened. */
    @Test
    void endsARevokedCertificateOnOpenConnections() throws IOException {
        UnaryOperator<String> open = text -> text.replaceFirst("Connection: close", "Connection: keep-alive");
        try (Socket line = pki.tls("second").getSocketFactory().createSocket("127.0.0.1", PORT)) {
            assertThat(message().head(open).send(line).status()).isEqualTo(202);

            Files.delete(folder(REGION).resolve("second.crt"));

            WireMessage.Answer refused = await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> message().head(open).send(line), answer -> answer.status() != 202);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.problem()).isEqualTo("key-unknown");
        }
        assertThat(send(message()).status()).isEqualTo(202);
    }

    /** H36, F20: what was valid at the handshake is asked for again. */
    @Test
    void endsACertificateThatIsOverOnOpenConnections() throws IOException {
        UnaryOperator<String> open = text -> text.replaceFirst("Connection: close", "Connection: keep-alive");
        try (Socket line = pki.tls("registered").getSocketFactory().createSocket("127.0.0.1", PORT)) {
            assertThat(message().head(open).send(line).status()).isEqualTo(202);
            hub.clock().set(LocalDateTime.now(CITY).plusDays(31));
            WireMessage message = message().created(Instant.now().plus(Duration.ofDays(31)));

            WireMessage.Answer refused = message.head(open).send(line);

            hub.clock().set(LocalDateTime.now(CITY));
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.body()).contains("urn:shuniu:problem:key-unknown", "The client certificate is over");
        }
    }

    /** F19: signatures are judged by the hub's clock and messages by their number, and no clock touches ids or the chain. */
    @Test
    void staysInOrderWhileClocksLeap() {
        WireMessage early = message();
        WireMessage late = message();

        // The region's clock is wrong, then the hub's, then both; what was refused is taken once the clocks agree.
        assertThat(send(message().created(Instant.now().minusSeconds(600))).problem())
                .isEqualTo("signature-stale");
        hub.clock().set(LocalDateTime.now(CITY).plusMinutes(10));
        assertThat(send(early).problem()).isEqualTo("signature-stale");
        WireMessage.Answer ahead = send(late.created(Instant.now().plusSeconds(600)));
        hub.clock().set(LocalDateTime.now(CITY).minusMinutes(9));
        assertThat(send(early).problem()).isEqualTo("signature-stale");
        WireMessage.Answer behind = send(message().created(Instant.now().minusSeconds(540)));
        hub.clock().set(LocalDateTime.now(CITY));
        WireMessage.Answer right = send(early);

        assertThat(List.of(ahead.status(), behind.status(), right.status())).containsOnly(202);
        assertThat(send(late.created(Instant.now())).body()).isEqualTo(ahead.body());
        requireWholeChain();
    }

    private static void requireWholeChain() {
        byte[] hash = new byte[32];
        long seq = 0;
        for (Map<String, Object> line : hub.sql()
                .queryForList(
                        "select seq, evidence, hash from exchange_evidence where partner = ? and direction = 'received' order by seq",
                        REGION)) {
            hash = ChainHash.of(hash, (byte[]) line.get("evidence"));
            assertThat(line.get("seq")).isEqualTo(++seq);
            assertThat((byte[]) line.get("hash")).as("line %d", seq).isEqualTo(hash);
        }
        assertThat(seq).isPositive();
    }

    private static String idOf(WireMessage.Answer receipt) {
        return RunningHub.JSON.readTree(receipt.body()).path("messageId").asString();
    }

    /** The envelope as it was kept. */
    private static byte[] kept(String id) {
        Map<String, Object> row = hub.sql().queryForMap(KEPT, id);
        return hub.bean(Vault.class).open((byte[]) row.get("body"), "exchange_message.body", (UUID) row.get("id"));
    }
}
