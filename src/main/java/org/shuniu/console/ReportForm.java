package org.shuniu.console;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.report.ReportPeriod;
import org.shuniu.report.ReportQuestion;
import org.shuniu.report.ReportQuestion.By;

/** Reads of an address what a report is about. */
final class ReportForm {

    /**
     * What is asked.
     *
     * @param question with what is usual in the place of what can't be read
     * @param problems what of it was not as typed; then the question is not to be answered
     */
    record Asked(ReportQuestion question, List<AddressFields.Problem> problems) {}

    /** Stands for "none" where a field that is left empty stands for "all". */
    private static final String NONE = "-";

    private static final List<String> FIELDS =
            List.of("period", "from", "to", "by", "department", "item", "centre", "province");

    private static final int USUAL_DAYS = 14;
    private static final int USUAL_MONTHS = 12;

    private final PartnerDirectory partners;
    private final Catalogue catalogue;

    ReportForm(PartnerDirectory partners, Catalogue catalogue) {
        this.partners = partners;
        this.catalogue = catalogue;
    }

    Asked read(Map<String, String> typed, ConsoleUser who, LocalDate today) {
        AddressFields fields = new AddressFields(typed, FIELDS);
        ReportPeriod period = fields.word("period", ReportPeriod.values(), ReportPeriod.DAY);
        By by = fields.word("by", By.values(), By.TIME);
        LocalDate to = fields.day("to").orElse(today);
        LocalDate from = fields.day("from").orElseGet(() -> usual(period, to));
        LocalDate first = bounded(period, from, to, fields);
        String centre = fields.known("centre", code -> code.equals(NONE) || catalogue.isCentre(code, first, to));
        String province = fields.known("province", id -> id.equals(NONE) || isRegion(id));
        ReportQuestion question = new ReportQuestion(
                period,
                first,
                to,
                by,
                fields.known("department", id -> partners.find(id).isPresent()),
                fields.known("item", catalogue::knowsItem),
                NONE.equals(centre) ? "" : centre,
                NONE.equals(province) ? "" : province,
                who.partners());
        return new Asked(question, fields.problems());
    }

    private static LocalDate usual(ReportPeriod period, LocalDate to) {
        return period.back(to, (period == ReportPeriod.DAY ? USUAL_DAYS : USUAL_MONTHS) - 1);
    }

    private static LocalDate bounded(ReportPeriod period, LocalDate from, LocalDate to, AddressFields fields) {
        if (!fields.problems().isEmpty()) {
            return usual(period, to);
        }
        if (from.isAfter(to)) {
            fields.wrong("address.problem.order", from.toString(), to.toString());
            return usual(period, to);
        }
        long periods = period.from(from, to);
        if (periods <= period.most()) {
            return from;
        }
        fields.wrong("reports.problem.long-" + period.word(), Long.toString(periods), period.most());
        return period.back(to, period.most() - 1);
    }

    private boolean isRegion(String id) {
        return partners.find(id).filter(Partner::isRegion).isPresent();
    }
}
