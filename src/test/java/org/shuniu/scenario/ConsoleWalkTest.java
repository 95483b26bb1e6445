package org.shuniu.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People at the console in a real Chromium, in both languages; screenshots of every page go to target/screenshots. */
class ConsoleWalkTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    /** Milliseconds: how busy the machine is decides nothing. */
    private static final double PATIENT = 60_000;

    private static final List<Integer> WIDTHS = List.of(1280, 1920);

    @TempDir
    static Path directory;

    private static RunningHub hub;
    private static Playwright playwright;
    private static Browser chromium;

    @BeforeAll
    static void start() {
        assumeTrue(Files.isExecutable(CHROMIUM), "There is no /usr/bin/chromium: nobody walks through the console");
        hub = RunningHub.start(directory, "--shuniu.reports.every=200ms");
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENT);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    static void stop() {
        if (hub != null) {
            playwright.close();
            hub.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void findsAStuckCaseReadsWhyAndSendsItAgain(String language) throws IOException {
        Properties words = words(language);
        String caseNo = stuck();
        Page page = login("operator", language);

        // When the operator types the number and presses Enter
        page.getByRole(AriaRole.SEARCHBOX).fill(caseNo);
        page.keyboard().press("Enter");

        // Then the case says why it is stuck, whose fault that is and whose turn
        assertThat(page.locator(".turn")).containsText(before(words, "turn.person"));
        assertThat(page.locator("tr.bad").first()).containsText(words.getProperty("fault.receiver"));
        String reason = hub.sql()
                .queryForObject(
                        "select reason from delivery where case_no = ? and state = 'parked'", String.class, caseNo);
        assertThat(page.locator("tr.bad code").first()).hasText(reason);
        shoot(page, language, "case-parked");

        // When it is sent again
        page.getByText(words.getProperty("act.replay"), exact()).click();
        page.locator("input[id^='y-']").first().fill("the department is well again");
        page.getByRole(AriaRole.BUTTON, named(words, "act.replay.button")).click();

        // Then nothing says that it is there before it is
        assertThat(page.getByRole(AriaRole.STATUS)).containsText(words.getProperty("told.replayed"));
        hub.awaitStatus(caseNo, "60");
        page.reload();
        assertThat(page.locator("table").first()).containsText(words.getProperty("state.delivered"));
        assertThat(hub.effects("economy", caseNo)).containsExactly("application");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void recoversAllThatIsParkedWithASecondPerson(String language) throws IOException {
        Properties words = words(language);
        String caseNo = stuck();
        Page page = login("operator", language);

        // When the operator plans it from what is parked
        page.navigate(hub.address() + "/parked?partner=economy");
        page.getByText(words.getProperty("plan.make"), exact()).click();
        shoot(page, language, "plan-new");
        page.getByLabel(words.getProperty("reason"), new Page.GetByLabelOptions().setExact(true))
                .fill("the department is well again");
        page.keyboard().press("Enter");

        // Then it waits for a second person, who sees what it would do
        assertThat(page.locator("#live")).containsText(words.getProperty("plan.is.preview"));
        shoot(page, language, "plan-preview");
        Page second = login("approver", language);
        second.navigate(page.url());
        second.getByRole(AriaRole.BUTTON, named(words, "plan.approve")).click();

        // Then the maker's page says by itself how far it is, and in the end what became of it
        assertThat(page.locator("#live")).containsText(words.getProperty("plan.is.done"));
        assertThat(page.locator(".live")).containsText(words.getProperty("plan.report.over"));
        hub.awaitStatus(caseNo, "60");
        assertThat(hub.effects("economy", caseNo)).containsExactly("application");
        shoot(page, language, "plan-done");
        page.navigate(hub.address() + "/plans");
        shoot(page, language, "plans");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void pausesAPartnerByKeyboardAndResumesIt(String language) throws IOException {
        Properties words = words(language);
        Page page = login("operator", language);
        page.locator("#line-health").press("Enter");

        page.locator("#reason").fill("maintenance");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.STATUS).first()).containsText(words.getProperty("told.paused"));
        assertThat(page.locator("main")).containsText(words.getProperty("line.is.operator"));
        shoot(page, language, "partner-paused");

        page.locator("#reason").fill("maintenance is over");
        page.getByRole(AriaRole.BUTTON, named(words, "act.resume")).click();
        assertThat(page.locator("main")).containsText(words.getProperty("pauses.none"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void unmasksABodyWithAReason(String language) throws IOException {
        Properties words = words(language);
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
        Page page = login("engineer", language);
        page.getByRole(AriaRole.SEARCHBOX).fill(caseNo);
        page.keyboard().press("Enter");
        page.locator("table a[href^='/messages/']").first().click();
        assertThat(page.locator("pre")).not().containsText(Applications.NAME);
        shoot(page, language, "message-masked");

        page.getByLabel(words.getProperty("body.reason")).fill("the department asks about it");
        page.getByRole(AriaRole.BUTTON, named(words, "body.button")).click();

        assertThat(page.locator("pre")).containsText(Applications.NAME);
        shoot(page, language, "message-open");
        Page audit = login("auditor", language);
        audit.navigate(hub.address() + "/audit?who=engineer");
        assertThat(audit.locator("table")).containsText("the department asks about it");
        shoot(audit, language, "audit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void readsAReportAndTakesItAway(String language) throws IOException {
        Properties words = words(language);
        hub.awaitStatus(hub.caseOf(Applications.online(Applications.ECONOMY)), "60");
        hub.awaitStatus(hub.caseOf(Applications.atCounter(Applications.HEALTHCARE, "")), "60");
        Page page = login("viewer", language);
        List<String> faults = complaints(page);
        page.getByRole(AriaRole.LINK, named(words, "reports.title")).click();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            page.reload();
            return page.locator("#cases-table tfoot td").count() > 0;
        });

        // Then each chart is drawn of the table beside it
        assertThat(page.locator(".chart canvas")).hasCount(4);
        shoot(page, language, "reports-time");

        // When it is asked by department
        page.locator("#by").selectOption("department");
        page.getByRole(AriaRole.BUTTON, named(words, "reports.show")).click();
        assertThat(page.locator("#cases-table tbody tr").first()).isVisible();
        assertThat(page.locator(".chart canvas")).hasCount(4);
        assertThat(page).hasURL(Pattern.compile(".*/reports\\?.*by=department.*"));
        shoot(page, language, "reports-department");

        // Then it can be taken away as it is shown
        Download download = page.waitForDownload(() ->
                page.getByRole(AriaRole.BUTTON, named(words, "reports.xlsx")).click());
        assertThat(download.suggestedFilename())
                .startsWith("shuniu-department-day-")
                .endsWith(".xlsx");
        page.navigate(hub.address() + "/reports?by=item&to=2020-01-01");
        assertThat(page.locator(".empty")).hasText(words.getProperty("reports.none"));
        shoot(page, language, "reports-empty");
        assertThat(faults).as("complaints of the browser").isEmpty();
    }

    @Test
    void isLookedAtOnEveryPage() {
        stuck();
        hub.fault("healthcare-security", "down");
        for (int i = 0; i < 12; i++) {
            hub.caseOf(Applications.online(Applications.HEALTHCARE));
        }
        hub.operate("/partners/grain/pause", "{\"reason\":\"move of the server room\"}");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> hub.operatorSees("/partners").toString().contains("circuit"));
        for (String language : List.of("zh-CN", "en")) {
            Page page = login("operator", language);
            List<String> faults = complaints(page);
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                page.navigate(hub.address() + "/");
                return page.locator("ol.urgent > li").count() >= 3;
            });
            shoot(page, language, "now");
            // The moving part comes again by itself, and still fits the page.
            page.waitForResponse(answer -> answer.url().endsWith("/live"), () -> {});
            for (String path : List.of("/find?partner=economy", "/parked", "/partners/healthcare-security")) {
                page.navigate(hub.address() + path);
                shoot(page, language, name(path));
            }
            assertThat(faults).as("complaints of the browser").isEmpty();
            page.navigate(hub.address() + "/nowhere");
            shoot(page, language, "not-found");
            Page users = login("administrator", language);
            users.navigate(hub.address() + "/users");
            shoot(users, language, "users");
            Page stranger = context(language).newPage();
            stranger.navigate(hub.address() + "/login?lang=" + (language.equals("en") ? "en" : "zh-CN"));
            shoot(stranger, language, "login");
        }
        hub.fault("healthcare-security", "none");
        hub.operate("/partners/grain/resume", "{}");
    }

    /** What the browser finds wrong with a page from now on. */
    private static List<String> complaints(Page page) {
        List<String> faults = new ArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                faults.add(message.text());
            }
        });
        page.onPageError(faults::add);
        return faults;
    }

    private static String name(String path) {
        return path.substring(1).replaceAll("[^a-z].*", "");
    }

    /** A case whose message is parked at a department that answered nothing but garbage and is well again. */
    private static String stuck() {
        hub.fault("economy", "garbage");
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> hub.operatorSees("/parked").toString().contains(caseNo));
        hub.fault("economy", "none");
        return caseNo;
    }

    private static BrowserContext context(String language) {
        BrowserContext context = chromium.newContext(new Browser.NewContextOptions().setViewportSize(1280, 900));
        context.setDefaultTimeout(PATIENT);
        return context;
    }

    private static Page login(String role, String language) {
        Page page = context(language).newPage();
        page.navigate(hub.address() + "/login");
        if (language.equals("en")) {
            page.locator("a.language").click();
        }
        page.locator("#username").fill(role);
        page.locator("#password").fill(hub.secret("console-%s-password".formatted(role)));
        page.keyboard().press("Enter");
        assertThat(page.locator(".figures")).isVisible();
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
        return page;
    }

    private static void shoot(Page page, String language, String name) {
        for (int width : WIDTHS) {
            page.setViewportSize(width, width == 1280 ? 900 : 1080);
            assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .as("%s fits %d pixels", name, width)
                    .isTrue();
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(SCREENSHOTS.resolve("%s-%s-%d.png".formatted(name, language, width))));
        }
        page.setViewportSize(1280, 900);
    }

    private static Page.GetByTextOptions exact() {
        return new Page.GetByTextOptions().setExact(true);
    }

    private static Page.GetByRoleOptions named(Properties words, String key) {
        return new Page.GetByRoleOptions().setName(words.getProperty(key)).setExact(true);
    }

    /** What stands before the first value of a word. */
    private static String before(Properties words, String key) {
        return MessageFormat.format(words.getProperty(key), "\u0000").split("\u0000")[0];
    }

    private static Properties words(String language) throws IOException {
        Properties words = new Properties();
        String file = "/console/messages%s.properties".formatted(language.equals("en") ? "_en" : "");
        try (Reader reader =
                new InputStreamReader(ConsoleWalkTest.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
            words.load(reader);
        }
        return words;
    }
}
