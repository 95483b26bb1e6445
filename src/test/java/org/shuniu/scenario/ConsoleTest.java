package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Pools;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;
import tools.jackson.databind.JsonNode;

/** The console over HTTP: who may come in, who may do what, and that each page is there in both languages. */
class ConsoleTest {

    private static final List<String> ROLES =
            List.of("viewer", "operator", "approver", "engineer", "auditor", "administrator");
    private static final Set<String> ALL = Set.copyOf(ROLES);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OWN = "a password of my own";
    private static final Map<String, String> REASON = Map.of("reason", "seen in a test");

    @TempDir
    static Path directory;

    /** Deliveries from which on a partner's line is too long. */
    private static final int BACKLOG = 12;

    private static Bell bell;
    private static RunningHub hub;
    private static String caseNo;
    private static String message;
    private static String delivery;

    @BeforeAll
    static void start() throws IOException {
        bell = new Bell();
        hub = RunningHub.start(
                directory,
                ConsoleTest::closed,
                "--shuniu.console.looks=3",
                "--shuniu.console.searches=4",
                "--shuniu.console.form-deadline=3s",
                "--shuniu.reports.every=200ms",
                "--shuniu.incidents.every=200ms",
                "--shuniu.incidents.settled=1s",
                "--shuniu.incidents.circuit=0s",
                "--shuniu.incidents.parked=0s",
                "--shuniu.incidents.backlog=" + BACKLOG,
                "--shuniu.incidents.outside.every=200ms",
                "--shuniu.incidents.outside.flood=1000",
                bell.setting());
        hub.fault("economy", "garbage");
        caseNo = hub.caseOf(Applications.application(Applications.ECONOMY, "2", ",\"senderCaseNo\":\"C-42\"", ""));
        delivery = parked(caseNo);
        hub.fault("economy", "none");
        message = hub.sql()
                .queryForObject(
                        "select id from message where case_no = ? and document = 'application'", UUID.class, caseNo)
                .toString();
    }

    @AfterAll
    static void stop() {
        hub.close();
        bell.close();
    }

    @Test
    void sendsWhoeverHasNoSessionToTheLogin() {
        Browser stranger = new Browser(hub);

        HttpResponse<String> now = stranger.get("/");
        HttpResponse<String> part = stranger.get("/live", "HX-Request", "true");

        assertThat(now.statusCode()).isEqualTo(302);
        assertThat(location(now)).isEqualTo("/login");
        assertThat(part.statusCode()).isEqualTo(401);
        assertThat(part.headers().firstValue("HX-Refresh")).hasValue("true");
        assertThat(stranger.login("operator", "wrong").headers().firstValue("Location"))
                .hasValue("/login?refused");
        assertThat(hub.send(hub.request("/ops/v1/parked", "operator-token")).statusCode())
                .isEqualTo(200);
        assertThat(Browser.of(hub, "operator").get("/ops/v1/parked").statusCode())
                .as("a session opens no entry for programs")
                .isEqualTo(401);
    }

    @Test
    void bringsItsOwnScriptsOnlyAndIsFramedByNobody() {
        HttpResponse<String> login = new Browser(hub).get("/login");

        assertThat(login.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'", "form-action 'self'")
                        .doesNotContain("unsafe"));
        assertThat(login.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(login.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(login.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(cache -> assertThat(cache).contains("no-store"));
        assertThat(login.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie).contains("shuniu-form=", "HttpOnly", "SameSite=Lax"))
                .as("whoever has not logged in holds no place")
                .noneMatch(cookie -> cookie.startsWith("shuniu="));
        for (String file :
                List.of("/console/console.css", "/console/console.js", "/webjars/htmx.org/2.0.10/dist/htmx.min.js")) {
            assertThat(login.body()).contains(file);
            assertThat(new Browser(hub).get(file).statusCode()).as(file).isEqualTo(200);
        }
    }

    @Test
    void takesNoFormThatAnotherSiteSent() {
        Browser operator = Browser.of(hub, "operator");

        HttpResponse<String> forged = operator.postBare("/partners/health/pause", REASON);

        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(hub.sql().queryForObject("select count(*) from pause where partner = 'health'", Long.class))
                .isZero();
    }

    @Test
    void locksOutWhoeverGuessesAndSaysSoInTheAudit() {
        String password = made("unlucky", Map.of("role", "viewer"));
        Browser guesser = new Browser(hub);
        for (int i = 0; i < 5; i++) {
            assertThat(location(guesser.login(i % 2 == 0 ? "unlucky" : " unlucky ", "wrong" + i)))
                    .isEqualTo("/login?refused");
        }

        assertThat(location(guesser.login("unlucky", password))).isEqualTo("/login?refused");
        assertThat(actions("unlucky")).contains("login-refused", "locked");

        Browser administrator = Browser.of(hub, "administrator");
        assertThat(administrator.get("/users/unlucky").body().split("/users/unlucky/enabled", -1))
                .as("whoever guesses keeps nobody from disabling a user")
                .hasSize(3);
        administrator.post("/users/unlucky/enabled", Map.of("enabled", "true", "reason", "it was a typing error"));
        assertThat(location(guesser.login("unlucky", password))).doesNotContain("login");
    }

    @Test
    void letsEachRoleDoWhatItsRightsSay() {
        Map<String, Set<String>> allowed = new LinkedHashMap<>();
        for (String page : List.of(
                "/",
                "/live",
                "/find",
                "/cases/" + caseNo,
                "/messages/" + message,
                "/partners/economy",
                "/deliveries/" + delivery,
                "/parked",
                "/second",
                "/plans")) {
            allowed.put("GET " + page, ALL);
        }
        for (String report : List.of("/reports", "/reports.csv", "/reports.xlsx")) {
            allowed.put("GET " + report, ALL);
        }
        for (String document : List.of("/docs", "/docs/routes/README.md", "/docs/docs/console-now.png")) {
            allowed.put("GET " + document, ALL);
        }
        allowed.put("GET /incidents", ALL);
        allowed.put("GET /incidents/live", ALL);
        allowed.put("GET /incidents/%d".formatted(Long.MAX_VALUE), ALL);
        allowed.put("POST /incidents/%d/acknowledge".formatted(Long.MAX_VALUE), Set.of("operator"));
        allowed.put("POST /incidents/%d/assign".formatted(Long.MAX_VALUE), Set.of("operator"));
        String nothing = UUID.randomUUID().toString();
        allowed.put("POST /incidents/processes/%s/end".formatted(nothing), Set.of("operator"));
        for (String act : List.of(
                "/messages/%s/settle".formatted(nothing),
                "/deliveries/%s/question/give-up".formatted(nothing),
                "/deliveries/%s/question/extend".formatted(nothing),
                "/parked/dead")) {
            allowed.put("POST " + act, Set.of("operator", "engineer"));
        }
        allowed.put("GET /audit", Set.of("auditor"));
        allowed.put("GET /audit.csv", Set.of("auditor"));
        allowed.put("GET /users", Set.of("administrator"));
        allowed.put("POST /users", Set.of("administrator"));
        allowed.put("GET /users/nobody", Set.of("administrator"));
        for (String act : List.of("change", "password", "enabled", "remove")) {
            allowed.put("POST /users/nobody/" + act, Set.of("administrator"));
        }
        allowed.put("POST /users/oidc/release", Set.of("administrator"));
        allowed.put("POST /messages/" + message + "/body", Set.of("engineer"));
        allowed.put("POST /deliveries/" + delivery + "/body", Set.of("engineer"));
        allowed.put("POST /cases/" + caseNo + "/answer", Set.of("operator", "engineer"));
        String second = "POST /second/%s/" + UUID.randomUUID();
        allowed.put(second.formatted("answers") + "/give", Set.of("approver"));
        allowed.put(second.formatted("answers") + "/drop", Set.of("operator", "approver", "engineer"));
        allowed.put(second.formatted("looks") + "/grant", Set.of("approver"));
        allowed.put(second.formatted("answers") + "/text", Set.of("approver", "engineer"));
        allowed.put("POST /second/looks", Set.of("approver", "engineer"));
        allowed.put("POST /partners/health/pause", Set.of("operator"));
        allowed.put("POST /partners/health/resume", Set.of("operator"));
        allowed.put("POST /partners/health/limits", Set.of("operator"));
        allowed.put("POST /partners/health/limits/end", Set.of("operator"));
        allowed.put("GET /workbench", Set.of("engineer"));
        for (String act : List.of("translate", "message", "lost", "proposal")) {
            allowed.put("POST /workbench/" + act, Set.of("engineer"));
        }
        allowed.put("GET /proposals", Set.of("engineer", "administrator"));
        allowed.put("GET /proposals/1/file", Set.of("engineer", "administrator"));
        allowed.put("GET /proposals/1/difference", Set.of("engineer", "administrator"));
        allowed.put("POST /proposals/1/drop", Set.of("engineer", "administrator"));
        allowed.put("POST /deliveries/" + delivery + "/correction", Set.of("engineer"));
        allowed.put("POST /deliveries/" + delivery + "/corrected", Set.of("engineer"));
        allowed.put("GET /plans/new", Set.of("operator", "engineer"));
        allowed.put("POST /plans", Set.of("operator", "engineer"));
        String plan = "POST /plans/" + UUID.randomUUID();
        allowed.put(plan + "/approve", Set.of("approver"));
        for (String act : List.of("/pause", "/resume", "/abort")) {
            allowed.put(plan + act, Set.of("operator", "approver", "engineer"));
        }
        allowed.put("POST /deliveries/" + delivery + "/give-up", Set.of("operator", "engineer"));
        String settled = hub.sql()
                .queryForObject("select id from delivery where state <> 'parked' limit 1", UUID.class)
                .toString();
        allowed.put("POST /deliveries/" + settled + "/replay", Set.of("operator", "engineer"));

        for (String role : ROLES) {
            Browser browser = Browser.of(hub, role);
            allowed.forEach((act, roles) -> {
                String path = act.substring(act.indexOf('/'));
                // Without a reason nothing is done, but who has no right is told that first.
                int status = (act.startsWith("GET") ? browser.get(path) : browser.post(path, Map.of())).statusCode();
                assertThat(status == 403).as("%s: %s %d", role, act, status).isEqualTo(!roles.contains(role));
                assertThat(status).as("%s: %s", role, act).isLessThan(500);
            });
        }
        assertThat(hub.sql().queryForObject("select state from delivery where id = ?::uuid", String.class, delivery))
                .isEqualTo("parked");
    }

    @Test
    void hasEveryPageInBothLanguages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("/", "operator");
        pages.put("/find?partner=economy", "viewer");
        pages.put("/find?q=" + caseNo, "viewer");
        pages.put("/cases/" + caseNo, "operator");
        pages.put("/messages/" + message, "engineer");
        pages.put("/partners/economy", "operator");
        pages.put("/parked", "operator");
        pages.put("/incidents", "operator");
        pages.put("/plans", "operator");
        pages.put("/plans/new", "operator");
        pages.put("/reports?by=department", "viewer");
        pages.put("/reports?to=2020-01-01&by=item&period=month", "viewer");
        pages.put("/deliveries/" + delivery, "engineer");
        pages.put("/second", "approver");
        pages.put("/workbench", "engineer");
        pages.put("/workbench?mapping=economy/result.in", "engineer");
        pages.put("/proposals", "administrator");
        pages.put("/audit", "auditor");
        pages.put("/users", "administrator");
        pages.put("/users/administrator", "administrator");
        pages.put("/users/viewer", "administrator");
        pages.put("/docs", "auditor");
        pages.put("/docs?q=delivery", "viewer");
        pages.put("/docs/mappings/README.md", "engineer");
        pages.put("/docs/nothing.md", "viewer");
        pages.put("/cases/none", "viewer");
        pages.put("/nowhere", "viewer");
        pages.put("/login", "viewer");
        pages.put("/password", "viewer");

        pages.forEach((page, role) -> {
            Browser browser = Browser.of(hub, role);
            String chinese = browser.get(page).body();
            String english = browser.get(page + (page.contains("?") ? "&" : "?") + "lang=en")
                    .body();
            assertThat(chinese)
                    .as(page)
                    .contains("<html lang=\"zh-CN\"", "lang=en")
                    .doesNotContain("??", " th:");
            assertThat(english).as(page).contains("<html lang=\"en\"").doesNotContain("??", " th:");
            assertThat(main(english)).as(page).isNotEqualTo(main(chinese));
            assertThat(browser.get(page).body())
                    .as("%s remembers the choice", page)
                    .contains("<html lang=\"en\"");
        });
    }

    @Test
    void showsTheProjectsDocumentsWithTheirImagesAndNothingElse() {
        Browser viewer = Browser.of(hub, "viewer");

        assertThat(viewer.get("/docs").body())
                .contains(
                        "<h2 id=\"where-to-find-what\">",
                        "href=\"/docs/routes/README.md#what-becomes-of-a-delivery\"",
                        "src=\"/docs/docs/console-now.png\"");
        assertThat(viewer.get("/docs/docs/console-now.png").headers().firstValue("Content-Type"))
                .contains("image/png");
        assertThat(viewer.get("/docs?q=unknown+outcome").body())
                .contains("/docs/docs/debug-a-stuck-case.md#4-unknown-outcome");
        for (String path : List.of(
                "/docs/pom.xml",
                "/docs/docs/none.png",
                "/docs/routes/../README.md",
                "/docs/../ops/v1/parked",
                "/docs//etc/passwd")) {
            assertThat(viewer.get(path).statusCode()).as(path).isIn(400, 404);
        }
        assertThat(new Browser(hub).get("/docs/README.md").headers().firstValue("Location"))
                .contains("/login");
    }

    @Test
    void countsForAPersonOfOnePartnerItsCasesOnly() {
        Browser economy = new Browser(hub);
        economy.login("of-economy", made("of-economy", Map.of("role", "viewer", "partner", "economy")));
        Browser archives = new Browser(hub);
        archives.login("of-records", made("of-records", Map.of("role", "viewer", "partner", "archives")));

        for (String by : List.of("time", "department", "item", "centre", "province")) {
            String path = "/reports?lang=en&item=%s&by=%s".formatted(Applications.ECONOMY, by);
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(economy.get(path).body()).contains("Only cases of your partners", "<tfoot>"));
            assertThat(archives.get(path).body())
                    .contains("Only cases of your partners", "There are no such cases")
                    .doesNotContain("<tfoot>");
            assertThat(archives.get(path.replace("/reports", "/reports.csv")).body())
                    .contains("Total,0,0,0,0", "Only cases of these partners: ");
        }
    }

    @Test
    void namesAFailureByANumberAndNothingElse() {
        Browser viewer = Browser.of(hub, "viewer");

        for (String page : List.of("/cases/none", "/nowhere", "/messages/no-uuid", "/partners/none", "/audit")) {
            HttpResponse<String> answer = viewer.get(page);
            assertThat(answer.statusCode()).as(page).isIn(403, 404);
            assertThat(answer.body())
                    .as(page)
                    .containsPattern("<code>[0-9a-f-]{36}</code>")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void findsACaseByEveryNumberThatPeopleHaveOfIt() {
        Browser viewer = Browser.of(hub, "viewer");

        for (String number : List.of(caseNo, message, delivery, "C-42")) {
            assertThat(location(viewer.post("/find", Map.of("q", number))))
                    .as(number)
                    .isEqualTo("/cases/" + caseNo);
        }
        HttpResponse<String> byPerson = viewer.post("/find", Map.of("q", Applications.ID_NUMBER));
        assertThat(byPerson.statusCode()).isEqualTo(200);
        assertThat(byPerson.body()).contains(caseNo).doesNotContain(Applications.ID_NUMBER);
        assertThat(hub.operatorSees("/audit").toString()).contains("search").doesNotContain(Applications.ID_NUMBER);
        assertThat(viewer.post("/find", Map.of("q", "nobody-knows-this")).body())
                .doesNotContain(caseNo);
        assertThat(viewer.get("/find?partner=economy").body()).contains(caseNo);
        assertThat(viewer.get("/find?partner=health").body()).doesNotContain(caseNo);
        assertThat(viewer.get("/find?partner=economy&to=2020-01-01").body()).doesNotContain(caseNo);
    }

    @Test
    void saysOfAStuckCaseWhyWhoseFaultAndWhoseTurn() {
        String page =
                Browser.of(hub, "operator").get("/cases/" + caseNo + "?lang=en").body();
        String reason =
                hub.sql().queryForObject("select reason from delivery where id = ?::uuid", String.class, delivery);

        assertThat(page)
                .contains(escaped(reason), "the receiver", "The hub’s operators: a message to", "Send again")
                .doesNotContain(Applications.NAME, Applications.ID_NUMBER, Applications.MOBILE);
    }

    @Test
    void showsABodyOnlyWithRightAndReasonAndNotTooMany() {
        Browser engineer = Browser.of(hub, "engineer");
        String path = "/messages/" + message;

        assertThat(engineer.get(path).body()).contains("idNumber").doesNotContain(Applications.NAME);
        assertThat(engineer.post(path + "/body", Map.of("reason", " ")).body()).doesNotContain(Applications.NAME);
        assertThat(actions(message)).isEmpty();
        for (int look = 0; look < 3; look++) {
            assertThat(engineer.post(path + "/body", REASON).body())
                    .contains(Applications.NAME, Applications.ID_NUMBER);
        }
        assertThat(engineer.post(path + "/body", REASON).body()).doesNotContain(Applications.NAME);
        assertThat(actions(message))
                .containsExactly("looked-at-body", "looked-at-body", "looked-at-body", "looked-at-body-refused");
    }

    @Test
    void pausesAndResumesWithAReason() {
        Browser operator = Browser.of(hub, "operator");
        String path = "/partners/grain";

        operator.post(path + "/pause", Map.of("reason", ""));
        assertThat(hub.sql().queryForObject("select count(*) from pause where partner = 'grain'", Long.class))
                .isZero();

        operator.post(path + "/pause", REASON);
        assertThat(operator.get(path + "?lang=en").body()).contains("Paused by a person", "seen in a test");
        operator.post(path + "/resume", REASON);
        assertThat(operator.get(path).body()).doesNotContain("Paused by a person");
        assertThat(actions("grain")).containsExactlyInAnyOrder("pause", "resume");
    }

    @Test
    void changesRateAndHoursForATimeAndSaysOnlyWhatIsSo() {
        Browser operator = Browser.of(hub, "operator");
        String path = "/partners/trade-union";
        operator.get("/?lang=en");
        Map<String, String> change = new LinkedHashMap<>(REASON);
        change.put("parallel", "1");
        change.put("hours", "open");
        String until = OffsetDateTime.now(ZoneOffset.ofHours(8))
                .plusDays(1)
                .truncatedTo(ChronoUnit.MINUTES)
                .toLocalDateTime()
                .toString();

        // What is not allowed is said, and what was typed stays
        operator.post(path + "/limits", change);
        assertThat(operator.get(path).body()).contains("at most 7 days away", "value=\"seen in a test\"");
        change.put("until", until);
        change.put("parallel", "1000");
        operator.post(path + "/limits", change);
        assertThat(operator.get(path).body()).contains("Calls at a time must be", "nothing is changed by a person");

        // What is recorded is not in force yet, and then it is
        change.put("parallel", "1");
        operator.post(path + "/limits", change);
        String told = operator.get(path).body();
        assertThat(told).contains("The change is recorded");
        assertThat(told)
                .as("within moments, and asked again until then")
                .containsAnyOf("takes effect within 3 s", "change is in force");
        String inForce = await().atMost(PATIENCE)
                .until(() -> operator.get(path).body(), page -> page.contains("change is in force"));
        assertThat(inForce)
                .contains("open all day", "seen in a test", "Opened all day by a person")
                .doesNotContain("hx-select");
        await().atMost(PATIENCE).until(() -> operator.get("/").body().contains("Changed by a person until"));

        operator.post(path + "/limits/end", Map.of());
        assertThat(operator.get(path).body()).contains("Give a reason", "change is in force");
        operator.post(path + "/limits/end", REASON);
        await().atMost(PATIENCE).until(() -> operator.get(path).body().contains("nothing is changed by a person"));
        operator.post(path + "/limits/end", REASON);
        assertThat(operator.get(path).body()).contains("No change of a person is in force");
        assertThat(actions("trade-union")).containsExactly("limits-changed", "limits-ended");
    }

    @Test
    void sendsAParkedOneAgainAndSaysOnlyWhatIsSo() {
        hub.fault("economy", "garbage");
        String stuck = hub.caseOf(Applications.online(Applications.ECONOMY));
        String parked = parked(stuck);
        hub.fault("economy", "none");
        Browser operator = Browser.of(hub, "operator");
        Map<String, String> again = Map.of("versions", "case-day", "reason", "the department is well again");
        operator.get("/?lang=en");

        operator.post("/deliveries/%s/replay".formatted(parked), Map.of("versions", "case-day"));
        assertThat(actions(parked)).as("without a reason").isEmpty();
        assertThat(operator.get("/cases/" + stuck).body()).contains("Give a reason");
        String messagePage = "/messages/"
                + hub.sql().queryForObject("select message_id from delivery where id = ?::uuid", UUID.class, parked);
        assertThat(operator.get(messagePage).body()).contains("/deliveries/%s/replay".formatted(parked));
        HttpResponse<String> sent = operator.post("/deliveries/%s/replay".formatted(parked), again);

        assertThat(location(sent)).isEqualTo("/cases/" + stuck);
        assertThat(operator.get("/cases/" + stuck).body()).contains("back in the queue and not delivered yet");
        hub.awaitStatus(stuck, "60");
        assertThat(hub.effects("economy", stuck)).containsExactly("application");
        operator.post("/deliveries/%s/replay".formatted(parked), again);
        assertThat(operator.get("/cases/" + stuck).body()).contains("It is not parked any more");
    }

    @Test
    void endsWhatIsNoDeliveryAndIsAnIncidentUntilThen() {
        Browser operator = Browser.of(hub, "operator");
        UUID answer = UUID.randomUUID();
        UUID gone = UUID.randomUUID();
        hub.sql()
                .update(
                        """
                insert into message (id, partner, document, body, digest, accepted_at, parked_reason)
                values (?, 'trade-union', 'result', ?, ''::bytea, now(), 'does not fit')
                """,
                        answer,
                        hub.bean(Vault.class).seal("{}".getBytes(StandardCharsets.UTF_8), "message.body", answer));
        hub.sql().update("""
                insert into enquiry (delivery_id, partner, case_no, due_at, overdue_at, told)
                values (?::uuid, 'economy', ?, now() + interval '1 hour', now(), true)
                """, delivery, caseNo);
        hub.sql().update("""
                insert into dead_message (id, queue, reason, arrived_at) values (?, 'some.queue', 'no id', now())
                """, UUID.randomUUID());
        hub.sql().update("update hub_process set steady_since = now() - interval '1 hour'");
        hub.sql().update("""
                insert into hub_process (id, place, started_at, steady_since, beat_at, drift_millis)
                values (?, 'old-host:/data', now() - interval '1 day', now() - interval '1 day',
                    now() - interval '10 minutes', 0)
                """, gone);
        Set<String> kinds = Set.of("answer", "overdue", "dead", "process");
        await().atMost(PATIENCE).until(() -> openKinds().containsAll(kinds));

        String parked = operator.get("/parked?lang=en").body();
        String incidents = operator.get("/incidents").body();
        assertThat(parked)
                .contains("Answer not taken", "does not fit", "Result overdue", "Settle this message", "some.queue");
        assertThat(incidents).contains("could not be taken", "old-host:/data", "It does not come back", "some.queue");
        // What pages see in common is read every few seconds.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(operator.get("/").body())
                        .contains("could not be taken", "have not come in the time agreed", "gone without an end"));

        String settle = "/messages/%s/settle".formatted(answer);
        assertThat(ended(operator, settle, Map.of("reason", "no"))).contains("Give a reason");
        assertThat(ended(operator, settle, Map.of("reason", "agreed by phone"))).contains("This answer is settled");
        assertThat(ended(operator, settle, Map.of("reason", "agreed by phone"))).contains("It does not wait any more");
        String question = "/deliveries/%s/question/".formatted(delivery);
        assertThat(ended(operator, question + "extend", Map.of("reason", "agreed by phone", "until", "2020-01-01")))
                .contains("The term must be");
        assertThat(ended(operator, question + "give-up", Map.of("reason", "agreed by phone")))
                .contains("The asking has ended");
        String upTo = parked.replaceAll("(?s).*name=\"upTo\" value=\"([^\"]*)\".*", "$1");
        assertThat(ended(
                        operator,
                        "/parked/dead",
                        Map.of("reason", "found its writer", "queue", "some.queue", "upTo", upTo)))
                .contains("These messages are settled");
        assertThat(ended(
                        operator,
                        "/incidents/processes/%s/end".formatted(gone),
                        Map.of("reason", "this machine is sold")))
                .contains("this process does not come back");

        await().atMost(PATIENCE).until(() -> openKinds().stream().noneMatch(kinds::contains));
        assertThat(actions(answer.toString())).containsExactly("answer-settled");
        assertThat(actions(delivery)).contains("question-given-up");
        assertThat(actions("some.queue")).containsExactly("dead-settled");
        assertThat(actions(gone.toString())).containsExactly("process-ended");
        assertThat(operator.get("/messages/" + answer).body()).contains("settled by a person");
    }

    private static List<String> openKinds() {
        return hub.operatorSees("/incidents")
                .path("open")
                .valueStream()
                .map(incident -> incident.path("kind").asString())
                .toList();
    }

    private static String ended(Browser browser, String act, Map<String, String> fields) {
        return browser.get(location(browser.post(act, fields))).body();
    }

    /** As many failures in a row as there may be, and more; then it comes back. */
    @Test
    void opensOneIncidentForADepartmentThatIsDownAndClosesItWhenItIsBack() {
        Browser operator = Browser.of(hub, "operator");
        hub.fault("healthcare-security", "down");
        List<String> waiting = Stream.generate(() -> hub.caseOf(Applications.online(Applications.HEALTHCARE)))
                .limit(6)
                .toList();
        await().atMost(PATIENCE)
                .until(() -> incidents("healthcare-security", "open").size() == 1);
        JsonNode incident = incidents("healthcare-security", "open").get(0);
        String number = incident.path("id").asString();

        String page = operator.get("/incidents?lang=en").body();
        String acknowledged = toldAfter(operator, number, "acknowledge", Map.of());
        String assigned = toldAfter(operator, number, "assign", Map.of("to", "engineer"));
        toldAfter(operator, number, "assign", Map.of("to", "operator"));
        String toNobody = toldAfter(operator, number, "assign", Map.of("to", "nobody"));
        String toWhoCannot = toldAfter(operator, number, "assign", Map.of("to", "viewer"));
        String again = toldAfter(operator, number, "acknowledge", Map.of());

        assertThat(incident.path("kind").asString()).isEqualTo("circuit");
        assertThat(incident.path("fault").asString()).isEqualTo("receiver");
        assertThat(page)
                .contains("incident-" + number, "does not answer", "The hub next", "Nothing must be sent again");
        assertThat(acknowledged).contains("It is recorded that you know of it");
        assertThat(assigned).contains("It is recorded who sees to it");
        assertThat(toNobody).contains("There is no active user of this name");
        assertThat(toWhoCannot).contains("There is no active user of this name");
        assertThat(again).contains("somebody has acknowledged it already");

        hub.fault("healthcare-security", "none");
        waiting.forEach(one -> hub.awaitStatus(one, "60"));
        await().atMost(PATIENCE)
                .until(() -> incidents("healthcare-security", "closed").size() == 1);
        JsonNode over = incidents("healthcare-security", "closed").get(0);
        assertThat(incidents("healthcare-security", "open")).isEmpty();
        assertThat(over.path("id").asString()).isEqualTo(number);
        assertThat(over.path("acknowledgedBy").asString()).isEqualTo("operator");
        assertThat(over.path("assignedTo").asString()).isEqualTo("operator");
        await().atMost(PATIENCE).until(() -> bell.told(number).size() == 2);
        assertThat(bell.told(number)).as("the notices of one incident").containsExactly("opened", "closed");
        assertThat(incidents("healthcare-security", "closed")
                        .get(0)
                        .path("notifiedOpenAt")
                        .asString(""))
                .isNotEmpty();
        assertThat(actions("incident-" + number))
                .containsExactly(
                        "incident-opened",
                        "incident-acknowledged",
                        "incident-assigned",
                        "incident-assigned",
                        "incident-closed");
        assertThat(hub.sql()
                        .queryForList(
                                "select detail from audit where target = ? and action = 'incident-assigned' order by id",
                                String.class,
                                "incident-" + number))
                .containsExactly("engineer", "operator; before: engineer");
    }

    @Test
    void opensNoIncidentForADepartmentThatIsClosed() {
        for (int i = 0; i < BACKLOG; i++) {
            hub.caseOf(Applications.online(Applications.FEDERATION));
        }
        await().atMost(PATIENCE).until(() -> waiting("disabled-federation") >= BACKLOG);

        // When it has been looked again, and again
        for (int look = 0; look < 2; look++) {
            Object before = lookedUntil();
            await().atMost(PATIENCE).until(() -> !lookedUntil().equals(before));
        }

        assertThat(incidents("disabled-federation", "open")).isEmpty();
        assertThat(incidents("disabled-federation", "closed")).isEmpty();
    }

    /** Those of Prometheus' alerts and of Grafana's pages. */
    @Test
    void hasEveryFigureThatTheFilesOfDockerNameAndWatches() throws IOException {
        await().atMost(PATIENCE).until(() -> figures().contains("shuniu_incidents_open{kind=\"parked\"} 1"));
        String figures = figures();
        Pattern name = Pattern.compile("\\b(?:shuniu|http|jvm|process|disk)_[a-z_]+");

        for (String file : List.of("prometheus-rules.yaml", "grafana-dashboard.json")) {
            Set<String> named = name.matcher(Files.readString(Path.of("docker", file)))
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(named).as(file).hasSizeGreaterThan(5);
            assertThat(named).as(file).allSatisfy(one -> assertThat(figures).containsPattern("\n" + one + "[ {]"));
        }
    }

    private static String figures() {
        return hub.send(hub.request("/actuator/prometheus", "metrics-token")).body();
    }

    @Test
    void showsAnIncidentToWhomItConcerns() {
        String number = await().atMost(PATIENCE)
                .until(
                        () -> incidents("economy", "open")
                                .valueStream()
                                .filter(incident ->
                                        incident.path("kind").asString().equals("parked"))
                                .map(incident -> incident.path("id").asString())
                                .toList(),
                        parked -> parked.size() == 1)
                .get(0);
        Browser limited = new Browser(hub);
        limited.login("of-archives", made("of-archives", Map.of("role", "operator", "partner", "archives")));

        assertThat(Browser.of(hub, "viewer").get("/incidents").body()).contains("incident-" + number);
        for (String page : List.of("/incidents", "/incidents/live")) {
            assertThat(limited.get(page).body()).as(page).doesNotContain("incident-" + number);
        }
        assertThat(limited.get("/incidents/" + number).statusCode()).isEqualTo(404);
        assertThat(limited.get("/incidents?partner=economy").statusCode()).isEqualTo(404);
        assertThat(limited.post("/incidents/%s/acknowledge".formatted(number), Map.of())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void recoversManyWithASecondPersonAndSaysOnlyWhatIsSo() {
        List<String> cases = parkedFor("mended on a page", 3);
        Browser maker = new Browser(hub);
        maker.login("two-hats", made("two-hats", Map.of("role", "operator,approver")));
        maker.get("/?lang=en");
        Browser second = Browser.of(hub, "approver");
        second.get("/?lang=en");
        assertThat(maker.get("/parked?partner=economy").body()).contains("/plans/new?partner=economy");

        // When one person plans it
        String plan = planned(maker, "mended on a page", "50");

        // Then nothing is sent, and his own approval does not count
        assertThat(maker.get(plan).body())
                .contains("Nothing is sent yet", "You made this plan", "mended on a page", "the cause is gone");
        assertThat(maker.get("/plans").body()).contains(plan, "Waits for a second person");
        maker.post(plan + "/approve", Map.of());
        assertThat(maker.get(plan).body()).contains("You made this plan yourself", "Nothing is sent yet");
        assertThat(cases)
                .allSatisfy(caseNo -> assertThat(hub.effects("economy", caseNo)).isEmpty());

        // When another person lets it run
        assertThat(second.get(plan + "/live?state=paused").headers().firstValue("HX-Refresh"))
                .hasValue("true");
        assertThat(location(second.post(plan + "/approve", Map.of()))).isEqualTo(plan);

        // Then each arrives once, and the pages ask no more
        await().atMost(Duration.ofSeconds(60))
                .until(() -> second.get(plan + "/report").statusCode() == 286);
        assertThat(cases)
                .allSatisfy(caseNo -> assertThat(hub.effects("economy", caseNo)).containsExactly("application"));
        assertThat(second.get(plan + "/live?state=done").statusCode()).isEqualTo(286);
        assertThat(second.get(plan).body()).contains("All are handed to the queue", plan + "/report");
        assertThat(second.get(plan + "/report").body())
                .contains("Nothing of this plan is under way any more")
                .containsPattern("id=\"outcome-delivered\">3<");
        assertThat(hub.sql()
                        .queryForList(
                                "select actor || ' ' || action from audit where target = ? order by id",
                                String.class,
                                plan.substring("/plans/".length())))
                .startsWith("two-hats plan-made", "approver plan-approved")
                .contains("hub plan-done");
    }

    @Test
    void pausesResumesAndEndsAPlanWithAReason() {
        List<String> cases = parkedFor("held at a closed door", 2);
        Browser operator = Browser.of(hub, "operator");
        operator.get("/?lang=en");
        operator.post("/partners/economy/pause", REASON);
        String plan = planned(operator, "held at a closed door", "50");
        Browser.of(hub, "approver").post(plan + "/approve", Map.of());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> operator.get(plan + "/live?state=running").body().contains("It holds back"));

        assertThat(operator.get(plan).body()).contains("The plan is made and nothing is sent yet", "Running: ");
        operator.post(plan + "/pause", Map.of());
        assertThat(operator.get(plan).body()).contains("Give a reason", "Running: ");
        operator.post(plan + "/pause", REASON);
        assertThat(operator.get(plan).body()).contains("The plan is paused", "Paused: nothing more");
        operator.post(plan + "/resume", REASON);
        assertThat(operator.get(plan).body()).contains("The plan goes on", "Running: ");
        operator.post(plan + "/abort", REASON);
        assertThat(operator.get(plan).body()).contains("Ended early: ").doesNotContain(plan + "/resume");
        operator.post(plan + "/resume", REASON);
        assertThat(operator.get(plan).body()).contains("The plan is in another state by now");

        operator.post("/partners/economy/resume", REASON);
        assertThat(actions(plan.substring("/plans/".length()))).contains("plan-paused", "plan-resumed", "plan-aborted");
        assertThat(cases)
                .allSatisfy(caseNo -> assertThat(hub.effects("economy", caseNo)).isEmpty());
    }

    @Test
    void letsAPersonOfOnePartnerPlanForThatOneOnly() {
        parkedFor("of one partner only", 1);
        String plan = planned(Browser.of(hub, "operator"), "of one partner only", "1");
        Browser limited = new Browser(hub);
        limited.login(
                "planner-of-health",
                made("planner-of-health", Map.of("role", "operator,approver", "partner", "health")));
        limited.get("/?lang=en");

        assertThat(limited.get("/plans").body()).doesNotContain(plan);
        assertThat(limited.get(plan).statusCode()).isEqualTo(404);
        assertThat(limited.get(plan + "/live").statusCode()).isEqualTo(404);
        assertThat(limited.get(plan + "/report").statusCode()).isEqualTo(404);
        for (String act : List.of("/approve", "/pause", "/resume", "/abort")) {
            assertThat(limited.post(plan + act, REASON).statusCode()).as(act).isEqualTo(404);
        }
        Map<String, String> everywhere = Map.of("words", "of one partner only", "reason", "none of mine");
        assertThat(limited.post("/plans", everywhere).body()).contains("Choose a partner");
        Map<String, String> elsewhere = new LinkedHashMap<>(everywhere);
        elsewhere.put("partner", "economy");
        assertThat(limited.post("/plans", elsewhere).statusCode()).isEqualTo(403);
        elsewhere.put("partner", "health");
        assertThat(limited.post("/plans", elsewhere).body()).contains("Nothing that is parked fits");
        elsewhere.put("from", "yesterday");
        assertThat(limited.post("/plans", elsewhere).body()).contains("A day cannot be read");
        assertThat(Browser.of(hub, "approver").get(plan + "?lang=en").body()).contains("Nothing is sent yet");
    }

    @Test
    void correctsAParkedMessageForItsReceiverAndKeepsTheOriginal() {
        String stuck = parkedFor("a field that it does not take", 1, "REFUSE 13800138000")
                .get(0);
        String parked = parked(stuck);
        String original = hub.sql()
                .queryForObject("select message_id from delivery where id = ?::uuid", UUID.class, parked)
                .toString();
        String stored = stored(original);
        Browser engineer = new Browser(hub);
        engineer.login("corrector", made("corrector", Map.of("role", "engineer")));
        engineer.get("/?lang=en");
        assertThat(engineer.get("/messages/" + original).body()).contains("Correct and send again");

        // When it is opened: only with a reason
        String page = "/deliveries/" + parked;
        assertThat(location(engineer.post(page + "/correction", Map.of()))).isEqualTo("/cases/" + stuck);
        String form = engineer.post(page + "/correction", REASON).body();
        assertThat(form).contains("REFUSE 13800138000");
        assertThat(actions(original)).containsExactly("looked-at-body");

        // Then what must stay is not changed, nor what breaks the rules, nor anything by a form that is old
        String text = textOf(form);
        Map<String, String> correction = new LinkedHashMap<>(REASON);
        correction.put("digest", digestOf(form));
        Map<String, String> refused = new LinkedHashMap<>();
        refused.put(text, "Nothing is different");
        refused.put(text.replace(Applications.ID_NUMBER, "110105194912310038"), "A field is changed that must stay");
        refused.put(text.replace(Applications.MOBILE, ""), "The document breaks the rules below");
        refused.put("{", "The document breaks the rules below");
        refused.forEach((wrong, words) -> {
            correction.put("text", wrong);
            assertThat(engineer.post(page + "/corrected", correction).body()).contains(words);
        });
        correction.put(
                "text", text.replace("\"REFUSE 13800138000\"", "\"please decide\", \"Xiaoming 139\" : \"as told\""));
        Map<String, String> old = new LinkedHashMap<>(correction);
        old.put("digest", "sha256:00");
        assertThat(engineer.post(page + "/corrected", old).body()).contains("It is not parked as it was any more");
        assertThat(actions(parked)).isEmpty();

        // When the remark is corrected
        assertThat(location(engineer.post(page + "/corrected", correction))).isEqualTo("/cases/" + stuck);

        // Then the receiver decides on what is corrected, once, and the original is what it was
        hub.awaitStatus(stuck, "60");
        assertThat(hub.effects("economy", stuck)).containsExactly("application");
        assertThat(stored(original)).isEqualTo(stored);
        assertThat(engineer.get("/messages/" + original).body())
                .contains("/form/remark", "/form/*", "corrector", "seen in a test")
                .doesNotContain("13800138000", "please decide", "Xiaoming");
        assertThat(engineer.get("/cases/" + stuck).body()).contains("Corrected by a person and sent again");
        assertThat(hub.sql()
                        .queryForObject(
                                "select detail from audit where target = ? and action = 'corrected'",
                                String.class,
                                parked))
                .contains("/form/remark", "/form/*", "seen in a test")
                .doesNotContain("REFUSE", "decide", "Xiaoming");
    }

    /** What a region signed is for its own people to correct. */
    @Test
    void offersNoCorrectionThatItWouldRefuse() {
        String stuck = parkedFor("signed elsewhere", 1, "as it is").get(0);
        UUID original = hub.sql()
                .queryForObject("select message_id from delivery where id = ?::uuid", UUID.class, parked(stuck));
        Browser engineer = Browser.of(hub, "engineer");
        engineer.get("/?lang=en");
        assertThat(engineer.get("/messages/" + original).body()).contains("Correct and send again");

        hub.sql().update("""
                insert into exchange_message (id, partner, idempotency_key, type, subject, body, signature_base, signature, keyid,
                    certificate, receipt_input, receipt_signature, accepted_at)
                values (?, 'none', ?, 'x', 'x', ''::bytea, '', ''::bytea, '', ''::bytea, '', '', now())
                """, original, original.toString());

        String page = engineer.get("/messages/" + original).body();
        hub.sql().update("delete from exchange_message where id = ?", original);
        assertThat(page).doesNotContain("Correct and send again");
    }

    @Test
    void showsADeliverySideBySideWithWhatTranslatedItAndItsEvidence() {
        String ended = hub.caseOf(Applications.online(Applications.ECONOMY));
        hub.awaitStatus(ended, "60");
        String sent = deliveryOf(ended);
        Browser engineer = new Browser(hub);
        engineer.login("comparer", made("comparer", Map.of("role", "engineer")));
        engineer.get("/?lang=en");

        String covered = engineer.get("/deliveries/" + sent).body();
        String open =
                engineer.post("/deliveries/%s/body".formatted(sent), REASON).body();

        String version = hub.sql().queryForObject("""
                select t.mapping_version from translation t join delivery d on d.translation = t.id where d.id = ?::uuid
                """, String.class, sent);
        assertThat(covered)
                .contains("As received", "As translated", "As answered", "economy/application.out", version, "*****")
                .contains("Delivered")
                .containsPattern("<td class=\"evidence\"><span>[^<]+#[0-9]+</span> <code title=\"[0-9a-f]{64}\"")
                .doesNotContain(Applications.NAME, Applications.ID_NUMBER, "No answer was received");
        assertThat(open)
                .contains(Applications.ID_NUMBER, "<mark>", "&quot;success&quot;")
                .doesNotContain("No answer was received");
        assertThat(open.split(Applications.NAME, -1))
                .as("as received and as translated")
                .hasSize(3);
        assertThat(actions(sent)).containsExactly("looked-at-body");
    }

    /** Others name fields as they like, and anybody writes into any what he likes. */
    @Test
    void showsNoValueForTheNameOfItsFieldAlone() {
        String more = """
                ,"outcome":"离异二十年","time":"20260704","form":{"remark":"x","status":"离异二十年","kind":"20260705","itemCode":"312000999999"}""";
        String caseNo = hub.caseOf(Applications.application(Applications.ECONOMY, "2", "", more));
        String sent = deliveryOf(caseNo);
        String message = hub.sql()
                .queryForObject("select message_id::text from delivery where id = ?::uuid", String.class, sent);
        Browser viewer = new Browser(hub);
        viewer.login("onlooker", made("onlooker", Map.of("role", "viewer")));
        viewer.get("/?lang=en");

        for (String page : List.of("/deliveries/" + sent, "/messages/" + message)) {
            assertThat(viewer.get(page).body())
                    .as(page)
                    .contains(Applications.ECONOMY, "outcome", "kind")
                    .doesNotContain("离异", "20260704", "20260705", "312000999999", Applications.NAME);
        }
    }

    @Test
    void showsWhatWentToWhoeverIsNoPartnerAnyMore() {
        String ended = hub.caseOf(Applications.online(Applications.ECONOMY));
        hub.awaitStatus(ended, "60");
        String sent = deliveryOf(ended);
        hub.sql().update("update delivery set receiver = 'dissolved-bureau' where id = ?::uuid", sent);
        Browser engineer = new Browser(hub);
        engineer.login("archivist", made("archivist", Map.of("role", "engineer")));
        engineer.get("/?lang=en");

        String open =
                engineer.post("/deliveries/%s/body".formatted(sent), REASON).body();

        assertThat(open)
                .contains(
                        "dissolved-bureau",
                        "the hub has no partner of that name any more",
                        Applications.ID_NUMBER,
                        "&quot;success&quot;");
    }

    @Test
    void opensADeliveryForWhoeverMaySeeItsReceiverAndCoversItAgain() {
        Browser limited = new Browser(hub);
        limited.login("reader-of-health", made("reader-of-health", Map.of("role", "engineer", "partner", "health")));
        Browser engineer = new Browser(hub);
        engineer.login("reader", made("reader", Map.of("role", "engineer")));

        String ended = hub.caseOf(Applications.online(Applications.ECONOMY));
        hub.awaitStatus(ended, "60");
        Browser sender = new Browser(hub);
        sender.login(
                "of-the-platform",
                made("of-the-platform", Map.of("role", "engineer", "partner", "acceptance-platform")));
        sender.get("/?lang=en");

        assertThat(sender.get("/deliveries/" + deliveryOf(ended)).body())
                .contains("idNumber", "is shown to those who may see its flow")
                .doesNotContain("success");
        assertThat(sender.post("/deliveries/%s/body".formatted(deliveryOf(ended)), REASON)
                        .statusCode())
                .isEqualTo(404);
        assertThat(limited.get("/deliveries/" + delivery).statusCode()).isEqualTo(404);
        assertThat(limited.post("/deliveries/%s/body".formatted(delivery), REASON)
                        .statusCode())
                .isEqualTo(404);
        assertThat(Browser.of(hub, "operator")
                        .post("/deliveries/%s/body".formatted(delivery), REASON)
                        .statusCode())
                .isEqualTo(403);
        assertThat(engineer.post("/deliveries/%s/body".formatted(delivery), REASON)
                        .headers()
                        .firstValue("Refresh"))
                .hasValue("300;url=/deliveries/" + delivery);
    }

    @Test
    void letsLookAtMoreOnlyByASecondPerson() {
        Browser reader = new Browser(hub);
        reader.login("avid", made("avid", Map.of("role", "engineer,approver")));
        reader.get("/?lang=en");
        String another = hub.caseOf(Applications.online(Applications.ECONOMY));
        String path = "/messages/%s/body"
                .formatted(hub.sql()
                        .queryForObject(
                                "select message_id from delivery where id = ?::uuid", UUID.class, deliveryOf(another)));
        for (int look = 0; look < 3; look++) {
            assertThat(reader.post(path, REASON).body()).contains(Applications.NAME);
        }
        assertThat(reader.post(path, REASON).body()).contains("ask for more").doesNotContain(Applications.NAME);

        assertThat(toldBy(reader, "/second/looks", REASON)).contains("waits for another person");
        assertThat(toldBy(reader, "/second/looks", REASON)).contains("A request of yours waits already");
        String request =
                hub.sql().queryForObject("select id::text from look_request where asked_by = 'avid'", String.class);
        String grant = "/second/looks/%s/grant".formatted(request);
        assertThat(toldBy(reader, grant, Map.of())).contains("another person must allow it");
        assertThat(reader.post(path, REASON).body()).doesNotContain(Applications.NAME);
        assertThat(Browser.of(hub, "operator").post(grant, Map.of()).statusCode())
                .isEqualTo(403);
        Browser approver = Browser.of(hub, "approver");
        approver.get("/?lang=en");
        assertThat(toldBy(approver, grant, Map.of())).contains("It is allowed for an hour");
        assertThat(toldBy(approver, grant, Map.of())).contains("Somebody else has decided");

        for (int look = 0; look < 3; look++) {
            assertThat(reader.post(path, REASON).body()).contains(Applications.NAME);
        }
        assertThat(reader.post(path, REASON).body()).doesNotContain(Applications.NAME);
        assertThat(actions(request)).containsExactly("looks-asked", "looks-granted");
    }

    @Test
    void answersTheSenderOfACaseThatCannotGoOnOnceAndByTwoPersons() {
        String stuck = parkedFor("nobody takes it", 1).get(0);
        String parked = parked(stuck);
        Browser operator = Browser.of(hub, "operator");
        operator.get("/?lang=en");
        assertThat(operator.get("/cases/" + stuck).body()).contains("End it by an answer of ours");
        String ask = "/cases/%s/answer".formatted(stuck);
        Map<String, String> answer = answer("61");

        // When it is asked for: with a text, a status that ends it, and a reason
        assertThat(toldBy(operator, ask, without(answer, "reason"))).contains("Give a reason");
        assertThat(toldBy(operator, ask, without(answer, "text"))).contains("Say what the sender is told");
        assertThat(toldBy(operator, ask, answer("60"))).contains("come to that status");
        assertThat(toldBy(operator, ask, answer)).contains("has not been told anything yet");
        assertThat(toldBy(operator, ask, answer)).contains("waits already");
        assertThat(hub.status(stuck)).isNotEqualTo("61");

        // When another person allows it, and not the same one, and not one of another partner
        String give = "/second/answers/%s/give".formatted(asked(stuck));
        assertThat(operator.post(give, Map.of()).statusCode()).isEqualTo(403);
        Browser approver = Browser.of(hub, "approver");
        approver.get("/?lang=en");
        String told = "The office cannot be reached; apply anew.";
        String look = "/second/answers/%s/text".formatted(asked(stuck));
        assertThat(approver.get("/second").body()).contains(stuck).doesNotContain(told, give);
        assertThat(operator.post(look, REASON).statusCode()).isEqualTo(403);
        assertThat(approver.post(look, Map.of()).body())
                .contains("Give a reason of at least")
                .doesNotContain(told);
        HttpResponse<String> open = approver.post(look, REASON);
        assertThat(open.body()).contains(told, give, "href=\"/second?lang=");
        assertThat(open.headers().firstValue("Refresh")).hasValue("300;url=/second");
        assertThat(toldBy(approver, give, Map.of())).contains("Open and read first");
        assertThat(toldBy(approver, give, mark(open))).contains("The answer is recorded");

        // Then the sender hears it once, the case is over and what was parked can't be sent any more
        hub.awaitStatus(stuck, "61");
        await().atMost(PATIENCE).until(() -> heard(stuck).equals("delivered"));
        assertThat(hub.caseFile(stuck).toString()).contains("The office cannot be reached; apply anew.");
        assertThat(toldBy(approver, give, Map.of())).contains("Somebody else has decided");
        assertThat(toldBy(operator, "/deliveries/%s/replay".formatted(parked), REASON))
                .contains("not parked any more");
        assertThat(toldBy(operator, ask, answer)).contains("This case has a result or is over");
        assertThat(hub.ledger("economy")).noneMatch(line -> line.contains(stuck));
        assertThat(actions(stuck)).containsExactly("answer-asked", "looked-at-body", "answer-given");
        assertThat(operator.get("/cases/" + stuck).body())
                .contains("The sender was answered by a person", "Given up by an operator", "seen in a test");
        assertThat(Browser.of(hub, "auditor")
                        .get("/audit?lang=en&target=" + stuck)
                        .body())
                .contains("Allowed an answer to a sender", "Gave up");
    }

    @Test
    void showsWhatIsStuckWhileAllSettlementsAreBusy() throws Exception {
        String stuck = parkedFor("shown in a rush", 1).get(0);
        String told = hub.sql()
                .queryForObject(
                        "select message_id::text from delivery where id = ?::uuid", String.class, parked(stuck));
        Browser operator = Browser.of(hub, "operator");
        operator.post("/cases/%s/answer".formatted(stuck), answer("61"));
        HikariDataSource settlement = hub.bean(Pools.class).settlement().dataSource();
        List<Connection> taken = new ArrayList<>();
        try {
            for (int i = 0; i < settlement.getMaximumPoolSize(); i++) {
                taken.add(settlement.getConnection());
            }
            for (String page : List.of("/cases/" + stuck, "/second", "/messages/" + told)) {
                assertThat(operator.get(page).statusCode()).as(page).isEqualTo(200);
            }
        } finally {
            for (Connection one : taken) {
                one.close();
            }
        }
        dropAnswer(stuck);
    }

    /** The settlement has the case's lock first. */
    @Test
    void givesNoAnswerThatAResultUnderWayWouldContradict() throws Exception {
        String stuck = parkedFor("answered too late", 1).get(0);
        Browser operator = Browser.of(hub, "operator");
        assertThat(operator.post("/cases/%s/answer".formatted(stuck), answer("91"))
                        .statusCode())
                .isEqualTo(302);
        Browser approver = Browser.of(hub, "approver");
        approver.get("/?lang=en");
        Pools.Door door = hub.bean(Pools.class).intake();
        CountDownLatch locked = new CountDownLatch(1);
        CompletableFuture<Void> settling =
                CompletableFuture.runAsync(() -> door.transaction().executeWithoutResult(status -> {
                    new CaseFiles(door.sql()).lock(List.of(stuck));
                    locked.countDown();
                    await().atMost(PATIENCE).until(() -> waitsForALock());
                    door.sql()
                            .update(
                                    "update case_file set status = '60', result_id = gen_random_uuid() where case_no = ?",
                                    stuck);
                }));
        assertThat(locked.await(60, TimeUnit.SECONDS)).isTrue();

        String told = toldBy(approver, "/second/answers/%s/give".formatted(asked(stuck)), Map.of());

        settling.get(60, TimeUnit.SECONDS);
        assertThat(told).contains("This case has a result or is over");
        assertThat(actions(stuck)).containsExactly("answer-asked");
        assertThat(hub.sql()
                        .queryForObject(
                                "select state from delivery where case_no = ? and receiver = 'economy'",
                                String.class,
                                stuck))
                .isEqualTo("parked");
        dropAnswer(stuck);
    }

    @Test
    void parksAResultThatComesAfterTheAnswerAndTellsTheSenderNothing() {
        String stuck = parkedFor("answered early", 1).get(0);
        Browser.of(hub, "operator").post("/cases/%s/answer".formatted(stuck), answer("61"));
        Browser approver = Browser.of(hub, "approver");
        HttpResponse<String> open = approver.post("/second/answers/%s/text".formatted(asked(stuck)), REASON);
        approver.post("/second/answers/%s/give".formatted(asked(stuck)), mark(open));
        await().atMost(PATIENCE).until(() -> heard(stuck).equals("delivered"));

        late("""
                {"success":true,"data":{"state":"PROCESSING","applyNo":"%s"}}""".formatted(stuck));
        // The same status as the answer's, but the office's own grounds
        late("""
                {"success":false,"code":"B0001","message":"not entitled","data":{"applyNo":"%s"}}""".formatted(stuck));

        await().atMost(PATIENCE).until(() -> hub.sql().queryForObject("""
                select count(*) from message where case_no = ? and parked_reason like 'a person has answered the sender%'
                """, Long.class, stuck) == 2);
        assertThat(hub.status(stuck)).isEqualTo("61");
        assertThat(hub.sql().queryForObject("""
                select count(*) from delivery where case_no = ? and queue = 'result' and document = 'result'
                """, Long.class, stuck)).isEqualTo(1);
        hub.sql()
                .queryForList(
                        "select id::text from message where case_no = ? and parked_reason is not null",
                        String.class,
                        stuck)
                .forEach(id -> assertThat(
                                hub.operate("/answers/%s/settle".formatted(id), "{\"reason\":\"told by phone\"}")
                                        .statusCode())
                        .isEqualTo(200));
    }

    @Test
    void answersNobodyInThePlaceOfAReceiverThatMayWorkOnTheCase() {
        String stuck = parkedFor("perhaps at work", 1).get(0);
        Browser operator = Browser.of(hub, "operator");
        operator.get("/?lang=en");
        String ask = "/cases/%s/answer".formatted(stuck);
        hub.sql().update("update delivery set outcome_unknown = true where case_no = ?", stuck);
        assertThat(toldBy(operator, ask, answer("61"))).contains("may have this case and work on it");
        hub.sql().update("update delivery set outcome_unknown = false where case_no = ?", stuck);
        assertThat(toldBy(operator, ask, answer("61"))).contains("has not been told anything yet");

        // When it is sent again before the second person looks
        String give = "/second/answers/%s/give".formatted(asked(stuck));
        operator.post("/deliveries/%s/replay".formatted(parked(stuck)), REASON);
        hub.awaitStatus(stuck, "60");
        Browser approver = Browser.of(hub, "approver");
        approver.get("/?lang=en");

        assertThat(toldBy(approver, give, Map.of())).contains("This case has a result or is over");
        assertThat(toldBy(approver, give.replace("give", "drop"), REASON)).contains("This answer is withdrawn");
        assertThat(hub.status(stuck)).isEqualTo("60");
        assertThat(actions(stuck)).containsExactly("answer-asked", "answer-dropped");
    }

    @Test
    void endsNoWithdrawalUnheard() {
        String stuck = parkedFor("withdrawn meanwhile", 1).get(0);
        String application = parked(stuck);
        Browser operator = Browser.of(hub, "operator");
        operator.get("/?lang=en");
        Browser approver = Browser.of(hub, "approver");
        approver.get("/?lang=en");
        String ask = "/cases/%s/answer".formatted(stuck);
        assertThat(toldBy(operator, ask, answer("61"))).contains("has not been told anything yet");
        String give = "/second/answers/%s/give".formatted(asked(stuck));

        // When the sender withdraws before the second person looks
        hub.post(
                "/api/v1/cases/%s/withdrawal".formatted(stuck),
                UUID.randomUUID().toString(),
                "{\"withdrawalTime\":\"%s\",\"reason\":\"不再需要\"}".formatted(Applications.now()));

        // Then nobody answers before a person has settled the withdrawal
        assertThat(toldBy(approver, give, Map.of())).contains("The sender has withdrawn this case");
        assertThat(toldBy(approver, give.replace("give", "drop"), REASON)).contains("This answer is withdrawn");
        assertThat(operator.get("/cases/" + stuck).body()).contains("The sender has withdrawn this case");
        String notice = waits(stuck, "economy", "application", "notification", "pending", null);
        toldBy(operator, "/deliveries/%s/give-up".formatted(application), later("park"));
        assertThat(states(stuck, "economy")).containsExactly("undeliverable", "parked", "pending");
        assertThat(toldBy(operator, ask, answer("61"))).contains("The sender has withdrawn this case");
        toldBy(operator, "/deliveries/%s/give-up".formatted(parked(stuck)), later("continue"));
        hub.sql().update("delete from delivery where id = ?::uuid", notice);

        assertThat(toldBy(operator, ask, answer("61"))).contains("has not been told anything yet");
        dropAnswer(stuck);
    }

    /** Nothing parked holds it any more: it goes to the receiver as soon as the certificate comes. */
    @Test
    void answersNobodyWhileASupplementWaitsForACertificate() {
        String stuck = parkedFor("its supplement names a certificate", 1).get(0);
        Browser operator = Browser.of(hub, "operator");
        operator.get("/?lang=en");
        String ask = "/cases/%s/answer".formatted(stuck);
        toldBy(operator, "/deliveries/%s/give-up".formatted(parked(stuck)), later("continue"));
        String supplement = waits(stuck, "economy", "application", "supplement", "pending", 2);
        hub.sql().update("update delivery set held = true, awaits = 1 where id = ?::uuid", supplement);

        assertThat(toldBy(operator, ask, answer("61"))).contains("This case is still being delivered");

        hub.sql().update("delete from delivery where id = ?::uuid", supplement);
        assertThat(toldBy(operator, ask, answer("61"))).contains("has not been told anything yet");
        dropAnswer(stuck);
    }

    @Test
    void givesNoAnswerThatWouldWaitBehindWhatIsParkedForTheSender() {
        String stuck = parkedFor("nothing goes back", 1).get(0);
        Browser operator = Browser.of(hub, "operator");
        operator.get("/?lang=en");
        String ask = "/cases/%s/answer".formatted(stuck);
        String status = waits(stuck, "acceptance-platform", "result", "status", "parked", 1);

        assertThat(toldBy(operator, ask, answer("61"))).contains("the answer would wait behind it");

        hub.sql().update("delete from delivery where id = ?::uuid", status);
        assertThat(toldBy(operator, ask, answer("61"))).contains("has not been told anything yet");
        dropAnswer(stuck);
    }

    @Test
    void findsCasesByItemAndCentre() {
        String here = hub.caseOf(Applications.atCounter(Applications.ECONOMY, ""));
        Browser viewer = Browser.of(hub, "viewer");

        assertThat(viewer.get("/find?item=%s&centre=%s".formatted(Applications.ECONOMY, Applications.CENTRE))
                        .body())
                .contains(here)
                .doesNotContain(caseNo);
        assertThat(viewer.get("/find?item=%s&centre=%s".formatted(Applications.FEDERATION, Applications.CENTRE))
                        .body())
                .doesNotContain(here);
        assertThat(viewer.get("/find?item=%s".formatted(Applications.ECONOMY)).body())
                .contains(here);
    }

    @Test
    void findsNothingByAnAddressThatItCannotReadAndSaysWhy() {
        Browser viewer = Browser.of(hub, "viewer");

        HttpResponse<String> wrong = viewer.get("/find?lang=en&item=31200025000&centre=nowhere&to=2026-02-30");

        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body())
                .contains("Item: there is no “31200025000”", "Centre: there is no “nowhere”", "“2026-02-30” is no day")
                .doesNotContain(caseNo, "No such case");
        assertThat(viewer.get("/find?lang=en&centre=zhejiang").statusCode()).isEqualTo(200);
        assertThat(viewer.get("/find?lang=en&from=2026-01-01&to=2026-02-01").body())
                .contains("These are 32 days; expected 31 at most");
        assertThat(viewer.get("/find?from=2026-02-01&to=2026-01-01").statusCode())
                .isEqualTo(400);
    }

    private static Map<String, String> answer(String status) {
        Map<String, String> answer = new LinkedHashMap<>(REASON);
        answer.put("status", status);
        answer.put("text", "The office cannot be reached; apply anew.");
        return answer;
    }

    /** A delivery of the case that nothing moves. */
    private static String waits(
            String caseNo, String receiver, String queue, String document, String state, Integer laneNo) {
        String id = UUID.randomUUID().toString();
        hub.sql().update("""
                insert into delivery (id, message_id, document, case_no, receiver, queue, state, lane_no, due_at, created_at)
                select ?::uuid, message_id, ?, case_no, ?, ?, ?, ?, now() + interval '1 day', now() from delivery
                where case_no = ? and document = 'application' limit 1
                """, id, document, receiver, queue, state, laneNo, caseNo);
        return id;
    }

    /** Leaves nothing that waits for a second person. */
    private static void dropAnswer(String caseNo) {
        hub.sql().update("update answer_request set state = 'dropped' where case_no = ?", caseNo);
    }

    private static Map<String, String> later(String word) {
        Map<String, String> fields = new LinkedHashMap<>(REASON);
        fields.put("later", word);
        return fields;
    }

    /** In the order in which they were opened. */
    private static List<String> states(String caseNo, String receiver) {
        return hub.sql()
                .queryForList(
                        "select state from delivery where case_no = ? and receiver = ? order by created_at",
                        String.class,
                        caseNo,
                        receiver);
    }

    private static Map<String, String> without(Map<String, String> fields, String one) {
        Map<String, String> rest = new LinkedHashMap<>(fields);
        rest.remove(one);
        return rest;
    }

    /** By which a page shows that its reader has seen the text. */
    private static Map<String, String> mark(HttpResponse<String> open) {
        Matcher mark = Pattern.compile("name=\"mark\" value=\"([0-9a-f]{64})\"").matcher(open.body());
        assertThat(mark.find()).isTrue();
        return Map.of("mark", mark.group(1));
    }

    private static String asked(String caseNo) {
        return hub.sql()
                .queryForObject(
                        "select id::text from answer_request where case_no = ? and state = 'asked'",
                        String.class,
                        caseNo);
    }

    private static String heard(String caseNo) {
        return hub.sql()
                .queryForObject(
                        "select state from delivery where case_no = ? and document = 'result' and queue = 'result'",
                        String.class,
                        caseNo);
    }

    private static String deliveryOf(String caseNo) {
        return hub.sql()
                .queryForObject(
                        "select id::text from delivery where case_no = ? and receiver = 'economy'",
                        String.class,
                        caseNo);
    }

    /** Something the commission says by itself. */
    private static void late(String said) {
        byte[] body = said.getBytes(StandardCharsets.UTF_8);
        UUID id = TimeOrderedId.next();
        hub.sql().update("""
                insert into answer (id, partner, source, media_type, body, digest, received_at)
                values (?, 'economy', 'callback', 'application/json', ?, ?, now())
                """, id, hub.bean(Vault.class).seal(body, "answer.body", id), StoredMessage.digestOf(body));
    }

    private static boolean waitsForALock() {
        return hub.sql().queryForObject("""
                select exists (select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%case_file%for update%')
                """, Boolean.class);
    }

    /** The page to which an act leads. */
    private static String toldBy(Browser browser, String address, Map<String, String> fields) {
        return browser.get(location(browser.post(address, fields))).body();
    }

    @Test
    void showsPlansPageByPage() {
        parkedFor("on a page of its own", 1);
        String plan = planned(Browser.of(hub, "operator"), "on a page of its own", "1");
        Browser viewer = Browser.of(hub, "viewer");

        assertThat(viewer.get("/plans?lang=en").body()).contains(plan).doesNotContain("The newest plans");
        assertThat(viewer.get("/plans?before=2020-01-01T00:00:00Z").body())
                .contains("The newest plans")
                .doesNotContain(plan);
        assertThat(viewer.get("/plans?before=yesterday").body()).contains(plan);
    }

    @Test
    void correctsNothingThatMayHaveHadItsEffect() {
        String stuck = parkedFor("nobody knows", 1, "as it is").get(0);
        String parked = parked(stuck);
        hub.sql().update("update delivery set outcome_unknown = true where id = ?::uuid", parked);
        Browser engineer = new Browser(hub);
        engineer.login("doubter", made("doubter", Map.of("role", "engineer")));
        engineer.get("/?lang=en");
        String form = engineer.post("/deliveries/%s/correction".formatted(parked), REASON)
                .body();

        Map<String, String> correction = new LinkedHashMap<>(REASON);
        correction.put("digest", digestOf(form));
        correction.put("text", textOf(form).replace("as it is", "otherwise"));

        assertThat(engineer.post("/deliveries/%s/corrected".formatted(parked), correction)
                        .body())
                .contains("An earlier attempt may have had its effect");
        assertThat(hub.sql().queryForObject("select state from delivery where id = ?::uuid", String.class, parked))
                .isEqualTo("parked");
    }

    private static String stored(String message) {
        return hub.sql()
                .queryForObject(
                        "select encode(digest, 'hex') || encode(body, 'hex') from message where id = ?::uuid",
                        String.class,
                        message);
    }

    private static String textOf(String form) {
        // Browsers drop a first empty line.
        Matcher text = Pattern.compile("<textarea[^>]*>\n(.*)</textarea>", Pattern.DOTALL)
                .matcher(form);
        assertThat(text.find()).as(form).isTrue();
        return text.group(1).replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
    }

    private static String digestOf(String form) {
        Matcher digest = Pattern.compile("name=\"digest\" value=\"([^\"]+)\"").matcher(form);
        assertThat(digest.find()).as(form).isTrue();
        return digest.group(1);
    }

    private static String planned(Browser maker, String words, String speed) {
        HttpResponse<String> made = maker.post(
                "/plans", Map.of("partner", "economy", "words", words, "speed", speed, "reason", "the cause is gone"));
        assertThat(location(made)).startsWith("/plans/");
        return location(made);
    }

    /** Cases whose applications were never sent, parked as if for that reason. */
    private static List<String> parkedFor(String reason, int count) {
        return parkedFor(reason, count, "as ever");
    }

    private static List<String> parkedFor(String reason, int count, String remark) {
        hub.operate("/partners/economy/pause", "{\"reason\":\"to park\"}");
        List<String> cases = Stream.generate(() -> hub.caseOf(Applications.online(Applications.ECONOMY, remark)))
                .limit(count)
                .toList();
        hub.sql().update("""
                update delivery set state = 'parked', settled_at = now(), reason = ?, fault = 'receiver'
                where receiver = 'economy' and state = 'pending' and case_no = any(?)
                """, reason, cases.toArray(String[]::new));
        hub.operate("/partners/economy/resume", "{}");
        return cases;
    }

    /** A session is for pages. */
    @Test
    void opensNoEntryForProgramsHoweverItsAddressIsWritten() {
        Browser operator = Browser.of(hub, "operator");

        for (String path : List.of(
                "/ops/v1/audit",
                "/%6Fps/v1/audit",
                "/ops%2Fv1/audit",
                "/%61pi/v1/cases/" + caseNo,
                "/partner/v%31/keys")) {
            HttpResponse<String> answer = operator.get(path, "Accept", "text/html");
            assertThat(answer.statusCode()).as(path).isIn(400, 401, 403, 404);
            assertThat(answer.body()).as(path).doesNotContain("actor", caseNo, "keyid", "shuniu_");
        }
    }

    @Test
    void limitsNobodyByMistakeToEverything() {
        Browser administrator = Browser.of(hub, "administrator");
        Browser limited = new Browser(hub);
        limited.login("chief-of-health", made("chief-of-health", Map.of("role", "administrator", "partner", "health")));

        administrator.post("/users", Map.of("name", "nobodys", "role", "engineer", "partner", "no-such-partner"));

        assertThat(hub.sql().queryForObject("select count(*) from console_user where name = 'nobodys'", Long.class))
                .isZero();
        assertThat(limited.get("/users").statusCode()).isEqualTo(403);
        assertThat(limited.get("/audit").statusCode()).isEqualTo(403);
    }

    @Test
    void changesWhatAUserIsFromTheNextPageOnAndSaysWhatItWas() {
        Browser administrator = Browser.of(hub, "administrator");
        Browser changed = new Browser(hub);
        changed.login("of-the-desk", made("of-the-desk", Map.of("role", "viewer")));
        Map<String, String> engineer = Map.of("role", "engineer", "sees", "only", "partner", "health");
        assertThat(changed.get("/workbench").statusCode()).isEqualTo(403);

        administrator.post("/users/of-the-desk/change", engineer);
        assertThat(changed.get("/workbench").statusCode())
                .as("without a reason")
                .isEqualTo(403);
        administrator.post("/users/of-the-desk/change", Map.of("role", "engineer", "sees", "only", "reason", "moves"));
        assertThat(changed.get("/workbench").statusCode()).as("with no partner").isEqualTo(403);
        administrator.post("/users/of-the-desk/change", with(engineer, "reason", "moves to the workbench"));

        assertThat(changed.get("/workbench").statusCode()).isEqualTo(200);
        assertThat(changed.get("/find").body()).as("what the page offers").contains("href=\"/workbench\"");
        assertThat(changed.get("/partners/economy").statusCode()).isEqualTo(403);
        assertThat(details("of-the-desk"))
                .last()
                .isEqualTo("user-changed roles [ENGINEER], health; before: roles [VIEWER], all partners;"
                        + " moves to the workbench");
        assertThat(administrator.get("/users/of-the-desk?lang=en").body())
                .containsPattern("<input [^>]*\"health\"[^>]*checked|<input [^>]*checked[^>]*\"health\"")
                .containsPattern("<input [^>]*\"engineer\"[^>]*checked|<input [^>]*checked[^>]*\"engineer\"")
                .doesNotContainPattern("<input [^>]*\"viewer\"[^>]*checked|<input [^>]*checked[^>]*\"viewer\"");
    }

    @Test
    void removesAUserWhoseNameNobodyGetsAgain() {
        Browser administrator = Browser.of(hub, "administrator");
        Browser removed = new Browser(hub);
        removed.login("gone-soon", made("gone-soon", Map.of("role", "viewer")));

        administrator.post("/users/gone-soon/remove", Map.of());
        assertThat(removed.get("/find").statusCode()).as("without a reason").isEqualTo(200);
        assertThat(location(administrator.post("/users/gone-soon/remove", Map.of("reason", "left the city"))))
                .isEqualTo("/users");

        assertThat(location(removed.get("/find"))).isEqualTo("/login");
        assertThat(administrator.get("/users?lang=en").body())
                .contains("Removed. The name stays in the audit")
                .doesNotContain("/users/gone-soon");
        assertThat(administrator.get("/users/gone-soon").statusCode()).isEqualTo(404);
        assertThat(administrator
                        .post("/users", Map.of("name", "gone-soon", "role", "viewer"))
                        .body())
                .contains("is or was that of somebody");
        assertThat(details("gone-soon"))
                .last()
                .isEqualTo("user-removed before: roles [VIEWER], all partners; left the city");
        assertThat(Browser.of(hub, "auditor").get("/audit?target=gone-soon").body())
                .contains("left the city");
    }

    @Test
    void letsNoAdministratorTakeHisOwnRight() {
        Browser administrator = Browser.of(hub, "administrator");
        administrator.get("/?lang=en");
        String own = "/users/administrator";

        for (Map.Entry<String, Map<String, String>> act : Map.of(
                        "/remove", REASON,
                        "/enabled", with(REASON, "enabled", "false"),
                        "/change", with(REASON, "role", "viewer", "sees", "all"))
                .entrySet()) {
            assertThat(location(administrator.post(own + act.getKey(), act.getValue())))
                    .isEqualTo(own);
            assertThat(administrator.get(own).body()).as(act.getKey()).contains("Another administrator must do it");
        }

        assertThat(administrator.post(own + "/password", REASON).body())
                .contains("Another administrator must do it")
                .doesNotContain("class=\"secret\"");
        assertThat(location(administrator.post(own + "/change", with(REASON, "role", "engineer", "sees", "all"))))
                .isEqualTo(own);
        assertThat(administrator.get("/workbench").statusCode())
                .as("no right of his own making")
                .isEqualTo(403);
        assertThat(administrator.get(own).body())
                .contains("/password")
                .doesNotContain(own + "/remove", own + "/enabled", own + "/change", own + "/password");
        assertThat(administrator.get("/users").statusCode()).isEqualTo(200);
    }

    private static Map<String, String> with(Map<String, String> fields, String... more) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private static List<String> details(String target) {
        return hub.sql()
                .queryForList(
                        "select concat_ws(' ', action, detail) from audit where target = ? order by id",
                        String.class,
                        target);
    }

    @Test
    void showsAPersonOfOnePartnerNothingOfTheOthers() {
        Browser limited = new Browser(hub);
        limited.login("of-health", made("of-health", Map.of("role", "operator", "partner", "health")));

        assertThat(limited.get("/cases/" + caseNo).statusCode()).isEqualTo(404);
        assertThat(limited.get("/messages/" + message).statusCode()).isEqualTo(404);
        assertThat(limited.get("/partners/economy").statusCode()).isEqualTo(403);
        assertThat(limited.post("/partners/economy/pause", REASON).statusCode()).isEqualTo(403);
        assertThat(limited.post("/deliveries/%s/replay".formatted(delivery), Map.of())
                        .statusCode())
                .isEqualTo(403);
        assertThat(limited.post("/find", Map.of("q", Applications.ID_NUMBER)).body())
                .doesNotContain(caseNo);
        assertThat(limited.get("/").body()).contains("/partners/health").doesNotContain("/partners/economy");
        assertThat(limited.get("/parked").body()).doesNotContain(caseNo);
        assertThat(limited.get("/partners/health").statusCode()).isEqualTo(200);
    }

    @Test
    void givesTheAuditAwayAsAFileThatRunsNothing() {
        Browser.of(hub, "operator").post("/partners/housing/pause", Map.of("reason", "=cmd|' /C calc'!A0"));
        Browser.of(hub, "operator").post("/partners/housing/resume", REASON);
        Browser auditor = Browser.of(hub, "auditor");

        HttpResponse<String> file = auditor.get("/audit.csv?target=housing");

        assertThat(file.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
        assertThat(file.body()).contains("pause,housing", "'=cmd").doesNotContain(",=cmd");
        assertThat(auditor.get("/audit?what=audit-exported").body()).contains("auditor");
        assertThat(auditor.get("/audit?who=nobody-of-this-name").body()).doesNotContain("housing");
    }

    @Test
    void takesAnothersPasswordForNothingButMakingOnesOwn() {
        Browser newcomer = new Browser(hub);
        String given = shownOnce("newcomer", Map.of("role", "viewer"));
        newcomer.login("newcomer", given);

        assertThat(location(newcomer.get("/find"))).isEqualTo("/password");
        assertThat(newcomer.get("/password?lang=en").body()).contains("make your own before you go on");
        newcomer.post("/password", Map.of("old", "wrong", "password", OWN, "again", OWN));
        assertThat(newcomer.get("/password").body()).contains("the old password is wrong");
        newcomer.post("/password", Map.of("old", given, "password", OWN, "again", OWN + "?"));
        assertThat(newcomer.get("/password").body()).contains("the same twice");
        newcomer.post("/password", Map.of("old", given, "password", OWN, "again", OWN));
        assertThat(newcomer.get("/password").body()).contains("The new password is in force");
        assertThat(newcomer.get("/find").statusCode()).isEqualTo(200);

        // When the password is changed again, somewhere else
        Browser another = new Browser(hub);
        assertThat(location(another.login("newcomer", OWN))).isEqualTo("/");
        another.post("/password", Map.of("old", OWN, "password", OWN + OWN, "again", OWN + OWN));

        assertThat(another.get("/find").statusCode()).isEqualTo(200);
        assertThat(location(newcomer.get("/find"))).isEqualTo("/login");
        assertThat(actions("newcomer")).containsExactly("user-made", "login-refused", "own-password", "own-password");
    }

    @Test
    void givesNobodyTheNameOfAPartnerOrAProgram() {
        Browser administrator = Browser.of(hub, "administrator");
        administrator.get("/?lang=en");

        for (String name : List.of("health", "operator-night", "hub")) {
            assertThat(administrator
                            .post("/users", Map.of("name", name, "role", "viewer"))
                            .body())
                    .as(name)
                    .contains("Choose another")
                    .doesNotContain("class=\"secret\"");
        }
    }

    @Test
    void searchesForPersonsOnlySoOften() {
        Browser curious = new Browser(hub);
        curious.login("curious", made("curious", Map.of("role", "viewer")));
        curious.get("/?lang=en");
        Map<String, String> person = Map.of("q", Applications.ID_NUMBER);

        for (int search = 0; search < 4; search++) {
            assertThat(curious.post("/find", person).body()).contains(caseNo);
        }

        assertThat(curious.post("/find", person).body())
                .contains("You have searched by ID number 4 times")
                .doesNotContain(caseNo);
        assertThat(hub.sql()
                        .queryForList(
                                "select action from audit where actor = 'curious' and action like 'search%' order by id",
                                String.class))
                .containsExactly("search", "search", "search", "search", "search-refused");
    }

    /** More than what is read at once. */
    @Test
    void waitsForALongFormWithoutTakingItForAnotherSites() {
        Browser operator = Browser.of(hub, "operator");
        Map<String, String> longer = Map.of("q", caseNo, "more", "x".repeat(10_000), "reason", "seen in a test");

        assertThat(location(operator.post("/find", longer))).isEqualTo("/cases/" + caseNo);
        assertThat(operator.postBare("/partners/grain/pause", longer).statusCode())
                .isEqualTo(403);
        assertThat(location(new Browser(hub).login("operator", "x".repeat(10_000))))
                .isEqualTo("/login?refused");
    }

    @Test
    void givesUpAFormThatDoesNotCome() throws IOException {
        URI address = URI.create(hub.address());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
            socket.getOutputStream()
                    .write(("POST /login HTTP/1.1\r\nHost: hub\r\nAccept: text/html\r\nContent-Length: 100\r\n"
                                    + "Content-Type: application/x-www-form-urlencoded\r\n\r\nusername=")
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine())
                    .startsWith("HTTP/1.1 408");
        }
    }

    /** Makes a user, who makes a password of his own. */
    private static String made(String name, Map<String, String> more) {
        String given = shownOnce(name, more);
        Browser owner = new Browser(hub);
        owner.login(name, given);
        owner.post("/password", Map.of("old", given, "password", OWN, "again", OWN));
        return OWN;
    }

    /** Makes a user on the administrator's page, and takes the password that it shows once. */
    private static String shownOnce(String name, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>(more);
        form.put("name", name);
        String page = Browser.of(hub, "administrator").post("/users", form).body();
        Matcher password = Pattern.compile("class=\"secret\">([^<]+)<").matcher(page);
        assertThat(password.find()).as(page).isTrue();
        return password.group(1);
    }

    /** One of the departments is closed for all of the century. */
    private static String closed(String partnerFile) {
        return partnerFile.contains("partner: disabled-federation")
                ? partnerFile
                        + "hours: {working-days: [\"00:00-24:00\"], rest-days: [\"00:00-24:00\"],"
                        + " closed: [{from: \"2020-01-01 00:00\", to: \"2100-01-01 00:00\"}]}\n"
                : partnerFile;
    }

    private static JsonNode incidents(String partner, String state) {
        return hub.operatorSees("/incidents?partner=" + partner).path(state);
    }

    /** The page to which an act leads. */
    private static String toldAfter(Browser browser, String number, String act, Map<String, String> fields) {
        return browser.get(location(browser.post("/incidents/%s/%s".formatted(number, act), fields)))
                .body();
    }

    /** As the figures say. */
    private static long waiting(String partner) {
        return hub.operatorSees("/partners")
                .valueStream()
                .filter(line -> line.path("partner").asString().equals(partner))
                .mapToLong(line -> line.path("waiting").asLong())
                .sum();
    }

    private static Object lookedUntil() {
        return hub.sql().queryForObject("select until from incident_lease", OffsetDateTime.class);
    }

    private static List<String> actions(String target) {
        return hub.sql().queryForList("select action from audit where target = ? order by id", String.class, target);
    }

    private static String parked(String caseNo) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> hub.sql()
                                .queryForList(
                                        "select id::text from delivery where case_no = ? and state = 'parked'",
                                        String.class,
                                        caseNo),
                        found -> !found.isEmpty())
                .get(0);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("none: " + answer.statusCode());
    }

    private static String main(String page) {
        return page.substring(page.indexOf("<main"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
