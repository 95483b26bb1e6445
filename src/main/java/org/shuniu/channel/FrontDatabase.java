package org.shuniu.channel;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.shuniu.partner.Partner;

/** A department's own database in front of its system (前置库): a small pool that may fail without harm. */
final class FrontDatabase implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final int CONNECTIONS = 4;

    private final HikariDataSource pool;

    FrontDatabase(Partner partner, String password) {
        Partner.Database database = partner.database().orElseThrow();
        long seconds = Math.max(1, partner.deadline().toSeconds());
        HikariConfig config = new HikariConfig();
        config.setPoolName("front-database-" + partner.id());
        config.setJdbcUrl(database.url());
        config.setUsername(database.username());
        config.setPassword(password);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(Math.max(250, partner.delivery().connect().toMillis()));
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        Properties driver = new Properties();
        driver.setProperty("socketTimeout", Long.toString(seconds));
        driver.setProperty(
                "connectTimeout",
                Long.toString(Math.max(1, partner.delivery().connect().toSeconds())));
        config.setDataSourceProperties(driver);
        this.pool = new HikariDataSource(config);
    }

    Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** The table's columns as its database knows them; an unknown table has none. */
    static Set<String> columns(Connection connection, String table) throws SQLException {
        Set<String> columns = new HashSet<>();
        try (ResultSet found = connection.getMetaData().getColumns(null, null, table, null)) {
            while (found.next()) {
                columns.add(found.getString("COLUMN_NAME"));
            }
        }
        return columns;
    }

    /** A name that may stand in a statement; values never do. */
    static String name(String identifier) {
        if (!NAME.matcher(identifier).matches()) {
            throw new IllegalArgumentException("not a name of a table or column");
        }
        return identifier;
    }

    /**
     * Leaves a statement what is left of the whole call's time.
     *
     * @param end of the call, in {@link System#nanoTime}
     * @throws SQLTimeoutException when nothing is left
     */
    static void deadline(PreparedStatement statement, long end) throws SQLException {
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw new SQLTimeoutException("the call's time is over");
        }
        statement.setQueryTimeout((int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(left)));
    }

    @Override
    public void close() {
        pool.close();
    }
}
