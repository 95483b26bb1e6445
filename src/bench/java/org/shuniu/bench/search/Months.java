package org.shuniu.bench.search;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.shuniu.bench.load.Latencies;
import org.shuniu.bench.stored.StoredLives;

/**
 * What partitions by month would do: the messages as one table and as thirteen, asked for and emptied of their oldest whole month.
 *
 * @param wholeByCase the messages of a case, from one table; as the others, by the server's own clock and in nanoseconds
 * @param wholeEmptied milliseconds to delete a month's rows and to vacuum
 * @param monthsEmptied milliseconds to drop the month's table
 */
public record Months(
        long rows,
        Latencies wholeById,
        Latencies monthsById,
        Latencies wholeByCase,
        Latencies monthsByCase,
        double wholeEmptied,
        double monthsEmptied) {

    private static final String OLDEST = """
            select to_char(date_trunc('month', min(accepted_at)) + interval '1 month', 'YYYYMM') from bench_whole
            """;
    private static final String DELETE = """
            delete from bench_whole where id >= pg_temp.first_id(to_timestamp('%1$s', 'YYYYMM'))
                and id < pg_temp.first_id(to_timestamp('%1$s', 'YYYYMM') + interval '1 month')
            """;

    /** Asks and empties, and leaves nothing behind. */
    public static Months measure(StoredLives stored, List<Sample> samples) throws SQLException, IOException {
        stored.execute(StoredLives.text("/months.sql"));
        try {
            String month = stored.one(OLDEST, String.class);
            return new Months(
                    stored.one("select count(*) from bench_whole", Long.class),
                    byId(stored.connection(), "bench_whole", samples),
                    byId(stored.connection(), "bench_months", samples),
                    byCase(stored.connection(), "bench_whole", samples),
                    byCase(stored.connection(), "bench_months", samples),
                    millis(stored, DELETE.formatted(month), "vacuum bench_whole"),
                    millis(stored, "drop table bench_month_" + month));
        } finally {
            stored.execute("drop table bench_whole; drop table bench_months");
        }
    }

    private static Latencies byId(Connection connection, String table, List<Sample> samples) throws SQLException {
        Latencies times = new Latencies();
        try (PreparedStatement find = explained(connection, table, "id")) {
            for (Sample sample : samples) {
                find.setObject(1, UUID.fromString(sample.messageId()));
                times.add(nanos(find));
            }
        }
        return times;
    }

    private static Latencies byCase(Connection connection, String table, List<Sample> samples) throws SQLException {
        Latencies times = new Latencies();
        try (PreparedStatement find = explained(connection, table, "case_no")) {
            for (Sample sample : samples) {
                find.setString(1, sample.caseNo());
                times.add(nanos(find));
            }
        }
        return times;
    }

    private static PreparedStatement explained(Connection connection, String table, String column) throws SQLException {
        return connection.prepareStatement(
                "explain (analyze, format json) select * from %s where %s = ?".formatted(table, column));
    }

    /** Planning and execution together: a plan over many tables takes its time too. */
    private static long nanos(PreparedStatement explained) throws SQLException {
        try (ResultSet row = explained.executeQuery()) {
            row.next();
            String plan = row.getString(1);
            return (long) ((number(plan, "Planning Time") + number(plan, "Execution Time")) * 1e6);
        }
    }

    private static double number(String plan, String name) {
        int colon = plan.indexOf(':', plan.indexOf(name));
        return Double.parseDouble(plan.substring(colon + 1, plan.indexOf('\n', colon))
                .replace(",", "")
                .strip());
    }

    private static double millis(StoredLives stored, String... statements) throws SQLException {
        long from = System.nanoTime();
        try (Statement statement = stored.connection().createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
        return (System.nanoTime() - from) / 1e6;
    }
}
