package org.shuniu.channel;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.shuniu.store.Json;
import tools.jackson.databind.JsonNode;

/**
 * Writes rows into a department's front-end database; a row that is there already is left as it is. A correction is rows of its own, and
 * what the department has not taken of the earlier ones by then is marked so that it takes them no more.
 */
final class TableAdapter implements ChannelAdapter {

    private static final Set<String> CONNECTION_STATES = Set.of("08", "28", "57", "3D");

    private final FrontDatabase database;

    TableAdapter(FrontDatabase database) {
        this.database = database;
    }

    @Override
    public Reply call(Call call) {
        JsonNode tables = Json.tree(call.body());
        boolean sent = false;
        long end = call.endBy();
        try (Connection connection = database.connection()) {
            if (call.correction() != null) {
                new WithdrawnRows(connection, call.messageId(), call.correction(), end).of(tables.properties());
            }
            int rows = 0;
            for (Map.Entry<String, JsonNode> table : tables.properties()) {
                rows += write(connection, call, table.getKey(), table.getValue(), end);
            }
            if (call.isOver()) {
                return new Reply.Unavailable("the time of the call was over before the commit", null);
            }
            sent = true;
            connection.commit();
            return new Reply.Answered(200, Json.bytes(Json.object().put("inserted", rows)), "application/json");
        } catch (SQLException failure) {
            return sort(failure, sent);
        } catch (IllegalArgumentException wrong) {
            return new Reply.Invalid(wrong.getMessage());
        }
    }

    private static int write(Connection connection, Call call, String table, JsonNode first, long end)
            throws SQLException {
        JsonNode rows = first;
        if (call.correction() != null) {
            rows = CorrectedRows.of(first, call.correction());
        }
        int inserted = insert(connection, table, rows, end);
        if (call.again()) {
            offerAgain(connection, table, rows, end);
        }
        return inserted;
    }

    /** Whether the department looks for rows of it that are not marked yet. */
    static boolean isRead(Connection connection, String table) throws SQLException {
        return FrontDatabase.columns(connection, FrontDatabase.name(table))
                .containsAll(Set.of(CorrectedRows.KEY, "is_sync"));
    }

    private static int insert(Connection connection, String table, JsonNode rows, long end) throws SQLException {
        Set<String> known = FrontDatabase.columns(connection, FrontDatabase.name(table));
        int inserted = 0;
        for (JsonNode row : rows) {
            List<String> columns = new ArrayList<>(row.propertyNames());
            requireKnown(table, columns, known);
            try (PreparedStatement statement = connection.prepareStatement(statement(table, columns))) {
                FrontDatabase.deadline(statement, end);
                for (int i = 0; i < columns.size(); i++) {
                    JsonNode value = row.get(columns.get(i));
                    // The server gives an untyped text the column's own type: dates, numbers, text alike.
                    statement.setObject(i + 1, value.isNull() ? null : value.asString(), java.sql.Types.OTHER);
                }
                int fresh = statement.executeUpdate();
                if (fresh == 0) {
                    requireSame(connection, table, row, end);
                }
                inserted += fresh;
            }
        }
        return inserted;
    }

    /** What is in the way of a row must be the row itself: one of another case that shares a value with it is no sign that this one is there. */
    private static void requireSame(Connection connection, String table, JsonNode row, long end) throws SQLException {
        String key = row.path(CorrectedRows.KEY).asString("");
        if (key.isEmpty()) {
            return;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("select 1 from \"%s\" where %s = ?".formatted(table, CorrectedRows.KEY))) {
            FrontDatabase.deadline(statement, end);
            statement.setObject(1, key, java.sql.Types.OTHER);
            if (!statement.executeQuery().next()) {
                throw new IllegalArgumentException(
                        "table %s has another row with a value of this one that must be unique".formatted(table));
            }
        }
    }

    /** A row that is still there and was never worked is left to be read once more. */
    private static void offerAgain(Connection connection, String table, JsonNode rows, long end) throws SQLException {
        if (!isRead(connection, table)) {
            return;
        }
        for (JsonNode row : rows) {
            try (PreparedStatement statement = connection.prepareStatement(
                    "update \"%s\" set is_sync = 0 where row_guid = ? and is_sync <> 0".formatted(table))) {
                FrontDatabase.deadline(statement, end);
                statement.setString(1, row.path(CorrectedRows.KEY).asString(""));
                statement.executeUpdate();
            }
        }
    }

    private static void requireKnown(String table, List<String> columns, Set<String> known) {
        for (String column : columns) {
            if (!known.contains(FrontDatabase.name(column))) {
                throw new IllegalArgumentException("table %s has no column %s".formatted(table, column));
            }
        }
    }

    private static String statement(String table, List<String> columns) {
        return "insert into \"%s\" (%s) values (%s) on conflict do nothing"
                .formatted(
                        table,
                        // An office may call a table or a column by a word of the language: "order".
                        columns.stream().map("\"%s\""::formatted).collect(Collectors.joining(", ")),
                        columns.stream().map(column -> "?").collect(Collectors.joining(", ")));
    }

    /** What fails before the commit has no effect; a commit without an answer may have. */
    private static Reply sort(SQLException failure, boolean committing) {
        String state = failure.getSQLState() == null ? "08000" : failure.getSQLState();
        if (committing) {
            return new Reply.Unknown("the commit got no answer (SQLSTATE %s)".formatted(state));
        }
        boolean away =
                CONNECTION_STATES.contains(state.substring(0, 2)) || failure instanceof java.sql.SQLTransientException;
        return away
                ? new Reply.Unavailable("the front-end database is away (SQLSTATE %s)".formatted(state), null)
                : new Reply.Invalid("the front-end database refuses the row (SQLSTATE %s)".formatted(state));
    }

    @Override
    public void close() {
        database.close();
    }
}
