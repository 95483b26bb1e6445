package org.shuniu.console;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.shuniu.report.Figures;
import org.shuniu.report.Spread;

/** What reports say of each line, on the page and in files alike. */
enum ReportColumn {
    RECEIVED(Figures::received),
    DONE(Figures::done),
    REFUSED(Figures::refused),
    ENDED(Figures::ended),
    IN_TIME(Figures::inTime),
    LATE(Figures::late),
    SHARE(figures -> percent(figures.inTimeShare())),
    HOURS_MEDIAN(figures -> hours(figures.secondsOf(ReportColumn.MEDIAN))),
    HOURS_NINETY(figures -> hours(figures.secondsOf(ReportColumn.NINETY))),
    HOURS_MEAN(Figures::meanHours),
    DAYS_MEDIAN(figures -> days(figures.daysOf(ReportColumn.MEDIAN))),
    DAYS_NINETY(figures -> days(figures.daysOf(ReportColumn.NINETY))),
    DAYS_MEAN(Figures::meanDays);

    /**
     * What a cell says.
     *
     * @param number as it is drawn and written into files; null where there is none
     * @param beyond whether all that is known is that it is more than that
     */
    record Cell(@Nullable Number number, boolean beyond) {

        private static final Cell NONE = new Cell(null, false);

        public String text() {
            if (number == null) {
                return "–";
            }
            String digits = number instanceof Double fraction ? rounded(fraction) : number.toString();
            return beyond ? "> " + digits : digits;
        }

        /** Two digits after the point at most, and none that say nothing. */
        private static String rounded(double fraction) {
            return String.format(Locale.ROOT, "%.2f", fraction).replaceFirst("\\.?0+$", "");
        }
    }

    /** A chart and its table. */
    enum Group {
        CASES(RECEIVED, DONE, REFUSED, ENDED),
        LIMIT(IN_TIME, LATE, SHARE),
        HOURS(HOURS_MEDIAN, HOURS_NINETY, HOURS_MEAN),
        DAYS(DAYS_MEDIAN, DAYS_NINETY, DAYS_MEAN);

        private final List<ReportColumn> columns;

        Group(ReportColumn... columns) {
            this.columns = List.of(columns);
        }

        public List<ReportColumn> columns() {
            return columns;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final double MEDIAN = 0.5;
    private static final double NINETY = 0.9;
    private static final double SECONDS_OF_HOUR = 3_600;
    private static final double PERCENT = 100;
    /** The last digit that is shown: what is not all of them is not shown as all, nor some as none. */
    private static final double LEAST = 0.01;

    private final Function<Figures, @Nullable Object> figure;

    ReportColumn(Function<Figures, @Nullable Object> figure) {
        this.figure = figure;
    }

    public Cell of(Figures figures) {
        Object value = figure.apply(figures);
        if (value instanceof Cell cell) {
            return cell;
        }
        return value == null ? Cell.NONE : new Cell((Number) value, false);
    }

    /** Drawn on top of the others of its name; null for what stands alone. */
    public @Nullable String stack() {
        return switch (this) {
            case DONE, REFUSED, ENDED -> "over";
            case IN_TIME, LATE -> "limit";
            default -> null;
        };
    }

    /** Whether its chart has it; a share has no place on an axis of cases. */
    public boolean drawn() {
        return this != SHARE;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static @Nullable Double percent(@Nullable Double share) {
        if (share == null) {
            return null;
        }
        double percent = share * PERCENT;
        return share > 0 && share < 1 ? Math.min(PERCENT - LEAST, Math.max(LEAST, percent)) : percent;
    }

    private static @Nullable Cell hours(Spread.@Nullable Within within) {
        return within == null ? null : new Cell(within.value() / SECONDS_OF_HOUR, within.beyond());
    }

    private static @Nullable Cell days(Spread.@Nullable Within within) {
        return within == null ? null : new Cell(within.value(), within.beyond());
    }
}
