package org.shuniu.handout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.shuniu.contract.Contract;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractProtocol;

/** The page that an office's developers read. */
class PageTest {

    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");
    private static final Pattern WORD = Pattern.compile("@[a-z][a-z-]*@");
    private static final Path TEMPLATES = Path.of("src/main/resources/org/shuniu/handout");

    @TempDir
    private Path directory;

    private static Stream<Arguments> offices() {
        return Stream.of(ContractProtocol.values())
                .flatMap(protocol -> protocol.results().stream().map(results -> Arguments.of(protocol, results)));
    }

    /** For whoever wants to look at one: target/handout. */
    @ParameterizedTest
    @MethodSource("offices")
    void saysAllThatIsAgreedInBothLanguages(ContractProtocol protocol, Results results) throws IOException {
        Made made = Made.of(protocol, results);
        String page = made.text("index.html");
        new HandoutFolder(Path.of("target/handout/%s-%s".formatted(protocol.word(), results.word())))
                .write(made.files());

        Contract contract = made.contract();
        for (String language : List.of(part(page, "zh"), part(page, "en"))) {
            contract.fields().values().stream()
                    .flatMap(List::stream)
                    .forEach(field ->
                            assertThat(language).contains("<code>%s</code>".formatted(field.name()), field.label()));
            contract.codes()
                    .get("id-type")
                    .forEach(code -> assertThat(language)
                            .contains("<td><code>%s</code></td>".formatted(code.local()), code.name()));
            contract.items()
                    .forEach(item -> assertThat(language)
                            .contains(item.code(), item.name().zh()));
            assertThat(language)
                    .contains("2026-01-01", "上海市绿化和市容管理局", "《中华人民共和国个人信息保护法》第三十四条")
                    .contains("<code>WORKING</code>", "<code>DONE</code>", "<code>REFUSED</code>", "integration desk");
        }
        if (!protocol.isFlat()) {
            assertThat(part(page, "zh")).contains("5分钟");
            assertThat(part(page, "en")).contains("5 min");
        }
        assertThat(part(page, "zh")).contains("只能产生一次效果", "60 已办结", "61 不予办理");
        assertThat(part(page, "en")).contains("one effect only", "60 Done", "61 Refused after work");
        assertThat(page.contains("/callback/v1/forestry")).isEqualTo(results == Results.CALLBACK);
    }

    @ParameterizedTest
    @MethodSource("offices")
    void needsNothingButItself(ContractProtocol protocol, Results results) {
        Made made = Made.of(protocol, results);
        String page = made.text("index.html");
        List<String> ids = ID.matcher(page).results().map(id -> id.group(1)).toList();

        assertThat(page)
                .doesNotContain("<script", "<img", "<link", "url(", "@import")
                .doesNotContainPattern(WORD);
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(LINK.matcher(page).results().map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(link -> {
                    if (link.startsWith("#")) {
                        assertThat(ids).contains(link.substring(1));
                    } else {
                        assertThat(made.files()).containsKey(link);
                    }
                });
        assertThat(made.files().keySet())
                .allSatisfy(file ->
                        assertThat(page).contains(file.equals("index.html") ? "<html" : "href=\"" + file + "\""));
    }

    @Test
    void writesWhatOthersSayAsTheySayIt() throws IOException {
        UnaryOperator<String> change = text -> text.replace("label: 姓名", "label: '姓|名<b> *甲* `乙` [丙](x) &amp;'")
                .replace("label: 护照", "label: 护|照");
        Made made = Made.of(directory, ContractProtocol.REST, Results.AT_ONCE, change);

        assertThat(made.text("index.html"))
                .contains("Landscaping &amp; &lt;Trees&gt;")
                .contains("姓|名&lt;b&gt; *甲* `乙` [丙](x) &amp;amp;")
                .doesNotContain("<Trees>", "<b>", "<em>", "href=\"x\"");
    }

    @Test
    void saysWhatEachAnswerMeans() {
        String zh = part(Made.of(ContractProtocol.REST, Results.CALLBACK).text("index.html"), "zh");
        String en = part(Made.of(ContractProtocol.REST, Results.CALLBACK).text("index.html"), "en");

        assertThat(zh)
                .contains("<code>code</code> = <code>BUSY</code>", "这次没有办理", "从未收到所问的报文", "不是对申请人的决定")
                .contains("办件进入 90 已撤回");
        assertThat(en)
                .contains("Nothing was done this time", "The message that is asked about never came")
                .contains("<td><code>code</code> is there and not <code>OK</code></td>")
                .contains("The code that says what the answer means", "The case is taken back and becomes 90");
        // What can only be said to a question stands in no other table
        assertThat(zh.split("<code>NOT_FOUND</code></td>", -1)).hasSize(2);
    }

    @Test
    void followsTheContractWhenItChanges() throws IOException {
        Made.of(directory, ContractProtocol.REST, Results.CALLBACK, UnaryOperator.identity());
        Path contract = Made.mappings(directory).resolve("forestry/contract.yaml");
        Files.writeString(
                contract,
                Files.readString(contract)
                        .replaceFirst(
                                "label: 备注}",
                                "label: 附言}\n    - {name: sex, source: document.applicant.sex, most: 1, label: 性别}"));

        Path mapping = Made.mappings(directory).resolve("forestry/application.out.yaml");
        Files.writeString(
                mapping, Files.readString(mapping) + "  - {target: sex, source: document.applicant.sex, max: 1}\n");
        Path allowed = Made.mappings(directory).resolve("forestry/allowed-fields.csv");
        Files.writeString(
                allowed, Files.readString(allowed) + "document.applicant.sex,*,性别,《中华人民共和国个人信息保护法》第三十四条,,2030-12-31\n");

        Made made = Made.again(directory);
        assertThat(made.faults()).isEmpty();
        assertThat(made.text("index.html")).contains("<code>sex</code>（性别）", "附言", "2030-12-31");
        assertThat(made.text("schema/openapi.json")).contains("\"sex\"");
    }

    @Test
    void saysWhenTheOfficeIsOpenAndWhenThingsAreSentAgain() throws IOException {
        Made.of(directory, ContractProtocol.REST, Results.QUERY, UnaryOperator.identity());
        Path profile = Made.routes(directory).resolve("forestry/partner.yaml");
        Files.writeString(
                profile,
                Files.readString(profile).replace("  deadline: 10s", "  deadline: 10s\n  schedule: [0s, 7s, 90m]")
                        + """
                        hours:
                          working-days: ["08:30-16:30"]
                          rest-days: []
                          closed: [{from: "07-01 00:00", to: "07-03 00:00"}]
                          month-end: {from: "16:00"}
                        """);

        String page = Made.again(directory).text("index.html");

        assertThat(part(page, "zh")).contains("08:30-16:30", "不开放", "07-01 00:00 – 07-03 00:00", "7秒、1小时 30分钟");
        assertThat(part(page, "en"))
                .contains(
                        "08:30-16:30", "closed on the last working day", "16:00 – end of the month", "7 s, 1 h 30 min");
    }

    @Test
    void saysWhatIsAgreedOfWordsLimitsAndHours() throws IOException {
        String terms = """
                receipts: {in-work: BL, done: BJ, refused: BYBL}
                limits: {parallel: 3, per-second: 11, deadline: 7s}
                hours: {working-days: ["09:00-17:00"], rest-days: []}
                """;
        String page = Made.of(directory, ContractProtocol.REST, Results.CALLBACK, text -> text + terms)
                .text("index.html");

        assertThat(part(page, "zh"))
                .contains("<code>BJ</code> = 60 已办结", "7秒 内答复", "同时最多 3 个", "每秒最多开始 11 个", "09:00-17:00")
                .doesNotContain("DONE", "WORKING");
        assertThat(part(page, "en"))
                .contains("<code>BYBL</code> = 61 Refused after work", "within 7 s", "At most 3 calls", "09:00-17:00");
    }

    /** Then the office would build by the one and receive the other. */
    @Test
    void tellsWhereASampleIsNotAsAgreed() throws IOException {
        for (ContractProtocol protocol : ContractProtocol.values()) {
            Path office = directory.resolve(protocol.word());
            Made.of(office, protocol, protocol.results().get(0), UnaryOperator.identity());
            Path mapping = Made.mappings(office).resolve("forestry/withdrawal.out.yaml");
            Files.writeString(
                    mapping, Files.readString(mapping).replace("to: \"yyyy-MM-dd HH:mm:ss\"", "to: dd.MM.yyyy"));

            assertThat(Made.again(office).faults())
                    .as(protocol.word())
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.toString())
                            .contains(
                                    "withdrawal.out/reason.source.json",
                                    "samples/sent/withdrawal.reason",
                                    "does not fit"));
        }
    }

    /** Whoever changes a template in one language has to change it in the other. */
    @Test
    void hasTheSameWordsInBothLanguages() throws IOException {
        Map<String, Set<String>> chinese = words("zh");
        assertThat(chinese).isEqualTo(words("en")).hasSizeGreaterThan(5);
    }

    private static Map<String, Set<String>> words(String language) throws IOException {
        try (Stream<Path> templates = Files.list(TEMPLATES.resolve(language))) {
            return templates.collect(Collectors.toMap(
                    template -> template.getFileName().toString(),
                    template -> WORD.matcher(read(template))
                            .results()
                            .map(MatchResult::group)
                            .collect(Collectors.toCollection(TreeSet::new))));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String part(String page, String language) {
        int begin = page.indexOf("<main id=\"%s\"".formatted(language));
        assertThat(begin).isPositive();
        return page.substring(begin, page.indexOf("</main>", begin));
    }
}
