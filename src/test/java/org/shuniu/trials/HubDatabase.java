package org.shuniu.trials;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A database of the embedded server as the oracle reads it: by a connection of its own each time. */
record HubDatabase(int port, String name) {

    /** One row, as text. */
    record Row(List<String> values) {
        String get(int column) {
            return values.get(column);
        }
    }

    long count(String query, Object... parameters) {
        return Long.parseLong(rows(query, parameters).get(0).get(0));
    }

    List<Row> rows(String query, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(query)) {
            bind(statement, parameters);
            List<Row> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(row(found));
                }
            }
            return rows;
        } catch (SQLException failure) {
            throw new IllegalStateException("The trial cannot read the hub's database", failure);
        }
    }

    int update(String statement, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            bind(prepared, parameters);
            return prepared.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("The trial cannot write into the hub's database", failure);
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), "postgres", "");
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:%d/%s?connectTimeout=5&socketTimeout=60".formatted(port, name);
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    private static Row row(ResultSet found) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
            values.add(found.getString(i));
        }
        return new Row(values);
    }
}
