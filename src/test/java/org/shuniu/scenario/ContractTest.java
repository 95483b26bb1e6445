package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.access.AccessTokens;
import org.shuniu.document.CaseTimes;
import org.shuniu.rehearsal.CandidateFiles;
import org.shuniu.vault.Vault;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The hub does what its contract says, and the contract says all that the hub does. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContractTest {

    private static final String APPLICATIONS = "/api/v1/applications";
    private static final String SUPPLEMENTS = "/api/v1/cases/{caseNo}/supplements";
    private static final String PAPER = "/api/v1/cases/{caseNo}/paper";
    private static final String CENTRE_CASES = "/api/v1/centres/{centre}/cases";
    private static final String WITHDRAWAL = "/api/v1/cases/{caseNo}/withdrawal";
    private static final String CASE = "/api/v1/cases/{caseNo}";
    private static final String MESSAGE = "/api/v1/messages/{id}";
    private static final String ATTACHMENT = "/api/v1/attachments/{digest}";
    private static final String CALLBACK = "/callback/v1/{partner}";
    private static final String REPLAY = "/ops/v1/deliveries/{id}/replay";
    private static final String GIVE_UP = "/ops/v1/deliveries/{id}/give-up";
    private static final String PAUSE = "/ops/v1/partners/{partner}/pause";
    private static final String RESUME = "/ops/v1/partners/{partner}/resume";
    private static final String LIMITS = "/ops/v1/partners/{partner}/limits";
    private static final String LIMITS_END = "/ops/v1/partners/{partner}/limits/end";
    private static final String PLANS = "/ops/v1/plans";
    private static final String SHOWINGS = "/api/v1/showings";
    private static final String SENDER = "acceptance-platform-token";
    private static final String PORTAL = "portal-token";
    private static final String APP = "citizen-app-token";
    private static final String OPERATOR = "operator-token";
    private static final String ENGINEER = "engineer-token";
    private static final String SWAP = "/ops/v1/swap";

    /** Every way in which the source names a problem. */
    private static final Pattern PROBLEM = Pattern.compile(
            "(?:Problem\\.of\\(|refused\\(|AttachmentRefused\\(|refuse\\(response, [0-9]+,)\\s*\"([a-z-]+)\"");

    @TempDir
    static Path directory;

    private static RunningHub hub;
    private static Contract contract;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(directory);
        contract = new Contract(hub);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void namesEveryAddressOfTheHubAndNoOther() {
        Set<String> served = new TreeSet<>(
                Set.of("GET /actuator/health", "GET /actuator/health/readiness", "GET /actuator/prometheus"));
        hub.handlers().getHandlerMethods().forEach((mapping, handler) -> {
            String type = handler.getBeanType().getName();
            // Pages are for people and no part of the contract.
            if (type.startsWith("org.shuniu") && !type.startsWith("org.shuniu.console")) {
                mapping.getMethodsCondition()
                        .getMethods()
                        .forEach(method -> mapping.getPatternValues().forEach(path -> served.add(method + " " + path)));
            }
        });

        assertThat(contract.operations()).containsExactlyInAnyOrderElementsOf(served);
    }

    @Test
    void listsEveryTypeOfProblemThatTheSourceKnows() throws IOException {
        Set<String> known = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".java"))
                    .filter(it -> !it.toString().contains("simulator"))
                    .toList()) {
                PROBLEM.matcher(Files.readString(file))
                        .results()
                        .forEach(found -> known.add("urn:shuniu:problem:" + found.group(1)));
            }
        }

        // The exchange between hubs has a contract of its own.
        String exchange = Files.readString(Path.of("src/main/resources/static/chx-openapi.yaml"));
        known.removeIf(type -> !contract.problemTypes().contains(type)
                && Pattern.compile("[ \"]%s[,\" ]".formatted(type.substring(type.lastIndexOf(':') + 1)))
                        .matcher(exchange)
                        .find());

        assertThat(contract.problemTypes()).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void givesExamplesThatFitTheirSchemas() {
        assertThat(contract.examples())
                .hasSizeGreaterThan(10)
                .allSatisfy((place, faults) -> assertThat(faults).as(place).isEmpty());
    }

    @Test
    @Order(1)
    void takesApplicationsAsWritten() {
        String post = "POST " + APPLICATIONS;
        String key = UUID.randomUUID().toString();
        String example = contract.example(post).toString();
        String numbered = Applications.application(Applications.ECONOMY, "2", ",\"senderCaseNo\":\"C-1\"", "");

        contract.holds(post, 202, hub.post(APPLICATIONS, key, example));
        contract.holds(post, 200, hub.post(APPLICATIONS, key, example));
        contract.holds(post, 422, hub.post(APPLICATIONS, key, example + " "));
        contract.holds(post, 422, hub.apply(example.replace("002X", "0021")));
        contract.holds(post, 422, hub.apply("{}"));
        contract.holds(post, 400, hub.apply("{"));
        contract.holds(post, 400, hub.post(APPLICATIONS, "short", example));
        contract.holds(post, 413, hub.apply("a".repeat(3 * 1024 * 1024)));
        contract.holds(post, 202, hub.apply(numbered));
        contract.holds(post, 409, hub.apply(numbered));
        contract.holds(post, 415, hub.send(typed(APPLICATIONS, SENDER, "text/plain", example)));
        contract.holds(
                post,
                401,
                hub.send(HttpRequest.newBuilder(URI.create(hub.address() + APPLICATIONS))
                        .POST(HttpRequest.BodyPublishers.noBody())));
        contract.holds(post, 403, hub.send(typed(APPLICATIONS, OPERATOR, "application/json", example)));
    }

    @Test
    @Order(2)
    void tellsAndTakesTheFurtherLifeOfACase() {
        hub.operate("/partners/economy/pause", "{\"reason\":\"contract\"}");
        JsonNode receipt = RunningHub.JSON.readTree(
                hub.apply(Applications.online(Applications.ECONOMY)).body());
        String caseNo = receipt.path("caseNo").stringValue();
        String supplement = contract.example("POST " + SUPPLEMENTS).toString();
        String withdrawal = contract.example("POST " + WITHDRAWAL).toString();

        contract.holds("GET " + CASE, 200, hub.get("/api/v1/cases/" + caseNo));
        contract.holds("GET " + CASE, 404, hub.get("/api/v1/cases/none"));
        contract.holds("GET " + CASE, 400, hub.get("/api/v1/cases/a%25b"));
        contract.holds(
                "GET " + CASE,
                406,
                hub.send(hub.request("/api/v1/cases/" + caseNo, SENDER).header("Accept", "image/png")));
        contract.holds(
                "GET " + MESSAGE,
                200,
                hub.get("/api/v1/messages/" + receipt.path("messageId").stringValue()));
        contract.holds("GET " + MESSAGE, 404, hub.get("/api/v1/messages/none"));
        contract.holds("POST " + SUPPLEMENTS, 202, further(caseNo, "supplements", supplement));
        contract.holds("POST " + SUPPLEMENTS, 404, further("none", "supplements", supplement));
        contract.holds("POST " + SUPPLEMENTS, 422, further(caseNo, "supplements", "{}"));
        contract.holds(
                "POST " + PAPER,
                409,
                further(caseNo, "paper", contract.example("POST " + PAPER).toString()));
        contract.holds("GET " + CENTRE_CASES, 200, hub.get("/api/v1/centres/%s/cases".formatted(Applications.CENTRE)));
        contract.holds("POST " + WITHDRAWAL, 202, further(caseNo, "withdrawal", withdrawal));
        contract.holds("POST " + WITHDRAWAL, 404, further("none", "withdrawal", withdrawal));
        hub.operate("/partners/economy/resume", "{}");
    }

    private static HttpResponse<String> further(String caseNo, String what, String body) {
        return hub.post(
                "/api/v1/cases/%s/%s".formatted(caseNo, what), UUID.randomUUID().toString(), body);
    }

    @Test
    @Order(3)
    void movesPaperBetweenCentresAsWritten() {
        String post = "POST " + PAPER;
        String receiving = Applications.OTHER_CENTRE;
        String home = Applications.CENTRE;
        String caseNo = hub.caseOf(Applications.application(
                Applications.FEDERATION_TERRITORIAL, "1", ",\"receivingCentre\":\"%s\"".formatted(receiving), ""));
        await().alias("acceptance by the home centre")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !Set.of("20", "21").contains(hub.status(caseNo)));
        String path = "/api/v1/cases/%s/paper".formatted(caseNo);
        String key = UUID.randomUUID().toString();
        String posted = moved("posted", receiving);

        contract.holds(post, 400, further(caseNo, "paper", "{"));
        contract.holds(post, 400, hub.post(path, "short", posted));
        contract.holds(
                post,
                400,
                hub.send(hub.request(path, SENDER)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(posted))));
        contract.holds(post, 401, anonymous(path, posted));
        contract.holds(post, 403, hub.send(typed(path, OPERATOR, "application/json", posted)));
        contract.holds(post, 403, hub.send(typed(path, PORTAL, "application/json", posted)));
        contract.holds(post, 404, further("none", "paper", posted));
        contract.holds(post, 413, further(caseNo, "paper", "a".repeat(3 << 20)));
        contract.holds(post, 415, hub.send(typed(path, SENDER, "text/plain", posted)));
        contract.holds(post, 422, further(caseNo, "paper", "{}"));
        contract.holds(post, 422, further(caseNo, "paper", moved("on-its-way", receiving)));
        contract.holds(post, 422, further(caseNo, "paper", moved("posted", home)));
        contract.holds(post, 409, further(caseNo, "paper", moved("arrived", home)));
        contract.holds(post, 202, hub.post(path, key, posted));
        contract.holds(post, 200, hub.post(path, key, posted));
        contract.holds(post, 422, hub.post(path, key, posted + " "));
        contract.holds(post, 409, further(caseNo, "paper", moved("posted", receiving)));

        HttpResponse<String> onItsWay = hub.get("/api/v1/cases/" + caseNo);
        contract.holds("GET " + CASE, 200, onItsWay);
        assertThat(RunningHub.JSON
                        .readTree(onItsWay.body())
                        .at("/handover/steps")
                        .toString())
                .contains("paper-posted");
        contract.holds(post, 202, further(caseNo, "paper", moved("arrived", home)));
        contract.holds("GET " + CASE, 200, hub.get("/api/v1/cases/" + caseNo));
        listsCasesOfCentres(home, caseNo);
    }

    private static void listsCasesOfCentres(String centre, String caseNo) {
        String get = "GET " + CENTRE_CASES;
        String path = "/api/v1/centres/%s/cases".formatted(centre);
        for (String role : Set.of("home", "receiving", "paper")) {
            contract.holds(get, 200, hub.get(path + "?role=" + role));
        }
        assertThat(hub.get(path + "?role=paper&limit=1&before=~").body()).contains(caseNo);
        contract.holds(get, 200, hub.send(hub.request(path, PORTAL)));
        contract.holds(get, 400, hub.get(path + "?limit=x"));
        contract.holds(get, 401, hub.send(HttpRequest.newBuilder(URI.create(hub.address() + path))));
        contract.holds(get, 403, hub.send(hub.request(path, OPERATOR)));
        contract.holds(get, 404, hub.get("/api/v1/centres/none/cases"));
        contract.holds(get, 406, hub.send(hub.request(path, SENDER).header("Accept", "image/png")));
        contract.holds(get, 422, hub.get(path + "?role=none"));
        contract.holds(get, 422, hub.get(path + "?limit=0"));
    }

    private static String moved(String step, String centre) {
        return "{\"step\":\"%s\",\"centre\":\"%s\",\"paperTime\":\"%s\"}".formatted(step, centre, Applications.now());
    }

    private static HttpResponse<String> anonymous(String path, String body) {
        return hub.send(HttpRequest.newBuilder(URI.create(hub.address() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    @Order(3)
    void showsCertificatesAsWritten() {
        String issue = "POST " + SHOWINGS;
        String exchange = "POST " + SHOWINGS + "/token";
        String take = "POST " + SHOWINGS + "/certificate";
        String example = contract.example(issue).toString();

        HttpResponse<String> issued = showing("", APP, example);
        contract.holds(issue, 201, issued);
        contract.holds(issue, 422, showing("", APP, "{}"));
        contract.holds(issue, 422, showing("", APP, example.replace(".001.2", ".001.3")));
        refusesBodiesAndCallers(issue, "", APP, SENDER, example);

        String code = word("code", issued);
        HttpResponse<String> exchanged = showing("/token", SENDER, code);
        contract.holds(exchange, 200, exchanged);
        contract.holds(exchange, 404, showing("/token", SENDER, "{\"code\":\"nobody-has-this-code\"}"));
        contract.holds(exchange, 409, showing("/token", SENDER, code));
        contract.holds(exchange, 422, showing("/token", SENDER, "{}"));
        refusesBodiesAndCallers(exchange, "/token", SENDER, APP, code);

        String token = word("token", exchanged);
        contract.holds(take, 200, showing("/certificate", SENDER, token));
        contract.holds(take, 404, showing("/certificate", SENDER, "{\"token\":\"nobody-has-this-token\"}"));
        contract.holds(take, 409, showing("/certificate", SENDER, token));
        contract.holds(take, 422, showing("/certificate", SENDER, "{\"token\":1}"));
        refusesBodiesAndCallers(take, "/certificate", SENDER, APP, token);

        String late = word("token", showing("/token", SENDER, word("code", showing("", APP, example))));
        String old = word("code", showing("", APP, example));
        hub.sql().update("update showing set expires_at = now(), token_until = now() where taken_at is null");
        contract.holds(exchange, 410, showing("/token", SENDER, old));
        contract.holds(take, 410, showing("/certificate", SENDER, late));
    }

    private static void refusesBodiesAndCallers(
            String operation, String path, String caller, String other, String body) {
        contract.holds(operation, 400, showing(path, caller, "{"));
        contract.holds(operation, 401, anonymous(SHOWINGS + path, body));
        contract.holds(operation, 403, showing(path, other, body));
        contract.holds(operation, 403, showing(path, OPERATOR, body));
        contract.holds(operation, 413, showing(path, caller, "a".repeat(3 << 20)));
        contract.holds(operation, 415, hub.send(typed(SHOWINGS + path, caller, "text/plain", body)));
    }

    private static HttpResponse<String> showing(String path, String token, String body) {
        return hub.send(typed(SHOWINGS + path, token, "application/json", body));
    }

    /** The word that an answer gives, as the body of the next call. */
    private static String word(String name, HttpResponse<String> answer) {
        return RunningHub.JSON
                .createObjectNode()
                .put(name, RunningHub.JSON.readTree(answer.body()).path(name).stringValue())
                .toString();
    }

    @Test
    @Order(3)
    void keepsAttachmentsAsWritten() {
        String digest = "sha256:" + AccessTokens.digest("test");
        String other = "sha256:" + AccessTokens.digest("other");
        String put = "PUT " + ATTACHMENT;
        String patch = "PATCH " + ATTACHMENT;

        contract.holds("HEAD " + ATTACHMENT, 404, attachment(digest, "HEAD", ""));
        contract.holds(patch, 400, attachment(digest, "PATCH", "te"));
        contract.holds(patch, 400, attachment(digest, "PATCH", "te", "Upload-Offset", "x"));
        contract.holds(patch, 400, attachment(digest, "PATCH", "te", "Upload-Offset", "-1", "Upload-Length", "4"));
        contract.holds(patch, 204, attachment(digest, "PATCH", "te", "Upload-Offset", "0", "Upload-Length", "4"));
        contract.holds("GET " + ATTACHMENT, 404, attachment(digest, "GET", ""));
        contract.holds(patch, 409, attachment(digest, "PATCH", "st", "Upload-Offset", "1", "Upload-Length", "4"));
        contract.holds(put, 201, attachment(digest, "PUT", "test"));
        contract.holds(put, 200, attachment(digest, "PUT", "test"));
        contract.holds(put, 422, attachment(other, "PUT", "test"));
        contract.holds(put, 400, attachment("sha256:1", "PUT", "test"));
        contract.holds(
                patch,
                413,
                attachment(other, "PATCH", "te", "Upload-Offset", "0", "Upload-Length", Long.toString(1L << 50)));
        contract.holds("HEAD " + ATTACHMENT, 200, attachment(digest, "HEAD", ""));
        contract.holds("HEAD " + ATTACHMENT, 400, attachment("sha256:1", "HEAD", ""));
        contract.holds("GET " + ATTACHMENT, 200, attachment(digest, "GET", ""));
        contract.holds(
                put,
                411,
                hub.send(hub.request("/api/v1/attachments/" + other, SENDER)
                        .PUT(HttpRequest.BodyPublishers.ofInputStream(
                                () -> new java.io.ByteArrayInputStream(new byte[] {1})))));
    }

    private static HttpResponse<String> attachment(String digest, String method, String body, String... headers) {
        HttpRequest.Builder request = hub.request("/api/v1/attachments/" + digest, SENDER)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        return hub.send(headers.length == 0 ? request : request.headers(headers));
    }

    @Test
    @Order(4)
    void takesCallbacksAsWritten() {
        String token = "healthcare-security-callback-token";
        String post = "POST " + CALLBACK;

        contract.holds(post, 202, hub.send(typed("/callback/v1/healthcare-security", token, "text/xml", "<nothing/>")));
        contract.holds(post, 404, hub.send(typed("/callback/v1/economy", token, "text/xml", "<nothing/>")));
        contract.holds(post, 403, hub.send(typed("/callback/v1/economy", SENDER, "text/xml", "<nothing/>")));
        contract.holds(
                post, 413, hub.send(typed("/callback/v1/healthcare-security", token, "text/xml", "a".repeat(3 << 20))));
    }

    @Test
    @Order(5)
    void obeysOperatorsAsWritten() {
        hub.fault("economy", "garbage");
        String first = parked(hub.caseOf(Applications.online(Applications.ECONOMY)));
        hub.fault("economy", "none");
        String unknown = UUID.randomUUID().toString();

        for (String list : Set.of(
                "/parked",
                "/waiting",
                "/time-limits",
                "/incidents",
                "/turns",
                "/dead",
                "/processes",
                "/partners",
                "/audit")) {
            contract.holds("GET /ops/v1" + list, 200, hub.send(hub.request("/ops/v1" + list, OPERATOR)));
            contract.holds("GET /ops/v1" + list, 403, hub.send(hub.request("/ops/v1" + list, SENDER)));
        }
        contract.holds("POST " + REPLAY, 404, hub.operate("/deliveries/%s/replay".formatted(unknown), ""));
        UUID answer = parkedAnswer();
        UUID gone = goneProcess();
        Map<String, String> acts = new LinkedHashMap<>();
        acts.put("/answers/{id}/settle", answer.toString());
        acts.put("/questions/{id}/extend", first);
        acts.put("/questions/{id}/give-up", first);
        acts.put("/processes/{id}/end", gone.toString());
        acts.forEach((act, known) -> {
            String post = "POST /ops/v1" + act;
            String path = act.replace("{id}", unknown);
            contract.holds(post, 422, hub.operate(path, "{}"));
            String today = LocalDate.now(CaseTimes.SHANGHAI).toString();
            String order = contract.example(post).toString().replace("2026-12-31", today);
            contract.holds(post, 404, hub.operate(path, order));
            overdue(first);
            contract.holds(post, 200, hub.operate(act.replace("{id}", known), order));
        });
        String settle = "POST /ops/v1/dead/settle";
        contract.holds(settle, 422, hub.operate("/dead/settle", "{}"));
        contract.holds(
                settle,
                200,
                hub.operate("/dead/settle", contract.example(settle).toString()));
        contract.holds("POST " + GIVE_UP, 422, hub.operate("/deliveries/%s/give-up".formatted(first), "{}"));
        contract.holds("POST " + GIVE_UP, 400, hub.operate("/deliveries/%s/give-up".formatted(first), "{"));
        contract.holds("POST " + GIVE_UP, 400, hub.operate("/deliveries/%s/give-up".formatted(first), ""));
        contract.holds("POST " + REPLAY, 200, hub.operate("/deliveries/%s/replay".formatted(first), ""));
        hub.fault("economy", "garbage");
        String second = parked(hub.caseOf(Applications.online(Applications.ECONOMY)));
        hub.fault("economy", "none");
        contract.holds(
                "POST " + GIVE_UP,
                200,
                hub.operate(
                        "/deliveries/%s/give-up".formatted(second),
                        contract.example("POST " + GIVE_UP).toString()));
        contract.holds("POST " + PAUSE, 422, hub.operate("/partners/economy/pause", "{}"));
        contract.holds("POST " + PAUSE, 400, hub.operate("/partners/economy/pause", "[]"));
        contract.holds("POST " + PAUSE, 404, hub.operate("/partners/nobody/pause", "{\"reason\":\"x\"}"));
        contract.holds(
                "POST " + PAUSE,
                415,
                hub.send(typed("/ops/v1/partners/economy/pause", OPERATOR, "text/plain", "reason")));
        contract.holds("POST " + PAUSE, 200, hub.operate("/partners/economy/pause", "{\"reason\":\"x\"}"));
        contract.holds("POST " + RESUME, 200, hub.operate("/partners/economy/resume", "{}"));
        contract.holds("POST " + LIMITS, 422, hub.operate("/partners/economy/limits", "{\"reason\":\"x\"}"));
        contract.holds("POST " + LIMITS, 404, hub.operate("/partners/nobody/limits", "{\"reason\":\"x\"}"));
        contract.holds("POST " + LIMITS, 200, hub.operate("/partners/economy/limits", slower()));
        contract.holds("GET /ops/v1/partners", 200, hub.send(hub.request("/ops/v1/partners", OPERATOR)));
        contract.holds("POST " + LIMITS_END, 200, hub.operate("/partners/economy/limits/end", "{\"reason\":\"x\"}"));
        contract.holds("POST " + LIMITS_END, 404, hub.operate("/partners/economy/limits/end", "{\"reason\":\"x\"}"));
    }

    private static String slower() {
        return "{\"parallel\":1,\"until\":\"%s\",\"reason\":\"x\"}"
                .formatted(OffsetDateTime.now(ZoneOffset.UTC).plusHours(1));
    }

    @Test
    @Order(5)
    void showsSharedCasesAsWritten() {
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
        hub.sql()
                .update(
                        "insert into case_crossing (case_no, region, ours, way, shared, holder, here, since) values (?, 'jiangsu', true, '1', true, 'office', false, now())",
                        caseNo);

        contract.holds("GET /ops/v1/turns", 200, seen("/turns?region=jiangsu"));
        contract.holds("GET /ops/v1/turns", 422, seen("/turns?limit=0"));
        contract.holds("GET /ops/v1/turns/{caseNo}", 200, seen("/turns/" + caseNo));
        contract.holds("GET /ops/v1/turns/{caseNo}", 404, seen("/turns/none"));
        contract.holds("GET /api/v1/cases/{caseNo}", 200, hub.get("/api/v1/cases/" + caseNo));
    }

    @Test
    @Order(5)
    void countsPartnersAsWritten() {
        String count = "POST /ops/v1/reconciliation/{partner}/count";
        String again = "POST /ops/v1/reconciliation/{partner}/{date}/re-request";
        HttpResponse<String> asked = hub.operate("/reconciliation/civil-affairs/count", "{\"reason\":\"x\"}");
        String day = RunningHub.JSON.readTree(asked.body()).path("day").asString();

        contract.holds(count, 202, asked);
        contract.holds(count, 404, hub.operate("/reconciliation/nobody/count", "{\"reason\":\"x\"}"));
        contract.holds(count, 422, hub.operate("/reconciliation/civil-affairs/count", "{}"));
        contract.holds("GET /ops/v1/reconciliation", 200, seen("/reconciliation?date=" + day));
        contract.holds("GET /ops/v1/reconciliation", 422, seen("/reconciliation?date=today"));
        String cases = "GET /ops/v1/reconciliation/{partner}/{date}/cases";
        String listing = "/reconciliation/civil-affairs/%s/cases".formatted(day);
        contract.holds(cases, 200, seen(listing));
        contract.holds(cases, 404, seen("/reconciliation/nobody/%s/cases".formatted(day)));
        contract.holds(cases, 422, seen(listing + "?verdict=good"));
        contract.holds(cases, 422, seen(listing + "?cursor=none"));
        String path = "/reconciliation/civil-affairs/%s/re-request".formatted(day);
        contract.holds(again, 200, hub.operate(path, "{\"reason\":\"x\"}"));
        contract.holds(again, 422, hub.operate(path, "{\"reason\":\"x\",\"messageIds\":[]}"));
    }

    @Test
    @Order(5)
    void answersOperatorsAboutKeysAndPeopleAsPromised() throws IOException {
        hub.caseOf(Applications.online(Applications.ECONOMY));

        HttpResponse<String> found = hub.operate("/search", "{\"idNumber\":\"%s\"}".formatted(Applications.ID_NUMBER));
        assertThat(found.body()).contains(Applications.ECONOMY);
        contract.holds("POST /ops/v1/search", 200, found);
        contract.holds("POST /ops/v1/search", 422, hub.operate("/search", "{}"));
        contract.holds("POST /ops/v1/search", 400, hub.operate("/search", "{"));
        contract.holds("POST /ops/v1/vault/rotate", 409, hub.operate("/vault/rotate", ""));
        Files.writeString(hub.directory().resolve("data/secrets/master-key-2"), "07".repeat(32));
        contract.holds("POST /ops/v1/vault/rotate", 200, hub.operate("/vault/rotate", ""));
        contract.holds("POST /ops/v1/vault/reseal", 202, hub.operate("/vault/reseal", ""));
        contract.holds("GET /ops/v1/vault", 200, seen("/vault"));
    }

    private static String parked(String caseNo) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> hub.operatorSees("/parked")
                                .valueStream()
                                .filter(line ->
                                        caseNo.equals(line.path("caseNo").asString("")))
                                .map(line -> line.path("deliveryId").asString())
                                .findFirst()
                                .orElse(""),
                        id -> !id.isEmpty());
    }

    @Test
    @Order(6)
    void servesItsContractToEverybodyAndFiguresToWhoeverMayReadThem() {
        contract.holds("GET /openapi.yaml", 200, open("/openapi.yaml"));
        contract.holds("GET /openapi.json", 200, open("/openapi.json"));
        contract.holds("GET /schemas/{schema}", 200, open("/schemas/application.schema.json"));
        contract.holds("GET /schemas/{schema}", 404, open("/schemas/none"));
        contract.holds("GET /actuator/health", 200, open("/actuator/health"));
        contract.holds("GET /actuator/health/readiness", 200, open("/actuator/health/readiness"));
        contract.holds("GET /actuator/prometheus", 401, open("/actuator/prometheus"));
        contract.holds("GET /actuator/prometheus", 403, hub.send(hub.request("/actuator/prometheus", SENDER)));
        contract.holds("GET /actuator/prometheus", 200, hub.send(hub.request("/actuator/prometheus", "metrics-token")));
        contract.fits(
                "DELETE on a case",
                "MethodNotAllowed",
                hub.send(hub.request("/api/v1/cases/1", SENDER).DELETE()));
        contract.fits("an unknown address", "NotFound", hub.get("/api/v1/unknown"));
    }

    private static UUID parkedAnswer() {
        UUID answer = UUID.randomUUID();
        byte[] body = hub.bean(Vault.class).seal("{}".getBytes(StandardCharsets.UTF_8), "message.body", answer);
        hub.sql().update("""
                insert into message (id, partner, document, body, digest, accepted_at, parked_reason)
                values (?, 'trade-union', 'result', ?, ''::bytea, now(), 'does not fit')
                """, answer, body);
        return answer;
    }

    private static UUID goneProcess() {
        UUID gone = UUID.randomUUID();
        hub.sql().update("update hub_process set steady_since = now() - interval '1 hour'");
        hub.sql().update("""
                insert into hub_process (id, place, started_at, steady_since, beat_at, drift_millis)
                values (?, 'old-host:/data', now() - interval '1 day', now() - interval '1 day',
                    now() - interval '10 minutes', 0)
                """, gone);
        return gone;
    }

    private static void overdue(String delivery) {
        hub.sql().update("""
                insert into enquiry (delivery_id, partner, case_no, due_at, overdue_at, told)
                select id, receiver, case_no, now() + interval '1 hour', now(), true from delivery where id = ?::uuid
                on conflict (delivery_id) do update set overdue_at = now(), told = true
                """, delivery);
    }

    @Test
    @Order(7)
    void refusesScriptsFromElsewhereOnItsPage() {
        HttpResponse<String> page = open("/api.html");

        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'")
                        .doesNotContain("unsafe"));
        assertThat(page.body()).doesNotContain("style=", "onclick", "http://", "https://");
    }

    @Test
    @Order(8)
    void runsRecoveryPlansAsWritten() {
        hub.operate("/partners/economy/pause", "{\"reason\":\"contract\"}");
        // More than it sends until it is aborted, however slow that is
        for (int i = 0; i < 30; i++) {
            hub.caseOf(Applications.online(Applications.ECONOMY));
        }
        hub.sql().update("""
                update delivery set state = 'parked', settled_at = now(), reason = 'contract', fault = 'receiver'
                where receiver = 'economy' and state = 'pending'
                """);
        hub.operate("/partners/economy/resume", "{}");
        String make = "{\"filter\":{\"reasonContains\":\"contract\"},\"perSecond\":1}";

        HttpResponse<String> made = hub.operate("/plans", make);
        String plan =
                "/plans/" + RunningHub.JSON.readTree(made.body()).path("id").stringValue();
        contract.holds("POST " + PLANS, 201, made);
        contract.holds("POST " + PLANS, 422, hub.operate("/plans", "{\"filter\":{},\"perSecond\":1}"));
        contract.holds("POST " + PLANS, 400, hub.operate("/plans", "{"));
        contract.holds("GET " + PLANS, 200, seen("/plans"));
        contract.holds("GET " + PLANS + "/{id}", 200, seen(plan));
        contract.holds("GET " + PLANS + "/{id}", 404, seen("/plans/none"));
        contract.holds("POST " + PLANS + "/{id}/approve", 403, hub.operate(plan + "/approve", ""));
        contract.holds(
                "POST " + PLANS + "/{id}/approve",
                200,
                hub.send(hub.request("/ops/v1" + plan + "/approve", "operator-second-token")
                        .POST(HttpRequest.BodyPublishers.noBody())));
        contract.holds("POST " + PLANS + "/{id}/pause", 200, hub.operate(plan + "/pause", "{\"reason\":\"x\"}"));
        contract.holds("POST " + PLANS + "/{id}/resume", 200, hub.operate(plan + "/resume", "{}"));
        contract.holds("POST " + PLANS + "/{id}/abort", 200, hub.operate(plan + "/abort", "{}"));
        contract.holds("POST " + PLANS + "/{id}/abort", 409, hub.operate(plan + "/abort", "{}"));
        contract.holds("GET " + PLANS + "/{id}/report", 200, seen(plan + "/report"));
    }

    @Test
    @Order(8)
    void rehearsesMappingsAsWritten() throws IOException {
        String compare = "POST /ops/v1/comparisons/{partner}";
        String rehearse = "/ops/v1/rehearsals/{partner}";
        String inForce = candidate("");
        String other = candidate("# Another version.\n");

        contract.holds(compare, 200, hub.operate("/comparisons/economy", inForce));
        contract.holds(compare, 422, hub.operate("/comparisons/economy", "{}"));
        contract.holds(compare, 404, hub.operate("/comparisons/nobody", inForce));
        contract.holds("GET " + rehearse, 404, seen("/rehearsals/economy"));
        contract.holds("POST " + rehearse, 422, hub.operate("/rehearsals/economy", inForce));
        contract.holds("POST " + rehearse, 200, hub.operate("/rehearsals/economy", other));
        contract.holds("POST " + rehearse, 409, hub.operate("/rehearsals/economy", other));
        contract.holds("GET /ops/v1/rehearsals", 200, seen("/rehearsals"));
        contract.holds("GET " + rehearse, 200, seen("/rehearsals/economy"));
        contract.holds(
                "POST " + rehearse + "/promote", 409, hub.operate("/rehearsals/economy/promote", "{\"reason\":\"x\"}"));
        contract.holds("POST " + rehearse + "/drop", 422, hub.operate("/rehearsals/economy/drop", "{}"));
        contract.holds(
                "POST " + rehearse + "/drop", 200, hub.operate("/rehearsals/economy/drop", "{\"reason\":\"x\"}"));
        contract.holds(
                "POST " + rehearse + "/drop", 404, hub.operate("/rehearsals/economy/drop", "{\"reason\":\"x\"}"));
        hub.sql().update("update rehearsal set state = 'promoted'");
        contract.holds(
                "POST " + rehearse + "/promote", 200, hub.operate("/rehearsals/economy/promote", "{\"reason\":\"x\"}"));
    }

    /** The mappings of the repository, with something before the first. */
    private static String candidate(String before) throws IOException {
        ObjectNode candidate = RunningHub.JSON.createObjectNode().put("reason", "contract");
        ObjectNode files = candidate.putObject("files");
        CandidateFiles.of(Path.of("mappings/economy"))
                .texts()
                .forEach((path, text) -> files.put(path, path.startsWith("application.") ? before + text : text));
        return candidate.toString();
    }

    private static HttpResponse<String> seen(String path) {
        return hub.send(hub.request("/ops/v1" + path, OPERATOR).GET());
    }

    @Test
    @Order(8)
    void swapsAsWritten() {
        HttpResponse<String> swaps = hub.send(hub.request(SWAP, ENGINEER).GET());
        contract.holds("GET " + SWAP, 200, swaps);
        contract.holds("GET " + SWAP, 200, hub.send(hub.request(SWAP, OPERATOR).GET()));
        contract.holds("GET " + SWAP, 403, hub.send(hub.request(SWAP, SENDER).GET()));
        String version =
                RunningHub.JSON.readTree(swaps.body()).at("/swaps/0/version").stringValue();
        String reason = contract.example("POST " + SWAP).toString();

        contract.holds("POST " + SWAP, 200, engineer(SWAP, reason));
        contract.holds("POST " + SWAP, 422, engineer(SWAP, "{}"));
        contract.holds("POST " + SWAP, 403, hub.operate("/swap", reason));
        contract.holds("POST " + SWAP + "/check", 200, engineer(SWAP + "/check", "{}"));
        String back = "POST " + SWAP + "/{version}/rollback";
        contract.holds(back, 200, engineer("%s/%s/rollback".formatted(SWAP, version), reason));
        contract.holds(back, 404, engineer("%s/%s/rollback".formatted(SWAP, "0".repeat(12)), reason));
        String files = "GET " + SWAP + "/{version}/files";
        contract.holds(
                files,
                200,
                hub.send(hub.request("%s/%s/files".formatted(SWAP, version), ENGINEER)
                        .GET()));
        contract.holds(
                files,
                404,
                hub.send(hub.request("%s/%s/files".formatted(SWAP, "none"), ENGINEER)
                        .GET()));
    }

    private static HttpResponse<String> engineer(String path, String body) {
        return hub.send(typed(path, ENGINEER, "application/json", body));
    }

    @Test
    @Order(9)
    void hasBeenSeenToAnswerAtEveryAddress() {
        Set<String> never = new TreeSet<>(contract.operations());
        never.removeAll(contract.answered());

        assertThat(never).isEmpty();
    }

    private static HttpResponse<String> open(String path) {
        return hub.send(HttpRequest.newBuilder(URI.create(hub.address() + path)));
    }

    private static HttpRequest.Builder typed(String path, String token, String type, String body) {
        return hub.request(path, token)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }
}
