package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shuniu.packaged.Workplace;

/** Login by OpenID Connect beside the local users: who gets in by which door, as what, and what whoever does not is told. */
class OidcLoginTest {

    private static final String BEGIN = "/login/to/oidc";
    private static final String REFUSED = "/login/oidc/refused";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static IdentityProvider provider;
    private static RunningHub hub;
    private static String caseNo;

    /** What was seen before the provider answered for the first time. */
    private static String loginWhileAway;

    private static String refusedWhileAway;
    private static String localWhileAway;

    @BeforeAll
    static void start() throws Exception {
        provider = new IdentityProvider(Workplace.freePort());
        Path secrets = Files.createDirectories(directory.resolve("data/secrets"));
        Files.writeString(secrets.resolve("console-oidc-client-secret"), IdentityProvider.SECRET);
        hub = RunningHub.start(
                directory,
                "--shuniu.console.oidc.enabled=true",
                "--shuniu.console.oidc.issuer=" + provider.issuer(),
                "--shuniu.console.oidc.client-id=" + IdentityProvider.CLIENT,
                "--shuniu.console.oidc.groups-claim=access.groups",
                "--shuniu.console.oidc.button.en=Log in at the city",
                "--shuniu.console.oidc.groups[0].group=watch",
                "--shuniu.console.oidc.groups[0].roles=viewer",
                "--shuniu.console.oidc.groups[0].partners=all",
                "--shuniu.console.oidc.groups[1].group=steer-health",
                "--shuniu.console.oidc.groups[1].roles=operator",
                "--shuniu.console.oidc.groups[1].partners=health",
                "--shuniu.console.oidc.groups[2].group=approve",
                "--shuniu.console.oidc.groups[2].roles=approver",
                "--shuniu.console.oidc.groups[2].partners=all");
        Browser early = new Browser(hub);
        assertThat(location(early.get(BEGIN))).isEqualTo(REFUSED);
        refusedWhileAway = early.get(REFUSED + "?lang=en").body();
        loginWhileAway = early.get("/login?lang=en").body();
        localWhileAway = location(early.login("viewer", hub.secret("console-viewer-password")));
        provider.open();
        await().atMost(PATIENCE)
                .until(() -> location(new Browser(hub).get(BEGIN)).startsWith(provider.issuer()));
        hub.fault("economy", "garbage");
        caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
        await().atMost(PATIENCE)
                .until(() -> hub.sql()
                        .queryForObject(
                                "select count(*) = 1 from delivery where case_no = ? and state = 'parked'",
                                Boolean.class,
                                caseNo));
    }

    @AfterAll
    static void stop() {
        hub.close();
        provider.close();
    }

    @BeforeEach
    void wellAgain() {
        provider.fault = IdentityProvider.Fault.NONE;
        provider.curve = false;
    }

    @Test
    void startsAndLetsLocalUsersInWhileTheProviderIsAway() throws Exception {
        assertThat(loginWhileAway)
                .contains("the provider of single sign-on could not be used: it does not answer", "Log in at the city")
                .contains("name=\"password\"");
        assertThat(refusedWhileAway).contains("cannot be used now");
        assertThat(localWhileAway).doesNotContain("login");
        assertThat(Files.readString(directory.resolve("hub.log")))
                .contains("The provider of OpenID Connect at", "cannot be used: it does not answer")
                .doesNotContain(IdentityProvider.SECRET);
        assertThat(new Browser(hub).get("/login?lang=en").body())
                .as("it answers again")
                .doesNotContain("could not be used");
    }

    @Test
    void letsPeopleInByBothDoorsEachUnderItsOwnName() {
        be("s-1", "administrator", "watch");
        Browser browser = new Browser(hub);
        String before = cookie(browser.get("/login"));
        assertThat(location(browser.get("/parked"))).isEqualTo("/login");

        HttpResponse<String> come = come(browser);

        assertThat(location(come)).as("the page that was asked for").startsWith("/parked");
        assertThat(cookie(come)).as("the session's id").isNotEmpty().isNotEqualTo(before);
        assertThat(browser.get("/").body()).contains("oidc:administrator").doesNotContain("href=\"/password\"");
        assertThat(browser.get("/password").statusCode()).isEqualTo(404);
        assertThat(browser.get("/users").statusCode()).as("of the local user's").isEqualTo(403);
        assertThat(audit("oidc:administrator"))
                .anySatisfy(line -> assertThat(line)
                        .contains("login", "subject s-1", "groups [watch]", "roles viewer, all partners"));
        assertThat(location(new Browser(hub).login("oidc:administrator", ""))).isEqualTo("/login?refused");
        Browser local = Browser.of(hub, "administrator");
        assertThat(local.get("/users").statusCode()).isEqualTo(200);
        assertThat(local.get("/users").body()).doesNotContain("oidc:");
        assertThat(local.get("/password").statusCode()).isEqualTo(200);
    }

    @Test
    void asksTheProviderWithProofStateAndNonce() {
        Map<String, String> asked = IdentityProvider.fields(
                URI.create(location(new Browser(hub).get(BEGIN))).getRawQuery());

        assertThat(asked)
                .containsEntry("client_id", IdentityProvider.CLIENT)
                .containsEntry("redirect_uri", hub.address() + "/login/oidc")
                .containsEntry("code_challenge_method", "S256")
                .containsKeys("code_challenge", "state", "nonce")
                .doesNotContainKey("client_secret");
        assertThat(Arrays.asList(asked.get("scope").split(" "))).contains("openid", "profile");
    }

    @Test
    void takesTokensOfBothAlgorithms() {
        be("s-2", "curve", "watch");
        provider.curve = true;

        assertThat(location(come(new Browser(hub)))).isEqualTo("/");
    }

    @Test
    void showsAPersonThePartnersOfHisGroupAlone() {
        be("s-3", "limited", "steer-health", "unknown");
        Browser limited = new Browser(hub);
        come(limited);

        assertThat(limited.get("/partners/health").statusCode()).isEqualTo(200);
        assertThat(limited.get("/partners/economy").statusCode()).isEqualTo(403);
        assertThat(limited.get("/").body()).contains("/partners/health").doesNotContain("/partners/economy");
        assertThat(limited.get("/cases/" + caseNo).statusCode()).isEqualTo(404);
        assertThat(limited.post("/partners/economy/pause", Map.of("reason", "seen in a test"))
                        .statusCode())
                .isEqualTo(403);
        limited.post("/partners/health/pause", Map.of("reason", "seen in a test"));
        limited.post("/partners/health/resume", Map.of("reason", "seen in a test"));
        assertThat(audit("oidc:limited")).anyMatch(line -> line.startsWith("pause health"));
    }

    @Test
    void takesRolesFromTheNewestTokenAndTellsWhichGroupIsMissing() {
        be("s-4", "changing", "watch");
        Browser browser = new Browser(hub);
        come(browser);
        assertThat(browser.get("/cases/" + caseNo).statusCode()).isEqualTo(200);
        be("s-4", "changing", "none-of-these");
        Browser later = new Browser(hub);

        assertThat(location(come(later))).isEqualTo(REFUSED);

        HttpResponse<String> page = later.get(REFUSED + "?lang=en");
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("no group that has a role", "watch", "steer-health", "approve");
        assertThat(later.get(REFUSED + "?lang=zh-CN").body()).contains("用户组").doesNotContain("??");
        assertThat(location(later.get("/"))).isEqualTo("/login");
        assertThat(refusals("oidc:changing")).hasSize(1);
        assertThat(location(browser.get("/"))).as("what the older login gave").isEqualTo("/login");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void refusesATokenThatIsNotOfHereAndNow(IdentityProvider.Fault fault) {
        be("s-5", "forged", "watch");
        provider.fault = fault;
        Browser browser = new Browser(hub);
        int before = refusals("console").size();

        assertThat(location(come(browser))).isEqualTo(REFUSED);

        assertThat(browser.get(REFUSED + "?lang=en").body()).contains("issuer, audience, time, signature or nonce");
        assertThat(location(browser.get("/"))).isEqualTo("/login");
        assertThat(refusals("console")).hasSize(before + 1).last().asString().contains("OpenID Connect, from");
        assertThat(audit("oidc:forged")).isEmpty();
    }

    @Test
    void takesNoAnswerThatItDidNotAskForAndFillsNoAuditWithIt() {
        be("s-6", "forger", "watch");
        Browser victim = new Browser(hub);
        victim.get("/login");
        String answer = answer(new Browser(hub));
        int before = refusals("console").size();

        HttpResponse<String> forged = victim.get(answer);
        Browser begun = new Browser(hub);
        begun.get(BEGIN);
        HttpResponse<String> otherState = begun.get(answer);
        Browser liar = new Browser(hub);
        String state = IdentityProvider.fields(
                        URI.create(location(liar.get(BEGIN))).getRawQuery())
                .get("state");
        HttpResponse<String> made = liar.get("/login/oidc?error=invalid_id_token&state=" + state.replace("=", "%3D"));

        assertThat(location(forged)).isEqualTo(REFUSED);
        assertThat(location(otherState)).isEqualTo(REFUSED);
        assertThat(location(made)).isEqualTo(REFUSED);
        assertThat(liar.get(REFUSED + "?lang=en").body()).contains("did not let you in");
        assertThat(begun.get(REFUSED + "?lang=en").body()).contains("Begin again");
        assertThat(location(victim.get("/"))).isEqualTo("/login");
        assertThat(refusals("console")).hasSize(before);
        assertThat(audit("oidc:forger")).isEmpty();
    }

    @Test
    void letsNobodyApproveHisOwnPlanUnderHisOtherName() {
        Browser local = Browser.of(hub, "operator");
        String plan = location(local.post(
                "/plans",
                Map.of("partner", "economy", "reason", "seen in a test", "speed", "1", "versions", "case-day")));
        assertThat(plan).startsWith("/plans/");
        be("s-7", "Operator@city.example", "approve");
        Browser same = new Browser(hub);
        come(same);

        same.post(plan + "/approve", Map.of());

        assertThat(same.get(plan + "?lang=en").body()).contains("You made this plan yourself");
        assertThat(state(plan)).isEqualTo("preview");
        Browser.of(hub, "administrator")
                .post(
                        "/users/oidc/release",
                        Map.of("name", "Operator@city.example", "reason", "is called otherwise now"));
        be("s-7", "renamed", "approve");
        Browser renamed = new Browser(hub);
        come(renamed);
        renamed.post(plan + "/approve", Map.of());
        assertThat(renamed.get(plan + "?lang=en").body()).contains("oidc:renamed", "You made this plan yourself");
        assertThat(state(plan)).as("under a name that he has since").isEqualTo("preview");
        be("s-8", "another", "approve");
        Browser another = new Browser(hub);
        come(another);
        another.post(plan + "/approve", Map.of());
        assertThat(audit("oidc:another")).anyMatch(line -> line.startsWith("plan-approved"));
    }

    @Test
    void logsOutHereAndAtTheProvider() {
        be("s-9", "leaving", "watch");
        Browser browser = new Browser(hub);
        come(browser);
        assertThat(browser.get("/").headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("form-action 'self' %s;".formatted(provider.issuer()))
                        .doesNotContain("unsafe"));

        String there = location(browser.post("/logout", Map.of()));

        assertThat(there).startsWith(provider.issuer() + "/logout?");
        assertThat(IdentityProvider.fields(URI.create(there).getRawQuery()))
                .containsEntry("client_id", IdentityProvider.CLIENT)
                .containsEntry("post_logout_redirect_uri", hub.address() + "/login?out")
                .hasEntrySatisfying("id_token_hint", hint -> assertThat(hint).contains("."));
        assertThat(location(browser.get("/"))).isEqualTo("/login");
        assertThat(location(Browser.of(hub, "viewer").post("/logout", Map.of())))
                .isEqualTo("/login?out");
    }

    private static void be(String subject, String name, String... groups) {
        provider.person = new IdentityProvider.Person(subject, name, List.of(groups));
    }

    /** Goes to the provider and comes back. */
    private static HttpResponse<String> come(Browser browser) {
        return browser.get(answer(browser));
    }

    /** Where the provider sends somebody who was sent to it, as an address of the hub. */
    private static String answer(Browser browser) {
        String there = location(browser.get(BEGIN));
        assertThat(there).startsWith(provider.issuer() + "/authorize?");
        String back = location(hub.send(HttpRequest.newBuilder(URI.create(there))));
        assertThat(back).startsWith(hub.address() + "/login/oidc?");
        return back.substring(hub.address().length());
    }

    private static String state(String planAddress) {
        return hub.sql()
                .queryForObject(
                        "select state from plan where id = ?::uuid",
                        String.class,
                        planAddress.substring("/plans/".length()));
    }

    private static List<String> audit(String actor) {
        return hub.sql()
                .queryForList(
                        "select concat_ws(' ', action, target, detail) from audit where actor = ? order by id",
                        String.class,
                        actor);
    }

    private static List<String> refusals(String target) {
        return hub.sql()
                .queryForList(
                        "select detail from audit where action = 'login-refused' and target = ? order by id",
                        String.class,
                        target);
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("shuniu="))
                .findFirst()
                .orElse("");
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("none: " + answer.statusCode());
    }
}
