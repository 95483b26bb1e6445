package org.shuniu.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People at the console in a real Chromium, in both languages; screenshots of every page go to target/screenshots. */
class ConsoleWalkTest {

    /** The mapping that somebody changes, and what of a row of it. */
    private static final String WRITTEN = "economy/application.out";

    private static final String PURPOSE = "source: document.form.purpose";

    @TempDir
    static Path directory;

    private static Bell bell;
    private static RunningHub hub;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws IOException {
        Chromium.assume();
        bell = new Bell();
        hub = RunningHub.start(
                directory,
                RunningHub.LOOKS_SELDOM,
                "--shuniu.reports.every=1s",
                "--shuniu.incidents.every=1s",
                "--shuniu.incidents.settled=1s",
                "--shuniu.incidents.circuit=0s",
                "--shuniu.incidents.outside.every=1s",
                "--shuniu.incidents.outside.flood=1000",
                "--shuniu.incidents.outside.sms.to.night=13900000009",
                bell.setting());
        chromium = Chromium.at(hub);
    }

    @AfterAll
    static void stop() {
        if (hub != null) {
            chromium.close();
            hub.close();
            bell.close();
        }
    }

    @AfterEach
    void leave() {
        chromium.leave();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void findsAStuckCaseReadsWhyAndSendsItAgain(String language) throws IOException {
        Properties words = Chromium.words(language);
        String caseNo = ParkedCases.stuck(hub);
        Page page = chromium.login("operator", language);

        // When the operator types the number and presses Enter
        page.getByRole(AriaRole.SEARCHBOX).fill(caseNo);
        page.keyboard().press("Enter");

        // Then the case says why it is stuck, whose fault that is and whose turn
        assertThat(page.locator(".turn")).containsText(Chromium.before(words, "turn.person"));
        assertThat(page.locator("tr.bad").first()).containsText(words.getProperty("fault.receiver"));
        String reason = hub.sql()
                .queryForObject(
                        "select reason from delivery where case_no = ? and state = 'parked'", String.class, caseNo);
        assertThat(page.locator("tr.bad code").first()).hasText(reason);
        Chromium.shoot(page, language, "case-parked");

        // When it is sent again
        page.getByText(words.getProperty("act.replay"), Chromium.exact()).click();
        page.locator("input[id^='y-']").first().fill("the department is well again");
        page.getByRole(AriaRole.BUTTON, Chromium.named(words, "act.replay.button"))
                .click();

        // Then nothing says that it is there before it is
        assertThat(page.getByRole(AriaRole.STATUS)).containsText(words.getProperty("told.replayed"));
        hub.awaitStatus(caseNo, "60");
        page.reload();
        assertThat(page.locator("table").first()).containsText(words.getProperty("state.delivered"));
        assertThat(hub.effects("economy", caseNo)).containsExactly("application");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void correctsAParkedMessageAndSendsIt(String language) throws IOException {
        Properties words = Chromium.words(language);
        String caseNo = ParkedCases.unsent(hub);
        Page page = chromium.login("engineer", language);
        page.getByRole(AriaRole.SEARCHBOX).fill(caseNo);
        page.keyboard().press("Enter");
        page.locator("table a[href^='/messages/']").first().click();

        // When the engineer opens it with a reason
        page.locator("input[id^='k-']").fill("a remark that it does not take");
        page.getByRole(AriaRole.BUTTON, Chromium.named(words, "correct.open")).click();
        Chromium.shoot(page, language, "correction");

        // Then what must stay can't be changed
        String text = page.locator("#text").inputValue();
        page.locator("#text").fill(text.replace(Applications.ID_NUMBER, "110105194912310038"));
        page.locator("#reason").fill("a remark that it does not take");
        page.getByRole(AriaRole.BUTTON, Chromium.named(words, "correct.button")).click();
        assertThat(page.getByRole(AriaRole.ALERT).last()).containsText(words.getProperty("problem.correct-fields"));

        // When the remark is corrected
        page.locator("#text").fill(text.replace("REFUSE", "please decide"));
        page.getByRole(AriaRole.BUTTON, Chromium.named(words, "correct.button")).click();

        // Then it goes out, has its effect once, and the case shows who did it and what was sent
        assertThat(page.getByRole(AriaRole.STATUS)).containsText(words.getProperty("told.corrected"));
        hub.awaitStatus(caseNo, "60");
        page.reload();
        assertThat(hub.effects("economy", caseNo)).containsExactly("application");
        assertThat(page.locator(".steps")).containsText("engineer");
        Chromium.shoot(page, language, "case-corrected");
        page.locator("table a[href^='/deliveries/']").first().click();
        page.locator("#reason").fill("what was sent in the end?");
        page.getByRole(AriaRole.BUTTON, Chromium.named(words, "body.button")).click();
        assertThat(page.locator(".beside > section")).hasCount(4);
        assertThat(page.locator(".beside mark").filter(new Locator.FilterOptions().setHasText("please decide")))
                .not()
                .hasCount(0);
        Chromium.shoot(page, language, "delivery-open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void answersTheSenderWithASecondPerson(String language) throws IOException {
        Properties words = Chromium.words(language);
        String caseNo = ParkedCases.unsent(hub);
        Page page = chromium.login("operator", language);
        page.navigate(hub.address() + "/cases/" + caseNo);

        // When the operator asks for an answer
        page.getByText(words.getProperty("answer.open"), Chromium.exact()).click();
        page.locator("#answer-status").selectOption("61");
        page.locator("#answer-text").fill("经信系统停用，请改日再办。");
        page.locator("#answer-reason").fill("the department has closed its system");
        Chromium.shoot(page, language, "answer-form");
        page.getByRole(AriaRole.BUTTON, Chromium.named(words, "answer.ask")).click();
        assertThat(page.getByRole(AriaRole.STATUS).first()).containsText(words.getProperty("told.answer-asked"));

        // When another person allows it
        Page second = chromium.login("approver", language);
        second.navigate(hub.address() + "/second");
        Locator asked = second.locator(".panel").filter(new Locator.FilterOptions().setHasText(caseNo));
        assertThat(asked).not().containsText("经信系统停用");
        asked.locator("input[id^='t-']").fill("to decide on it");
        asked.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(words.getProperty("body.button")))
                .click();
        assertThat(asked).containsText("经信系统停用");
        Chromium.shoot(second, language, "second");
        asked.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(words.getProperty("answer.give")))
                .click();

        // Then the sender hears it, and the department nothing
        assertThat(second.getByRole(AriaRole.STATUS).first()).containsText(words.getProperty("told.answer-given"));
        hub.awaitStatus(caseNo, "61");
        hub.awaitQuiet();
        second.reload();
        Chromium.shoot(second, language, "case-answered");
        assertThat(hub.ledger("economy")).noneMatch(line -> line.contains(caseNo));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void pausesAPartnerByKeyboardAndResumesIt(String language) throws IOException {
        Properties words = Chromium.words(language);
        Page page = chromium.login("operator", language);
        page.locator("#line-health").press("Enter");

        page.locator("#reason").fill("maintenance");
        try {
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.STATUS).first()).containsText(words.getProperty("told.paused"));
            assertThat(page.locator("main")).containsText(words.getProperty("line.is.operator"));
            Chromium.shoot(page, language, "partner-paused");

            page.locator("#reason").fill("maintenance is over");
            page.getByRole(AriaRole.BUTTON, Chromium.named(words, "act.resume")).click();
            assertThat(page.locator("main")).containsText(words.getProperty("pauses.none"));
        } finally {
            hub.operate("/partners/health/resume", "{}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void unmasksABodyWithAReason(String language) throws IOException {
        Properties words = Chromium.words(language);
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
        Page page = chromium.login("engineer", language);
        page.getByRole(AriaRole.SEARCHBOX).fill(caseNo);
        page.keyboard().press("Enter");
        page.locator("table a[href^='/messages/']").first().click();
        assertThat(page.locator("pre")).not().containsText(Applications.NAME);
        Chromium.shoot(page, language, "message-masked");

        page.getByLabel(words.getProperty("body.reason")).fill("the department asks about it");
        page.getByRole(AriaRole.BUTTON, Chromium.named(words, "body.button")).click();

        assertThat(page.locator("pre")).containsText(Applications.NAME);
        Chromium.shoot(page, language, "message-open");
        Page audit = chromium.login("auditor", language);
        audit.navigate(hub.address() + "/audit?who=engineer");
        assertThat(audit.locator("table")).containsText("the department asks about it");
        audit.navigate(hub.address() + "/audit?target=" + caseNo);
        assertThat(audit.locator("table")).containsText("the department asks about it");
        Chromium.shoot(audit, language, "audit");
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
        Properties words = Chromium.words(language);
        Page page = chromium.login("operator", language);
        page.navigate(hub.address() + "/incidents?partner=archives");
        assertThat(page.locator("#live")).containsText(words.getProperty("incidents.none.note"));
        Chromium.shoot(page, language, "incidents-none");

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
        assertThat(card).containsText(Chromium.after(words, "urgent.circuit.at"));
        assertThat(card).containsText(Chromium.after(words, "fault.receiver.is"));
        assertThat(card.locator(".ways")).containsText(Chromium.before(words, "incidents.way.sms"));
        Chromium.shoot(page, language, "incidents-open");
        page.navigate(hub.address() + "/incidents");
        Chromium.shoot(page, language, "incidents");

        // When the operator acknowledges and assigns it by keyboard
        page.locator("#acknowledge-" + number).press("Enter");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText(words.getProperty("told.acknowledged"));
        assertThat(page.locator("#to-%s option[value='viewer']".formatted(number)))
                .hasCount(0);
        page.locator("#to-" + number).selectOption("engineer");
        page.locator("#assign-" + number).press("Enter");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText(words.getProperty("told.assigned"));
        assertThat(page.locator(".particulars")).containsText("engineer");
        Chromium.shoot(page, language, "incident");

        // Then the page at its own address says by itself that it is over, when it is
        assertThat(page.url()).endsWith("/incidents/" + number);
        hub.fault("healthcare-security", "none");
        waiting.forEach(one -> hub.awaitStatus(one, "60"));
        assertThat(page.locator("h1")).containsText(words.getProperty("incidents.is-over"));
        assertThat(page.locator("table").filter(Chromium.containing(words, "incidents.event.closed")))
                .isVisible();
        Chromium.shoot(page, language, "incident-over");
        page.navigate(hub.address() + "/incidents");
        assertThat(page.locator(
                        "tr", new Page.LocatorOptions().setHas(page.locator("a[href$='/%s']".formatted(number)))))
                .containsText("engineer");
        Chromium.shoot(page, language, "incidents-over");

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
        Properties words = Chromium.words(language);
        Page page = chromium.login("engineer", language);
        List<String> faults = Chromium.complaints(page);
        page.getByRole(AriaRole.LINK, Chromium.named(words, "bench.title")).click();
        page.locator("#mapping").selectOption(WRITTEN);
        page.getByRole(AriaRole.BUTTON, Chromium.named(words, "bench.choose")).click();
        page.locator("#example").selectOption("certificates");
        page.getByRole(AriaRole.BUTTON, Chromium.named(words, "bench.choose")).click();
        assertThat(page.locator(".rows")).containsText("certificates[1].type");
        assertThat(page.locator(".target pre")).containsText("\"purpose\"");
        Chromium.shoot(page, language, "workbench");

        // When a row is written wrongly
        String inForce = page.locator("#text").inputValue();
        page.locator("#text").fill(inForce.replace(PURPOSE, "sorce: document.form.purpose"));

        // Then its row says so by itself, and the others go on
        Locator wrong = page.locator(".rows tr.bad");
        assertThat(wrong).containsText("unknown key 'sorce'");
        assertThat(wrong).containsText(words.getProperty("bench.end.UNREAD"));
        assertThat(page.locator(".target")).containsText(words.getProperty("bench.partial"));
        Chromium.shoot(page, language, "workbench-wrong");

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
        Chromium.fits(page, "workbench-mended", 1024, 768);
        Chromium.shoot(page, language, "workbench-mended");
        page.locator("button.language").click();
        assertThat(page.locator("html")).not().hasAttribute("lang", language);
        assertThat(page.locator("#text")).hasValue(Pattern.compile("walked in " + language));
        page.locator("button.language").click();
        assertThat(page.locator("html")).hasAttribute("lang", language);

        // When it is proposed by keyboard; until the page's script is there, this key means another button
        page.waitForLoadState();
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
        Chromium.shoot(other, language, "proposals");
        String patch = Files.readString(other.waitForDownload(
                        () -> proposal.locator("a[href$='/difference']").click())
                .path());
        assertThat(patch).contains("walked in " + language, "+111,Z9,both");

        // And reads how a department is added
        other.getByRole(AriaRole.LINK, Chromium.named(words, "docs.title")).click();
        other.locator("nav a[href$='add-a-department.md']").first().click();
        assertThat(other.locator("article")).containsText("Add a department");
        Chromium.shoot(other, language, "docs-add-a-department");
    }

    /** A second engineer, who has a password of his own. */
    private static Page reviewer(String language) {
        String name = "reviewer." + language.substring(0, 2);
        String password = Browser.made(hub, name, Map.of("role", "engineer"));
        return chromium.login(name, password, language);
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
        Properties words = Chromium.words(language);
        String name = "desk." + language.toLowerCase(Locale.ROOT);
        Page page = chromium.login("administrator", language);
        List<String> faults = Chromium.complaints(page);
        page.navigate(hub.address() + "/users");
        page.locator("#new-name").fill(name);
        page.locator("[name=role][value=viewer]").press("Space");
        page.getByRole(AriaRole.BUTTON, Chromium.named(words, "users.make")).press("Enter");
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
        Chromium.shoot(page, language, "user");

        // When the user is removed
        page.getByText(words.getProperty("users.remove.open"), Chromium.exact()).press("Enter");
        page.locator("#remove-reason").fill("left the city");
        page.getByRole(AriaRole.BUTTON, Chromium.named(words, "users.remove")).press("Enter");

        // Then the audit has what was before, and nobody can do that to himself
        assertThat(page.getByRole(AriaRole.STATUS)).containsText(words.getProperty("told.user-removed"));
        assertThat(page.locator("table")).not().containsText(name);
        page.navigate(hub.address() + "/users/administrator");
        assertThat(page.locator("main")).containsText(words.getProperty("users.own"));
        assertThat(page.locator("#remove-reason")).hasCount(0);
        Chromium.shoot(page, language, "user-own");
        assertThat(faults).as("complaints of the browser").isEmpty();
        Page audit = chromium.login("auditor", language);
        audit.navigate(hub.address() + "/audit?target=" + name);
        assertThat(audit.locator("table"))
                .containsText("roles [OPERATOR], health; before: roles [VIEWER], all partners; moves to the desk");
        assertThat(audit.locator("table")).containsText("left the city");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void readsAReportAndTakesItAway(String language) throws IOException {
        Properties words = Chromium.words(language);
        hub.awaitStatus(hub.caseOf(Applications.online(Applications.ECONOMY)), "60");
        hub.awaitStatus(hub.caseOf(Applications.atCounter(Applications.HEALTHCARE, "")), "60");
        Page page = chromium.login("viewer", language);
        List<String> faults = Chromium.complaints(page);
        page.getByRole(AriaRole.LINK, Chromium.named(words, "reports.title")).click();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            page.reload();
            return page.locator("#cases-table tfoot td").count() > 0;
        });

        // Then each chart is drawn of the table beside it
        assertThat(page.locator(".chart canvas")).hasCount(4);
        Chromium.shoot(page, language, "reports-time");

        // When it is asked by department
        page.locator("#by").selectOption("department");
        page.getByRole(AriaRole.BUTTON, Chromium.named(words, "reports.show")).click();
        assertThat(page.locator("#cases-table tbody tr").first()).isVisible();
        assertThat(page.locator(".chart canvas")).hasCount(4);
        assertThat(page).hasURL(Pattern.compile(".*/reports\\?.*by=department.*"));
        Chromium.shoot(page, language, "reports-department");

        // Then it can be taken away as it is shown
        Download download =
                page.waitForDownload(() -> page.getByRole(AriaRole.BUTTON, Chromium.named(words, "reports.xlsx"))
                        .click());
        assertThat(download.suggestedFilename())
                .startsWith("shuniu-department-day-")
                .endsWith(".xlsx");
        page.navigate(hub.address() + "/reports?by=item&to=2020-01-01");
        assertThat(page.locator(".empty")).hasText(words.getProperty("reports.none"));
        Chromium.shoot(page, language, "reports-empty");
        assertThat(faults).as("complaints of the browser").isEmpty();
    }

    /** What is planted for it must not stand in the way of others, whatever is seen. */
    @Test
    void isLookedAtOnEveryPage() {
        ParkedCases.stuck(hub);
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
        Page page = chromium.login("operator", language);
        List<String> faults = Chromium.complaints(page);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            page.navigate(hub.address() + "/");
            return page.locator("ol.urgent > li").count() >= 3;
        });
        Chromium.shoot(page, language, "now");
        // The moving part comes again by itself, and still fits the page.
        page.waitForResponse(answer -> answer.url().endsWith("/live"), () -> {});
        for (String path : List.of("/find?partner=healthcare-security", "/parked", "/partners/healthcare-security")) {
            page.navigate(hub.address() + path);
            Chromium.shoot(page, language, name(path));
        }
        assertThat(faults).as("complaints of the browser").isEmpty();
        page.navigate(hub.address() + "/nowhere");
        Chromium.shoot(page, language, "not-found");
        Page users = chromium.login("administrator", language);
        users.navigate(hub.address() + "/users");
        Chromium.shoot(users, language, "users");
        Page stranger = chromium.stranger();
        stranger.navigate(hub.address() + "/login?lang=" + (language.equals("en") ? "en" : "zh-CN"));
        Chromium.shoot(stranger, language, "login");
    }

    private static String name(String path) {
        return path.substring(1).replaceAll("[^a-z].*", "");
    }
}
