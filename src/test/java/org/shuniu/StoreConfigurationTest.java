package org.shuniu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.store.DatabaseAddress;

class StoreConfigurationTest {

    @TempDir
    Path directory;

    /** A socket of the hub's own pools gives up after thirty seconds of silence. */
    @Test
    void letsAChangeOfTheSchemaTakeItsTime() throws SQLException {
        try (EmbeddedDatabase server = EmbeddedDatabase.start(directory.resolve("postgres"), 0)) {
            FluentConfiguration settings = Flyway.configure();

            new StoreConfiguration()
                    .patientMigrations(new DatabaseAddress(server.url("shuniu"), "postgres", ""))
                    .customize(settings);

            try (Connection connection = settings.getDataSource().getConnection()) {
                assertThat(connection.getNetworkTimeout()).isZero();
            }
        }
    }
}
