package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.shuniu.incident.IncidentKind;
import org.shuniu.incident.Told;
import org.shuniu.mapping.CodesInUse;
import org.shuniu.mapping.ExplainedRow;
import org.shuniu.mapping.Loss;
import org.shuniu.recovery.Plan;
import org.shuniu.report.ReportPeriod;
import org.shuniu.report.ReportQuestion;

class WordsTest {

    private static final Path TEMPLATES = Path.of("src/main/resources/templates/console");
    private static final Pattern KEY = Pattern.compile("#\\{([a-z0-9.-]+)}|word\\('([a-z0-9.-]+)'[,)]");

    @Test
    void areTheSameKeysInBothLanguagesAndNoneIsEmpty() throws IOException {
        Properties chinese = words("");
        Properties english = words("_en");

        assertThat(english.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(chinese.stringPropertyNames());
        assertThat(chinese.values()).noneMatch(word -> word.toString().isBlank());
        assertThat(english.values()).noneMatch(word -> word.toString().isBlank());
    }

    @Test
    void haveNoApostropheThatAFormatWouldTakeForAQuote() throws IOException {
        assertThat(words("_en").values()).noneMatch(word -> word.toString().contains("'"));
    }

    @Test
    void sayOneOfOneAndMoreOfMore() throws IOException {
        Properties english = words("_en");

        assertThat(english.values().stream().map(Object::toString).filter(word -> word.contains(",choice,")))
                .hasSizeGreaterThan(10)
                .allSatisfy(word -> {
                    assertThat(said(word, 1))
                            .doesNotContainPattern("\\b1 [a-z]+s\\b")
                            .doesNotContain("{");
                    assertThat(said(word, 2)).doesNotContain("{", "  ").isNotEqualTo(said(word, 1));
                });
        assertThat(said(english.getProperty("act.settle-dead"), 1)).isEqualTo("Settle this message");
        assertThat(said(english.getProperty("act.settle-dead"), 12)).isEqualTo("Settle these 12 messages");
    }

    private static String said(String word, long count) {
        Object[] values = word.contains("{1,choice,") ? new Object[] {"Health", count} : new Object[] {count, "later"};
        return new MessageFormat(word, Locale.ENGLISH).format(values);
    }

    @Test
    void coverEveryKeyThatAPageNames() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> pages = Files.list(TEMPLATES)) {
            for (Path page : pages.toList()) {
                KEY.matcher(Files.readString(page))
                        .results()
                        .forEach(found -> named.add(found.group(1) == null ? found.group(2) : found.group(1)));
            }
        }

        assertThat(words("").stringPropertyNames()).containsAll(named);
    }

    @Test
    void coverEveryCodeThatAPagePutsTogether() throws IOException {
        Set<String> needed = new TreeSet<>();
        for (Role role : Role.values()) {
            needed.add("role." + role.name());
        }
        for (UserRefusal refusal : UserRefusal.values()) {
            needed.add("problem." + UserPage.problem(refusal));
        }
        Stream.of("user-changed", "user-enabled", "user-disabled", "user-removed", "name-released")
                .forEach(act -> {
                    needed.add("told." + act);
                    needed.add("action." + act);
                });
        for (OidcRefused.Reason reason : OidcRefused.Reason.values()) {
            needed.add("login.oidc." + reason.word());
        }
        for (Line.Group group : Line.Group.values()) {
            needed.add("group." + group.name());
        }
        for (Urgent.Kind kind : Urgent.Kind.values()) {
            Stream.of("what", "next", "do").forEach(part -> needed.add("urgent.%s.%s".formatted(kind.word(), part)));
        }
        for (IncidentKind kind : IncidentKind.values()) {
            needed.add("incidents.is." + kind.word());
            needed.add("urgent.%s.next".formatted(kind.word()));
            needed.add("urgent.%s.do".formatted(kind.word()));
        }
        for (Told.State state : Told.State.values()) {
            needed.add("incidents.notice." + state);
        }
        Stream.of("webhook", "mail", "sms").forEach(way -> needed.add("incidents.way." + way));
        Stream.of("opened", "urgent", "closed").forEach(event -> {
            needed.add("incidents.event." + event);
            needed.add("notice." + event);
            needed.add("notice.sms." + event);
            needed.add("notice.sms.%s.many".formatted(event));
        });
        for (Cause cause : Cause.values()) {
            needed.add("cause." + cause.word());
            needed.add("cause.%s.do".formatted(cause.word()));
        }
        Stream.of("circuit", "certificate", "files", "paused", "expiry", "calendar", "process", "overdue")
                .forEach(kind -> needed.add("urgent.%s.at".formatted(kind)));
        Stream.of("circuit", "certificate", "operator", "untried", "hours").forEach(pause -> {
            needed.add("pause." + pause);
            needed.add("line.is." + pause);
        });
        Stream.of("act.settle", "act.extend", "act.ask-no-more").forEach(act -> {
            needed.add(act);
            needed.add(act + ".note");
            needed.add(act + ".button");
        });
        Stream.of("answer", "question").forEach(kind -> needed.add("parked.is." + kind));
        Stream.of("taken", "superseded", "settled").forEach(end -> needed.add("message.is." + end));
        Stream.of("answer-settled", "question-given-up", "question-extended", "dead-settled", "process-ended")
                .forEach(act -> {
                    needed.add("told." + act);
                    needed.add("action." + act);
                });
        Stream.of("term", "waits-no-more").forEach(problem -> needed.add("problem." + problem));
        Stream.of("pending", "delivered", "refused", "parked", "undeliverable")
                .forEach(state -> needed.add("state." + state));
        for (Plan.State state : Plan.State.values()) {
            needed.add("plan.state." + state.word());
            needed.add("plan.is." + state.word());
        }
        Stream.of("pause", "resume", "abort").forEach(act -> {
            needed.add("plan." + act);
            needed.add("plan.%s.note".formatted(act));
            needed.add("told.plan-" + act);
        });
        Stream.of("delivered", "refused", "parkedAgain", "givenUp", "stillWaiting")
                .forEach(outcome -> needed.add("plan.outcome." + outcome));
        Stream.of("partner", "document", "item", "reasonContains", "parkedFrom", "parkedTo", "caseNumbers")
                .forEach(condition -> needed.add("plan.filter." + condition));
        for (ReportColumn column : ReportColumn.values()) {
            needed.add("reports.column." + column.word());
        }
        for (ReportColumn.Group group : ReportColumn.Group.values()) {
            needed.add("reports.group." + group.word());
            needed.add("reports.says." + group.word());
        }
        for (ReportPeriod period : ReportPeriod.values()) {
            needed.add("reports.period." + period.word());
            needed.add("reports.about." + period.word());
            needed.add("reports.problem.long-" + period.word());
        }
        for (ReportQuestion.By by : ReportQuestion.By.values()) {
            needed.add("reports.by." + by.word());
        }
        Stream.of("cases", "time", "within", "limit").forEach(note -> needed.add("reports.note." + note));
        needed.addAll(List.of("address.problem.order", "find.problem.long"));
        Stream.of("field", "period", "by", "from", "to", "department", "partner", "item", "centre", "province", "state")
                .forEach(field -> needed.add("address.problem." + field));
        Stream.of("person", "hub", "applicant", "centre", "department", "nobody")
                .forEach(turn -> needed.add("turn." + turn));
        Stream.of(
                        "over",
                        "region",
                        "joint",
                        "moves",
                        "reached",
                        "doubt",
                        "withdrawal",
                        "unread",
                        "said",
                        "behind",
                        "text",
                        "status",
                        "asked",
                        "moved",
                        "unread-text",
                        "decided",
                        "own")
                .forEach(problem -> needed.add("problem.answer-" + problem));
        Stream.of("asked", "own", "decided").forEach(problem -> needed.add("problem.looks-" + problem));
        Stream.of("answer-asked", "answer-given", "answer-dropped", "looks-asked", "looks-granted", "looks-refused")
                .forEach(act -> {
                    needed.add("told." + act);
                    needed.add("action." + act);
                });
        Stream.of("received", "corrected", "translated", "answered").forEach(kind -> needed.add("way.is." + kind));
        for (ExplainedRow.End end : ExplainedRow.End.values()) {
            needed.add("bench.end." + end);
        }
        needed.add("bench.end.UNREAD");
        for (CodesInUse.Use use : CodesInUse.Use.values()) {
            needed.add("bench.codes." + use);
        }
        needed.add("bench.codes.FAULTY");
        for (Loss.Kind kind : Loss.Kind.values()) {
            needed.add("bench.loss." + kind);
        }
        Stream.of("large", "busy", "slow", "failed", "source", "no-source", "faults", "no-round-trip")
                .forEach(problem -> needed.add("bench.problem." + problem));
        Stream.of("large", "same", "changed", "faults", "many", "busy", "slow", "failed", "others", "gone")
                .forEach(problem -> needed.add("problem.proposal-" + problem));
        Stream.of("proposal-saved", "proposal-dropped").forEach(act -> needed.add("told." + act));
        Stream.of("mapping-proposed", "proposal-taken", "proposal-dropped").forEach(act -> needed.add("action." + act));
        Stream.of("not-yet", "impossible", "no-answer", "not-yours", "covered")
                .forEach(problem -> needed.add("way.problem." + problem));

        assertThat(words("").stringPropertyNames()).containsAll(needed);
    }

    @Test
    void standInBundlesAndNotInPages() throws IOException {
        try (Stream<Path> pages = Files.list(TEMPLATES)) {
            assertThat(pages)
                    .allSatisfy(page -> assertThat(Files.readString(page))
                            .doesNotContainPattern("\\p{IsHan}")
                            .doesNotContainPattern("<script>|style=\"|onclick"));
        }
    }

    /** What is not escaped could be anybody's; a page that does so says in its own file why that is safe. */
    @Test
    void areEscapedUnlessThePageSaysWhyNot() throws IOException {
        try (Stream<Path> pages = Files.list(TEMPLATES)) {
            assertThat(pages)
                    .allSatisfy(page -> assertThat(Files.readString(page)
                                    .replaceAll(
                                            "<!--/\\* Unescaped because: [^*]+ \\*/-->\\s*<[^>]*th:utext[^>]*>", ""))
                            .doesNotContainPattern("th:utext|\\[\\("));
        }
    }

    private static Properties words(String language) throws IOException {
        Properties words = new Properties();
        try (Reader file = new InputStreamReader(
                WordsTest.class.getResourceAsStream("/console/messages%s.properties".formatted(language)),
                StandardCharsets.UTF_8)) {
            words.load(file);
        }
        return words;
    }
}
