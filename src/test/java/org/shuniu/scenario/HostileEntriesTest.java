package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.shuniu.vault.Vault;

/**
 * The hostile inputs of the trials' list against the entries for senders, departments and people; the exchange's own are in {@link
 * ExchangeHostileTest}. Each is refused or is plain data, and the next good application is taken.
 */
class HostileEntriesTest {

    private static final String SENDER = "acceptance-platform-token";
    private static final String APPLICATIONS = "/api/v1/applications";

    /** What some reader somewhere would run, fetch or fold; none of it means anything here. */
    private static final List<String> CANARIES = List.of(
            "${jndi:ldap://127.0.0.1:1/a}",
            "${918273600+45}",
            "#{918273600+45}",
            "$(918273600+45)",
            "{{918273600+45}}",
            "${bean:settlement?method=record}",
            "${sys:user.home}${env:PATH}",
            "#{T(java.lang.Runtime).getRuntime()}",
            "' or 1=1; drop table message; --",
            "*)(uid=*))(|(uid=*",
            "' or count(//*)>0 or '",
            "%s%n%x$1",
            "=cmd|' /C calc'!A0",
            "<script>alert(1)</script><img src=x onerror=alert(1)>",
            "\"><svg onload=alert(1)>");

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

    /** H12, H13: two lengths, or one that is none, end the connection at the first request; no second one is read out of it. */
    static Stream<Arguments> lengths() {
        String chunked = "Transfer-Encoding: chunked";
        return Stream.of(
                Arguments.of("a length and chunks", List.of("Content-Length: 5", chunked)),
                Arguments.of("two lengths", List.of("Content-Length: 5", "Content-Length: 6")),
                Arguments.of("a list of lengths", List.of("Content-Length: 5, 6")),
                Arguments.of("a negative length", List.of("Content-Length: -1")),
                Arguments.of("a signed length", List.of("Content-Length: +5")),
                Arguments.of("a length that is no number", List.of("Content-Length: 0x5")),
                Arguments.of("chunks behind another encoding", List.of("Transfer-Encoding: chunked, identity")),
                Arguments.of("chunks written otherwise", List.of("Transfer-Encoding: xchunked")),
                Arguments.of("chunks behind a control character", List.of("Transfer-Encoding:\u000bchunked")),
                Arguments.of("a space before the colon", List.of("Content-Length : 5")),
                Arguments.of("no host and two", List.of("Content-Length: 5", "Host: other")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lengths")
    void readsNoSecondRequestOutOfTheFirst(String what, List<String> fields) throws IOException {
        long before = stored();
        String smuggled = "GET /api/v1/cases/smuggled HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(hub.secret(SENDER));
        String request = "POST %s HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer %s\r\nIdempotency-Key: %s\r\n"
                        .formatted(APPLICATIONS, hub.secret(SENDER), UUID.randomUUID())
                + "Content-Type: application/json\r\n"
                + String.join("\r\n", fields)
                + "\r\n\r\n0\r\n\r\n"
                + smuggled;

        String answers = exchange(request.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(answers.split("HTTP/1\\.1 ", -1)).as(answers).hasSizeLessThanOrEqualTo(2);
        assertThat(answers).matches("(?s)(HTTP/1\\.1 (400|411|413|501).*)?");
        assertThat(stored()).isEqualTo(before);
        assertThat(hub.apply(good()).statusCode()).isEqualTo(202);
    }

    /** H14, H15: names by which frameworks let themselves be steered, and a gateway's words from whoever is none. */
    @Test
    void isSteeredByNoHeader() {
        HttpRequest.Builder request = hub.request(APPLICATIONS, SENDER)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json");
        for (String name : List.of(
                "CamelHttpUri",
                "caMELHttpUri",
                "CamelHttpPath",
                "CamelFileName",
                "CamelBeanMethodName",
                "CamelJmsDestinationName",
                "org.apache.camel.Other",
                "breadcrumbId",
                "JMSReplyTo",
                "JMSXGroupID",
                "_AMQ_SCHED_DELIVERY",
                "_AMQ_DUPL_ID",
                "ShuniuReceiver",
                "ShuniuDelivery",
                "X-Http-Method-Override",
                "X-Original-URL",
                "X-Rewrite-URL",
                "X-Forwarded-Host",
                "X-Forwarded-Proto",
                "X-Forwarded-Prefix",
                "Forwarded",
                "X-Forwarded-For",
                "X-Client-Cert",
                "SSL_CLIENT_CERT")) {
            request.header(name, "http://127.0.0.1:1/police");
        }
        HttpResponse<String> answer = hub.send(request.POST(HttpRequest.BodyPublishers.ofString(good())));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body()).doesNotContain("127.0.0.1:1");
        String caseNo = RunningHub.JSON.readTree(answer.body()).path("caseNo").stringValue();
        hub.awaitStatus(caseNo, "60");
        assertThat(hub.effects("economy", caseNo)).hasSize(1);
        assertThat(hub.sql()
                        .queryForList(
                                "select receiver from delivery where case_no = ? and document = 'application'",
                                String.class,
                                caseNo))
                .containsExactly("economy");
    }

    /** H16: however an address is written, it is judged as what it leads to. */
    static Stream<String> addresses() {
        return Stream.of(
                "/api/v1/../../ops/v1/parked",
                "/api/v1/%2e%2e/%2e%2e/ops/v1/parked",
                "/api/v1/..%2f..%2fops/v1/parked",
                "/api/v1/..;/..;/ops/v1/parked",
                "/api/v1/;/../../ops/v1/parked",
                "/ops;a=b/v1/parked",
                "/ops/v1;/parked",
                "//ops/v1/parked",
                "/./ops/v1/parked",
                "/OPS/v1/parked",
                "/ops%2fv1%2fparked",
                "/%6fps/v1/parked",
                "/ops/v1/parked%00",
                "/ops/v1/parked%0d%0aX:1",
                "/api/v1\\..\\..\\ops\\v1\\parked",
                "/api/v1/%5c..%5cops",
                "/api/v1/%c0%ae%c0%ae/%c0%ae%c0%ae/ops/v1/parked",
                "/api/v1/%u002e%u002e/ops",
                "/api/v1/cases/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
                "/api/v1/attachments/..%2f..%2fsecrets%2foperator-token",
                "/api/v1/attachments/sha256:..%2f..%2fsecrets",
                "/docs/%2e%2e/%2e%2e/application.yaml",
                "/schemas/..%2fapplication-production.yaml",
                "/schemas/%2e%2e/application.yaml",
                "/actuator/heapdump",
                "/actuator/env",
                "/actuator/%68eapdump",
                "/actuator/;/heapdump",
                "/jolokia",
                "/console/artemis",
                "http://other/ops/v1/parked");
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void opensNothingByAnotherSpelling(String address) throws IOException {
        for (String method : List.of("GET", "HEAD", "POST", "TRACE", "OPTIONS")) {
            String answer = exchange("%s %s HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer %s\r\nContent-Length: 0\r\n"
                    .formatted(method, address, hub.secret(SENDER))
                    .concat("Connection: close\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));

            // A sender's token opens nothing of the operators'; what leads to the login leads nowhere else.
            assertThat(answer).as(method).matches("(?s)HTTP/1\\.1 (30[23]|400|401|403|404|405|501).*");
            assertThat(answer)
                    .as(method)
                    .doesNotContain("deliveryId", "parked\":", "root:", "shuniu.database", "java.", "Exception")
                    .doesNotContain(hub.secret(SENDER));
        }
    }

    /** H20: nothing is unpacked at the entries for senders either. */
    @Test
    void unpacksNothing() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(good().getBytes(StandardCharsets.UTF_8));
        }
        long before = stored();

        HttpResponse<String> answer = hub.send(hub.request(APPLICATIONS, SENDER)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray())));

        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 415);
        assertThat(stored()).isEqualTo(before);
    }

    /** H23: whatever an attachment is, a browser saves it and runs nothing. */
    @Test
    void givesAttachmentsBackAsBytes() {
        String page = "<html><script>alert(1)</script></html>";
        String digest = EncryptionAtRestTest.digest(page.getBytes(StandardCharsets.UTF_8));
        String address = "/api/v1/attachments/" + digest;
        hub.send(hub.request(address, SENDER)
                .header("Content-Type", "text/html")
                .PUT(HttpRequest.BodyPublishers.ofString(page)));

        HttpResponse<String> answer = hub.send(
                hub.request(address, SENDER).header("Accept", "text/html, */*").GET());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("attachment"));
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
    }

    /** H23: names that lead elsewhere or are read backwards are names, and no file is called so. */
    @Test
    void callsNoFileAsAnAttachmentIsCalled() throws IOException {
        for (String name : List.of(
                "../../escaped.txt",
                "a\\u202Egpj.exe",
                "a.jsp",
                "a\\r\\nSet-Cookie: b=c",
                "CON",
                "\\u0001",
                "甲".repeat(100))) {
            String content = name + UUID.randomUUID();
            String digest = EncryptionAtRestTest.digest(content.getBytes(StandardCharsets.UTF_8));
            hub.send(hub.request("/api/v1/attachments/" + digest, SENDER)
                    .PUT(HttpRequest.BodyPublishers.ofString(content)));
            HttpResponse<String> answer = hub.apply(Applications.application(
                    Applications.ECONOMY,
                    "2",
                    "",
                    ",\"materials\":[{\"name\":\"%s\",\"source\":\"0\",\"attachment\":{\"digest\":\"%s\",\"size\":%d}}]"
                            .formatted(name, digest, content.getBytes(StandardCharsets.UTF_8).length)));
            assertThat(answer.statusCode()).as(answer.body()).isIn(202, 422);
        }
        try (Stream<Path> files = Files.walk(directory.resolve("data/attachments"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .isNotEmpty()
                    .allMatch(name -> name.matches("[0-9a-f-]{36}(\\.[a-z]+)?"));
        }
    }

    /** H26, H27: in every field and in whatever else a caller may choose. */
    @Test
    void takesEveryTextForAText() throws IOException {
        for (String canary : CANARIES) {
            String quoted = RunningHub.JSON.writeValueAsString(canary);
            String inside = quoted.substring(1, quoted.length() - 1);
            HttpResponse<String> answer = hub.apply(good(inside));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            String caseNo =
                    RunningHub.JSON.readTree(answer.body()).path("caseNo").stringValue();
            hub.awaitStatus(caseNo, "60");
            assertThat(kept(caseNo)).contains(inside);

            // Where no text of that kind may stand it is refused without being repeated.
            for (String refused : List.of(
                    good().replace(Applications.ECONOMY, inside),
                    good().replace(Applications.ID_NUMBER, inside),
                    good().replace("\"channel\":\"2\"", "\"channel\":\"" + inside + "\""))) {
                HttpResponse<String> problem = hub.apply(refused);
                assertThat(problem.statusCode()).as(problem.body()).isBetween(400, 422);
                assertThat(problem.body()).doesNotContain("918273645", "Exception");
            }
        }
        assertThat(Files.readString(directory.resolve("hub.log")))
                .doesNotContain("918273645", "jndi", "alert(1)", "drop table", "calc'");
    }

    /** H26: what a caller chose ends no line of the log and colours none. */
    @Test
    void logsNoLineOfACallers() throws IOException {
        String line = "forged " + UUID.randomUUID();
        String injected = "a%0d%0a" + line.replace(" ", "%20") + "%1b[31m";
        for (String address : List.of(
                "/api/v1/cases/" + injected,
                "/callback/v1/" + injected,
                "/nowhere/" + injected,
                "/ops/v1/" + injected)) {
            exchange(
                    "GET %s HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer %s\r\nUser-Agent: \u001b[31m%s\r\nConnection: close\r\n\r\n"
                            .formatted(address, hub.secret(SENDER), line)
                            .getBytes(StandardCharsets.ISO_8859_1));
        }
        hub.post(APPLICATIONS, "k" + line.replace(' ', '-'), good());
        hub.apply(good("a\\n" + line + "\\u001b[31m"));

        assertThat(Files.readAllLines(directory.resolve("hub.log")))
                .noneMatch(text -> text.startsWith("forged") || text.contains(line) || text.indexOf(0x1b) >= 0);
    }

    /** H26: and on a person's page it is shown and not run. */
    @Test
    void showsMarkupAsText() {
        String markup = "<script>alert(1)</script>\\\"><svg onload=alert(1)>";
        String messageId = RunningHub.JSON
                .readTree(hub.apply(good(markup)).body())
                .path("messageId")
                .stringValue();

        String page = Browser.of(hub, "engineer")
                .post("/messages/" + messageId + "/body", Map.of("reason", "<b>why</b>"))
                .body();

        assertThat(page).contains("&lt;script&gt;").doesNotContain("<script>alert", "<svg", "<b>why");
    }

    /** H17: a NUL that no document may hold comes by no other way to the database either. */
    @Test
    void takesNoNulForAText() {
        for (String address : List.of(
                "/ops/v1/reconciliation/economy/2026-11-24/cases?verdict=%00",
                "/ops/v1/reconciliation/economy/2026-11-24/cases?cursor=a%00b",
                "/ops/v1/parked?partner=%00",
                "/ops/v1/audit?target=%00",
                "/ops/v1/cases?caseNo=%00")) {
            assertThat(hub.send(hub.request(address, "operator-token").GET()).statusCode())
                    .as(address)
                    .isBetween(200, 499);
        }
        assertThat(hub.operate("/partners/nobody/pause", "{\"reason\":\"a\\u0000b\"}")
                        .statusCode())
                .isBetween(400, 499);
        assertThat(hub.operate("/partners/housing/pause", "{\"reason\":\"a\\u0000b\"}")
                        .statusCode())
                .isBetween(200, 499);
        Browser operator = Browser.of(hub, "operator");
        for (String page :
                List.of("/find?q=a%00b", "/audit?who=%00", "/parked?partner=%00", "/reports?department=%00")) {
            assertThat(operator.get(page).statusCode()).as(page).isBetween(200, 499);
        }
        assertThat(new Browser(hub).login("operator\0", "password").statusCode())
                .isBetween(300, 499);
    }

    /** H41 */
    @Test
    void keepsFieldsThatItDoesNotKnow() {
        HttpResponse<String> answer =
                hub.apply(good().replaceFirst("\\{", "{\"fieldOfTomorrow\":{\"a\":[1.50,null,\"𠮷\"]},"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(kept(RunningHub.JSON.readTree(answer.body()).path("caseNo").stringValue()))
                .contains("\"fieldOfTomorrow\":{\"a\":[1.50,null,\"𠮷\"]}");
    }

    /** H7 among senders: what is another's is not there. */
    @Test
    void hidesWhatIsAnothers() {
        String caseNo = hub.caseOf(good());
        String content = "of the platform " + UUID.randomUUID();
        String digest = EncryptionAtRestTest.digest(content.getBytes(StandardCharsets.UTF_8));
        hub.send(
                hub.request("/api/v1/attachments/" + digest, SENDER).PUT(HttpRequest.BodyPublishers.ofString(content)));

        for (String address : List.of("/api/v1/cases/" + caseNo, "/api/v1/attachments/" + digest)) {
            HttpResponse<String> other =
                    hub.send(hub.request(address, "citizen-app-token").GET());
            HttpResponse<String> none =
                    hub.send(hub.request(address.replaceFirst("[0-9a-f]{8}$", "00000000"), "citizen-app-token")
                            .GET());
            assertThat(other.statusCode()).as(address).isEqualTo(404).isEqualTo(none.statusCode());
        }
    }

    private static String good() {
        return Applications.online(Applications.ECONOMY);
    }

    private static String good(String remark) {
        return Applications.online(Applications.ECONOMY, remark);
    }

    /** The application of a case as it was received. */
    private static String kept(String caseNo) {
        Map<String, Object> row = hub.sql()
                .queryForMap("select id, body from message where case_no = ? and document = 'application'", caseNo);
        byte[] body = hub.bean(Vault.class).open((byte[]) row.get("body"), "message.body", (UUID) row.get("id"));
        return new String(body, StandardCharsets.UTF_8);
    }

    private static long stored() {
        return hub.sql().queryForObject("select count(*) from message where document = 'application'", Long.class);
    }

    /** All that comes back until the connection ends, or nothing more for a while. */
    private static String exchange(byte[] request) throws IOException {
        URI address = URI.create(hub.address());
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request);
            socket.getInputStream().transferTo(answers);
        } catch (IOException cutOffOrSilent) {
            // What came before counts.
        }
        return answers.toString(StandardCharsets.UTF_8);
    }
}
