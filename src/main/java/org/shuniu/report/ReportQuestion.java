package org.shuniu.report;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a report is about.
 *
 * @param from a day of the first period
 * @param to a day of the last one
 * @param department only of this one, or null for all; as the next three
 * @param partners whose cases may be seen, or null for all
 */
public record ReportQuestion(
        ReportPeriod period,
        LocalDate from,
        LocalDate to,
        By by,
        @Nullable String department,
        @Nullable String item,
        @Nullable String centre,
        @Nullable String province,
        @Nullable Set<String> partners) {

    /** What one line of the report stands for. */
    public enum By {
        TIME("first_day::text"),
        DEPARTMENT("department"),
        ITEM("item"),
        CENTRE("centre"),
        PROVINCE("province");

        private final String column;

        By(String column) {
            this.column = column;
        }

        String column() {
            return column;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ReportQuestion {
        long periods = period.from(from, to);
        if (from.isAfter(to) || periods > period.most()) {
            throw new IllegalArgumentException("a report from %s to %s; expected 1 to %d periods of %s"
                    .formatted(from, to, period.most(), period));
        }
    }

    /** Which rows answer it: the fewest that tell apart what it asks for. Those by both are read for one item or one centre only. */
    String detail() {
        boolean ofItems = by == By.ITEM || item != null;
        boolean ofCentres = by == By.CENTRE || centre != null;
        if (ofCentresAlone() && partners == null) {
            return "centre-alone";
        }
        return ofItems && ofCentres ? "both" : ofCentres ? "centre" : "item";
    }

    /** Whether it is of centres and tells apart nothing else, beside the partners whose cases may be seen. */
    boolean ofCentresAlone() {
        boolean ofCentres = by == By.CENTRE || centre != null;
        return ofCentres && by != By.ITEM && item == null && !ofAnythingElse();
    }

    private boolean ofAnythingElse() {
        return by == By.DEPARTMENT || by == By.PROVINCE || department != null || province != null;
    }
}
