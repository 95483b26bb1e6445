package org.shuniu.handout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.contract.FrontEndColumn;
import org.shuniu.contract.FrontEndTables;
import org.shuniu.partner.FileExchange;
import org.shuniu.partner.FileExchange.Frame;
import org.shuniu.partner.LineTemplate;
import org.shuniu.partner.Partner;
import org.shuniu.partner.Partner.Authentication;

/** Says in one language where messages go, and what each side has to give the other for it. */
final class ConnectionSection {

    private static final int MEGABYTE = 1024 * 1024;

    private final Office office;
    private final WireForm form;
    private final Language language;

    ConnectionSection(Office office, WireForm form, Language language) {
        this.office = office;
        this.form = form;
        this.language = language;
    }

    String text() {
        ContractProtocol protocol = office.contract().protocol();
        return switch (protocol) {
            case REST, SOAP -> language.filled(protocol.word(), called());
            case AMQP -> language.filled(protocol.word(), queues());
            case SFTP_CSV, FIXED_WIDTH -> language.filled("files", files());
            case TABLE -> language.filled("table", tables());
        };
    }

    private String operations() {
        return Markdown.table(
                List.of(language.of("报文", "message"), language.of("去处", "goes to")),
                office.messages().stream()
                        .map(message -> List.of(
                                language.of(MessageSection.title(message.document())),
                                Markdown.code(form.sentBy(message.document()))))
                        .toList());
    }

    private Map<String, String> called() {
        String rows = office.calls()
                ? language.of(
                                "| 回调地址 | 枢纽 | `https://枢纽地址/callback/v1/%s`，见第 7 节 |\n| 回调令牌 | 枢纽 | 贵单位回调时出示；枢纽只存其摘要，丢失须重发 |",
                                "| address of callbacks | the hub | `https://HUB/callback/v1/%s`, see section 7 |\n"
                                        + "| token of callbacks | the hub | the office shows it; the hub keeps a digest alone, so a lost one is replaced |")
                        .formatted(office.contract().partner())
                : "";
        return Map.of("callback-rows", rows, "operations", operations());
    }

    private Map<String, String> queues() {
        Partner.Queues queues = office.partner().queues().orElseThrow();
        return Map.of(
                "username", queues.username(),
                "requests", queues.requests(),
                "replies", queues.replies(),
                "operations", operations(),
                "largest", queues.largest() / MEGABYTE + " MiB");
    }

    private Map<String, String> tables() {
        return Map.of(
                "username", office.partner().database().orElseThrow().username(),
                "operations", operations(),
                "writers", writers());
    }

    /** Who writes which columns, table by table. */
    private String writers() {
        Map<List<String>, List<String>> columns = new LinkedHashMap<>();
        for (FrontEndColumn column : new FrontEndTables(office.contract()).columns()) {
            boolean read = column.table().equals(FrontEndTables.RESULT);
            columns.computeIfAbsent(
                            List.of(Markdown.code(column.table()), language.of(writer(column.writer(), read))),
                            none -> new ArrayList<>())
                    .add(Markdown.code(column.name()));
        }
        return Markdown.table(
                List.of(language.of("表", "table"), language.of("由谁写入", "written by"), language.of("列", "columns")),
                columns.entrySet().stream()
                        .map(one -> List.of(one.getKey().get(0), one.getKey().get(1), language.list(one.getValue())))
                        .toList());
    }

    private static Contract.Name writer(FrontEndColumn.Writer writer, boolean read) {
        return switch (writer) {
            case HUB -> new Contract.Name("枢纽", "the hub");
            case OFFICE -> new Contract.Name("贵单位", "the office");
            case DATABASE -> new Contract.Name("数据库（写入时自动）", "the database, as the row is written");
            case READER ->
                read
                        ? new Contract.Name(
                                "枢纽，读取之后（`sync_time` 可以空着）",
                                "the hub, once it has read the row (`sync_time` may stay empty)")
                        : new Contract.Name("贵单位，读取之后", "the office, once it has read the row");
        };
    }

    private Map<String, String> files() {
        FileExchange files = office.partner().files().orElseThrow();
        Map<String, String> words = new LinkedHashMap<>(Map.of(
                "username", username(),
                "send-directory", files.send().directory(),
                "send-name", files.send().name().text(),
                "receive-directory", files.receive().directory(),
                "receive-name", files.receive().name(),
                "charset", office.answers().codec().path("charset").asString("UTF-8"),
                "line-end", files.lineEnd().equals("\r\n") ? "CR LF" : "LF",
                "times", times(files),
                "shape", language.filled("shape-" + office.contract().protocol().word(), Map.of())));
        words.putAll(frame("send", files.send().frame(), files.send().marker()));
        words.putAll(frame("receive", files.receive().frame(), files.receive().marker()));
        return words;
    }

    private Map<String, String> frame(String way, Frame frame, Optional<String> marker) {
        return Map.of(
                way + "-header",
                        frame.columns()
                                ? language.of("列名", "names of the columns")
                                : frame.header()
                                        .map(LineTemplate::text)
                                        .map(Markdown::code)
                                        .orElse("–"),
                way + "-trailer",
                        frame.trailer()
                                .map(LineTemplate::text)
                                .map(Markdown::code)
                                .orElse("–"),
                way + "-marker",
                        marker.map(ending -> language.of(
                                                "另有同名加 %s 的空文件", "an empty file is there with %s behind its name")
                                        .formatted(Markdown.code(ending)))
                                .orElse(language.of("末行齐全", "its last line is there")));
    }

    private String username() {
        Authentication shown = office.partner().authentication();
        return shown instanceof Authentication.Password password
                ? password.username()
                : shown instanceof Authentication.PrivateKey key ? key.username() : "–";
    }

    private String times(FileExchange files) {
        if (files.send().times().isAlways()) {
            return language.of("有数据即发", "whenever there is something");
        }
        List<String> times = new ArrayList<>();
        files.send().times().at().forEach(time -> times.add(time.toString()));
        String days = files.send().times().workingDaysOnly()
                ? language.of("工作日 ", "on working days at ")
                : language.of("每天 ", "every day at ");
        return days + language.list(times);
    }

    /** What the hub answers to a callback; nothing where there are none. */
    String callback() {
        if (!office.calls()) {
            return "";
        }
        List<String> rows = new ArrayList<>();
        HubAnswers.all()
                .forEach((status, words) ->
                        rows.add("| %s | %s |".formatted(status, Markdown.text(language.of(words)))));
        return language.filled(
                "callback", Map.of("partner", office.contract().partner(), "hub-answers", String.join("\n", rows)));
    }
}
