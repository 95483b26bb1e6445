package org.shuniu.report;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.shuniu.document.CaseTimes;

/** What one row of sums stands for, on Shanghai's clocks. */
public enum ReportPeriod {
    DAY(31) {
        @Override
        public LocalDate firstDay(LocalDate day) {
            return day;
        }

        @Override
        public LocalDate back(LocalDate last, int periods) {
            return last.minusDays(periods);
        }

        @Override
        public long from(LocalDate first, LocalDate last) {
            return ChronoUnit.DAYS.between(first, last) + 1;
        }
    },
    MONTH(24) {
        @Override
        public LocalDate firstDay(LocalDate day) {
            return day.withDayOfMonth(1);
        }

        @Override
        public LocalDate back(LocalDate last, int periods) {
            return firstDay(last).minusMonths(periods);
        }

        @Override
        public long from(LocalDate first, LocalDate last) {
            return ChronoUnit.MONTHS.between(firstDay(first), firstDay(last)) + 1;
        }
    };

    static final ZoneId CITY = CaseTimes.SHANGHAI;

    private final int most;

    ReportPeriod(int most) {
        this.most = most;
    }

    /** How many of them one report may cover: what is read within a page's time. */
    public int most() {
        return most;
    }

    /** The first day of the period that a day is in. */
    public abstract LocalDate firstDay(LocalDate day);

    /** The first day of the period so many before. */
    public abstract LocalDate back(LocalDate last, int periods);

    /** How many periods two days span. */
    public abstract long from(LocalDate first, LocalDate last);

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
