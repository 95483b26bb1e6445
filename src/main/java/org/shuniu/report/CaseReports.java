package org.shuniu.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Pools;

/** Reads reports from the sums: as many rows as the period has, and never a case. */
public final class CaseReports {

    private static final String SUMS = """
            select %s as key, %s, %s as hours_spread, %s as days_spread from (%s) s group by 1
            """;
    private static final List<String> FIGURES =
            List.of("received", "done", "refused", "ended", "in_time", "late", "working_days", "seconds");

    private static final String ROWS =
            "select %d as weight, r.* from report_sum r where period = '%s' and detail = '%s' and first_day between ? and ?";

    private static final Comparator<Report.Line> BY_CASES = Comparator.<Report.Line>comparingLong(
                    line -> line.figures().received()
                            + line.figures().done()
                            + line.figures().refused()
                            + line.figures().ended())
            .reversed();
    private static final Comparator<Report.Line> BY_KEY = Comparator.comparing(Report.Line::key);

    private final Pools.Door door;

    /** @param door by which people read */
    CaseReports(Pools.Door door) {
        this.door = door;
    }

    /** By time in its order, by anything else what has most cases first. */
    public Report answer(ReportQuestion question) {
        Instant wholeAt = door.sql()
                .queryForObject(
                        "select whole_at from report_state", (row, number) -> CaseFiles.instant(row, "whole_at"));
        List<Report.Line> lines = new ArrayList<>(lines(question));
        if (question.by() == ReportQuestion.By.TIME) {
            fill(lines, question);
        } else {
            lines.sort(BY_CASES.thenComparing(BY_KEY));
        }
        Figures total = lines.stream().map(Report.Line::figures).reduce(Figures.NONE, Figures::plus);
        return new Report(List.copyOf(lines), total, wholeAt);
    }

    /** A day without cases is a line too. */
    private static void fill(List<Report.Line> lines, ReportQuestion question) {
        ReportPeriod period = question.period();
        Map<String, Figures> known = lines.stream().collect(Collectors.toMap(Report.Line::key, Report.Line::figures));
        lines.clear();
        for (long back = period.from(question.from(), question.to()) - 1; back >= 0; back--) {
            String day = period.back(question.to(), (int) back).toString();
            lines.add(new Report.Line(day, known.getOrDefault(day, Figures.NONE)));
        }
    }

    private List<Report.Line> lines(ReportQuestion question) {
        List<Object> values = new ArrayList<>();
        String statement = statement(question, values);
        return door.transaction().execute(status -> {
            // To compile so many sums takes longer than to add them up.
            door.sql().execute("set local jit = off");
            return door.sql().query(statement, CaseReports::read, values.toArray());
        });
    }

    /** Parts of it are chosen among words of this package; what people name is bound. */
    static String statement(ReportQuestion question, List<Object> values) {
        String rows = question.partners() != null && question.ofCentresAlone()
                ? ownCentres(question, question.partners().toArray(String[]::new), values)
                : rows(question, values);
        return SUMS.formatted(
                question.by().column(),
                FIGURES.stream()
                        .map(figure -> "sum(weight * %1$s) as %1$s".formatted(figure))
                        .collect(Collectors.joining(", ")),
                sums("hours_spread", Spread.HOURS),
                sums("days_spread", Spread.WORKING_DAYS),
                rows);
    }

    private static String rows(ReportQuestion question, List<Object> values) {
        StringBuilder rows = rows(1, question.detail(), question, values);
        only(rows, "department", question.department(), values);
        only(rows, "item", question.item(), values);
        only(rows, "province", question.province(), values);
        if (question.partners() != null) {
            String[] partners = question.partners().toArray(String[]::new);
            rows.append(" and (sender = any(?) or department = any(?) or province = any(?))");
            values.addAll(List.of(partners, partners, partners));
        }
        return rows.toString();
    }

    /**
     * What some partners decide and what they send, each in few rows; less what both of these hold, which is there when they send to one
     * another; and what they take part in besides. Each case is so counted once.
     */
    private static String ownCentres(ReportQuestion question, String[] partners, List<Object> values) {
        StringBuilder decided = rows(1, "centre-of-department", question, values);
        decided.append(" and department = any(?)");
        values.add(partners);
        StringBuilder sent = rows(1, "centre-of-sender", question, values);
        sent.append(" and sender = any(?)");
        values.add(partners);
        StringBuilder twice = rows(-1, "centre", question, values);
        twice.append(" and department = any(?) and sender = any(?)");
        values.addAll(List.of(partners, partners));
        StringBuilder besides = rows(1, "centre", question, values);
        besides.append(" and province <> '' and province = any(?) and department <> all(?) and sender <> all(?)");
        values.addAll(List.of(partners, partners, partners));
        return String.join(" union all ", decided, sent, twice, besides);
    }

    private static StringBuilder rows(int weight, String detail, ReportQuestion question, List<Object> values) {
        ReportPeriod period = question.period();
        values.addAll(List.of(period.firstDay(question.from()), period.firstDay(question.to())));
        StringBuilder rows = new StringBuilder(ROWS.formatted(weight, period.word(), detail));
        only(rows, "centre", question.centre(), values);
        return rows;
    }

    private static void only(StringBuilder only, String column, @Nullable String value, List<Object> values) {
        if (value != null) {
            only.append(" and ").append(column).append(" = ?");
            values.add(value);
        }
    }

    private static String sums(String column, Spread spread) {
        return IntStream.rangeClosed(1, spread.slots())
                .mapToObj(slot -> "sum(weight * %s[%d])".formatted(column, slot))
                .collect(Collectors.joining(", ", "array[", "]"));
    }

    private static Report.Line read(ResultSet row, int number) throws SQLException {
        return new Report.Line(
                row.getString("key"),
                new Figures(
                        row.getLong("received"),
                        row.getLong("done"),
                        row.getLong("refused"),
                        row.getLong("ended"),
                        row.getLong("in_time"),
                        row.getLong("late"),
                        row.getLong("working_days"),
                        row.getLong("seconds"),
                        counts(row, "hours_spread"),
                        counts(row, "days_spread")));
    }

    private static long[] counts(ResultSet row, String column) throws SQLException {
        return Arrays.stream((Long[]) row.getArray(column).getArray())
                .mapToLong(Long::longValue)
                .toArray();
    }
}
