package org.shuniu.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;

/** What each answer of a region's hub means for the message. */
class RegionAdapterTest {

    @TempDir
    private Path routes;

    private final List<String> heard = new ArrayList<>();
    private HttpServer server;
    private RegionAdapter adapter;
    private final ByteArrayOutputStream stored = new ByteArrayOutputStream();
    private byte[] content = new byte[0];
    private int uploadStatus = 200;
    private int status = 202;
    private String problem;
    private String location;
    private String said;
    private boolean numbered = true;
    private int renumbered;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Path folder = Files.createDirectory(routes.resolve("province"));
        Files.writeString(folder.resolve("partner.yaml"), """
                partner: province
                name: {zh: 省, en: Province}
                connected: false
                protocol: chx
                address: https://province.invalid/partner/v1
                operations: {application: cn.shuniu.case.submitted.v1}
                delivery: {unknown-outcome: recognises-id, connect: 30s, deadline: 60s}
                """);
        Partner partner =
                PartnerDirectory.load(routes, text -> text).find("province").orElseThrow();
        adapter = new RegionAdapter(partner, new Plain());
    }

    @AfterEach
    void stop() {
        adapter.close();
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "202, '', Taken",
        "200, '', Taken",
        "400, bad-envelope, Invalid",
        "403, not-allowed, Invalid",
        "404, not-found, Invalid",
        "409, sender-case-reused, Invalid",
        "413, too-large, Invalid",
        "422, key-reused, Invalid",
        "422, schema-invalid, Invalid",
        "422, sequence-passed, NotYet",
        "409, state-conflict, Invalid",
        "401, signature-stale, CredentialsRefused",
        "409, in-progress, NotYet",
        "409, gap, NotYet",
        "429, quota, Unavailable",
        "503, overloaded, Unavailable",
        "302, '', Unavailable",
        "408, '', Unknown",
        "500, '', Unknown",
        "502, '', Unknown"
    })
    void sortsAnswersByWhatTheyMean(int said, String name, String reply) {
        status = said;
        problem = name;

        assertThat(adapter.call(call()).getClass().getSimpleName()).isEqualTo(reply);
        assertThat(heard).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"supplement", "withdrawal"})
    void takesItAsADecisionThatACaseHasEnded(String operation) {
        status = 409;
        problem = "state-conflict";

        assertThat(adapter.call(call(operation))).isEqualTo(new Reply.Refused("HTTP 409: state-conflict"));
    }

    @ParameterizedTest
    @CsvSource({"'', Taken", "schema-invalid, Invalid", "state-conflict, Refused", "sequence-passed, NotYet"})
    void callsNobodyWhoHasSaidByItselfWhatBecomesOfIt(String word, String reply) {
        said = word;

        assertThat(adapter.call(call("supplement")).getClass().getSimpleName()).isEqualTo(reply);
        assertThat(heard).isEmpty();
    }

    @Test
    void asksForANewNumberOnlyWhereItsOwnHasPassed() {
        status = 409;
        problem = "gap";
        adapter.call(call());
        assertThat(renumbered).isZero();

        status = 422;
        problem = "sequence-passed";
        adapter.call(call());
        assertThat(renumbered).isEqualTo(1);

        numbered = false;
        assertThat(adapter.call(call())).isEqualTo(new Reply.Invalid("HTTP 422: sequence-passed"));
    }

    @Test
    void waitsAsLongAsItIsAskedTo() {
        status = 503;
        problem = "overloaded";

        assertThat(adapter.call(call()))
                .isEqualTo(new Reply.Unavailable("HTTP 503: overloaded", Duration.ofSeconds(7)));
    }

    @Test
    void followsNobodyToAnotherAddress() {
        status = 307;
        location = "http://127.0.0.1:%d/elsewhere".formatted(server.getAddress().getPort());

        adapter.call(call());

        assertThat(heard).containsExactly("/messages");
    }

    @Test
    void saysNothingOfAProblemThatNamesAPerson() {
        status = 422;
        problem = "测试甲 11010519491231002X";

        assertThat(adapter.call(call())).isEqualTo(new Reply.Invalid("HTTP 422"));
    }

    @Test
    void knowsThatNothingWasDoneWhenNobodyListens() {
        server.stop(0);

        assertThat(adapter.call(call())).isInstanceOf(Reply.Unavailable.class);
    }

    @Test
    void bringsWhatAMessageNamesBeforeIt() {
        content = new byte[RegionUploads.PART + 100];

        assertThat(adapter.call(call())).isInstanceOf(Reply.Taken.class);
        assertThat(heard).containsExactly("HEAD 0", "PATCH 0", "PATCH " + RegionUploads.PART, "/messages");
        assertThat(stored.toByteArray()).isEqualTo(content);
    }

    @Test
    void goesOnWhereAnEarlierAttemptEnded() {
        content = "0123456789".getBytes(StandardCharsets.UTF_8);
        stored.writeBytes("01234".getBytes(StandardCharsets.UTF_8));

        adapter.call(call());

        assertThat(heard).containsExactly("HEAD 5", "PATCH 5", "/messages");
        assertThat(stored.toByteArray()).isEqualTo(content);
    }

    @ParameterizedTest
    @CsvSource({
        "503, overloaded, Unavailable",
        "409, in-progress, Unavailable",
        "409, offset-mismatch, Unavailable",
        "422, digest-mismatch, Unavailable",
        "500, '', Unavailable",
        "413, too-large, Invalid",
        "401, signature-stale, CredentialsRefused"
    })
    void neverSendsAMessageBeforeWhatItNames(int said, String name, String reply) {
        content = "0123456789".getBytes(StandardCharsets.UTF_8);
        uploadStatus = said;
        problem = name;

        assertThat(adapter.call(call()).getClass().getSimpleName()).isEqualTo(reply);
        assertThat(heard).containsExactly("HEAD 0", "PATCH 0");
    }

    @Test
    void waitsForAnAttachmentThatTheRegionMisses() {
        status = 422;
        problem = "attachment-missing";

        assertThat(adapter.call(call())).isInstanceOf(Reply.Unavailable.class);
    }

    @Test
    void goesOnSoonWithWhatIsTooLongForOneAttempt() {
        content = new byte[3 * RegionUploads.PART];
        Plain messages = new Plain();
        TimeLeft nearlyOver = new TimeLeft(
                Duration.ofMinutes(10),
                System.nanoTime() + Duration.ofMinutes(3).toNanos());

        Optional<Reply> reply = new RegionUploads(
                        "province", messages, new org.shuniu.channel.HttpExchange(Duration.ofSeconds(30)))
                .bring(messages.named("province", call(), null), nearlyOver);

        assertThat(reply).containsInstanceOf(Reply.Gathered.class);
        assertThat(heard).containsExactly("HEAD 0", "PATCH 0");
    }

    private static Call call() {
        return call("application");
    }

    private static Call call(String operation) {
        return new Call(
                UUID.randomUUID(),
                UUID.randomUUID(),
                operation,
                "3120261124000000001",
                "{}".getBytes(StandardCharsets.UTF_8),
                "application/json",
                Duration.ofSeconds(60));
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().startsWith("/attachments/")) {
            upload(exchange);
            return;
        }
        heard.add(exchange.getRequestURI().getPath());
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Retry-After", "7");
        if (location != null) {
            exchange.getResponseHeaders().add("Location", location);
        }
        byte[] body = "{\"type\":\"urn:shuniu:problem:%s\"}".formatted(problem).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void upload(HttpExchange exchange) throws IOException {
        heard.add(exchange.getRequestMethod() + " " + stored.size());
        byte[] part = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("HEAD")) {
            said(exchange, stored.size() == 0 ? 404 : 200, "");
            return;
        }
        if (uploadStatus == 200) {
            stored.writeBytes(part);
        }
        said(exchange, uploadStatus, "{\"type\":\"urn:shuniu:problem:%s\"}".formatted(problem));
    }

    private void said(HttpExchange exchange, int code, String text) throws IOException {
        exchange.getResponseHeaders().add("Upload-Offset", Integer.toString(stored.size()));
        exchange.getResponseHeaders().add("Upload-Complete", stored.size() == content.length ? "?1" : "?0");
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** An exchange without signatures. */
    private final class Plain implements RegionMessages {
        @Override
        public Optional<String> said(String partner, Call call) {
            return Optional.ofNullable(said);
        }

        @Override
        public SSLContext tls() {
            try {
                return SSLContext.getDefault();
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        public Optional<Post> post(String partner, Call call) {
            URI target = URI.create(
                    "http://127.0.0.1:%d/messages".formatted(server.getAddress().getPort()));
            return Optional.of(new Post(target, Map.of("Content-Type", "application/cloudevents+json"), call.body()));
        }

        @Override
        public boolean renumber(String partner, Call call) {
            renumbered++;
            return numbered;
        }

        @Override
        public List<Attachment> named(String partner, Call call, Post post) {
            return content.length == 0
                    ? List.of()
                    : List.of(new Attachment("platform", "sha256:" + "0f".repeat(32), content.length));
        }

        @Override
        public Post ask(String partner, Attachment attachment) {
            return new Post(address(attachment), Map.of(), new byte[0]);
        }

        @Override
        public Optional<Post> part(String partner, Attachment attachment, long offset, int most) {
            int end = (int) Math.min(offset + most, content.length);
            return Optional.of(new Post(
                    address(attachment),
                    Map.of("Upload-Offset", Long.toString(offset)),
                    Arrays.copyOfRange(content, (int) offset, end)));
        }

        private URI address(Attachment attachment) {
            return URI.create("http://127.0.0.1:%d/attachments/%s"
                    .formatted(server.getAddress().getPort(), attachment.digest()));
        }

        @Override
        public Reply accepted(
                String partner, Call call, Post post, int code, Map<String, List<String>> fields, byte[] receipt) {
            return new Reply.Taken();
        }
    }
}
