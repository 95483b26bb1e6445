package org.shuniu.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two people recover what is parked, in a real Chromium, in both languages. */
class RecoveryWalkTest {

    private static final int MANY = 10_000;
    private static final Duration LONG = Duration.ofMinutes(5);
    /** Why they are parked, in a word that an address can carry. */
    private static final String ALIKE = "moved-to-another-building";

    private static final String CASES = "ALIKE-";

    private static final Pattern TEN_THOUSAND = Pattern.compile("10[,，]?000");

    @TempDir
    static Path directory;

    private static RunningHub hub;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        Chromium.assume();
        hub = RunningHub.start(directory, RunningHub.LOOKS_SELDOM);
        chromium = Chromium.at(hub);
    }

    @AfterAll
    static void stop() {
        if (hub != null) {
            chromium.close();
            hub.close();
        }
    }

    @AfterEach
    void leave() {
        chromium.leave();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void recoversAllThatIsParkedWithASecondPerson(String language) throws IOException {
        Properties words = Chromium.words(language);
        String caseNo = ParkedCases.stuck(hub);
        Page page = chromium.login("operator", language);

        // When the operator plans it from what is parked
        page.navigate(hub.address() + "/parked?partner=economy");
        page.getByText(words.getProperty("plan.make"), Chromium.exact()).click();
        Chromium.shoot(page, language, "plan-new");
        page.getByLabel(words.getProperty("reason"), new Page.GetByLabelOptions().setExact(true))
                .fill("the department is well again");
        page.keyboard().press("Enter");

        // Then it waits for a second person, who sees what it would do
        assertThat(page.locator("#live")).containsText(words.getProperty("plan.is.preview"));
        Chromium.shoot(page, language, "plan-preview");
        Page second = chromium.login("approver", language);
        second.navigate(page.url());
        second.getByRole(AriaRole.BUTTON, Chromium.named(words, "plan.approve")).click();

        // Then the maker's page says by itself how far it is, and in the end what became of it
        assertThat(page.locator("#live")).containsText(words.getProperty("plan.is.done"));
        assertThat(page.locator(".live")).containsText(words.getProperty("plan.report.over"));
        hub.awaitStatus(caseNo, "60");
        assertThat(hub.effects("economy", caseNo)).containsExactly("application");
        Chromium.shoot(page, language, "plan-done");
        page.navigate(hub.address() + "/plans");
        Chromium.shoot(page, language, "plans");
    }

    /** One person plans in one language, the other lets it run in the other; both look on in either. */
    @Test
    void recoversTenThousandWithASecondPersonInAnotherLanguage() throws IOException {
        Properties chinese = Chromium.words("zh-CN");
        Properties english = Chromium.words("en");
        hub.fault("economy", "none");
        ParkedCases.alike(hub, CASES, ALIKE, MANY);
        Page page = chromium.login("operator", "zh-CN");

        // When the operator plans all that is parked for that reason
        page.navigate(hub.address() + "/plans/new?partner=economy&words=" + ALIKE);
        page.locator("#speed").fill("2000");
        page.getByLabel(chinese.getProperty("reason"), new Page.GetByLabelOptions().setExact(true))
                .fill("the department is well again");
        page.keyboard().press("Enter");
        assertThat(page.locator("#live")).containsText(chinese.getProperty("plan.is.preview"));
        assertThat(page.locator("main")).containsText(TEN_THOUSAND);
        Page inEnglish = looksOn("operator", "en", page.url());
        assertThat(inEnglish.locator("#live")).containsText(english.getProperty("plan.is.preview"));
        assertThat(inEnglish.locator("main")).containsText(TEN_THOUSAND);

        // When another person lets it run
        Page second = looksOn("approver", "en", page.url());
        second.getByRole(AriaRole.BUTTON, Chromium.named(english, "plan.approve"))
                .click();
        Page inChinese = looksOn("approver", "zh-CN", page.url());

        // Then both see by themselves, in either language, that all of it is handed over
        sayDone(page, chinese);
        sayDone(inEnglish, english);
        sayDone(second, english);
        sayDone(inChinese, chinese);

        // And the department has each once
        await().atMost(LONG).until(() -> alikeInState("delivered") == MANY);
        List<String> had = hub.ledger("economy").stream()
                .map(line -> RunningHub.JSON.readTree(line).path("caseNo").asString())
                .filter(caseNo -> caseNo.startsWith(CASES))
                .toList();
        assertThat(had).hasSize(MANY).doesNotHaveDuplicates();
        second.reload();
        assertThat(second.locator(".live")).containsText(english.getProperty("plan.report.over"));
        Chromium.shoot(second, "en", "plan-ten-thousand");
        inChinese.reload();
        assertThat(inChinese.locator(".live")).containsText(chinese.getProperty("plan.report.over"));
        Chromium.shoot(inChinese, "zh-CN", "plan-ten-thousand");
        await().atMost(LONG)
                .until(() ->
                        hub.sql().queryForObject("select count(*) from delivery where state = 'pending'", Long.class)
                                == 0);
    }

    private static Page looksOn(String role, String language, String address) {
        Page page = chromium.login(role, language);
        page.navigate(address);
        return page;
    }

    private static void sayDone(Page page, Properties words) {
        page.locator("#live")
                .getByText(words.getProperty("plan.is.done"))
                .waitFor(new Locator.WaitForOptions().setTimeout(LONG.toMillis()));
    }

    private static long alikeInState(String state) {
        return hub.sql()
                .queryForObject(
                        "select count(*) from delivery where case_no like ? and receiver = 'economy' and state = ?",
                        Long.class,
                        CASES + "%",
                        state);
    }
}
