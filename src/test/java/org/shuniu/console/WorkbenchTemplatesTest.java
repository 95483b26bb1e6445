package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.rehearsal.RecentMessages;
import org.shuniu.workbench.Draft;
import org.shuniu.workbench.Proposal;
import org.shuniu.workbench.Sample;
import org.shuniu.workbench.Trial;
import org.shuniu.workbench.Workbench;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.expression.ThymeleafEvaluationContext;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

/** The pages of the workbench as they are written for a browser, from trials of the repository's own mappings. */
class WorkbenchTemplatesTest {

    private static final Path FOLDER = Path.of("mappings");
    private static final String PARTNER = "economy";
    private static final String OUT = "application.out";
    private static final Catalogue CATALOGUE = Catalogue.load(FOLDER);
    private static final Workbench BENCH = new Workbench(() -> FOLDER, FOLDER, Mappings.load(FOLDER), CATALOGUE);
    private static final ConsoleUser ENGINEER =
            new ConsoleUser("ling", "", Set.of(Role.ENGINEER), null, true, null, false);

    /** Without partners, who are called by their ids then. */
    @TempDir
    private Path nobody;

    private final SpringTemplateEngine engine = new SpringTemplateEngine();
    private final StaticApplicationContext beans = new StaticApplicationContext();
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/workbench");
    private final Map<String, Object> model = new HashMap<>();

    @BeforeEach
    void prepare() {
        ResourceBundleMessageSource words = new ResourceBundleMessageSource();
        words.setBasename("console/messages");
        words.setDefaultEncoding("UTF-8");
        words.setFallbackToSystemLocale(false);
        PartnerDirectory partners = PartnerDirectory.load(nobody, text -> text);
        beans.getBeanFactory().registerSingleton("shown", new Shown(CATALOGUE, partners, words));
        ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver();
        templates.setPrefix("templates/");
        templates.setSuffix(".html");
        templates.setTemplateMode(TemplateMode.HTML);
        engine.setTemplateResolver(templates);
        engine.setTemplateEngineMessageSource(words);
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        SecurityContextHolder.getContext()
                .setAuthentication(new UsernamePasswordAuthenticationToken(ENGINEER, "", ENGINEER.getAuthorities()));
    }

    @AfterEach
    void leave() {
        RequestContextHolder.resetRequestAttributes();
        SecurityContextHolder.clearContext();
        LocaleContextHolder.resetLocaleContext();
    }

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void showATrialInBothLanguages() {
        trial("online", BENCH.text(PARTNER, OUT));

        String english = page("console/workbench", Locale.ENGLISH);
        String chinese = page("console/workbench", Locale.SIMPLIFIED_CHINESE);

        assertThat(english)
                .contains("<h1>Workbench</h1>", "table id-type: 111 &gt; 01", "as its target says")
                .contains("&quot;certType&quot;: &quot;01&quot;", "not declared", ">335<", "A message of the hub")
                .contains("name=\"table.id-type\"", "111,01,both,居民身份证", "May come, and have no row:")
                .doesNotContain(" th:", "??");
        assertThat(chinese)
                .contains("<h1>映射工作台</h1>", "与预期一致", "未声明", "可能出现，但没有对应行")
                .doesNotContain(" th:", "??");
    }

    /** A line may end at dots and brackets of a place, and within none of its words. */
    @Test
    void breakPlacesBetweenTheirWords() {
        trial("certificates", BENCH.text(PARTNER, OUT));

        assertThat(page("console/workbench", Locale.ENGLISH))
                .contains("<code>certificates<wbr/>[1]<wbr/>.type</code>", "<code>requestId</code>");
    }

    /** Browsers drop a line's end that comes first in such a field. */
    @Test
    void keepAFirstEmptyLineOfWhatIsWritten() {
        trial("online", "\n# a remark\n" + BENCH.text(PARTNER, OUT));

        assertThat(page("console/workbench", Locale.ENGLISH))
                .containsPattern("<textarea [^>]*id=\"text\"[^>]*>\n\n# a remark\n");
    }

    /** What somebody writes goes with him, by a button that Enter in a field does not mean. */
    @Test
    void showAnotherLanguageWithWhatIsWritten() {
        trial("online", BENCH.text(PARTNER, OUT));

        String page = page("console/workbench", Locale.ENGLISH);

        assertThat(page)
                .contains("formaction=\"/workbench/translate?lang=zh-CN\"")
                .doesNotContain("<a class=\"language\"");
        assertThat(page.indexOf("<button form=\"draft\" hidden=\"hidden\">"))
                .isPositive()
                .isLessThan(page.indexOf("class=\"language\""));
    }

    @Test
    void keepReasonsThatSomebodyHasTyped() {
        trial("online", BENCH.text(PARTNER, OUT));
        model.put("reason", "purposes are \"longer\"");
        model.put("why", "a case of May");

        assertThat(page("console/workbench", Locale.ENGLISH))
                .contains("value=\"purposes are &quot;longer&quot;\"", "value=\"a case of May\"")
                .contains("data-enter=\"save\"", "<button id=\"save\"", "data-enter=\"take\"", "<button id=\"take\"");
    }

    @Test
    void showWhatIsWrongWithACodeTableAtItsLine() {
        trial("online", BENCH.text(PARTNER, OUT), Map.of("id-type", "hub,local,use,name\n111,01,sideways,身份证\n"));

        assertThat(page("console/workbench", Locale.ENGLISH))
                .contains("economy/codes/id-type.csv:2: use is &#39;sideways&#39;", "the row is wrong")
                .contains("<pre class=\"mono\">111,01,sideways,身份证</pre>", "How it differs from the files in force");
    }

    @Test
    void nameWhatAnEditLeavesBehindAndWarnOnly() {
        String row = "  - {target: channel, source: document.channel, codes: channel, required: true}\n";
        trial("online", BENCH.text(PARTNER, OUT).replace(row, ""));

        assertThat(page("console/workbench", Locale.ENGLISH))
                .contains("leaves something behind in other files", "economy/codes/channel.csv:1: no mapping uses")
                .doesNotContain("What is wrong with the texts");
    }

    @Test
    void showAFaultWithItsLineAndItsRow() {
        String text = BENCH.text(PARTNER, OUT).replace("source: document.form.purpose", "sorce: document.form.purpose");
        trial("online", text);

        String page = page("console/workbench", Locale.ENGLISH);

        assertThat(page)
                .contains("unknown key &#39;sorce&#39;", "<pre class=\"mono\">  - {target: purpose, sorce:")
                .contains("cannot be read", "This lacks the rows");
    }

    @Test
    void showWhatIsLostAndWhatIsWrongAsAPart() {
        trial("online", BENCH.text(PARTNER, OUT));
        model.put("lost", BENCH.lost(draft("online", BENCH.text(PARTNER, OUT))));

        String part = engine.process("console/workbench-result", Set.of("result"), context(Locale.ENGLISH));

        assertThat(part).contains("id=\"result\"", "other characters").doesNotContain("<html", "<textarea", " th:");
    }

    @Test
    void showATextThatIsNoYaml() {
        trial("online", "rows: [");

        assertThat(page("console/workbench", Locale.ENGLISH)).contains("not YAML", "No row did anything");
    }

    @Test
    void showThatNothingIsChosenYet() {
        model.put("choices", Map.of(PARTNER, List.of(OUT)));

        assertThat(page("console/workbench", Locale.ENGLISH))
                .contains("economy/application.out")
                .doesNotContain("<textarea");
    }

    @Test
    void showProposalsWithWhatAReviewerDoes() {
        model.put(
                "proposals",
                List.of(
                        proposal(
                                3,
                                "ling",
                                List.of(OUT + ".yaml", "codes/id-type.csv"),
                                List.of("a line that nobody reads")),
                        proposal(2, "wu", List.of(OUT + ".yaml"), List.of())));
        model.put("mayDropAll", false);

        String page = page("console/proposals", Locale.ENGLISH);

        assertThat(page)
                .contains("/proposals/3/difference", "/proposals/2/file", "rehearse start economy --reason")
                .containsPattern("/proposals/3/file\\?name=codes(/|%2F)id-type.csv")
                .contains("a line that nobody reads")
                .contains("/proposals/3/drop")
                .doesNotContain("/proposals/2/drop", " th:", "??");
    }

    private static Proposal proposal(int number, String author, List<String> files, List<String> left) {
        return new Proposal(number, PARTNER, OUT, files, author, Instant.EPOCH, "longer", "abc", left);
    }

    private static Draft draft(String example, String text) {
        Sample sample = BENCH.samples().find(PARTNER, OUT, example).orElseThrow();
        return new Draft(PARTNER, OUT, text, sample);
    }

    /** As the page does it. */
    private void trial(String example, String text) {
        trial(example, text, Map.of());
    }

    private void trial(String example, String text, Map<String, String> tables) {
        Draft draft = draft(example, text).with(tables);
        Trial trial = patient(draft);
        model.put("choices", Map.of(PARTNER, List.of(OUT)));
        model.put("draft", draft);
        model.put("most", 20);
        model.put("example", example);
        model.put("examples", BENCH.samples().names(PARTNER, OUT));
        model.put("recent", List.of(new RecentMessages.Head(new UUID(1, 2), Instant.EPOCH)));
        model.put("standIns", true);
        model.put("name", PARTNER + "/" + OUT);
        model.put("trial", trial);
        model.put(
                "target",
                LaidOut.of(trial.target().getBytes(StandardCharsets.UTF_8)).open(null));
        model.put("keeps", "/workbench/translate");
        model.put("version", BENCH.version(PARTNER));
        model.put("tables", BENCH.tables(draft));
        model.put("reason", "");
        model.put("why", "");
        model.put("lines", WorkbenchPage.lines(draft));
    }

    /** On a machine that is busy with something else a trial may be given up. */
    private static Trial patient(Draft draft) {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        Trial trial = BENCH.translate(draft);
        while (trial.problem().equals("slow") && Instant.now().isBefore(end)) {
            trial = BENCH.translate(draft);
        }
        return trial;
    }

    private String page(String template, Locale locale) {
        return engine.process(template, context(locale));
    }

    private WebContext context(Locale locale) {
        LocaleContextHolder.setLocale(locale);
        MockServletContext servlets = new MockServletContext();
        WebContext context = new WebContext(
                JakartaServletWebApplication.buildApplication(servlets)
                        .buildExchange(request, new MockHttpServletResponse()),
                locale,
                model);
        context.setVariable(
                ThymeleafEvaluationContext.THYMELEAF_EVALUATION_CONTEXT_CONTEXT_VARIABLE_NAME,
                new ThymeleafEvaluationContext(beans, null));
        return context;
    }
}
