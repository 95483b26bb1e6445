package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.packaged.Workplace;
import org.shuniu.store.DatabaseAddress;

/** What strangers can do at the console's door of two processes on one database, and what they can't keep people from. */
class DoorTest {

    private static final String BEGIN = "/login/to/oidc";
    private static final String REFUSED = "/login/oidc/refused";
    private static final String FORM_COOKIE = "shuniu-form";
    private static final String OIDC_COOKIE = "shuniu-oidc";
    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Sessions at a time, and the most of all that either process has places for. */
    private static final int SESSIONS = 3;

    private static final int MORE_THAN_ANY_BOUND = 300;

    @TempDir
    static Path directory;

    private static IdentityProvider provider;
    private static RunningHub hub;
    private static RunningHub other;

    @BeforeAll
    static void start() throws Exception {
        provider = new IdentityProvider(Workplace.freePort());
        provider.open();
        Path first = directory.resolve("first");
        Path secrets = Files.createDirectories(first.resolve("data/secrets"));
        Files.writeString(secrets.resolve("console-oidc-client-secret"), IdentityProvider.SECRET);
        String base = "http://127.0.0.1:" + Workplace.freePort();
        hub = RunningHub.start(first, settings(base));
        DatabaseAddress database = hub.bean(DatabaseAddress.class);
        other = RunningHub.start(
                directory.resolve("other"),
                Stream.concat(
                                Stream.of(settings(base)),
                                Stream.of(
                                        "--shuniu.database.embedded=false",
                                        "--shuniu.database.url=" + database.url(),
                                        "--shuniu.database.username=" + database.username(),
                                        "--shuniu.partners.disabled-federation.url="
                                                + database.url().replace("/shuniu", "/disabled_federation"),
                                        "--shuniu.secrets-dir=" + secrets))
                        .toArray(String[]::new));
    }

    /** @param base where the gateway before both processes is; no browser of this test goes through it */
    private static String[] settings(String base) {
        return new String[] {
            // Each process signs heads of its own; the door is tried here, and not that.
            "--shuniu.evidence.seal-every=1h",
            "--shuniu.console.sessions=" + SESSIONS,
            "--shuniu.console.oidc.enabled=true",
            "--shuniu.console.oidc.base-url=" + base,
            "--shuniu.console.oidc.issuer=" + provider.issuer(),
            "--shuniu.console.oidc.client-id=" + IdentityProvider.CLIENT,
            "--shuniu.console.oidc.groups-claim=access.groups",
            "--shuniu.console.oidc.deadline=120s",
            "--shuniu.console.oidc.groups[0].group=watch",
            "--shuniu.console.oidc.groups[0].roles=viewer",
            "--shuniu.console.oidc.groups[0].partners=all",
            "--server.forward-headers-strategy=native",
            "--server.tomcat.remoteip.internal-proxies=127[.]0[.]0[.]1"
        };
    }

    @AfterAll
    static void stop() {
        provider.close();
        other.close();
        hub.close();
    }

    @AfterEach
    void wellAgain() {
        provider.forgetful = false;
        for (RunningHub process : List.of(hub, other)) {
            process.clock().set(LocalDateTime.now(CITY));
        }
    }

    @Test
    void keepsAFormAndALoginThroughAFloodOfStrangers() {
        Browser person = new Browser(hub);
        String form = person.get("/login").body();
        be("s-1", "patient", "watch");
        Browser another = new Browser(hub);
        String answer = answer(another);

        for (int i = 0; i < MORE_THAN_ANY_BOUND; i++) {
            for (String path : List.of("/login", "/parked", BEGIN, "/login/oidc?code=none&state=none")) {
                HttpResponse<String> seen = stranger(path, "198.51.100.2");
                assertThat(seen.statusCode()).as(path).isIn(200, 302);
                assertThat(seen.headers().allValues("Set-Cookie"))
                        .as("a place in this process")
                        .noneMatch(cookie -> cookie.startsWith("shuniu="));
            }
        }

        assertThat(location(person.postFrom(form, "/login", viewer()))).isEqualTo("/");
        assertThat(person.get("/").statusCode()).isEqualTo(200);
        assertThat(location(another.get(answer))).isEqualTo("/");
        assertThat(hub.sql().queryForObject("select count(*) from console_used_login", Long.class))
                .as("of logins that were only begun nothing is kept")
                .isLessThan(MORE_THAN_ANY_BOUND);
    }

    /** The first four bytes of a sealed value name a month; these were sealed by nobody. */
    @Test
    void makesNothingOfWhatAStrangersCookieOnlySays() {
        String months = "select count(*) from month_key";
        Long before = hub.sql().queryForObject(months, Long.class);

        for (String cookie :
                List.of("AgEAAA", "AgEAAQ", "AgH__w", "AgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")) {
            assertThat(strangerWith("shuniu-form=" + cookie).statusCode()).isEqualTo(200);
        }

        assertThat(hub.sql().queryForObject(months, Long.class)).isEqualTo(before);
    }

    @Test
    void knowsTwoLanguagesWhateverAStrangerNames() {
        for (String language : List.of("en_US_a_b_a_b", "en-x-a", "de", "zh_TW", "no language")) {
            HttpResponse<String> kept = strangerWith("shuniu-lang=" + language.replace(' ', '+'));
            assertThat(kept.statusCode()).as(language).isEqualTo(200);
            assertThat(kept.body()).as(language).containsPattern("<html[^>]* lang=\"zh-CN\"");
            HttpResponse<String> asked = stranger("/login?lang=" + language.replace(' ', '+'), "198.51.100.2");
            assertThat(asked.body()).as(language).containsPattern("<html[^>]* lang=\"zh-CN\"");
            assertThat(asked.headers().allValues("Set-Cookie"))
                    .as(language)
                    .noneMatch(cookie -> cookie.startsWith("shuniu-lang"));
        }
        for (String known : List.of("en", "zh-CN")) {
            assertThat(strangerWith("shuniu-lang=" + known).body())
                    .containsPattern("<html[^>]* lang=\"%s\"".formatted(known));
            assertThat(stranger("/login?lang=" + known, "198.51.100.2")
                            .headers()
                            .allValues("Set-Cookie"))
                    .anyMatch(cookie -> cookie.startsWith("shuniu-lang=" + known));
        }
    }

    private static HttpResponse<String> strangerWith(String cookie) {
        return hub.send(HttpRequest.newBuilder(URI.create(hub.address() + "/login"))
                .header("Accept", "text/html")
                .header("Cookie", cookie));
    }

    @Test
    void takesAtOneProcessWhatAnotherHasBegun() {
        Browser person = new Browser(hub);
        assertThat(location(person.get("/parked"))).isEqualTo("/login");
        String form = person.get("/login").body();
        be("s-2", "wanderer", "watch");
        Browser another = new Browser(hub);
        String answer = answer(another);

        assertThat(location(person.at(other).postFrom(form, "/login", viewer())))
                .as("the page that was asked for at the first")
                .isEqualTo("/parked");
        assertThat(location(another.at(other).get(answer))).isEqualTo("/");
        assertThat(another.at(other).get("/").body()).contains("oidc:wanderer");
    }

    @Test
    void takesALoginOnceWhateverTheProviderForgets() {
        provider.forgetful = true;
        be("s-3", "once", "watch");
        Browser person = new Browser(hub);
        String answer = answer(person);
        String cookie = person.cookie(OIDC_COOKIE);
        assertThat(location(person.get(answer))).isEqualTo("/");

        for (RunningHub process : List.of(hub, other)) {
            Browser thief = new Browser(process);
            thief.keep(OIDC_COOKIE, cookie);

            assertThat(location(thief.get(answer))).isEqualTo(REFUSED);

            assertThat(thief.get(REFUSED + "?lang=en").body()).contains("was used already");
            assertThat(location(thief.get("/"))).isEqualTo("/login");
        }
        assertThat(person.cookie(OIDC_COOKIE)).as("after the login").isEmpty();
    }

    @Test
    void takesNothingThatWasChanged() {
        Browser person = new Browser(hub);
        String form = person.get("/login").body();
        person.keep(FORM_COOKIE, changed(person.cookie(FORM_COOKIE)));
        be("s-4", "changed", "watch");
        Browser another = new Browser(hub);
        String answer = answer(another);
        another.keep(OIDC_COOKIE, changed(another.cookie(OIDC_COOKIE)));
        Browser third = new Browser(hub);
        third.get("/login");

        assertThat(location(person.postFrom(form, "/login", viewer()))).isEqualTo("/login?expired");
        assertThat(location(third.postFrom(form, "/login", viewer())))
                .as("a form of another browser")
                .isEqualTo("/login?expired");
        assertThat(location(another.get(answer))).isEqualTo(REFUSED);
        assertThat(location(another.get("/"))).isEqualTo("/login");
    }

    @Test
    void takesNothingWhoseTimeIsOver() {
        Browser person = new Browser(hub);
        String form = person.get("/login").body();
        String token = person.cookie(FORM_COOKIE);
        be("s-5", "late", "watch");
        Browser another = new Browser(hub);
        String answer = answer(another);

        hub.clock().set(LocalDateTime.now(CITY).plusMinutes(9));
        String shownAgain = person.get("/login").body();
        assertThat(person.cookie(FORM_COOKIE)).as("its time begins anew").isNotEqualTo(token);
        hub.clock().set(LocalDateTime.now(CITY).plusMinutes(11));
        assertThat(location(another.get(answer))).isEqualTo(REFUSED);
        hub.clock().set(LocalDateTime.now(CITY).plusMinutes(38));
        assertThat(location(person.postFrom(form, "/login", Map.of("username", "viewer", "password", "wrong"))))
                .as("a form in another window, while the later one is good")
                .isEqualTo("/login?refused");
        hub.clock().set(LocalDateTime.now(CITY).plusMinutes(90));
        assertThat(location(person.postFrom(shownAgain, "/login", viewer()))).isEqualTo("/login?expired");
    }

    @Test
    void keepsPlacesAtTheProviderForOtherAddresses() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> slow = new ArrayList<>();
        ExecutorService strangers = Executors.newCachedThreadPool();
        String from = "198.51.100.1";
        for (int i = 0; i < 4; i++) {
            slow.add(CompletableFuture.supplyAsync(() -> slowly(from), strangers));
        }
        await().atMost(PATIENCE).until(() -> provider.waiting.get() == 4);

        assertThat(slowly(from).headers().firstValue("Location")).hasValue(REFUSED);
        for (int i = 0; i < MORE_THAN_ANY_BOUND; i++) {
            assertThat(location(stranger("/login/oidc?code=slow&state=made-up", from)))
                    .isEqualTo(REFUSED);
        }
        assertThat(provider.waiting.get()).isEqualTo(4);
        be("s-6", "elsewhere", "watch");
        Browser person = new Browser(hub, "203.0.113.5");

        assertThat(location(come(person))).isEqualTo("/");

        assertThat(slow).noneMatch(CompletableFuture::isDone);
        strangers.shutdown();
    }

    @Test
    void knowsAPersonByTheProvidersNumberWhateverHeIsCalled() {
        be("s-7", "first-name", "watch");
        come(new Browser(hub));
        be("s-7", "new-name", "watch");
        Browser renamed = new Browser(hub);
        come(renamed);
        assertThat(renamed.get("/").body()).contains("oidc:first-name").doesNotContain("oidc:new-name");
        assertThat(audit("oidc:first-name")).last().asString().contains("whom the provider calls new-name now");

        be("s-8", "First-Name", "watch");
        Browser taker = new Browser(other);
        assertThat(location(come(taker))).isEqualTo(REFUSED);

        assertThat(taker.get(REFUSED + "?lang=en").body()).contains("another person’s here");
        assertThat(taker.get(REFUSED + "?lang=zh-CN").body()).contains("另一个人").doesNotContain("??");
        assertThat(location(taker.get("/"))).isEqualTo("/login");
        assertThat(hub.sql()
                        .queryForObject(
                                "select detail from audit where action = 'login-refused' order by id desc limit 1",
                                String.class))
                .contains("First-Name", "another one");
        assertThat(renamed.get("/").statusCode()).as("whose name it is").isEqualTo(200);

        Browser administrator = Browser.of(hub, "administrator");
        assertThat(administrator.get("/users?lang=en").body())
                .contains("People of single sign-on", "first-name", "s-7");
        administrator.post("/users/oidc/release", Map.of("name", "first-name"));
        assertThat(renamed.get("/").statusCode()).as("without a reason").isEqualTo(200);
        administrator.post("/users/oidc/release", Map.of("name", "first-name", "reason", "left the city"));
        assertThat(location(renamed.get("/"))).isEqualTo("/login");
        assertThat(audit("administrator"))
                .anyMatch(line -> line.startsWith("name-released oidc:first-name") && line.endsWith("; left the city"));
        assertThat(location(come(taker))).isEqualTo("/");
    }

    @Test
    void endsAtEveryProcessWhatALoginGave() {
        be("s-11", "everywhere", "watch");
        Browser first = new Browser(other);
        come(first);
        assertThat(first.get("/").statusCode()).isEqualTo(200);

        Browser second = new Browser(hub);
        come(second);
        assertThat(location(first.get("/"))).as("after another login").isEqualTo("/login");

        be("s-11", "everywhere", "none-of-these");
        come(new Browser(other));
        assertThat(location(second.get("/"))).as("after one that was refused").isEqualTo("/login");

        be("s-11", "everywhere", "watch");
        Browser third = new Browser(other);
        come(third);
        Browser.of(hub, "administrator")
                .post("/users/oidc/release", Map.of("name", "everywhere", "reason", "left the city"));
        assertThat(location(third.get("/"))).as("after the release").isEqualTo("/login");
    }

    @Test
    void givesNobodyWithoutAccessAName() {
        be("s-9", "wanted", "none-of-these");
        assertThat(location(come(new Browser(hub)))).isEqualTo(REFUSED);
        be("s-10", "wanted", "watch");

        assertThat(location(come(new Browser(hub)))).isEqualTo("/");
    }

    @Test
    void countsFailedLoginsOfAllProcesses() {
        for (RunningHub process : List.of(hub, other, hub, other, hub)) {
            assertThat(location(guess(process, "approver", "wrong"))).isEqualTo("/login?refused");
            assertThat(location(guess(process, "no-such-name", "wrong"))).isEqualTo("/login?refused");
        }
        String right = hub.secret("console-approver-password");

        assertThat(location(guess(other, "approver", right))).isEqualTo("/login?refused");
        assertThat(audit("hub"))
                .as("one as the other")
                .anyMatch(line -> line.startsWith("locked approver"))
                .anyMatch(line -> line.startsWith("locked console a name that nobody has"));
        assertThat(location(new Browser(other).login("approver", right)))
                .as("from another address")
                .isEqualTo("/");
    }

    @Test
    void tellsStrangersNothingByItsFigures() {
        for (String path : List.of("", "/prometheus", "/health/partners", "/health/db", "/env", "/beans", "/metrics")) {
            assertThat(hub.send(HttpRequest.newBuilder(URI.create(hub.address() + "/actuator" + path)))
                            .statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
        assertThat(hub.send(HttpRequest.newBuilder(URI.create(hub.address() + "/actuator/health")))
                        .body())
                .contains("status")
                .doesNotContain("components", "partners");
        assertThat(hub.send(HttpRequest.newBuilder(URI.create(hub.address() + "/actuator/health/readiness")))
                        .body())
                .isEqualTo("{\"status\":\"UP\"}");
        assertThat(hub.send(hub.request("/actuator/prometheus", "metrics-token"))
                        .body())
                .contains("shuniu_");
        assertThat(hub.send(hub.request("/ops/v1/parked", "metrics-token")).statusCode())
                .isEqualTo(403);
    }

    /** Their tokens are for what is theirs. */
    @Test
    void tellsPartnersNothingByItsFigures() {
        for (String token :
                List.of("acceptance-platform-token", "portal-token", "economy-callback-token", "engineer-token")) {
            for (String path : List.of("", "/prometheus", "/health/partners", "/health/db", "/env", "/heapdump")) {
                assertThat(hub.send(hub.request("/actuator" + path, token)).statusCode())
                        .as("%s with %s", path, token)
                        .isIn(401, 403, 404);
            }
            assertThat(hub.send(hub.request("/actuator/health", token)).body())
                    .as(token)
                    .doesNotContain("components", "partners");
        }
    }

    /** Somebody who keeps no cookie. */
    private static HttpResponse<String> stranger(String path, String from) {
        return hub.send(HttpRequest.newBuilder(URI.create(hub.address() + path))
                .header("Accept", "text/html")
                .header("X-Forwarded-For", from));
    }

    private static HttpResponse<String> guess(RunningHub process, String name, String password) {
        return new Browser(process, "198.51.100.7").login(name, password);
    }

    /** Comes back from the provider with a code that it answers late. */
    private static HttpResponse<String> slowly(String from) {
        Browser stranger = new Browser(hub, from);
        String state = IdentityProvider.fields(
                        URI.create(location(stranger.get(BEGIN))).getRawQuery())
                .get("state");
        return stranger.get(
                "/login/oidc?code=%s&state=%s".formatted(IdentityProvider.SLOW_CODE, state.replace("=", "%3D")));
    }

    private static Map<String, String> viewer() {
        return Map.of("username", "viewer", "password", hub.secret("console-viewer-password"));
    }

    private static String changed(String value) {
        int middle = value.length() / 2;
        return value.substring(0, middle) + (value.charAt(middle) == 'A' ? 'B' : 'A') + value.substring(middle + 1);
    }

    private static void be(String subject, String name, String... groups) {
        provider.person = new IdentityProvider.Person(subject, name, List.of(groups));
    }

    private static HttpResponse<String> come(Browser browser) {
        return browser.get(answer(browser));
    }

    /** Where the provider sends somebody who was sent to it, behind the gateway. */
    private static String answer(Browser browser) {
        String back = location(hub.send(HttpRequest.newBuilder(URI.create(location(browser.get(BEGIN))))));
        assertThat(back).contains("/login/oidc?");
        return back.substring(back.indexOf("/login/oidc?"));
    }

    private static List<String> audit(String actor) {
        return hub.sql()
                .queryForList(
                        "select concat_ws(' ', action, target, detail) from audit where actor = ? order by id",
                        String.class,
                        actor);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("none: " + answer.statusCode());
    }
}
