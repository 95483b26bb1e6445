package org.shuniu.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Fills the hub's tables with whole lives, by SQL in its own database. */
final class GrownCases implements AutoCloseable {

    private static final long AT_A_TIME = 20_000;

    private final Connection connection;
    private final String rows;
    private long stored;

    GrownCases(String databaseUrl) throws SQLException, IOException {
        connection = DriverManager.getConnection(databaseUrl);
        rows = text("/grow.sql");
        execute("set synchronous_commit = off");
        execute(text("/grow-functions.sql"));
    }

    private static String text(String resource) throws IOException {
        try (InputStream stream = GrownCases.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Adds cases until there are so many, then lets the server settle. */
    void growTo(long cases) throws SQLException {
        while (stored < cases) {
            long to = Math.min(cases, stored + AT_A_TIME);
            execute(rows.replace(":from", Long.toString(stored + 1)).replace(":to", Long.toString(to)));
            stored = to;
        }
        execute("vacuum analyze");
        execute("checkpoint");
    }

    /** A stored case's applicant as the index keeps it. */
    byte[] applicant(long number) throws SQLException {
        return one("select sha256(('person' || %d)::bytea)".formatted(number), byte[].class);
    }

    long databaseBytes() throws SQLException {
        return one("select pg_database_size(current_database())", Long.class);
    }

    private <T> T one(String query, Class<T> type) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return type.cast(result.getObject(1));
        }
    }

    private void execute(String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
