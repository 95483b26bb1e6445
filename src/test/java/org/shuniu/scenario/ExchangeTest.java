package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.command.Commands;
import org.shuniu.packaged.Workplace;
import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.MessageSigner;
import org.shuniu.signature.MessageVerifier;
import org.shuniu.signature.SignatureAlgorithm;
import org.shuniu.signature.SignedMessage;
import org.shuniu.signature.SigningKey;
import org.shuniu.signature.VerifyingKey;
import tools.jackson.databind.JsonNode;

/** Another region hands in cases over the exchange's own port; whoever is not it, or says something else, is refused. */
class ExchangeTest {

    private static final String REGION = "anhui";
    private static final String LENIENT = "zhejiang-test";
    private static final String UNDECIDED = "{\"fault\":\"late-result\",\"seconds\":600}";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SUBMITTED = "cn.shuniu.case.submitted.v1";
    private static final List<String> COVERED =
            List.of("@method", "@target-uri", "content-type", "content-digest", "idempotency-key");
    private static final int PORT = Workplace.freePort();
    private static final String BASE = "https://127.0.0.1:" + PORT + "/partner/v1";

    @TempDir
    private static Path directory;

    private static RegionPki pki;
    private static RunningHub hub;

    @BeforeAll
    static void start() throws IOException {
        pki = new RegionPki(directory.resolve("pki"));
        pki.certificate("region", "ca", "clientAuth", 30);
        pki.certificate("neighbour", "ca", "clientAuth", 30);
        pki.certificate("stranger", "ca", "clientAuth", 30);
        pki.certificate("server-only", "ca", "serverAuth", 30);
        pki.certificate("of-other-ca", "other-ca", "clientAuth", 30);
        pki.signingKey("hub", "sm2-sm3");
        pki.signingKey("anhui-sm2", "sm2-sm3");
        pki.signingKey("anhui-ed", "ed25519");
        pki.signingKey("anhui-ec", "ecdsa-p256-sha256");
        pki.signingKey("anhui-old", "ed25519");
        pki.signingKey("anhui-lost", "ed25519");
        pki.signingKey("neighbour-ed", "ed25519");
        Path mappings = directory.resolve("mappings");
        Workplace.copy(Path.of("mappings"), mappings, UnaryOperator.identity());
        for (String id : List.of(REGION, LENIENT)) {
            Workplace.copy(
                    Path.of("mappings/acceptance-platform"),
                    mappings.resolve(id),
                    (file, text) -> declared(mappings.resolve(id), file, text.replace("acceptance-platform", id)));
        }
        hub = RunningHub.start(
                directory,
                UnaryOperator.identity(),
                ExchangeTest::addRegions,
                "--shuniu.mappings-dir=" + mappings,
                "--shuniu.exchange.enabled=true",
                "--shuniu.exchange.port=" + PORT,
                "--shuniu.exchange.base=" + BASE,
                "--shuniu.exchange.party=urn:chx:shanghai:hub",
                "--shuniu.exchange.certificate=" + pki.path("hub.pem"),
                "--shuniu.exchange.certificate-key=" + pki.path("hub.key"),
                "--shuniu.exchange.client-authorities=" + pki.path("ca.pem"),
                "--shuniu.exchange.keyid=shanghai-1",
                "--shuniu.exchange.signing-key=" + pki.path("hub.sign"));
    }

    /** What mappings of regions read that the platform has not. */
    private static final List<String> OF_REGIONS = List.of(
            "document.evidence,", "document.keyid,", "document.signature,", "document.steps,", "document.turn,");

    /** A region to which the platform's mappings lead besides some of its own may have what either reads. */
    private static String declared(Path folder, Path file, String text) {
        Path own = folder.resolve(file.getFileName());
        if (!file.endsWith("allowed-fields.csv") || !Files.exists(own)) {
            return text;
        }
        try (Stream<String> lines = Files.lines(own)) {
            return lines.filter(line -> OF_REGIONS.stream().anyMatch(line::startsWith))
                    .collect(Collectors.joining("\n", text.stripTrailing() + "\n", "\n"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @AfterEach
    void mend() {
        hub.fault("economy", "none");
    }

    private static void addRegions(Path routes) {
        addRegion(
                routes,
                REGION,
                "region",
                List.of("anhui-sm2", "anhui-ed", "anhui-ec", "anhui-old", "anhui-lost"),
                "strict");
        addRegion(routes, LENIENT, "neighbour", List.of("neighbour-ed"), "lenient");
    }

    private static void addRegion(Path routes, String id, String certificate, List<String> keys, String order) {
        Workplace.copy(
                Path.of("routes/acceptance-platform"),
                routes.resolve(id),
                text -> text.replace("acceptance-platform", id)
                        .replace("${shuniu.simulator.address}/" + id, "${shuniu.simulator.address}/acceptance-platform")
                        .replace("token: " + id + "-secret", "token: acceptance-platform-secret"));
        try {
            Path file = routes.resolve(id).resolve("partner.yaml");
            Files.writeString(file, Files.readString(file) + profile(id, certificate, keys, order));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String profile(String id, String certificate, List<String> keys, String order) {
        StringBuilder profile = new StringBuilder("""
                exchange:
                  version: 1
                  party: urn:chx:%s:hub
                  certificates: [%s]
                  allow:
                    - {type: cn.shuniu.case.submitted.v1, to: [economy]}
                    - {type: cn.shuniu.case.withdrawn.v1, to: [economy]}
                  order: %s
                  directions: [pull]
                  contact: duty desk
                  keys:
                """.formatted(id, pki.fingerprint(certificate), order));
        for (String key : keys) {
            profile.append(
                    "    - {keyid: %s, algorithm: %s, purpose: [message], not-before: 2026-01-01, not-after: 2099-01-01, public-key-file: %s}%n"
                            .formatted(key, algorithm(key).id(), pki.path(key + ".pub")));
        }
        return profile.toString();
    }

    private static SignatureAlgorithm algorithm(String key) {
        return key.endsWith("sm2")
                ? SignatureAlgorithm.SM2_SM3
                : key.endsWith("ec") ? SignatureAlgorithm.ECDSA_P256_SHA256 : SignatureAlgorithm.ED25519;
    }

    @ParameterizedTest
    @ValueSource(strings = {"anhui-sm2", "anhui-ed", "anhui-ec"})
    void makesACaseOfAMessageAndAnswersAResendWithTheSameReceipt(String key) {
        Message message = Message.submitted().by(key);

        HttpResponse<String> first = message.send();
        HttpResponse<String> again = message.send();

        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(again.body()).isEqualTo(first.body());
        requireSigned(first);
        requireSigned(again);
        JsonNode receipt = RunningHub.JSON.readTree(first.body());
        assertThat(receipt.path("messageId").asString()).isEqualTo(message.id);
        assertThat(receipt.path("contentDigest").asString()).isEqualTo(ContentDigest.of(message.body()));
        String caseNo = receipt.path("caseNo").asString();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> hub.effects("economy", caseNo).size() == 1);
        assertThat(hub.sql()
                        .queryForObject(
                                "select count(*) from exchange_message where idempotency_key = ?",
                                Long.class,
                                message.id))
                .isEqualTo(1);
    }

    @Test
    void needsNothingButCurlAndOpenssl() {
        pki.write("body.json", Message.submitted().text());
        pki.write("send.sh", """
                set -e
                URL=%s/messages
                ID=$(sed 's/.*"id":"\\([^"]*\\)".*/\\1/' body.json); T=$(date +%%s)
                CD="sha-256=:$(openssl dgst -sha256 -binary body.json | openssl base64 -A):"
                P="(\\"@method\\" \\"@target-uri\\" \\"content-type\\" \\"content-digest\\" \\"idempotency-key\\");created=$T;keyid=\\"anhui-sm2\\";alg=\\"sm2-sm3\\";tag=\\"chx/1\\""
                { printf '"@method": POST\\n"@target-uri": %%s\\n"content-type": application/cloudevents+json\\n"content-digest": %%s\\n"idempotency-key": "%%s"\\n' "$URL" "$CD" "$ID"
                  printf '"@signature-params": %%s' "$P"; } > base
                S=$(openssl dgst -sm3 -sign anhui-sm2.sign -sigopt distid:1234567812345678 base | openssl base64 -A)
                curl -s --cert region.pem --key region.key --cacert ca.pem --data-binary @body.json -D head -o receipt.json \\
                  -H "Content-Type: application/cloudevents+json" -H "Content-Digest: $CD" -H "Idempotency-Key: \\"$ID\\"" \\
                  -H "Signature-Input: sig1=$P" -H "Signature: sig1=:$S:" --retry 0 "$URL"
                grep -q ' 202' head
                field() { grep -i "^$1:" head | tr -d '\\r' | sed 's/^[^:]*: //'; }
                RD="sha-256=:$(openssl dgst -sha256 -binary receipt.json | openssl base64 -A):"
                [ "$RD" = "$(field content-digest)" ]
                { printf '"@status": 202\\n"content-type": %%s\\n"content-digest": %%s\\n' "$(field content-type)" "$RD"
                  printf '"@signature-params": %%s' "$(field signature-input | sed 's/^sig1=//')"; } > receipt.base
                field signature | sed 's/^sig1=://; s/:$//' | openssl base64 -d -A > receipt.sig
                openssl dgst -sm3 -verify hub.pub -sigopt distid:1234567812345678 -signature receipt.sig receipt.base
                """.formatted(BASE));

        pki.run(List.of("bash", "send.sh"));
    }

    @Test
    void namesTheCureForAnEmptyUserId() {
        Message message = Message.submitted().by("anhui-sm2");
        Map<String, String> fields = message.fields();
        String params = fields.get("Signature-Input").substring("sig1=".length());
        pki.write("empty.base", message.base(fields, params));
        pki.openssl("dgst -sm3 -sign anhui-sm2.sign -out empty.sig empty.base");
        pki.openssl("base64 -A -in empty.sig -out empty.b64");
        fields.put("Signature", "sig1=:" + pki.read("empty.b64").strip() + ":");

        HttpResponse<String> answer = message.send("region", fields);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("distid:1234567812345678");
    }

    @Test
    void saysWhatItTookForSigned() {
        Message message = Message.submitted();

        HttpResponse<String> answer = message.to("/echo").send();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(RunningHub.JSON.readTree(answer.body()).path("signatureBase").asString())
                .startsWith("\"@method\": POST\n\"@target-uri\": " + BASE + "/echo\n");
    }

    @ParameterizedTest
    @CsvSource({
        "H1 body changed, body, 400, digest-mismatch",
        "H2 digest renewed, digest, 401, signature-invalid",
        "H5 another address, address, 401, signature-invalid",
        "H9 alg none, alg, 401, signature-invalid",
        "H11 unknown digest, md5, 400, digest-mismatch",
        "H37 no created, created, 401, signature-stale",
        "key unknown, keyid, 401, key-unknown",
        "no key, no-key, 400, missing-key",
        "short key, short-key, 400, missing-key",
        "other media type, media, 415, unsupported-media-type",
        "encoded body, encoded, 415, unsupported-media-type"
    })
    void refusesWhatWasNotSignedSo(String name, String change, int status, String problem) {
        Message message = Message.submitted().changed(change);

        HttpResponse<String> answer = message.send();

        assertThat(answer.statusCode()).as(name).isEqualTo(status);
        assertThat(answer.body()).as(name).contains("urn:shuniu:problem:" + problem);
        assertThat(kept(message.id)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"specversion\":\"1.0\"|\"specversion\":\"0.3\"|400|bad-envelope",
                "\"source\":\"urn:chx:anhui:hub\"|\"source\":\"urn:chx:zhejiang-test:hub\"|400|bad-envelope",
                "urn:chx:shanghai:hub|urn:chx:anhui:hub|422|loop",
                "urn:chx:shanghai:hub|urn:chx:jiangsu:hub|403|not-allowed",
                "urn:chx:shanghai:hub|urn:chx:shanghai:police|403|not-allowed",
                "\"chxseq\":1|\"chxseq\":1,\"chxhops\":9|422|loop",
                "\"chxseq\":1|\"chxseq\":1,\"chxvia\":\"urn:chx:shanghai:hub\"|422|loop",
                "\"chxseq\":1|\"chxseq\":-1|422|schema-invalid",
                "\"chxseq\":1|\"chxseq\":9223372036854775808|422|schema-invalid",
                "\"chxseq\":1|\"chxseq\":2|409|gap",
                "case.submitted.v1|case.dreamt.v1|403|not-allowed",
                "case.submitted.v1|case.supplemented.v1|403|not-allowed",
                "urn:chx:schema:case.submitted:1.2|urn:chx:schema:case.submitted:2.0|422|schema-invalid",
                "\"itemCode\":\"312000250000\"|\"itemCode\":\"1\"|422|"
            })
    void refusesWhatIsSignedButNotAgreed(String from, String to, int status, String problem) {
        Message message = Message.submitted().saying(from, to);

        HttpResponse<String> answer = message.send();

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("urn:shuniu:problem:" + (problem == null ? "" : problem));
        assertThat(kept(message.id)).isZero();
    }

    @Test
    void refusesAnotherMessageUnderTheSameId() {
        Message message = Message.submitted();
        assertThat(message.send().statusCode()).isEqualTo(202);

        HttpResponse<String> other =
                message.saying("\"chxseq\":1", "\"chxseq\":1,\"extra\":true").send();

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("key-reused");
    }

    @Test
    void withdrawsACaseInItsOrder() {
        hub.fault("economy", UNDECIDED, 200);
        Message first = Message.submitted();
        Message second = first.withdrawn(2);

        // What comes before its case, or before another of its number, waits at its sender's
        HttpResponse<String> early = second.send();
        String caseNo =
                RunningHub.JSON.readTree(first.send().body()).path("caseNo").asString();
        await().atMost(PATIENCE).until(() -> standing(caseNo).equals("40"));
        HttpResponse<String> skipping = first.withdrawn(3).send();
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(early.headers().firstValue("Retry-After")).isPresent();
        assertThat(early.body()).contains("urn:shuniu:problem:gap", "the next is 1");
        assertThat(skipping.body()).contains("urn:shuniu:problem:gap", "the next is 2");

        // Then the case is taken back once, whatever comes again
        assertThat(second.send().statusCode()).isEqualTo(202);
        assertThat(first.withdrawn(2).send().statusCode()).isIn(409, 422);
        await().atMost(PATIENCE).until(() -> standing(caseNo).equals("90"));
        assertThat(second.send().statusCode()).isEqualTo(200);

        // And what is decided all the same changes nothing
        hub.fault("economy", "none");
        await().atMost(PATIENCE).until(() -> notes(caseNo).contains("came after the case was withdrawn"));
        assertThat(standing(caseNo)).isEqualTo("90");
        assertThat(hub.effects("economy", caseNo)).containsExactly("application", "withdrawal");
    }

    /** Its answer was lost, and meanwhile it is too late for anything new. */
    @Test
    void answersAResendByItsReceiptThoughItIsOver() {
        hub.fault("economy", UNDECIDED, 200);
        Message first = Message.submitted();
        assertThat(first.send().statusCode()).isEqualTo(202);
        int seconds = 4;
        Instant over;
        Message withdrawn;
        HttpResponse<String> taken;
        do {
            seconds *= 2;
            over = Instant.now().plusSeconds(seconds);
            withdrawn = first.withdrawn(2).saying("\"chxseq\":2", "\"chxexpires\":\"%s\",\"chxseq\":2".formatted(over));
            taken = withdrawn.send();
        } while (taken.body().contains("urn:shuniu:problem:expired"));
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        await().atMost(PATIENCE).until(Instant::now, over::isBefore);

        HttpResponse<String> again = withdrawn.send();

        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(taken.body());
        assertThat(first.withdrawn(3)
                        .saying("\"chxseq\":3", "\"chxexpires\":\"%s\",\"chxseq\":3".formatted(over))
                        .send()
                        .body())
                .contains("urn:shuniu:problem:expired");
        hub.fault("economy", "none");
    }

    private static String standing(String caseNo) {
        return hub.sql().queryForObject("select status from case_file where case_no = ?", String.class, caseNo);
    }

    private static List<String> notes(String caseNo) {
        return hub.sql()
                .queryForList(
                        "select a.note from answer a join delivery d on d.id = a.delivery_id where d.case_no = ?",
                        String.class,
                        caseNo);
    }

    @Test
    void takesWhatSkipsANumberOfALenientRegionAndNothingThatItHasPassed() {
        hub.fault("economy", UNDECIDED, 200);
        Message first = Message.submitted()
                .by("neighbour-ed")
                .saying("urn:chx:anhui:hub", "urn:chx:%s:hub".formatted(LENIENT))
                .saying("\"chxseq\":1", "\"chxseq\":5");

        HttpResponse<String> early = first.withdrawn(6).send("neighbour");
        HttpResponse<String> skipping = first.send("neighbour");
        HttpResponse<String> late = first.withdrawn(3).send("neighbour");

        assertThat(early.body()).contains("urn:shuniu:problem:gap");
        assertThat(skipping.statusCode()).as(skipping.body()).isEqualTo(202);
        assertThat(late.statusCode()).as(late.body()).isEqualTo(422);
        assertThat(late.body()).contains("urn:shuniu:problem:sequence-passed", "the next is 6");
    }

    @Test
    void refusesAKeyOfOneRegionWithTheCertificateOfAnother() {
        HttpResponse<String> answer = Message.submitted().send("neighbour");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("key-unknown");
    }

    @Test
    void refusesACertificateThatIsNotRegistered() {
        assertThat(Message.submitted().send("stranger").statusCode()).isEqualTo(401);
        for (String certificate : List.of("of-other-ca", "server-only")) {
            assertThatThrownBy(() -> Message.submitted().send(certificate)).isInstanceOf(UncheckedIOException.class);
        }
        assertThatThrownBy(() -> Message.submitted().send((String) null)).isInstanceOf(UncheckedIOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Idempotency-Key", "Content-Type", "Signature", "Content-Digest"})
    void refusesAHeaderThatStandsTwice(String name) throws IOException {
        Message message = Message.submitted();
        Map<String, String> fields = message.fields();

        assertThat(raw(message, fields, name + ": " + fields.get(name))).startsWith("HTTP/1.1 400");
        assertThat(kept(message.id)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Long: %s"})
    void refusesHugeHeaders(String line) throws IOException {
        Message message = Message.submitted();

        String answer = raw(message, message.fields(), line.formatted("x".repeat(100_000)));

        assertThat(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"))
                .as(answer)
                .isTrue();
        assertThat(kept(message.id)).isZero();
    }

    @Test
    void makesOneCaseOfAStormOfTheSameMessage() throws Exception {
        Message message = Message.submitted();
        ExecutorService threads = Executors.newFixedThreadPool(20);
        List<Callable<Integer>> storm = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            storm.add(() -> message.send().statusCode());
        }
        Map<Integer, Integer> statuses = new HashMap<>();
        try {
            for (Future<Integer> status : threads.invokeAll(storm)) {
                statuses.merge(status.get(), 1, Integer::sum);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(statuses.get(202)).isEqualTo(1);
        assertThat(Set.of(200, 202, 409)).containsAll(statuses.keySet());
        assertThat(kept(message.id)).isEqualTo(1);
    }

    @Test
    void neverOpensTheExchangeOnAnotherPortNorAnotherEntryOnThisOne() {
        HttpResponse<String> other = hub.send(HttpRequest.newBuilder(URI.create(hub.address() + "/partner/v1/messages"))
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(other.statusCode()).isEqualTo(404);
        assertThat(send("region", HttpRequest.newBuilder(URI.create(BASE.replace("/partner/v1", "/actuator/health"))))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void forgetsAKeyThatWasRemovedWhileItRuns() throws IOException {
        Message message = Message.submitted().by("anhui-old");
        assertThat(message.send().statusCode()).isEqualTo(202);
        Path file = directory.resolve("routes").resolve(REGION).resolve("partner.yaml");
        String before = Files.readString(file);

        Files.writeString(
                file,
                Pattern.compile("version: (\\d+)")
                        .matcher(before.replaceAll("(?m)^    - \\{keyid: anhui-old.*\n", ""))
                        .replaceFirst(version -> "version: " + (Integer.parseInt(version.group(1)) + 1)));

        await().atMost(Duration.ofSeconds(60)).until(() -> message.send().statusCode() == 401);
        assertThat(message.by("anhui-ed").send().statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> hub.operatorSees("/audit").toString().contains("key anhui-old: taken out"));
    }

    @Test
    void refusesAKeyThatWasRevokedByCommandAndCanStillVerifyWhatItSigned() {
        Message message = Message.submitted().by("anhui-lost");
        HttpResponse<String> accepted = message.send();
        assertThat(accepted.statusCode()).isEqualTo(202);

        String routes = "--shuniu.routes-dir=" + directory.resolve("routes");
        assertThat(Commands.run("partner", "revoke", REGION, "--key=anhui-lost", routes))
                .hasValue(0);
        await().atMost(Duration.ofSeconds(60)).until(() -> message.send().statusCode() == 401);
        HttpResponse<String> again = message.by("anhui-ed").send();
        assertThat(again.body()).isEqualTo(accepted.body());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> hub.operatorSees("/audit").toString().contains("key anhui-lost: removed at "));
        Map<String, Object> signed = hub.sql()
                .queryForMap(
                        "select signature_base, signature from exchange_message where idempotency_key = ?", message.id);
        assertThat(onRecord("anhui-lost")
                        .verify(((String) signed.get("signature_base")).getBytes(StandardCharsets.UTF_8), (byte[])
                                signed.get("signature")))
                .isTrue();
    }

    /** The key as it stands among all that was ever agreed. */
    private static VerifyingKey onRecord(String keyid) {
        String profile = hub.sql()
                .queryForObject(
                        "select profile from exchange_profile where partner = ? order by seq desc limit 1",
                        String.class,
                        REGION);
        for (JsonNode key : RunningHub.JSON.readTree(profile).path("keys")) {
            if (key.path("keyid").asString().equals(keyid)) {
                return VerifyingKey.of(keyid, key.path("publicKey").asString(), Instant.EPOCH, Instant.MAX);
            }
        }
        throw new AssertionError("There is no key %s in %s".formatted(keyid, profile));
    }

    @Test
    void showsARenewedCertificateWithoutARestart() throws IOException {
        String before = shown();

        pki.certificate("hub", "ca", "serverAuth", 30);

        await().atMost(Duration.ofSeconds(60)).until(() -> !shown().equals(before));
        assertThat(Message.submitted().send().statusCode()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> hub.operatorSees("/audit").toString().contains("exchange-certificate\""));
    }

    private static String shown() throws IOException {
        try (SSLSocket socket = (SSLSocket) pki.tls("region").getSocketFactory().createSocket("127.0.0.1", PORT)) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSerialNumber()
                    .toString();
        }
    }

    private static long kept(String id) {
        return hub.sql().queryForObject("select count(*) from message_key where idempotency_key = ?", Long.class, id);
    }

    private static void requireSigned(HttpResponse<String> answer) {
        VerifyingKey key = VerifyingKey.of(
                "shanghai-1", SignatureAlgorithm.SM2_SM3, pki.read("hub.pub"), Instant.EPOCH, Instant.MAX);
        ContentDigest.check(
                answer.headers().allValues("Content-Digest"), answer.body().getBytes(StandardCharsets.UTF_8));
        Map<String, List<String>> fields = new HashMap<>();
        answer.headers().map().forEach((name, values) -> fields.put(name.toLowerCase(java.util.Locale.ROOT), values));
        new MessageVerifier(
                        keyid -> Optional.of(key).filter(known -> known.keyid().equals(keyid)), Duration.ofMinutes(5))
                .verify(
                        SignedMessage.answer(answer.statusCode(), fields),
                        Set.of("@status", "content-type", "content-digest"),
                        Instant.now());
    }

    private static HttpResponse<String> send(String certificate, HttpRequest.Builder request) {
        try {
            return HttpClient.newBuilder()
                    .sslContext(pki.tls(certificate))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** What a client sends that keeps to no rule. */
    private static String raw(Message message, Map<String, String> fields, String line) throws IOException {
        byte[] body = message.body();
        StringBuilder head = new StringBuilder("POST /partner/v1/messages HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        fields.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append(line)
                .append("\r\nConnection: close\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n\r\n");
        try (SSLSocket socket = (SSLSocket) pki.tls("region").getSocketFactory().createSocket("127.0.0.1", PORT)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.net.SocketException | javax.net.ssl.SSLException cutOff) {
            return "";
        }
    }

    /** A message of the region, as it will be signed. */
    private static final class Message {
        private final String id;
        private final String text;
        private final String key;
        private final String path;
        private final String change;

        private Message(String id, String text, String key, String path, String change) {
            this.id = id;
            this.text = text;
            this.key = key;
            this.path = path;
            this.change = change;
        }

        static Message submitted() {
            String id = UUID.randomUUID().toString();
            String number = "3400-" + id.substring(0, 8);
            String application = Applications.online(Applications.ECONOMY)
                    .replaceFirst("\\{", "{\"senderCaseNo\":\"" + number + "\",");
            String text = """
                    {"specversion":"1.0","id":"%s","source":"urn:chx:anhui:hub","type":"%s","subject":"case/%s",\
                    "time":"2026-09-21T10:00:00+08:00","datacontenttype":"application/json",\
                    "dataschema":"urn:chx:schema:case.submitted:1.2","chxto":"urn:chx:shanghai:hub","chxseq":1,"data":%s}""".formatted(id, SUBMITTED, number, application);
            return new Message(id, text, "anhui-ed", "/messages", "");
        }

        /** Takes the same case back, under this number. */
        Message withdrawn(int seq) {
            String next = UUID.randomUUID().toString();
            String head = text.substring(0, text.indexOf("\"dataschema\""))
                    .replace(id, next)
                    .replace(SUBMITTED, "cn.shuniu.case.withdrawn.v1");
            String rest = """
                    "chxto":"urn:chx:shanghai:hub","chxseq":%d,"data":{"withdrawalTime":"%s","reason":"示例"}}""".formatted(seq, Applications.now());
            return new Message(next, head + rest, key, path, change);
        }

        Message by(String other) {
            return new Message(id, text, other, path, change);
        }

        Message to(String other) {
            return new Message(id, text, key, other, change);
        }

        Message changed(String how) {
            return new Message(id, text, key, path, how);
        }

        Message saying(String from, String to) {
            return new Message(id, text.replace(from, to), key, path, change);
        }

        String text() {
            return text;
        }

        byte[] body() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        String base(Map<String, String> fields, String params) {
            return "\"@method\": POST\n\"@target-uri\": %s\n\"content-type\": %s\n\"content-digest\": %s\n\"idempotency-key\": %s\n\"@signature-params\": %s"
                    .formatted(
                            BASE + path,
                            fields.get("Content-Type"),
                            fields.get("Content-Digest"),
                            fields.get("Idempotency-Key"),
                            params);
        }

        Map<String, String> fields() {
            Map<String, List<String>> signed = new LinkedHashMap<>();
            signed.put(
                    "content-type",
                    List.of(change.equals("media") ? "application/json" : "application/cloudevents+json"));
            signed.put(
                    "content-digest",
                    List.of(change.equals("md5") ? "md5=:1B2M2Y8AsgTpgAmY7PhCfg==:" : ContentDigest.of(body())));
            signed.put("idempotency-key", List.of(change.equals("short-key") ? "\"short\"" : '"' + id + '"'));
            MessageSigner.Signed signature = MessageSigner.sign(
                    SignedMessage.request("POST", URI.create(BASE + path), signed),
                    COVERED,
                    SigningKey.of(key, algorithm(key), pki.read(key + ".sign")),
                    Instant.now(),
                    null);
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("Content-Type", signed.get("content-type").get(0));
            fields.put("Content-Digest", signed.get("content-digest").get(0));
            fields.put("Idempotency-Key", signed.get("idempotency-key").get(0));
            fields.put("Signature-Input", signature.input());
            fields.put("Signature", signature.signature());
            switch (change) {
                case "digest" -> fields.put("Content-Digest", ContentDigest.of(new byte[] {1}));
                case "alg" -> fields.computeIfPresent("Signature-Input", (n, v) -> v.replace("ed25519", "none"));
                case "created" ->
                    fields.computeIfPresent("Signature-Input", (n, v) -> v.replaceAll("created=\\d+;", ""));
                case "keyid" -> fields.computeIfPresent("Signature-Input", (n, v) -> v.replace(key, "nobody"));
                case "no-key" -> fields.remove("Idempotency-Key");
                case "encoded" -> fields.put("Content-Encoding", "gzip");
                default -> {
                    // Nothing else of it is changed.
                }
            }
            return fields;
        }

        HttpResponse<String> send() {
            return send("region");
        }

        HttpResponse<String> send(String certificate) {
            return send(certificate, fields());
        }

        HttpResponse<String> send(String certificate, Map<String, String> fields) {
            String address = change.equals("address") ? "/nowhere" : path;
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(BASE + address))
                    .POST(HttpRequest.BodyPublishers.ofString(change.equals("body") ? text + " " : text));
            fields.forEach(request::header);
            return ExchangeTest.send(certificate, request);
        }
    }
}
