package org.shuniu.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
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
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.store.Pools;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;

/** People at the console in a real Chromium, in both languages; screenshots of every page go to target/screenshots. */
class ConsoleWalkTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    /** Milliseconds: how busy the machine is decides nothing. */
    private static final double PATIENT = 60_000;

    private static final List<Integer> WIDTHS = List.of(1280, 1920);

    /** Of text, by WCAG 2.2 AA; large text needs less and is not told apart. */
    private static final double CONTRAST = 4.5;

    /** Texts of the page with less contrast to what is behind them, each with its number. */
    private static final String PALE = """
            least => {
              const parts = color => color.match(/[\\d.]+/g).map(Number);
              const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
                .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
              const behind = element => {
                for (let e = element; e; e = e.parentElement) {
                  const color = parts(getComputedStyle(e).backgroundColor);
                  if (color.length === 3 || color[3] === 1) { return color; }
                }
                return [255, 255, 255];
              };
              const pale = [];
              document.querySelectorAll("body *").forEach(element => {
                const text = [...element.childNodes].filter(n => n.nodeType === 3).map(n => n.textContent.trim()).join("");
                if (text && element.checkVisibility()) {
                  const [a, b] = [light(parts(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x);
                  const contrast = (a + 0.05) / (b + 0.05);
                  if (contrast < least) { pale.push(text + " " + contrast.toFixed(2)); }
                }
              });
              return pale;
            }""";

    /** What makes a page wider than its window, each with how far it goes; what scrolls in a frame of its own does not. */
    private static final String TOO_WIDE = """
            () => {
              const wide = document.documentElement.scrollWidth;
              if (wide <= window.innerWidth) { return []; }
              const framed = element => {
                for (let e = element.parentElement; e && e !== document.body; e = e.parentElement) {
                  if (getComputedStyle(e).overflowX !== "visible") { return true; }
                }
                return false;
              };
              const named = e => e.tagName.toLowerCase() + (e.id && "#" + e.id) + [...e.classList].map(c => "." + c).join("");
              const right = e => Math.round(e.getBoundingClientRect().right);
              return ["the page to " + wide, ...[...document.querySelectorAll("body *")]
                .filter(e => e.checkVisibility() && right(e) > window.innerWidth && !framed(e))
                .map(e => named(e) + " to " + right(e) + ": " + e.textContent.trim().slice(0, 40))];
            }""";

    private static final int MANY = 10_000;
    private static final Duration LONG = Duration.ofMinutes(5);
    /** Why they are parked, in a word that an address can carry. */
    private static final String ALIKE = "moved-to-another-building";

    private static final String ALIKE_CASES = "ALIKE-%s-";

    /** The mapping that somebody changes, and what of a row of it. */
    private static final String WRITTEN = "economy/application.out";

    private static final String PURPOSE = "source: document.form.purpose";

    @TempDir
    static Path directory;

    private static Bell bell;
    private static RunningHub hub;
    private static Playwright playwright;
    private static Browser chromium;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Files.isExecutable(CHROMIUM), "There is no /usr/bin/chromium: nobody walks through the console");
        bell = new Bell();
        hub = RunningHub.start(
                directory,
                "--shuniu.reports.every=200ms",
                "--shuniu.incidents.every=200ms",
                "--shuniu.incidents.settled=1s",
                "--shuniu.incidents.circuit=0s",
                "--shuniu.incidents.outside.every=200ms",
                "--shuniu.incidents.outside.flood=1000",
                "--shuniu.incidents.outside.sms.to.night=13900000009",
                bell.setting());
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
            bell.close();
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

    /** One person plans in one language, the other lets it run in the other. */
    @ParameterizedTest
    @CsvSource({"zh-CN, en", "en, zh-CN"})
    void recoversTenThousandWithASecondPersonInAnotherLanguage(String language, String others) throws IOException {
        Properties words = words(language);
        String cases = ALIKE_CASES.formatted(language);
        hub.fault("economy", "none");
        parkedAlike(cases, MANY);
        Page page = login("operator", language);

        // When the operator plans all that is parked for that reason
        page.navigate(hub.address() + "/plans/new?partner=economy&words=" + ALIKE);
        page.locator("#speed").fill("2000");
        page.getByLabel(words.getProperty("reason"), new Page.GetByLabelOptions().setExact(true))
                .fill("the department is well again");
        page.keyboard().press("Enter");
        assertThat(page.locator("#live")).containsText(words.getProperty("plan.is.preview"));
        assertThat(page.locator("main")).containsText(Pattern.compile("10[,，]?000"));

        // When another person lets it run
        Page second = login("approver", others);
        second.navigate(page.url());
        second.getByRole(AriaRole.BUTTON, named(words(others), "plan.approve")).click();

        // Then all of it is handed over, and the department has each once
        page.locator("#live")
                .getByText(words.getProperty("plan.is.done"))
                .waitFor(new Locator.WaitForOptions().setTimeout(LONG.toMillis()));
        await().atMost(LONG).until(() -> alikeInState(cases, "delivered") == MANY);
        List<String> had = hub.ledger("economy").stream()
                .map(line -> RunningHub.JSON.readTree(line).path("caseNo").asString())
                .filter(caseNo -> caseNo.startsWith(cases))
                .toList();
        assertThat(had).hasSize(MANY).doesNotHaveDuplicates();
        second.reload();
        assertThat(second.locator(".live")).containsText(words(others).getProperty("plan.report.over"));
        shoot(second, others, "plan-ten-thousand");
        await().atMost(LONG)
                .until(() ->
                        hub.sql().queryForObject("select count(*) from delivery where state = 'pending'", Long.class)
                                == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void correctsAParkedMessageAndSendsIt(String language) throws IOException {
        Properties words = words(language);
        String caseNo = unsent();
        Page page = login("engineer", language);
        page.getByRole(AriaRole.SEARCHBOX).fill(caseNo);
        page.keyboard().press("Enter");
        page.locator("table a[href^='/messages/']").first().click();

        // When the engineer opens it with a reason
        page.locator("input[id^='k-']").fill("a remark that it does not take");
        page.getByRole(AriaRole.BUTTON, named(words, "correct.open")).click();
        shoot(page, language, "correction");

        // Then what must stay can't be changed
        String text = page.locator("#text").inputValue();
        page.locator("#text").fill(text.replace(Applications.ID_NUMBER, "110105194912310038"));
        page.locator("#reason").fill("a remark that it does not take");
        page.getByRole(AriaRole.BUTTON, named(words, "correct.button")).click();
        assertThat(page.getByRole(AriaRole.ALERT).last()).containsText(words.getProperty("problem.correct-fields"));

        // When the remark is corrected
        page.locator("#text").fill(text.replace("REFUSE", "please decide"));
        page.getByRole(AriaRole.BUTTON, named(words, "correct.button")).click();

        // Then it goes out, has its effect once, and the case shows who did it and what was sent
        assertThat(page.getByRole(AriaRole.STATUS)).containsText(words.getProperty("told.corrected"));
        hub.awaitStatus(caseNo, "60");
        page.reload();
        assertThat(hub.effects("economy", caseNo)).containsExactly("application");
        assertThat(page.locator(".steps")).containsText("engineer");
        shoot(page, language, "case-corrected");
        page.locator("table a[href^='/deliveries/']").first().click();
        page.locator("#reason").fill("what was sent in the end?");
        page.getByRole(AriaRole.BUTTON, named(words, "body.button")).click();
        assertThat(page.locator(".beside > section")).hasCount(4);
        assertThat(page.locator(".beside mark").filter(new Locator.FilterOptions().setHasText("please decide")))
                .not()
                .hasCount(0);
        shoot(page, language, "delivery-open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void answersTheSenderWithASecondPerson(String language) throws IOException {
        Properties words = words(language);
        String caseNo = unsent();
        Page page = login("operator", language);
        page.navigate(hub.address() + "/cases/" + caseNo);

        // When the operator asks for an answer
        page.getByText(words.getProperty("answer.open"), exact()).click();
        page.locator("#answer-status").selectOption("61");
        page.locator("#answer-text").fill("经信系统停用，请改日再办。");
        page.locator("#answer-reason").fill("the department has closed its system");
        shoot(page, language, "answer-form");
        page.getByRole(AriaRole.BUTTON, named(words, "answer.ask")).click();
        assertThat(page.getByRole(AriaRole.STATUS).first()).containsText(words.getProperty("told.answer-asked"));

        // When another person allows it
        Page second = login("approver", language);
        second.navigate(hub.address() + "/second");
        Locator asked = second.locator(".panel").filter(new Locator.FilterOptions().setHasText(caseNo));
        assertThat(asked).not().containsText("经信系统停用");
        asked.locator("input[id^='t-']").fill("to decide on it");
        asked.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(words.getProperty("body.button")))
                .click();
        assertThat(asked).containsText("经信系统停用");
        shoot(second, language, "second");
        asked.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(words.getProperty("answer.give")))
                .click();

        // Then the sender hears it, and the department nothing
        assertThat(second.getByRole(AriaRole.STATUS).first()).containsText(words.getProperty("told.answer-given"));
        hub.awaitStatus(caseNo, "61");
        hub.awaitQuiet();
        second.reload();
        shoot(second, language, "case-answered");
        assertThat(hub.ledger("economy")).noneMatch(line -> line.contains(caseNo));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void pausesAPartnerByKeyboardAndResumesIt(String language) throws IOException {
        Properties words = words(language);
        Page page = login("operator", language);
        page.locator("#line-health").press("Enter");

        page.locator("#reason").fill("maintenance");
        try {
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.STATUS).first()).containsText(words.getProperty("told.paused"));
            assertThat(page.locator("main")).containsText(words.getProperty("line.is.operator"));
            shoot(page, language, "partner-paused");

            page.locator("#reason").fill("maintenance is over");
            page.getByRole(AriaRole.BUTTON, named(words, "act.resume")).click();
            assertThat(page.locator("main")).containsText(words.getProperty("pauses.none"));
        } finally {
            hub.operate("/partners/health/resume", "{}");
        }
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
        audit.navigate(hub.address() + "/audit?target=" + caseNo);
        assertThat(audit.locator("table")).containsText("the department asks about it");
        shoot(audit, language, "audit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void followsAnIncidentFromItsOpeningToItsAllClear(String language) throws IOException {
        try {
            followAnIncident(language);
        } finally {
            hub.fault("healthcare-security", "none");
        }
    }

    private static void followAnIncident(String language) throws IOException {
        Properties words = words(language);
        Page page = login("operator", language);
        page.navigate(hub.address() + "/incidents?partner=archives");
        assertThat(page.locator("#live")).containsText(words.getProperty("incidents.none.note"));
        shoot(page, language, "incidents-none");

        // Given a department that does not answer
        hub.fault("healthcare-security", "down");
        List<String> waiting = Stream.generate(() -> hub.caseOf(Applications.online(Applications.HEALTHCARE)))
                .limit(6)
                .toList();
        String number = await().atMost(Duration.ofSeconds(60))
                .until(() -> numbers("open"), open -> open.size() == 1)
                .get(0);

        // Then the page says by itself what, whose fault, what happens next and what to do
        page.navigate(hub.address() + "/incidents?partner=healthcare-security");
        Locator card = page.locator("#incident-" + number);
        for (String key : List.of("incidents.urgent", "urgent.circuit.do", "incidents.nobody")) {
            assertThat(card).containsText(words.getProperty(key));
        }
        assertThat(card).containsText(after(words, "urgent.circuit.at"));
        assertThat(card).containsText(after(words, "fault.receiver.is"));
        assertThat(card.locator(".ways")).containsText(before(words, "incidents.way.sms"));
        shoot(page, language, "incidents-open");
        page.navigate(hub.address() + "/incidents");
        shoot(page, language, "incidents");

        // When the operator acknowledges and assigns it by keyboard
        page.locator("#acknowledge-" + number).press("Enter");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText(words.getProperty("told.acknowledged"));
        assertThat(page.locator("#to-%s option[value='viewer']".formatted(number)))
                .hasCount(0);
        page.locator("#to-" + number).selectOption("engineer");
        page.locator("#assign-" + number).press("Enter");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText(words.getProperty("told.assigned"));
        assertThat(page.locator(".particulars")).containsText("engineer");
        shoot(page, language, "incident");

        // Then the page at its own address says by itself that it is over, when it is
        assertThat(page.url()).endsWith("/incidents/" + number);
        hub.fault("healthcare-security", "none");
        waiting.forEach(one -> hub.awaitStatus(one, "60"));
        assertThat(page.locator("h1")).containsText(words.getProperty("incidents.is-over"));
        assertThat(page.locator("table").filter(containing(words, "incidents.event.closed")))
                .isVisible();
        shoot(page, language, "incident-over");
        page.navigate(hub.address() + "/incidents");
        assertThat(page.locator(
                        "tr", new Page.LocatorOptions().setHas(page.locator("a[href$='/%s']".formatted(number)))))
                .containsText("engineer");
        shoot(page, language, "incidents-over");

        // And the audit and whoever was told have each step once
        assertThat(hub.sql()
                        .queryForList(
                                "select actor || ' ' || action from audit where target = ? order by id",
                                String.class,
                                "incident-" + number))
                .containsExactly(
                        "hub incident-opened",
                        "operator incident-acknowledged",
                        "operator incident-assigned",
                        "hub incident-closed");
        await().atMost(Duration.ofSeconds(60)).until(() -> bell.told(number).size() == 2);
        assertThat(bell.told(number)).containsExactly("opened", "closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void changesAMappingSeesWhatComesOfItAndProposesIt(String language) throws IOException {
        Properties words = words(language);
        Page page = login("engineer", language);
        List<String> faults = complaints(page);
        page.getByRole(AriaRole.LINK, named(words, "bench.title")).click();
        page.locator("#mapping").selectOption(WRITTEN);
        page.getByRole(AriaRole.BUTTON, named(words, "bench.choose")).click();
        page.locator("#example").selectOption("certificates");
        page.getByRole(AriaRole.BUTTON, named(words, "bench.choose")).click();
        assertThat(page.locator(".rows")).containsText("certificates[1].type");
        assertThat(page.locator(".target pre")).containsText("\"purpose\"");
        shoot(page, language, "workbench");

        // When a row is written wrongly
        String inForce = page.locator("#text").inputValue();
        page.locator("#text").fill(inForce.replace(PURPOSE, "sorce: document.form.purpose"));

        // Then its row says so by itself, and the others go on
        Locator wrong = page.locator(".rows tr.bad");
        assertThat(wrong).containsText("unknown key 'sorce'");
        assertThat(wrong).containsText(words.getProperty("bench.end.UNREAD"));
        assertThat(page.locator(".target")).containsText(words.getProperty("bench.partial"));
        shoot(page, language, "workbench-wrong");

        // When it is mended, and a code table gets another code
        page.locator("#text").fill(inForce.replace(PURPOSE, "value: walked in " + language));
        page.locator(".tables summary")
                .filter(new Locator.FilterOptions().setHasText("id-type"))
                .click();
        Locator table = page.locator("textarea[name='table.id-type']");
        table.fill(table.inputValue().replace("111,01,both", "111,Z9,both"));

        // Then the result follows, in another language too
        assertThat(page.locator(".target pre")).containsText("walked in " + language);
        assertThat(page.locator(".target pre")).containsText("Z9");
        assertThat(page.locator(".wrong table")).hasCount(0);
        fits(page, "workbench-mended", 1024, 768);
        shoot(page, language, "workbench-mended");
        page.locator("button.language").click();
        assertThat(page.locator("html")).not().hasAttribute("lang", language);
        assertThat(page.locator("#text")).hasValue(Pattern.compile("walked in " + language));
        page.locator("button.language").click();
        assertThat(page.locator("html")).hasAttribute("lang", language);

        // When it is proposed by keyboard
        String reason = "a walk in " + language;
        page.locator("#reason").fill(reason);
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText(words.getProperty("told.proposal-saved"));
        assertThat(faults).as("complaints of the browser").isEmpty();

        // Then another engineer finds it, with its files
        Page other = reviewer(language);
        other.navigate(hub.address() + "/proposals");
        Locator proposal = other.locator(".panel").filter(new Locator.FilterOptions().setHasText(reason));
        assertThat(proposal).containsText("codes/id-type.csv");
        proposal.locator("summary").first().click();
        assertThat(proposal).containsText("shuniu.jar rehearse start economy");
        shoot(other, language, "proposals");
        String patch = Files.readString(other.waitForDownload(
                        () -> proposal.locator("a[href$='/difference']").click())
                .path());
        assertThat(patch).contains("walked in " + language, "+111,Z9,both");

        // And reads how a department is added
        other.getByRole(AriaRole.LINK, named(words, "docs.title")).click();
        other.locator("nav a[href$='add-a-department.md']").first().click();
        assertThat(other.locator("article")).containsText("Add a department");
        shoot(other, language, "docs-add-a-department");
    }

    /** A second engineer, who has a password of his own. */
    private static Page reviewer(String language) {
        String name = "reviewer." + language.substring(0, 2);
        String password = org.shuniu.scenario.Browser.made(hub, name, Map.of("role", "engineer"));
        return login(name, password, language);
    }

    private static List<String> numbers(String state) {
        return hub.operatorSees("/incidents?partner=healthcare-security")
                .path(state)
                .valueStream()
                .filter(incident -> incident.path("kind").asString().equals("circuit"))
                .map(incident -> incident.path("id").asString())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void givesAUserOtherRightsByKeyboardAndRemovesHim(String language) throws IOException {
        Properties words = words(language);
        String name = "desk." + language.toLowerCase(Locale.ROOT);
        Page page = login("administrator", language);
        List<String> faults = complaints(page);
        page.navigate(hub.address() + "/users");
        page.locator("#new-name").fill(name);
        page.locator("[name=role][value=viewer]").press("Space");
        page.getByRole(AriaRole.BUTTON, named(words, "users.make")).press("Enter");
        assertThat(page.locator(".secret")).isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true))
                .press("Enter");

        // When the viewer of all becomes an operator of one partner
        assertThat(page.locator("[name=partner][value=health]")).isHidden();
        page.locator("[name=role][value=viewer]").press("Space");
        page.locator("[name=role][value=operator]").press("Space");
        page.locator("[name=sees][value=only]").press("Space");
        page.locator("[name=partner][value=health]").press("Space");
        page.locator("#change-reason").fill("moves to the desk");
        page.keyboard().press("Enter");

        // Then the page says what this person is now
        assertThat(page.getByRole(AriaRole.STATUS)).containsText(words.getProperty("told.user-changed"));
        assertThat(page.locator(".facts")).containsText(words.getProperty("role.OPERATOR"));
        assertThat(page.locator(".facts")).not().containsText(words.getProperty("role.VIEWER"));
        shoot(page, language, "user");

        // When the user is removed
        page.getByText(words.getProperty("users.remove.open"), exact()).press("Enter");
        page.locator("#remove-reason").fill("left the city");
        page.getByRole(AriaRole.BUTTON, named(words, "users.remove")).press("Enter");

        // Then the audit has what was before, and nobody can do that to himself
        assertThat(page.getByRole(AriaRole.STATUS)).containsText(words.getProperty("told.user-removed"));
        assertThat(page.locator("table")).not().containsText(name);
        page.navigate(hub.address() + "/users/administrator");
        assertThat(page.locator("main")).containsText(words.getProperty("users.own"));
        assertThat(page.locator("#remove-reason")).hasCount(0);
        shoot(page, language, "user-own");
        assertThat(faults).as("complaints of the browser").isEmpty();
        Page audit = login("auditor", language);
        audit.navigate(hub.address() + "/audit?target=" + name);
        assertThat(audit.locator("table"))
                .containsText("roles [OPERATOR], health; before: roles [VIEWER], all partners; moves to the desk");
        assertThat(audit.locator("table")).containsText("left the city");
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

    /** What is planted for it must not stand in the way of others, whatever is seen. */
    @Test
    void isLookedAtOnEveryPage() {
        stuck();
        try {
            hub.fault("healthcare-security", "down");
            for (int i = 0; i < 12; i++) {
                hub.caseOf(Applications.online(Applications.HEALTHCARE));
            }
            hub.operate("/partners/grain/pause", "{\"reason\":\"move of the server room\"}");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> hub.operatorSees("/partners").toString().contains("circuit"));
            for (String language : List.of("zh-CN", "en")) {
                look(language);
            }
        } finally {
            hub.fault("healthcare-security", "none");
            hub.operate("/partners/grain/resume", "{}");
        }
    }

    private static void look(String language) {
        Page page = login("operator", language);
        List<String> faults = complaints(page);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            page.navigate(hub.address() + "/");
            return page.locator("ol.urgent > li").count() >= 3;
        });
        shoot(page, language, "now");
        // The moving part comes again by itself, and still fits the page.
        page.waitForResponse(answer -> answer.url().endsWith("/live"), () -> {});
        for (String path : List.of("/find?partner=healthcare-security", "/parked", "/partners/healthcare-security")) {
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
        try {
            String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> hub.operatorSees("/parked").toString().contains(caseNo));
            return caseNo;
        } finally {
            hub.fault("economy", "none");
        }
    }

    /** A case whose application the department never got, parked as if for its sake; it would not grant it. */
    private static String unsent() {
        hub.fault("economy", "none");
        hub.operate("/partners/economy/pause", "{\"reason\":\"to park\"}");
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY, "REFUSE"));
        hub.sql().update("""
                update delivery set state = 'parked', settled_at = now(), reason = 'a remark that it does not take',
                    fault = 'receiver' where case_no = ? and receiver = 'economy'
                """, caseNo);
        hub.operate("/partners/economy/resume", "{}");
        return caseNo;
    }

    /** So many cases like one that came in, each with its own message, parked before anybody sent them. */
    private static void parkedAlike(String named, int many) {
        String like = unsent();
        Vault vault = hub.bean(Vault.class);
        Pools.Door door = hub.bean(Pools.class).intake();
        byte[] body = Applications.online(Applications.ECONOMY).getBytes(StandardCharsets.UTF_8);
        List<Object[]> cases = new ArrayList<>();
        List<Object[]> messages = new ArrayList<>();
        List<Object[]> deliveries = new ArrayList<>();
        List<Object[]> lanes = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            String caseNo = named + "%05d".formatted(i);
            UUID message = TimeOrderedId.next();
            cases.add(new Object[] {caseNo, message, like});
            messages.add(new Object[] {
                message, caseNo, vault.seal(body, "message.body", message), StoredMessage.digestOf(body), like
            });
            deliveries.add(new Object[] {TimeOrderedId.next(), message, caseNo, ALIKE, like});
            lanes.add(new Object[] {caseNo});
        }
        door.transaction().executeWithoutResult(status -> {
            door.sql().batchUpdate("""
                    insert into case_file (case_no, sender, item_code, receiver, channel, status, responsible, application_id,
                        applicant_index, received_at, changed_at)
                    select ?, sender, item_code, receiver, channel, status, responsible, ?, applicant_index, now(), now()
                    from case_file where case_no = ?
                    """, cases);
            door.sql().batchUpdate("""
                    insert into message (id, partner, document, case_no, body, digest, accepted_at)
                    select ?, partner, document, ?, ?, ?, now() from message where case_no = ? and document = 'application'
                    """, messages);
            door.sql().batchUpdate("""
                    insert into delivery (id, message_id, document, case_no, receiver, queue, state, lane_no, due_at, reason,
                        fault, created_at, settled_at)
                    select ?, ?, document, ?, receiver, queue, 'parked', 1, now(), ?, 'receiver', now(), now()
                    from delivery where case_no = ? and receiver = 'economy'
                    """, deliveries);
            door.sql()
                    .batchUpdate(
                            "insert into lane (case_no, receiver, next_no, lowest_open) values (?, 'economy', 2, 1)",
                            lanes);
        });
    }

    private static long alikeInState(String named, String state) {
        return hub.sql()
                .queryForObject(
                        "select count(*) from delivery where case_no like ? and receiver = 'economy' and state = ?",
                        Long.class,
                        named + "%",
                        state);
    }

    private static BrowserContext context(String language) {
        BrowserContext context = chromium.newContext(new Browser.NewContextOptions().setViewportSize(1280, 900));
        context.setDefaultTimeout(PATIENT);
        return context;
    }

    private static Page login(String role, String language) {
        return login(role, hub.secret("console-%s-password".formatted(role)), language);
    }

    private static Page login(String name, String password, String language) {
        Page page = context(language).newPage();
        page.navigate(hub.address() + "/login");
        if (language.equals("en")) {
            page.locator("a.language").click();
        }
        page.locator("#username").fill(name);
        page.locator("#password").fill(password);
        page.keyboard().press("Enter");
        assertThat(page.locator(".figures")).isVisible();
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
        return page;
    }

    private static void shoot(Page page, String language, String name) {
        assertThat((List<?>) page.evaluate(PALE, CONTRAST))
                .as("too pale on %s", name)
                .isEmpty();
        for (int width : WIDTHS) {
            fits(page, name, width, width == 1280 ? 900 : 1080);
            page.evaluate("window.scrollTo(0, 0)");
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(SCREENSHOTS.resolve("%s-%s-%d.png".formatted(name, language, width))));
        }
        page.setViewportSize(1280, 900);
    }

    private static void fits(Page page, String name, int width, int height) {
        page.setViewportSize(width, height);
        assertThat((List<?>) page.evaluate(TOO_WIDE))
                .as("too wide on %s at %d pixels", name, width)
                .isEmpty();
    }

    private static Locator.FilterOptions containing(Properties words, String key) {
        return new Locator.FilterOptions().setHasText(words.getProperty(key));
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

    /** What stands after its last value. */
    private static String after(Properties words, String key) {
        String[] parts = MessageFormat.format(words.getProperty(key), "\u0000").split("\u0000");
        return parts[parts.length - 1];
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
