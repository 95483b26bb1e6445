package org.shuniu.console;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.report.ReportPeriod;
import org.shuniu.report.ReportQuestion;
import org.shuniu.report.ReportQuestion.By;

/** Reads of an address what a report is about; what it can't read it says, and takes what is usual. */
final class ReportForm {

    /** What is wrong with a field: a word of the bundle and its values. */
    record Problem(String key, List<Object> values) {}

    /** What is asked, and what of it was not as typed. */
    record Asked(ReportQuestion question, List<Problem> problems) {}

    /** Stands for "none" where a field that is left empty stands for "all". */
    static final String NONE = "-";

    private static final int USUAL_DAYS = 14;
    private static final int USUAL_MONTHS = 12;
    private static final int LONGEST = 64;

    private final PartnerDirectory partners;
    private final Catalogue catalogue;

    ReportForm(PartnerDirectory partners, Catalogue catalogue) {
        this.partners = partners;
        this.catalogue = catalogue;
    }

    Asked read(Map<String, String> typed, ConsoleUser who, LocalDate today) {
        List<Problem> problems = new ArrayList<>();
        ReportPeriod period = word(typed, "period", ReportPeriod.values(), ReportPeriod.DAY, problems);
        By by = word(typed, "by", By.values(), By.TIME, problems);
        LocalDate to = day(typed, "to", problems).orElse(today);
        LocalDate from = day(typed, "from", problems).orElseGet(() -> usual(period, to));
        LocalDate first = bounded(period, from, to, problems);
        ReportQuestion question = new ReportQuestion(
                period,
                first,
                to,
                by,
                known(typed, "department", id -> partners.find(id).isPresent(), problems),
                known(typed, "item", catalogue::knowsItem, problems),
                known(typed, "centre", code -> isCentre(code, first, to), problems),
                known(
                        typed,
                        "province",
                        id -> partners.find(id).filter(Partner::isRegion).isPresent(),
                        problems),
                who.partners());
        return new Asked(question, List.copyOf(problems));
    }

    private static LocalDate usual(ReportPeriod period, LocalDate to) {
        return period.back(to, (period == ReportPeriod.DAY ? USUAL_DAYS : USUAL_MONTHS) - 1);
    }

    private static LocalDate bounded(ReportPeriod period, LocalDate from, LocalDate to, List<Problem> problems) {
        if (from.isAfter(to)) {
            problems.add(new Problem("reports.problem.order", List.of(from.toString(), to.toString())));
            return usual(period, to);
        }
        long periods = period.from(from, to);
        if (periods <= period.most()) {
            return from;
        }
        problems.add(
                new Problem("reports.problem.long-" + period.word(), List.of(Long.toString(periods), period.most())));
        return period.back(to, period.most() - 1);
    }

    private boolean isCentre(String code, LocalDate first, LocalDate last) {
        return catalogue.centre(code, last).isPresent()
                || catalogue.centre(code, first).isPresent();
    }

    private static <T extends Enum<T>> T word(
            Map<String, String> typed, String field, T[] all, T usual, List<Problem> problems) {
        String word = typed.getOrDefault(field, "").strip();
        Optional<T> known = Arrays.stream(all)
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
        if (known.isEmpty() && !word.isEmpty()) {
            problems.add(unknown(word));
        }
        return known.orElse(usual);
    }

    private static Optional<LocalDate> day(Map<String, String> typed, String field, List<Problem> problems) {
        String text = typed.getOrDefault(field, "");
        Optional<LocalDate> day = DayField.of(text).filter(ReportForm::isOfOurTime);
        if (day.isEmpty() && !text.isBlank()) {
            problems.add(new Problem("reports.problem.day", List.of(shortened(text))));
        }
        return day;
    }

    /** What databases and calendars can hold is more, and no year in which there was a hub. */
    private static boolean isOfOurTime(LocalDate day) {
        return day.getYear() >= 2000 && day.getYear() < 3000;
    }

    private static @Nullable String known(
            Map<String, String> typed, String field, Predicate<String> isKnown, List<Problem> problems) {
        String value = typed.getOrDefault(field, "").strip();
        if (value.isEmpty()) {
            return null;
        }
        boolean mayBeNone = field.equals("centre") || field.equals("province");
        if (mayBeNone && value.equals(NONE)) {
            return "";
        }
        if (!isKnown.test(value)) {
            problems.add(unknown(value));
            return null;
        }
        return value;
    }

    private static Problem unknown(String value) {
        return new Problem("reports.problem.unknown", List.of(shortened(value)));
    }

    private static String shortened(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
    }
}
