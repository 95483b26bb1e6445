package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.mapping.Mappings;

/** The workbench over HTTP: an engineer tries a mapping, sees what is wrong at its row, and proposes it to others. */
class WorkbenchPageTest {

    private static final String MAPPING = "economy/application.out";
    private static final String PAGE = "/workbench?mapping=economy/application.out&example=online";
    private static final String PURPOSE = "  - {target: purpose, source: document.form.purpose, max: 200}\n";
    /** Somebody whom no example shows. */
    private static final String NAME = "林小满";

    private static final String ID_NUMBER = "310115198803124728";
    private static final String MOBILE = "18817326541";
    private static final String REMARK = "给孩子落户";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** In both languages: given up, others are at it, and so not saved. */
    private static final List<String> GIVEN_UP = List.of("took too long", "耗时过长", "Others are trying", "正有他人试用");

    @TempDir
    static Path directory;

    private static RunningHub hub;
    private static String delivery;

    private Browser engineer;
    private String inForce;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(directory, "--shuniu.console.looks=4");
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY, REMARK)
                .replace(Applications.NAME, NAME)
                .replace(Applications.ID_NUMBER, ID_NUMBER)
                .replace(Applications.MOBILE, MOBILE));
        hub.awaitStatus(caseNo, "60");
        delivery = hub.sql()
                .queryForObject(
                        "select id from delivery where case_no = ? and receiver = 'economy' and document = 'application'",
                        UUID.class,
                        caseNo)
                .toString();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @BeforeEach
    void comeIn() throws IOException {
        engineer = Browser.of(hub, "engineer");
        engineer.get("/?lang=en");
        inForce = Files.readString(Path.of("mappings/economy/application.out.yaml"));
    }

    @Test
    void isForEngineersAlone() {
        for (String role : List.of("viewer", "operator", "approver", "auditor", "administrator")) {
            Browser other = Browser.of(hub, role);
            assertThat(other.get("/workbench").statusCode()).as(role).isEqualTo(403);
            assertThat(other.post("/workbench/translate", form(inForce)).statusCode())
                    .as(role)
                    .isEqualTo(403);
            assertThat(other.post("/workbench/message", Map.of("mapping", MAPPING))
                            .statusCode())
                    .as(role)
                    .isEqualTo(403);
            assertThat(other.get("/").body()).as(role).doesNotContain("href=\"/workbench\"");
            assertThat(other.get("/proposals").statusCode() == 403).as(role).isEqualTo(!role.equals("administrator"));
        }
        assertThat(engineer.get("/").body()).contains("href=\"/workbench\"");
        assertThat(engineer.get("/workbench").statusCode()).isEqualTo(200);
    }

    @Test
    void showsAnEngineerOfSomePartnersOnlyTheirs() {
        Browser limited = new Browser(hub);
        limited.login("limited", Browser.made(hub, "limited", Map.of("role", "engineer", "partner", "grain")));

        assertThat(limited.get("/workbench").body())
                .contains("grain/application.out")
                .doesNotContain(MAPPING);
        assertThat(limited.get(PAGE).statusCode()).isEqualTo(403);
        assertThat(limited.post("/workbench/translate", form(inForce)).statusCode())
                .isEqualTo(403);
    }

    @Test
    void hasItsPagesInBothLanguages() {
        for (String page : List.of("/workbench", PAGE, "/workbench?mapping=health/result.in", "/proposals")) {
            Browser browser = Browser.of(hub, "engineer");
            String chinese = browser.get(page).body();
            String english = browser.get(page + (page.contains("?") ? "&" : "?") + "lang=en")
                    .body();
            assertThat(chinese)
                    .as(page)
                    .contains("<html lang=\"zh-CN\"", "<h1>映射")
                    .doesNotContain("??", " th:");
            assertThat(english)
                    .as(page)
                    .contains("<html lang=\"en\"", page.startsWith("/work") ? "<h1>Workbench" : "<h1>Proposals")
                    .doesNotContain("??", " th:");
        }
        assertThat(engineer.get("/workbench?mapping=nobody/application.out").statusCode())
                .isEqualTo(404);
    }

    @Test
    void showsSourceRowsAndTargetOfAnExample() {
        String page = engineer.get(PAGE).body();

        assertThat(page)
                .contains(
                        "source document<wbr/>.applicant<wbr/>.idType",
                        "table id-type: 111 &gt; 01",
                        "name=\"source\"",
                        "&quot;certType&quot;: &quot;01&quot;",
                        "as its target says",
                        "document.applicant.division")
                .contains("name=\"table.id-type\"", "111,01,both,居民身份证")
                .doesNotContain("What is wrong with the texts");
    }

    @Test
    void followsAnEditWithOrWithoutScripts() {
        String edited = inForce.replace("source: case.itemName, required: true", "value: renamed");

        String whole = tried("/workbench/translate", form(edited)).body();
        HttpResponse<String> part = patient(() -> engineer.postPart("/workbench/translate", form(edited)));

        assertThat(whole).contains("<html", "&quot;itemName&quot;: &quot;renamed&quot;", "value: renamed");
        assertThat(part.body())
                .contains("id=\"result\"", "&quot;itemName&quot;: &quot;renamed&quot;")
                .doesNotContain("<html", "<textarea");
        assertThat(engineer.get(PAGE).body()).as("nothing is kept").doesNotContain("value: renamed");
    }

    @Test
    void showsWhatIsWrongAtItsRow() {
        String edited = inForce.replace(PURPOSE, "  - {target: purpose, sorce: document.form.purpose}\n");
        long line = edited.substring(0, edited.indexOf("sorce")).lines().count();

        String page = tried("/workbench/translate", form(edited)).body();

        assertThat(page)
                .contains("unknown key &#39;sorce&#39;", "cannot be read", ">%d<".formatted(line))
                .contains("source document<wbr/>.applicant<wbr/>.name");
        assertThat(tried("/workbench/translate", form("rows: [")).body()).contains("not YAML", "name=\"text\"");
    }

    @Test
    void saysWhatAMappingLeavesOutAndWhatIsLost() {
        String edited = inForce.replace(
                "function: digits, max: 18}", "function: first 3, max: 18, note: \"only the network\"}");

        String page = tried("/workbench/lost", form(edited)).body();

        assertThat(page)
                .contains("Codes that may come, and that the table does not have", ">335<")
                .contains("less exact", "document.applicant.mobile");
    }

    @Test
    void neverBringsOutWhatAMessageOfTheHubSays() {
        String all = inForce.replace(
                PURPOSE,
                PURPOSE + "  - {target: all, source: document.applicant}\n  - {target: n, source: document.form}\n");
        Map<String, String> form = form(all);
        form.put("message", delivery);

        String without = engineer.post("/workbench/message", form).body();
        assertThat(without).contains("Give a reason");
        assertThat(actions(delivery)).isEmpty();
        form.put("why", "seen in a test");
        String page = engineer.post("/workbench/message", form).body();

        assertThat(actions(delivery)).containsExactly("looked-at-body");
        assertThat(page)
                .contains("All else has stand-ins of the same shape", "13900000000", "&quot;all&quot;")
                .doesNotContain(NAME, ID_NUMBER, MOBILE, REMARK);
        assertThat(page).as("codes by which mappings decide are left").contains("&quot;idType&quot; : &quot;111&quot;");
    }

    @Test
    void readsAnAnswerOfTheDepartmentWithStandInsToo() throws IOException {
        String answer = hub.sql()
                .queryForObject(
                        "select id from answer where delivery_id = ?::uuid order by id limit 1", UUID.class, delivery)
                .toString();
        Map<String, String> form = form(Files.readString(Path.of("mappings/economy/result.in.yaml")));
        form.put("mapping", "economy/result.in");
        form.put("message", answer);
        form.put("why", "seen in a test");

        assertThat(engineer.get("/workbench?mapping=economy/result.in").body()).contains(answer);
        String page = engineer.post("/workbench/message", form).body();

        assertThat(actions(answer)).containsExactly("looked-at-body");
        assertThat(page)
                .contains("All else has stand-ins of the same shape", "decides: delivered", "&quot;verdict&quot;")
                .doesNotContain("经办一", "cannot be read any more");
    }

    @Test
    void looksAtNoMessageOfAnotherMappingAndNotAtTooMany() {
        Browser other = new Browser(hub);
        other.login("curious", Browser.made(hub, "curious", Map.of("role", "engineer")));
        other.get("/?lang=en");
        Map<String, String> form = form(inForce);
        form.put("mapping", "grain/application.out");
        form.put("message", delivery);
        form.put("why", "seen in a test");

        for (int look = 0; look < 4; look++) {
            assertThat(other.post("/workbench/message", form).body()).contains("none of this mapping");
        }
        assertThat(other.post("/workbench/message", form).body()).contains("looked at too much");
    }

    @Test
    void savesAProposalThatOthersTakeUp() {
        String edited = inForce.replace("document.form.purpose, max: 200", "document.form.purpose, max: 300");
        Map<String, String> form = form(edited);

        assertThat(tried("/workbench/proposal", form).body()).contains("Give a reason");
        form.put("reason", "purposes are longer");
        assertThat(location(tried("/workbench/proposal", form))).isEqualTo("/proposals");
        String page = engineer.get("/proposals").body();
        Matcher number = Pattern.compile("/proposals/(\\d+)/difference").matcher(page);
        assertThat(number.find()).isTrue();
        String address = "/proposals/" + number.group(1);

        assertThat(page)
                .contains("The proposal is saved", "purposes are longer", "shuniu.jar rehearse start economy", MAPPING);
        assertThat(new String(engineer.download(address + "/file"), StandardCharsets.UTF_8))
                .isEqualTo(edited);
        HttpResponse<String> difference = engineer.get(address + "/difference");
        assertThat(difference.body())
                .contains("+++ b/mappings/economy/application.out.yaml", "+  - {target: purpose", "max: 300}");
        assertThat(difference.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(name -> assertThat(name).contains("attachment", ".patch"));
        assertThat(hub.bean(Mappings.class).version("economy"))
                .as("nothing is in force by it")
                .isEqualTo(Mappings.load(Path.of("mappings")).version("economy"));

        Browser other = new Browser(hub);
        other.login("reviewer", Browser.made(hub, "reviewer", Map.of("role", "engineer")));
        other.get("/?lang=en");
        assertThat(other.get("/proposals").body())
                .contains("purposes are longer")
                .doesNotContain("/drop");
        other.post(address + "/drop", Map.of("reason", "not mine"));
        assertThat(other.get("/proposals").body()).contains("Only its author or an administrator");
        Browser administrator = Browser.of(hub, "administrator");
        assertThat(administrator.get("/proposals").body()).contains(address + "/drop");
        administrator.post(address + "/drop", Map.of("reason", "taken up"));

        assertThat(engineer.get(address + "/file").statusCode()).isEqualTo(404);
        assertThat(actions("proposal-" + number.group(1)))
                .containsExactly("mapping-proposed", "proposal-taken", "proposal-taken", "proposal-dropped");
    }

    @Test
    void savesNothingThatIsNotNewOrHasFaults() {
        Map<String, String> form = form(inForce);
        form.put("reason", "seen in a test");
        assertThat(tried("/workbench/proposal", form).body())
                .contains("those of the files in force", "value=\"seen in a test\"");

        form.put("text", inForce.replace("codes: channel", "codes: chanel"));
        assertThat(tried("/workbench/proposal", form).body())
                .contains("The texts have faults", "there is no table &#39;chanel&#39;");
    }

    @Test
    void savesNothingAgainstFilesThatHaveChangedSince() {
        Map<String, String> form =
                form(inForce.replace("document.form.purpose, max: 200", "document.form.purpose, max: 300"));
        form.put("reason", "seen in a test");
        form.put("version", "of another day");

        String page = tried("/workbench/proposal", form).body();

        assertThat(page)
                .contains("The files in force have changed since", "max: 300", "value=\"seen in a test\"")
                .contains("name=\"version\" value=\"%s\""
                        .formatted(hub.bean(Mappings.class).version("economy")));
    }

    @Test
    void triesAndProposesCodeTablesWithTheirMapping() throws IOException {
        String table = Files.readString(Path.of("mappings/economy/codes/id-type.csv"));
        Map<String, String> form = form(inForce);
        form.put("table.id-type", table.replace("111,01,both", "111,99,both").replace("\n", "\r\n"));

        assertThat(patient(() -> engineer.postPart("/workbench/translate", form))
                        .body())
                .contains("&quot;certType&quot;: &quot;99&quot;", "table id-type: 111 &gt; 99");
        form.put("table.id-type", table + "335,07,both,边民出入境通行证\r\n");
        form.put("reason", "a code more");
        assertThat(location(tried("/workbench/proposal", form))).isEqualTo("/proposals");
        Matcher number = Pattern.compile("/proposals/(\\d+)/difference")
                .matcher(engineer.get("/proposals").body());
        assertThat(number.find()).isTrue();
        String address = "/proposals/" + number.group(1);

        assertThat(new String(engineer.download(address + "/file?name=codes/id-type.csv"), StandardCharsets.UTF_8))
                .isEqualTo(table + "335,07,both,边民出入境通行证\n");
        assertThat(engineer.get(address + "/file?name=application.out.yaml").statusCode())
                .isEqualTo(404);
        assertThat(engineer.get(address + "/difference").body())
                .contains("+++ b/mappings/economy/codes/id-type.csv", "+335,07,both");
        engineer.post(address + "/drop", Map.of("reason", "seen in a test"));
    }

    /** Somebody who chose a language by mistake has lost nothing. */
    @Test
    void keepsWhatIsWrittenInAnotherLanguage() {
        Map<String, String> form =
                form("\n" + inForce.replace("source: case.itemName, required: true", "value: renamed"));
        form.put("reason", "a reason half");

        String chinese = tried("/workbench/translate?lang=zh-CN", form).body();

        assertThat(chinese)
                .contains("<html lang=\"zh-CN\"", "value: renamed", "value=\"a reason half\"")
                .contains("formaction=\"/workbench/translate?lang=en\"")
                .containsPattern("<textarea [^>]*id=\"text\"[^>]*>\n\n#");
        engineer.get("/?lang=en");
    }

    @Test
    void proposesAnEditThatLeavesATableBehindAndNamesIt() {
        Map<String, String> form = form(inForce.replace(
                "  - {target: channel, source: document.channel, codes: channel, required: true}\n", ""));
        form.put("reason", "the office asks for it no more");

        assertThat(tried("/workbench/translate", form).body())
                .contains("leaves something behind in other files", "economy/codes/channel.csv");
        assertThat(location(tried("/workbench/proposal", form))).isEqualTo("/proposals");

        String page = engineer.get("/proposals").body();
        assertThat(page).contains("To be mended with it", "economy/codes/channel.csv:1: no mapping uses this table");
        Matcher number = Pattern.compile("/proposals/(\\d+)/drop").matcher(page);
        assertThat(number.find()).isTrue();
        engineer.post(number.group(), Map.of("reason", "seen in a test"));
    }

    @Test
    void goesOnAfterAnExpressionThatNeverEnds() {
        String endless = inForce.replace(
                PURPOSE, "  - {target: purpose, expression: '($f := function($n) { $f($n + 1) }; $f(1))'}\n");

        assertThat(engineer.post("/workbench/translate", form(endless)).statusCode())
                .isEqualTo(200);

        await().atMost(PATIENCE)
                .until(() -> tried("/workbench/translate", form(inForce))
                        .body()
                        .contains("&quot;certType&quot;: &quot;01&quot;"));
    }

    /** As the page has it for the example {@code online}. */
    private Map<String, String> form(String text) {
        Map<String, String> form = new HashMap<>();
        form.put("mapping", MAPPING);
        form.put("text", text.replace("\n", "\r\n"));
        form.put("source", source());
        form.put("day", "2026-11-24");
        return form;
    }

    /** On a machine that is busy with something else a trial may be given up, and another may still be under way. */
    private HttpResponse<String> tried(String address, Map<String, String> form) {
        return patient(() -> engineer.post(address, form));
    }

    private static HttpResponse<String> patient(Supplier<HttpResponse<String>> post) {
        return await().atMost(PATIENCE)
                .until(
                        post::get,
                        answer -> GIVEN_UP.stream()
                                .noneMatch(words -> answer.body().contains(words)));
    }

    private static String source() {
        try {
            return Files.readString(Path.of("mappings/economy/examples/application.out/online.source.json"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static List<String> actions(String target) {
        return hub.sql().queryForList("select action from audit where target = ? order by id", String.class, target);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("none: " + answer.statusCode());
    }
}
