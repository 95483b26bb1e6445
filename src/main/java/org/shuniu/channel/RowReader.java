package org.shuniu.channel;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.shuniu.partner.Counting;
import org.shuniu.partner.Partner;
import org.shuniu.store.Json;
import tools.jackson.databind.node.ObjectNode;

/** Reads rows of a time from a table of a front-end database, page by page and without changing any. */
public final class RowReader {

    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");
    private static final int PAGE = 500;

    /** Takes a page, each row as JSON with {@code table} and {@code row}; whatever it throws ends the reading. */
    @FunctionalInterface
    public interface Pages<X extends Exception> {
        void take(List<byte[]> rows) throws X;
    }

    private record Place(String time, String key) {}

    private final Partner partner;
    private final FrontDatabase database;

    RowReader(Partner partner, FrontDatabase database) {
        this.partner = partner;
        this.database = database;
    }

    /** @throws SQLException when the whole of it could not be read */
    public <X extends Exception> void read(Counting.Rows rows, Instant from, Instant until, Pages<X> pages)
            throws SQLException, X {
        Place after = new Place(city(from), "");
        List<byte[]> page = new ArrayList<>();
        do {
            page.clear();
            after = page(rows, after, city(until), page);
            pages.take(page);
        } while (page.size() == PAGE);
    }

    private Place page(Counting.Rows rows, Place after, String until, List<byte[]> page) throws SQLException {
        String table = FrontDatabase.name(rows.table());
        String time = FrontDatabase.name(rows.time());
        String key = FrontDatabase.name(rows.key());
        // An untyped text takes the column's own type.
        String select =
                "select %s::text as place_time, %s::text as place_key, t.* from %s t where (%s, %s) > (?, ?) and %s <= ? order by %s, %s limit ?"
                        .formatted(time, key, table, time, key, time, time, key);
        try (Connection connection = database.connection();
                PreparedStatement statement = connection.prepareStatement(select)) {
            FrontDatabase.deadline(
                    statement, System.nanoTime() + partner.deadline().toNanos());
            statement.setObject(1, after.time(), java.sql.Types.OTHER);
            statement.setObject(2, after.key(), java.sql.Types.OTHER);
            statement.setObject(3, until, java.sql.Types.OTHER);
            statement.setInt(4, PAGE);
            Place last = after;
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    last = new Place(found.getString(1), found.getString(2));
                    page.add(row(table, found));
                }
            }
            connection.rollback();
            return last;
        }
    }

    private static byte[] row(String table, ResultSet found) throws SQLException {
        ObjectNode tree = Json.object().put("table", table);
        ObjectNode columns = tree.putObject("row");
        ResultSetMetaData meta = found.getMetaData();
        for (int i = 3; i <= meta.getColumnCount(); i++) {
            String value = found.getString(i);
            columns.put(meta.getColumnLabel(i), value == null ? null : CorrectedRows.unmarked(value));
        }
        return Json.bytes(tree);
    }

    private static String city(Instant at) {
        return LocalDateTime.ofInstant(at, CITY).toString();
    }
}
