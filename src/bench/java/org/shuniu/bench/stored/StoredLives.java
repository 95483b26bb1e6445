package org.shuniu.bench.stored;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Fills the hub's tables with whole lives, by SQL in its own database. */
public final class StoredLives implements AutoCloseable {

    private static final long AT_A_TIME = 20_000;

    private final Connection connection;
    private final String rows;
    private long stored;

    private StoredLives(String databaseUrl, String rows) throws SQLException, IOException {
        this.connection = DriverManager.getConnection(databaseUrl);
        this.rows = text(rows);
        execute("set synchronous_commit = off");
    }

    /** Lives that all end at once, with bodies of the size of sealed ones. */
    public static StoredLives grown(String databaseUrl) throws SQLException, IOException {
        StoredLives lives = new StoredLives(databaseUrl, "/grow.sql");
        lives.execute(text("/grow-functions.sql"));
        return lives;
    }

    /**
     * Lives of a year; the tables of items and centres are made by whoever fills.
     *
     * @param already how many it holds
     */
    public static StoredLives ofAYear(String databaseUrl, long already) throws SQLException, IOException {
        StoredLives lives = new StoredLives(databaseUrl, "/trace.sql");
        lives.stored = already;
        return lives;
    }

    public static String text(String resource) throws IOException {
        try (InputStream stream = StoredLives.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Adds cases until there are so many, then lets the server settle. */
    public void growTo(long cases) throws SQLException {
        String slice =
                rows.replace(":first", Long.toString(stored + 1)).replace(":last", Long.toString(Math.max(cases, 1)));
        while (stored < cases) {
            long to = Math.min(cases, stored + AT_A_TIME);
            execute(slice.replace(":from", Long.toString(stored + 1)).replace(":to", Long.toString(to)));
            stored = to;
        }
        execute("vacuum analyze");
        execute("checkpoint");
    }

    public long stored() {
        return stored;
    }

    /** A stored case's applicant as the index keeps it. */
    public byte[] applicant(long number) throws SQLException {
        return one("select sha256(('person' || %d)::bytea)".formatted(number), byte[].class);
    }

    public long databaseBytes() throws SQLException {
        return one("select pg_database_size(current_database())", Long.class);
    }

    /** The first column of the first row. */
    public <T> T one(String query, Class<T> type) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return type.cast(result.getObject(1));
        }
    }

    public void execute(String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    public Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
