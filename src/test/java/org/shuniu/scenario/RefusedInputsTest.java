package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whatever is refused is refused with a clear problem, and nothing of it is stored. */
class RefusedInputsTest {

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

    static Stream<Arguments> refused() {
        String good = Applications.online(Applications.ECONOMY);
        return Stream.of(
                of("a wrong check digit", good.replace("002X", "0021"), 422, "check-failed", "/applicant/idNumber"),
                of(
                        "an unknown item",
                        good.replace(Applications.ECONOMY, "319999999999"),
                        422,
                        "check-failed",
                        "/itemCode"),
                of(
                        "a day before the item",
                        good.replaceAll("\"applicationTime\":\"\\d{8}", "\"applicationTime\":\"20170101"),
                        422,
                        "check-failed",
                        "/itemCode"),
                of(
                        "a time that does not exist",
                        good.replaceAll("\"applicationTime\":\"[^\"]*", "\"applicationTime\":\"20260230T101500"),
                        422,
                        null,
                        "/applicationTime"),
                of(
                        "an unknown centre",
                        Applications.application(
                                Applications.HEALTHCARE_PREREVIEW, "1", ",\"receivingCentre\":\"31010199901\"", ""),
                        422,
                        "check-failed",
                        "/receivingCentre"),
                of(
                        "a counter visit without a centre",
                        Applications.application(Applications.HEALTHCARE_PREREVIEW, "1", "", ""),
                        422,
                        null,
                        "/receivingCentre"),
                of(
                        "a missing applicant",
                        "{\"itemCode\":\"312000250000\",\"applicationTime\":\"20261124T101500\",\"channel\":\"2\"}",
                        422,
                        "schema-invalid",
                        "/applicant"),
                of(
                        "a name that is too long",
                        good.replace(Applications.NAME, "甲".repeat(101)),
                        422,
                        "schema-invalid",
                        "/applicant/name"),
                of(
                        "an attachment nobody uploaded",
                        Applications.application(
                                Applications.ECONOMY,
                                "2",
                                "",
                                ",\"materials\":[{\"name\":\"a\",\"source\":\"0\",\"attachment\":{\"digest\":\"sha256:%s\",\"size\":1}}]"
                                        .formatted("ab".repeat(32))),
                        422,
                        "attachment-missing",
                        "/materials/0/attachment"),
                of("broken JSON", good.substring(0, 50), 400, "malformed-json", null),
                of("no JSON at all", "<application/>", 400, "malformed-json", null),
                of("a doubled key", good.replaceFirst("\\{", "{\"channel\":\"2\","), 400, "malformed-json", null),
                of("a megabyte of nesting", "[".repeat(1024 * 1024), 413, "too-large", null),
                of("as much nesting as may come in", "[".repeat(250_000), 400, "malformed-json", null),
                of(
                        "nesting in a field",
                        good.replace(
                                "\"channel\"",
                                "\"form\":%s1%s,\"channel\"".formatted("{\"a\":".repeat(500), "}".repeat(500))),
                        400,
                        "malformed-json",
                        null),
                of(
                        "bytes that are not UTF-8",
                        new String(new byte[] {(byte) 0x7b, (byte) 0xc3, (byte) 0x28}, StandardCharsets.ISO_8859_1),
                        400,
                        "malformed-json",
                        null),
                of("a list", "[]", 422, null, ""),
                of("nothing", "", 400, "malformed-json", null),
                of("too much", good.replace(Applications.NAME, "a".repeat(3 * 1024 * 1024)), 413, "too-large", null));
    }

    private static Arguments of(String what, String body, int status, String problem, String pointer) {
        return Arguments.of(what, body, status, problem, pointer);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWithAProblemAndStoresNothing(String what, String body, int status, String problem, String pointer) {
        long before = stored();

        HttpResponse<String> answer = hub.apply(body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        JsonNode told = RunningHub.JSON.readTree(answer.body());
        if (problem != null) {
            assertThat(told.path("type").asString()).isEqualTo("urn:shuniu:problem:" + problem);
        }
        if (pointer != null) {
            assertThat(told.path("findings")
                            .valueStream()
                            .map(finding -> finding.path("pointer").asString()))
                    .anySatisfy(found -> assertThat(found).startsWith(pointer));
        }
        assertThat(answer.body()).doesNotContain(Applications.NAME, Applications.ID_NUMBER, "Exception", "org.shuniu");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void reportsSeveralFindingsTogether() {
        HttpResponse<String> answer = hub.apply(Applications.online(Applications.ECONOMY)
                .replace("002X", "0021")
                .replace(Applications.MOBILE, "123")
                .replace(Applications.ECONOMY, "319999999999"));

        assertThat(RunningHub.JSON.readTree(answer.body()).path("findings").size())
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void refusesOtherBytesUnderAnOldKey() {
        String key = UUID.randomUUID().toString();
        String application = Applications.online(Applications.ECONOMY);
        hub.post("/api/v1/applications", key, application);

        HttpResponse<String> changed = hub.post("/api/v1/applications", key, application + " ");

        assertThat(changed.statusCode()).isEqualTo(422);
        assertThat(changed.body()).contains("urn:shuniu:problem:key-reused");
    }

    /** Whoever makes his keys of bodies, or of a batch, has not said of the second case what he says of the first. */
    @Test
    void refusesTheSameBytesOfAnotherCaseUnderAnOldKey() {
        hub.operate("/partners/economy/pause", "{\"reason\":\"maintenance\"}");
        String first = hub.caseOf(Applications.online(Applications.ECONOMY));
        String second = hub.caseOf(Applications.online(Applications.ECONOMY));
        String key = UUID.randomUUID().toString();
        String withdrawal = "{\"withdrawalTime\":\"%s\",\"reason\":\"不再需要\"}".formatted(Applications.now());
        String address = "/api/v1/cases/%s/withdrawal";
        HttpResponse<String> taken = hub.post(address.formatted(first), key, withdrawal);

        HttpResponse<String> other = hub.post(address.formatted(second), key, withdrawal);
        HttpResponse<String> again = hub.post(address.formatted(first), key, withdrawal);
        hub.operate("/partners/economy/resume", "{}");

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("urn:shuniu:problem:key-reused");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(taken.body());
    }

    @Test
    void refusesASecondApplicationUnderTheSendersNumberAndNamesTheFirst() {
        String application = Applications.application(Applications.ECONOMY, "2", ",\"senderCaseNo\":\"P-1\"", "");
        String first = RunningHub.JSON
                .readTree(hub.apply(application).body())
                .path("messageId")
                .stringValue();

        HttpResponse<String> second = hub.apply(application);

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("urn:shuniu:problem:sender-case-reused", first);
    }

    @Test
    void opensNothingToWhoeverHasNoToken() {
        HttpResponse<String> none = hub.send(HttpRequest.newBuilder(URI.create(hub.address() + "/api/v1/cases/1")));
        HttpResponse<String> wrong = hub.send(hub.request("/ops/v1/parked", "acceptance-platform-token"));
        HttpResponse<String> callback =
                hub.send(hub.request("/callback/v1/healthcare-security", "economy-callback-token")
                        .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(callback.statusCode()).isEqualTo(404);
        assertThat(none.body()).contains("urn:shuniu:problem:unauthorised");
    }

    @Test
    void asksForAKeyThatCanBeOne() {
        HttpResponse<String> none = hub.send(hub.request("/api/v1/applications", "acceptance-platform-token")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Applications.online(Applications.ECONOMY))));
        HttpResponse<String> tooLong =
                hub.post("/api/v1/applications", "k".repeat(300), Applications.online(Applications.ECONOMY));

        assertThat(none.body()).contains("urn:shuniu:problem:missing-key");
        assertThat(tooLong.body()).contains("urn:shuniu:problem:bad-key");
    }

    /** Whatever reads it, a controller, what chooses the language of a page, or the address that is forwarded to when none is there. */
    @ParameterizedTest
    @ValueSource(
            strings = {"/ops/v1/turns?limit=%E3%F9", "/openapi.yaml?lang=%E3%F9", "/.ops/v1/par%0Aked?limit=%E3%F9"})
    void refusesParametersThatAreNotUtf8(String address) {
        HttpResponse<String> answer = hub.send(hub.request(address, "operator-token"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("urn:shuniu:problem:bad-request");
    }

    private static long stored() {
        return hub.sql()
                .queryForObject(
                        "select (select count(*) from message where partner = 'acceptance-platform') + (select count(*) from message_key where partner = 'acceptance-platform')",
                        Long.class);
    }
}
