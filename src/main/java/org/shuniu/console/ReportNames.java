package org.shuniu.console;

import java.time.LocalDate;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.Centre;
import org.shuniu.document.CaseTimes;
import org.shuniu.report.Report;
import org.shuniu.report.ReportPeriod;
import org.shuniu.report.ReportQuestion;

/** Puts into words what the lines of a report stand for. */
final class ReportNames {

    /** As long as {@code 2026-11}. */
    private static final int MONTH = 7;

    private final Shown shown;
    private final Catalogue catalogue;

    ReportNames(Shown shown, Catalogue catalogue) {
        this.shown = shown;
        this.catalogue = catalogue;
    }

    ReportSheet.Row row(ReportQuestion question, Report.Line line) {
        String key = line.key();
        return switch (question.by()) {
            case TIME -> {
                String time = time(question.period(), LocalDate.parse(key));
                yield new ReportSheet.Row(time, time, line.figures());
            }
            case DEPARTMENT -> new ReportSheet.Row(key, shown.partner(key), line.figures());
            case ITEM -> new ReportSheet.Row(key, item(key, question.to()), line.figures());
            case CENTRE -> new ReportSheet.Row(key, centre(key, question.to()), line.figures());
            case PROVINCE -> new ReportSheet.Row(key, province(key), line.figures());
        };
    }

    /** A day, or its month without a day. */
    static String time(ReportPeriod period, LocalDate day) {
        return period == ReportPeriod.MONTH ? day.toString().substring(0, MONTH) : day.toString();
    }

    String item(String code, LocalDate on) {
        return shown.item(code, on.atStartOfDay(CaseTimes.SHANGHAI).toInstant());
    }

    String centre(String code, LocalDate on) {
        return code.isEmpty()
                ? shown.word("reports.no-centre")
                : catalogue.centre(code, on).map(Centre::nameZh).orElse(code);
    }

    String province(String id) {
        return id.isEmpty() ? shown.word("reports.no-province") : shown.partner(id);
    }
}
