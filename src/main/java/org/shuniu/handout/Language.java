package org.shuniu.handout;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.shuniu.contract.Contract.Name;
import org.shuniu.scaffold.Template;

/** A language of the page. */
enum Language {
    ZH("、", "是", "天", "小时", "分钟", "秒"),
    EN(", ", "yes", " d", " h", " min", " s");

    /** Nobody needs the seconds of days. */
    private static final int MOST_UNITS = 2;

    private final String comma;
    private final String yes;
    private final List<String> units;

    Language(String comma, String yes, String... units) {
        this.comma = comma;
        this.yes = yes;
        this.units = List.of(units);
    }

    /** As HTML has it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String of(Name name) {
        return of(name.zh(), name.en());
    }

    String of(String zh, String en) {
        return this == ZH ? zh : en;
    }

    String list(List<String> all) {
        return String.join(comma, all);
    }

    String yes(boolean is) {
        return is ? yes : "";
    }

    /** @param part of the page, in the folder of the language */
    String filled(String part, Map<String, String> words) {
        return Template.filledAt("org/shuniu/handout/%s/%s.md".formatted(word(), part), words)
                .strip();
    }

    /** In units that people use: 3 d 4 h, 5 min. */
    String of(Duration time) {
        if (time.isZero()) {
            return "0" + units.get(units.size() - 1);
        }
        List<Long> parts = List.of(
                time.toDays(), (long) time.toHoursPart(), (long) time.toMinutesPart(), (long) time.toSecondsPart());
        return IntStream.range(0, parts.size())
                .filter(i -> parts.get(i) > 0)
                .limit(MOST_UNITS)
                .mapToObj(i -> parts.get(i) + units.get(i))
                .collect(Collectors.joining(" "));
    }
}
