package org.shuniu.handout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.shuniu.contract.Contract;
import org.shuniu.handbook.Article;
import org.shuniu.scaffold.Template;
import org.springframework.web.util.HtmlUtils;

/** The page that tells an office's developers everything, in both languages, in one file that needs no other. */
final class Page {

    private static final String FRAME = "org/shuniu/handout/index.html";
    /** Sections that stand on every page before those whose numbers depend on whether there are callbacks. */
    private static final int BEFORE = 6;

    private final Office office;
    private final WireForm form;
    private final List<Sample> samples;
    private final List<String> schemas;
    private final Optional<String> contact;

    /**
     * @param schemas names of the files in {@code schema/}
     * @param contact whom the office asks
     */
    Page(Office office, WireForm form, List<Sample> samples, List<String> schemas, Optional<String> contact) {
        this.office = office;
        this.form = form;
        this.samples = samples;
        this.schemas = schemas;
        this.contact = contact;
    }

    String html() {
        Contract.Name name = office.contract().name();
        StringBuilder languages = new StringBuilder();
        for (Language language : Language.values()) {
            Article article = Article.of(language.filled("page", words(language)));
            languages.append("<main id=\"%s\" lang=\"%s\">\n".formatted(language.word(), language.word()));
            languages
                    .append(article.html()
                            .replaceFirst("</h1>", Matcher.quoteReplacement("</h1>\n" + contents(article))))
                    .append("</main>\n");
        }
        return Template.filledAt(
                FRAME,
                Map.of(
                        "title", HtmlUtils.htmlEscape("%s · %s".formatted(name.zh(), name.en())),
                        "languages", languages.toString()));
    }

    private static String contents(Article article) {
        StringBuilder contents = new StringBuilder("<nav><ul>\n");
        article.headings().stream()
                .filter(heading -> heading.level() == 2)
                .forEach(heading -> contents.append("<li><a href=\"#%s\">%s</a></li>\n"
                        .formatted(HtmlUtils.htmlEscape(heading.slug()), HtmlUtils.htmlEscape(heading.text()))));
        return contents.append("</ul></nav>\n").toString();
    }

    private Map<String, String> words(Language language) {
        Contract contract = office.contract();
        MessageSection messages = new MessageSection(office, form, samples, language);
        AnswerSection answers = new AnswerSection(office, form, language);
        ConnectionSection connection = new ConnectionSection(office, form, language);
        AgreementSection agreement = new AgreementSection(office, language);
        Map<String, String> words = new HashMap<>();
        words.put("name", Markdown.text(language.of(contract.name())));
        words.put("office", Markdown.text(contract.office()));
        words.put("version", office.version());
        words.put("since", contract.since().toString());
        words.put("items", agreement.items());
        words.put("connect", connection.text());
        words.put("messages", messages.text());
        words.put("codes", messages.codes());
        words.put("answered", answered(language));
        words.put("said", answers.said());
        words.put("answers", answers.answers());
        words.put("message-id", agreement.messageId());
        words.put("schedule", agreement.schedule());
        words.put("unknown", agreement.unknown());
        words.put("callback", connection.callback());
        words.put("limits", agreement.limits());
        words.put("hours", new HoursSection(office, language).text());
        words.put("basis", new BasisSection(office, language).text());
        words.put("files", files(language));
        words.put("contact", contact(language));
        int number = BEFORE + (office.calls() ? 1 : 0);
        for (String section : List.of("limits", "hours", "basis", "files", "contact")) {
            words.put("n-" + section, String.valueOf(++number));
        }
        return words;
    }

    /** How results come. */
    private String answered(Language language) {
        return switch (office.contract().results()) {
            case AT_ONCE -> language.of("办理结果在对申请的答复里一并给出。", "The result stands in the answer to the application.");
            case CALLBACK ->
                language.of(
                        "先答复收件，办理进展和结果由贵单位主动告知（第 7 节）；没有等到的，枢纽会来查询。",
                        "The answer to an application says that it was taken; how it moves and what is decided the office tells by itself (section 7), and the hub asks when nothing comes.");
            case QUERY ->
                language.of(
                        "先答复收件，枢纽会来查询办理进展和结果。",
                        "The answer to an application says that it was taken; the hub asks for its result.");
            case POLL -> polled(language);
        };
    }

    private String polled(Language language) {
        return switch (office.contract().protocol()) {
            case SFTP_CSV, FIXED_WIDTH ->
                language.of("贵单位办理之后，把结果写进文件，每件一行。", "What is decided is a row of a file of results.");
            case TABLE ->
                language.of(
                        "贵单位办理之后，在结果表里写一行；写好的行不再改动，再有新的情况就再写一行。",
                        "What is decided is a row of the table of results; nobody changes it once it is written, and what comes later is another row.");
            case REST, SOAP, AMQP ->
                language.of("贵单位办理之后，把结果放进答复队列，每件一条。", "What is decided is a message in the reply queue.");
        };
    }

    private String files(Language language) {
        List<List<String>> rows = new ArrayList<>();
        schemas.forEach(schema ->
                rows.add(List.of(link("schema/" + schema), language.of("接口描述", "describes the interface"), "")));
        samples.forEach(sample -> rows.add(List.of(
                link("samples/" + sample.file()),
                Markdown.text(
                        sample.isSent() ? language.of("枢纽发出", "of the hub") : language.of("贵单位的答复", "of the office")),
                Markdown.code(sample.how()))));
        rows.add(List.of(link("samples/list.csv"), language.of("样例清单，供程序读取", "the list of samples, for programs"), ""));
        return Markdown.table(
                language == Language.ZH ? List.of("文件", "内容", "传输") : List.of("file", "what", "how it travels"), rows);
    }

    private static String link(String file) {
        return "[%s](%s)".formatted(Markdown.text(file), file);
    }

    private String contact(Language language) {
        String asked = contact.map(Markdown::text).orElse("\\_".repeat(24));
        return Markdown.bullets(
                List.of(
                        language.of("枢纽一方：", "At the hub: ") + asked,
                        Markdown.text(office.contract().office())
                                + language.of("（系统维护）：", " (who looks after the system): ")
                                + "\\_".repeat(24),
                        language.of(
                                "来问时请给出报文编号或办件编号；请勿在邮件里写申请人的姓名和证件号码。",
                                "Name the message id or the number of the case; never write a citizen's name or ID number into a mail.")));
    }
}
