package org.shuniu.bench.search;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** By what the server answered, from its own statistics: the indexes that it walked and the tables that it read as a whole. */
public final class UsedIndexes {

    /** Longer than a server process keeps its counts to itself after it has told of some. */
    private static final long TOLD_MILLIS = 1_200;

    /** The dispatcher's indexes of deliveries are left out: the hub walks them all the time. */
    private static final String WALKED = """
            select indexrelname, idx_scan from pg_stat_user_indexes
            where relname in ('case_file', 'message', 'message_key', 'sender_case', 'event')
                or indexrelname in ('delivery_pkey', 'delivery_case', 'delivery_message')
            union all
            select 'ALL OF ' || relname, seq_scan from pg_stat_user_tables
            where relname in ('case_file', 'message', 'message_key', 'sender_case', 'event', 'delivery')
            """;

    /** Asks something. */
    @FunctionalInterface
    public interface Asked {
        void ask() throws IOException;
    }

    private UsedIndexes() {}

    /** @param another a question that reads none of these tables: with it the server tells of what was asked before */
    public static String of(Connection connection, Asked asked, Asked another)
            throws SQLException, IOException, InterruptedException {
        Map<String, Long> before = walked(connection);
        asked.ask();
        Thread.sleep(TOLD_MILLIS);
        another.ask();
        Map<String, Long> after = walked(connection);
        TreeSet<String> used = new TreeSet<>();
        after.forEach((name, scans) -> {
            if (scans > before.getOrDefault(name, 0L)) {
                used.add(name);
            }
        });
        return String.join(", ", used);
    }

    private static Map<String, Long> walked(Connection connection) throws SQLException {
        Map<String, Long> walked = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(WALKED)) {
            while (rows.next()) {
                walked.put(rows.getString(1), rows.getLong(2));
            }
        }
        return walked;
    }
}
