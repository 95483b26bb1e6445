package org.shuniu.handout;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shuniu.contract.Contract.Name;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.handout.Answers.Fitting;
import org.shuniu.handout.Condition.Part;
import org.shuniu.handout.Condition.Sign;

/** Says in one language what the office may answer, and what each answer means for the citizen's case. */
final class AnswerSection {

    private static final List<NamedCsvRecord> MEANINGS = Places.rows("meanings.csv");

    private final Office office;
    private final WireForm form;
    private final Language language;

    AnswerSection(Office office, WireForm form, Language language) {
        this.office = office;
        this.form = form;
        this.language = language;
    }

    /** The fields, whatever the answer. */
    String said() {
        boolean fixed = office.contract().protocol() == ContractProtocol.FIXED_WIDTH;
        return Markdown.table(
                language == Language.ZH
                        ? List.of("名称", "含义", "起始字节", fixed ? "字节数" : "最多字数", "取值")
                        : List.of("name", "meaning", "first byte", fixed ? "bytes" : "characters at most", "values"),
                isFile()
                        ? Column.received(office.answers()).stream()
                                .map(this::column)
                                .toList()
                        : office.answers().fields().values().stream()
                                .map(this::field)
                                .toList());
    }

    private boolean isFile() {
        return office.contract().protocol().isFlat();
    }

    private List<String> column(Column column) {
        Optional<Said> said = Optional.ofNullable(office.answers().fields().get(column.name()));
        String title =
                column.title().isEmpty() || column.from() > 0 ? "" : "（%s）".formatted(Markdown.text(column.title()));
        return List.of(
                Markdown.code(column.name()) + title,
                said.map(known -> Markdown.text(language.of(known.meaning()))).orElse(""),
                column.from() > 0 ? String.valueOf(column.from()) : "",
                column.most() > 0 ? String.valueOf(column.most()) : "",
                said.map(this::values).orElse(""));
    }

    private List<String> field(Said said) {
        return List.of(
                Markdown.code(said.name()),
                Markdown.text(language.of(said.meaning())),
                "",
                said.most() > 0 ? String.valueOf(said.most()) : "",
                values(said));
    }

    private String values(Said said) {
        List<String> values = new ArrayList<>();
        said.codes().forEach(code -> values.add(Markdown.code(code.code()) + state(code.state())));
        said.date().ifPresent(pattern -> values.add(Markdown.code(pattern)));
        if (!said.closed() && !said.codes().isEmpty()) {
            values.add(language.of("或其他", "or others"));
        }
        switch (said.kind()) {
            case ORDER -> values.add(language.of("整数", "a whole number"));
            case TRUTH -> values.add("`true` `false`");
            case TEXT, OPEN -> {
                // Said by what stands there already.
            }
        }
        return String.join("; ", values);
    }

    private String state(String code) {
        Name name = office.states().get(code);
        return name == null ? "" : " = %s %s".formatted(code, Markdown.text(language.of(name)));
    }

    /** What an answer means, on each occasion. */
    String answers() {
        List<String> parts = new ArrayList<>();
        for (Occasion occasion : office.occasions()) {
            parts.add(Markdown.heading(3, title(occasion)));
            parts.add(Markdown.code(form.receivedBy(occasion)));
            parts.add(Markdown.table(
                    language == Language.ZH
                            ? List.of("答复", "含义，以及对办件的影响", "须有字段")
                            : List.of("answer", "what it means, also for the case", "fields that it needs"),
                    office.answers().on(occasion).stream()
                            .filter(fitting -> Answers.says(fitting.line(), occasion))
                            .map(fitting -> row(occasion, fitting))
                            .toList()));
        }
        return String.join("\n\n", parts);
    }

    private String title(Occasion occasion) {
        if (occasion != Occasion.BY_ITSELF) {
            return language.of("对“%s”的答复", "Answer to: %s")
                    .formatted(language.of(MessageSection.title(occasion.word())));
        }
        return office.isCalled()
                ? language.of("主动告知", "By itself")
                : switch (office.contract().protocol()) {
                    case SFTP_CSV, FIXED_WIDTH -> language.of("结果文件的每一行", "Each row of a file of results");
                    case TABLE -> language.of("结果表的每一行", "Each row of the table of results");
                    case REST, SOAP, AMQP -> language.of("答复队列的每条报文", "Each message of the reply queue");
                };
    }

    private List<String> row(Occasion occasion, Fitting fitting) {
        return List.of(
                fitting.parts().isEmpty()
                        ? language.of("其余", "any other")
                        : String.join(
                                language.of("，且 ", " and "),
                                fitting.parts().stream().map(this::condition).toList()),
                meaning(occasion, fitting),
                needs(occasion, fitting));
    }

    private String condition(Part part) {
        if (part.sign() == Sign.OTHER || !part.path().startsWith(Answers.OWN)) {
            return Markdown.text(part.path());
        }
        String name = Markdown.code(Answers.name(part));
        String values =
                String.join(" ", part.values().stream().map(Markdown::code).toList());
        return switch (part.sign()) {
            case IS -> "%s = %s".formatted(name, values);
            case IS_NOT -> language.of("有 %s 且不是 %s", "%s is there and not %s").formatted(name, values);
            case IS_ONE_OF -> language.of("%s 是 %s 之一", "%s is one of %s").formatted(name, values);
            case AT_LEAST -> "%s ≥ %s".formatted(name, values);
            case EXISTS -> language.of("有 %s", "%s is there").formatted(name);
            case MISSING -> language.of("没有 %s", "%s is not there").formatted(name);
            case OTHER -> name;
        };
    }

    private String meaning(Occasion occasion, Fitting fitting) {
        String document = fitting.line().document().orElse("");
        String words = MEANINGS.stream()
                .filter(row -> row.getField("is").equals(fitting.line().is())
                        && row.getField("document").equals(document)
                        && List.of("", occasion.word()).contains(row.getField("occasion")))
                .findFirst()
                .map(row -> row.getField(language.word()))
                .orElse(fitting.line().is());
        List<String> states = fitting.parts().stream()
                .filter(part -> part.sign() == Sign.IS)
                .flatMap(part -> Optional.ofNullable(office.answers().fields().get(Answers.name(part))).stream()
                        .flatMap(said -> said.codes().stream())
                        .filter(code -> part.values().contains(code.code())
                                && !code.state().isEmpty()))
                .map(code -> state(code.state()).replaceFirst("^ = ", ""))
                .toList();
        String state = states.isEmpty() ? "" : language.of("。办件状态：", ". State of the case: ") + language.list(states);
        return Markdown.text(words) + state;
    }

    private String needs(Occasion occasion, Fitting fitting) {
        return language.list(office.answers().needs(fitting.line(), occasion).stream()
                .map(names -> String.join(
                        language.of(" 或 ", " or "),
                        names.stream().map(Markdown::code).toList()))
                .toList());
    }
}
