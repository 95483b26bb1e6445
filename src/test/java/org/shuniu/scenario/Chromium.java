package org.shuniu.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** A real Chromium in which people walk through a hub's console; screenshots of every page go to target/screenshots. */
final class Chromium implements AutoCloseable {

    /** The first that is there: without windows of its own it needs a third of the processor. */
    private static final List<Path> PROGRAMS =
            List.of(Path.of("/usr/bin/chromium-headless-shell"), Path.of("/usr/bin/chromium"));

    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    /** Milliseconds: how busy the machine is decides nothing. */
    private static final double PATIENT = 60_000;

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

    private final RunningHub hub;
    private final Playwright playwright;
    private final Browser browser;

    private Chromium(RunningHub hub, Playwright playwright, Browser browser) {
        this.hub = hub;
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Leaves out the tests of a machine that has none, and says so. */
    static void assume() {
        assumeTrue(program().isPresent(), "There is none of " + PROGRAMS + ": nobody walks through the console");
    }

    private static Optional<Path> program() {
        return PROGRAMS.stream().filter(Files::isExecutable).findFirst();
    }

    /** @param hub whose console is visited */
    static Chromium at(RunningHub hub) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENT);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program().orElseThrow())
                        .setArgs(List.of("--no-sandbox")));
        return new Chromium(hub, playwright, browser);
    }

    @Override
    public void close() {
        playwright.close();
    }

    /** Ends all visits: a page that is left open goes on asking the hub for what is new. */
    void leave() {
        browser.contexts().forEach(BrowserContext::close);
    }

    /** A page of somebody who has not logged in. */
    Page stranger() {
        return context().newPage();
    }

    /** Somebody of that role, logged in. */
    Page login(String role, String language) {
        return login(role, hub.secret("console-%s-password".formatted(role)), language);
    }

    Page login(String name, String password, String language) {
        Page page = stranger();
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

    private BrowserContext context() {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions().setViewportSize(1280, 900));
        context.setDefaultTimeout(PATIENT);
        return context;
    }

    /** What the browser finds wrong with a page from now on. */
    static List<String> complaints(Page page) {
        List<String> faults = new ArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                faults.add(message.text());
            }
        });
        page.onPageError(faults::add);
        return faults;
    }

    static void shoot(Page page, String language, String name) {
        assertThat((List<?>) page.evaluate(PALE, CONTRAST))
                .as("too pale on %s", name)
                .isEmpty();
        // Whether the wide page fits is measured; a picture costs a second.
        fits(page, name, 1920, 1080);
        fits(page, name, 1280, 900);
        page.evaluate("window.scrollTo(0, 0)");
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(SCREENSHOTS.resolve("%s-%s.png".formatted(name, language))));
    }

    static void fits(Page page, String name, int width, int height) {
        page.setViewportSize(width, height);
        assertThat((List<?>) page.evaluate(TOO_WIDE))
                .as("too wide on %s at %d pixels", name, width)
                .isEmpty();
    }

    static Locator.FilterOptions containing(Properties words, String key) {
        return new Locator.FilterOptions().setHasText(words.getProperty(key));
    }

    static Page.GetByTextOptions exact() {
        return new Page.GetByTextOptions().setExact(true);
    }

    static Page.GetByRoleOptions named(Properties words, String key) {
        return new Page.GetByRoleOptions().setName(words.getProperty(key)).setExact(true);
    }

    /** What stands before the first value of a word. */
    static String before(Properties words, String key) {
        return MessageFormat.format(words.getProperty(key), "\u0000").split("\u0000")[0];
    }

    /** What stands after its last value. */
    static String after(Properties words, String key) {
        String[] parts = MessageFormat.format(words.getProperty(key), "\u0000").split("\u0000");
        return parts[parts.length - 1];
    }

    static Properties words(String language) throws IOException {
        Properties words = new Properties();
        String file = "/console/messages%s.properties".formatted(language.equals("en") ? "_en" : "");
        try (Reader reader = new InputStreamReader(Chromium.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
            words.load(reader);
        }
        return words;
    }
}
