package org.shuniu.handout;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.shuniu.contract.Contract.Name;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.handout.Member.Kind;
import tools.jackson.databind.JsonNode;

/** Says in one language what the hub sends: each message field by field, and the codes. */
final class MessageSection {

    private static final Map<String, Name> TITLES = Map.of(
            "application", new Name("办件申请", "Application"),
            "supplement", new Name("补正材料", "Supplement"),
            "withdrawal", new Name("撤回申请", "Withdrawal"),
            "query", new Name("办件查询", "Question"));
    private static final Map<String, Name> SAID = Map.of(
            "application", new Name("申请人提交的新办件。", "A new case of a citizen."),
            "supplement", new Name("为已有办件补交的材料。", "Further papers for a case that the office has."),
            "withdrawal", new Name("申请人撤回已有的办件。", "The citizen takes a case back."),
            "query", new Name("查询办件目前如何；不改变任何内容。", "Asks how a case stands; it changes nothing."));

    private final Office office;
    private final WireForm form;
    private final List<Sample> samples;
    private final Language language;
    private final Places places;
    private final List<Column> columns;

    MessageSection(Office office, WireForm form, List<Sample> samples, Language language) {
        this.office = office;
        this.form = form;
        this.samples = samples;
        this.language = language;
        this.places = new Places(office.mappings());
        this.columns = office.contract().protocol().isFlat() ? Column.sent(office.messages()) : List.of();
    }

    static Name title(String document) {
        return TITLES.getOrDefault(document, new Name(document, document));
    }

    String text() {
        List<String> parts = new ArrayList<>();
        int number = 1;
        for (Outgoing message : office.messages()) {
            String document = message.document();
            parts.add(Markdown.heading(3, "3.%d %s".formatted(number++, language.of(title(document)))));
            parts.add(language.of(SAID.getOrDefault(document, new Name("", ""))) + " "
                    + Markdown.code(form.sentBy(document)));
            parts.add(table(message));
            message.members().stream()
                    .filter(member -> member.kind() == Kind.LIST)
                    .forEach(list -> parts.add(parts(message, list)));
        }
        return String.join("\n\n", parts);
    }

    private List<String> header() {
        boolean bytes = office.contract().protocol() == ContractProtocol.FIXED_WIDTH;
        return language == Language.ZH
                ? List.of("名称", "含义", "起始字节", bytes ? "字节数" : "最多字数", "必填", "取值", "样例")
                : List.of(
                        "name",
                        "meaning",
                        "first byte",
                        bytes ? "bytes" : "characters at most",
                        "required",
                        "values",
                        "example");
    }

    private String table(Outgoing message) {
        JsonNode example = samples.stream()
                .filter(sample -> sample.isSent() && sample.what().equals(message.document()))
                .map(Sample::fields)
                .findFirst()
                .orElse(message.codec().path("none"));
        return Markdown.table(
                header(),
                message.members().stream()
                        .map(member -> row(message, member, example.path(member.name())))
                        .toList());
    }

    private String parts(Outgoing message, Member list) {
        String said = language.of("每个 %s 的内容：", "Each of %s has:").formatted(Markdown.code(list.name()));
        JsonNode example = samples.stream()
                .filter(sample -> sample.isSent() && sample.what().equals(message.document()))
                .map(sample -> sample.fields().path(list.name()).path(0))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElse(message.codec().path("none"));
        return said
                + "\n\n"
                + Markdown.table(
                        header(),
                        list.parts().stream()
                                .map(member -> row(message, member, example.path(member.name())))
                                .toList());
    }

    private List<String> row(Outgoing message, Member member, JsonNode example) {
        Name meaning = places.of(message.document(), member.source());
        String called = called(member.name(), member.label());
        boolean said = !isNamed() && called.equals(meaning.zh());
        return List.of(
                Markdown.code(member.name())
                        + (said || called.isEmpty() ? "" : "（%s）".formatted(Markdown.text(called))),
                Markdown.text(
                        member.source().isEmpty() ? language.of(title(message.document())) : language.of(meaning)),
                from(member.name()),
                member.most() > 0 ? String.valueOf(member.most()) : "",
                language.yes(member.required()),
                values(member),
                example.isValueNode() ? Markdown.code(example.asString("")) : "");
    }

    /** Whether columns are found by what they are called. */
    private boolean isNamed() {
        return office.contract().protocol() == ContractProtocol.SFTP_CSV;
    }

    private String called(String name, String label) {
        return isNamed() ? column(name).map(Column::title).orElse(label) : label;
    }

    /** Only lines of fixed width have one. */
    private String from(String name) {
        return column(name)
                .filter(column -> column.from() > 0)
                .map(column -> String.valueOf(column.from()))
                .orElse("");
    }

    private Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    private String values(Member member) {
        List<String> said = new ArrayList<>();
        member.codes()
                .ifPresent(codes -> said.add(
                        codes.name().isEmpty()
                                ? codes.sent().keySet().stream()
                                        .map(Markdown::code)
                                        .collect(Collectors.joining(" "))
                                : language.of("代码表 ", "table ") + Markdown.code(codes.name())));
        member.date().ifPresent(pattern -> said.add(Markdown.code(pattern)));
        if (member.kind() == Kind.LIST) {
            said.add(
                    office.contract().protocol() == ContractProtocol.TABLE
                            ? language.of("另一张表，每份一行", "a table of its own, a row for each")
                            : language.of("列表，没有则不出现", "a list; left out where there are none"));
        }
        if (member.kind() == Kind.NUMBER) {
            said.add(language.of("数字", "a number"));
        }
        if (member.kind() == Kind.TRUTH) {
            said.add("`true` `false`");
        }
        return String.join(" ", said);
    }

    /** The tables that messages use. */
    String codes() {
        List<String> parts = new ArrayList<>();
        Set<String> named = new LinkedHashSet<>();
        office.messages().stream()
                .flatMap(message -> message.members().stream())
                .flatMap(member -> member.codes().stream())
                .filter(codes -> !codes.name().isEmpty() && named.add(codes.name()))
                .forEach(codes -> {
                    parts.add(Markdown.code(codes.name()));
                    parts.add(Markdown.table(
                            List.of(language.of("代码", "code"), language.of("含义", "meaning")),
                            codes.sent().entrySet().stream()
                                    .map(code -> List.of(Markdown.code(code.getKey()), Markdown.text(code.getValue())))
                                    .toList()));
                });
        return parts.isEmpty() ? language.of("没有。", "None.") : String.join("\n\n", parts);
    }
}
