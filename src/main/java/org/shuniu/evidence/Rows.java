package org.shuniu.evidence;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Reads a table of any size in little memory. */
final class Rows {

    /** What is done with one row. */
    @FunctionalInterface
    interface Use {
        void row(ResultSet row) throws SQLException, IOException;
    }

    private static final int AT_ONCE = 2_000;

    private Rows() {}

    /** @param connection not in auto-commit mode, in which the driver would fetch all rows at once */
    static void each(Connection connection, String query, Use use) throws SQLException, IOException {
        each(connection, query, List.of(), use);
    }

    static void each(Connection connection, String query, List<?> values, Use use) throws SQLException, IOException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setFetchSize(AT_ONCE);
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    use.row(rows);
                }
            }
        }
    }
}
