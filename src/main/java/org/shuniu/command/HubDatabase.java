package org.shuniu.command;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.shuniu.HubProperties;
import org.shuniu.embedded.VisitedDatabase;
import org.shuniu.partner.Secrets;
import org.shuniu.store.DatabaseAddress;

/** The database of a hub that runs or not, as the hub's own settings name it; an embedded one that does not run is started. */
final class HubDatabase implements AutoCloseable {

    private final DatabaseAddress address;
    private final Runnable leave;

    private HubDatabase(DatabaseAddress address, Runnable leave) {
        this.address = address;
        this.leave = leave;
    }

    static HubDatabase visit(HubProperties hub, Secrets secrets) throws IOException {
        HubProperties.Database said = hub.database();
        if (!said.embedded()) {
            String password = secrets.find("database-password").orElse(said.password());
            return new HubDatabase(new DatabaseAddress(said.url(), said.username(), password), () -> {});
        }
        VisitedDatabase database =
                VisitedDatabase.visit(hub.dataDir().toAbsolutePath().normalize().resolve("postgres"));
        return new HubDatabase(database.address(), database::close);
    }

    DatabaseAddress address() {
        return address;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(address.url(), address.username(), address.password());
    }

    /** One connection at a time. */
    HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(address.url());
        pool.setUsername(address.username());
        pool.setPassword(address.password());
        pool.setMaximumPoolSize(1);
        return pool;
    }

    @Override
    public void close() {
        leave.run();
    }
}
