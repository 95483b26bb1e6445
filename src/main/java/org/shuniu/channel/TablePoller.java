package org.shuniu.channel;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shuniu.partner.Partner;
import org.shuniu.store.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a department's result tables: rows are committed in the hub's database before the department's flag is set.
 *
 * <p>The flag is set only on the row as it was read; one that changed meanwhile is read again.
 */
final class TablePoller {

    private record Row(String table, String version, ObjectNode columns) {
        String guid() {
            return columns.path("row_guid").asString("");
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(TablePoller.class);

    private final Partner partner;
    private final FrontDatabase database;
    private volatile Optional<String> trouble = Optional.empty();

    TablePoller(Partner partner, FrontDatabase database) {
        this.partner = partner;
        this.database = database;
    }

    /** @return how many rows were kept */
    int poll(RowSink sink) {
        int kept = 0;
        try (Connection connection = database.connection()) {
            for (String table : partner.database().orElseThrow().resultTables()) {
                kept += poll(connection, FrontDatabase.name(table), sink);
            }
            trouble = Optional.empty();
        } catch (SQLException away) {
            trouble = Optional.of("its result tables cannot be read (SQLSTATE %s)".formatted(away.getSQLState()));
            LOG.warn("The front-end database of {} cannot be polled (SQLSTATE {})", partner.id(), away.getSQLState());
        }
        return kept;
    }

    /** Why the last poll did not get to the end, if it did not. */
    Optional<String> trouble() {
        return trouble;
    }

    private int poll(Connection connection, String table, RowSink sink) throws SQLException {
        long end = System.nanoTime() + partner.deadline().toNanos();
        List<Row> rows = read(connection, table, end);
        connection.rollback();
        for (Row row : rows) {
            ObjectNode tree = Json.object().put("table", table);
            tree.set("row", row.columns());
            sink.keep(partner.id(), "%s:%s:%s".formatted(table, row.guid(), row.version()), Json.bytes(tree));
        }
        for (Row row : rows) {
            mark(connection, row, end);
        }
        connection.commit();
        return rows.size();
    }

    private List<Row> read(Connection connection, String table, long end) throws SQLException {
        String select =
                "select xmin::text || ':' || ctid::text as row_version, t.* from %s t where is_sync = 0 order by cd_time limit ?"
                        .formatted(table);
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            FrontDatabase.deadline(statement, end);
            statement.setInt(1, partner.database().orElseThrow().batch());
            try (ResultSet found = statement.executeQuery()) {
                List<Row> rows = new ArrayList<>();
                while (found.next()) {
                    rows.add(new Row(table, found.getString("row_version"), columns(found)));
                }
                return rows;
            }
        }
    }

    private static ObjectNode columns(ResultSet row) throws SQLException {
        ObjectNode columns = Json.object();
        ResultSetMetaData meta = row.getMetaData();
        for (int i = 2; i <= meta.getColumnCount(); i++) {
            String name = meta.getColumnLabel(i);
            String value = row.getString(i);
            // Its own key is needed as it is, to mark the row.
            columns.put(name, value == null || name.equals(CorrectedRows.KEY) ? value : CorrectedRows.unmarked(value));
        }
        return columns;
    }

    private void mark(Connection connection, Row row, long end) throws SQLException {
        String update =
                "update %s set is_sync = 1 where row_guid = ? and is_sync = 0 and xmin::text || ':' || ctid::text = ?"
                        .formatted(row.table());
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            FrontDatabase.deadline(statement, end);
            statement.setString(1, row.guid());
            statement.setString(2, row.version());
            statement.executeUpdate();
        }
    }
}
