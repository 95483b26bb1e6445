package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.packaged.Workplace;
import org.shuniu.scenario.ShellFolder.Said;
import org.shuniu.signature.MessageSigner;
import org.shuniu.signature.SignatureAlgorithm;
import org.shuniu.signature.SignedMessage;
import org.shuniu.signature.SigningKey;
import tools.jackson.databind.JsonNode;

/** Regions that have nothing but curl, openssl and the shell kit exchange cases with the demo, as its first page says. */
class ExchangeKitTest {

    private static final int PORT = Workplace.freePort();
    private static final String BASE = "https://127.0.0.1:" + PORT + "/partner/v1";
    private static final String OF_THE_DEMO = "jiangsu-test";
    private static final String FURTHER = "zhejiang-test";
    private static final String WITH_P256 = "anhui-test";
    private static final Map<String, String> ALGORITHMS =
            Map.of(OF_THE_DEMO, "sm2", FURTHER, "ed25519", WITH_P256, "p256");
    private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

    @TempDir
    private static Path directory;

    private static RunningHub hub;
    private static Contract contract;
    private static Map<String, ShellRegion> regions;

    @BeforeAll
    static void start() {
        Path mappings = directory.resolve("mappings");
        Workplace.copy(Path.of("mappings"), mappings, UnaryOperator.identity());
        List<String> further = List.of(FURTHER, WITH_P256);
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
    }

    private static UnaryOperator<String> named(String id) {
        return text -> text.replace(OF_THE_DEMO, id);
    }

    @ParameterizedTest
    @ValueSource(strings = {OF_THE_DEMO, FURTHER, WITH_P256})
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
        await().atMost(Duration.ofSeconds(60))
                .until(() -> region.kit("get", "messages/" + messageId).out(), out -> out.contains("\"DELIVERED\""));
        assertThat(hub.effects("economy", caseNo)).hasSize(1);
        Said evidence = region.kit("evidence", messageId);
        assertThat(evidence.code()).as(evidence.toString()).isZero();
        assertThat(evidence.out()).contains("ACCEPTED", "RELAYED economy", "DELIVERED economy");
        Said chain = region.kit("chain");
        assertThat(chain.code()).as(chain.toString()).isZero();
    }

    @Test
    void namesTheCureForAnEmptyUserId() {
        Said said = regions.get(OF_THE_DEMO).kit(Map.of("CHX_DISTID", ""), "echo");

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
        ShellRegion region = regions.get(OF_THE_DEMO);
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

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void fetchesWhatBecameOfACaseAndSignsForIt() {
        ShellRegion region = regions.get(FURTHER);
        String message = region.message();
        String number = message.replace(".json", "");
        assertThat(region.kit("send", message).code()).isZero();

        Set<String> fetched = new TreeSet<>();
        await().atMost(Duration.ofSeconds(90)).until(() -> {
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
        ShellRegion region = regions.get(OF_THE_DEMO);
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
        ShellRegion region = regions.get(FURTHER);
        String message = region.message();
        String number = message.replace(".json", "");
        assertThat(region.kit("send", message).code()).isZero();
        String id = fetched(region, number);

        Said rejected = region.kit("reject", id, "schema-invalid");

        assertThat(rejected.code()).as(rejected.toString()).isZero();
        String delivery = hub.sql()
                .queryForObject(
                        "select delivery_id::text from exchange_sent where message_id = ?::uuid", String.class, id);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> hub.operatorSees("/parked").toString().contains(delivery));
        assertThat(hub.operatorSees("/parked").toString()).contains("the region rejected it: schema-invalid");
        assertThat(hub.operate("/deliveries/%s/replay".formatted(delivery), "").statusCode())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> region.kit("pull", "5").out().contains(id));
        assertThat(region.kit("ack", id).code()).isZero();
    }

    private static String fetched(ShellRegion region, String number) {
        return await().atMost(Duration.ofSeconds(90))
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
        ShellRegion sender = regions.get(OF_THE_DEMO);
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
        assertThat(said.out()).contains("as it should be", "the receipt is right", "Verified OK");
        assertThat(said.err()).contains("-sigopt distid:1234567812345678");
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
