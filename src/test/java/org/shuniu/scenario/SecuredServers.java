package org.shuniu.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.packaged.Openssl;
import org.shuniu.packaged.Workplace;
import org.shuniu.store.MigratedDatabase;

/** A PostgreSQL and an Artemis that take nobody without TLS and a password, with a certificate by the authority {@code ca}. */
final class SecuredServers implements AutoCloseable {

    static final String PASSWORD = "the hub's own";
    static final String DATABASE_USER = "postgres";
    static final String BROKER_USER = "shuniu";

    /** A front-end database is its department's, and its lines are not the hub's own. */
    private static final String WHO_COMES_IN = """
            hostssl shuniu               all 127.0.0.1/32 scram-sha-256
            host    disabled_federation  all 127.0.0.1/32 trust
            """;

    private static final String FRONT_END = "disabled_federation";

    private final Path directory;
    private final EmbeddedDatabase database;
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final int brokerPort = Workplace.freePort();

    private SecuredServers(Path directory) throws Exception {
        this.directory = directory;
        Openssl.authority(directory, "ca");
        Openssl.certificate(directory, "server", "ca", "serverAuth");
        this.database = MigratedDatabase.start(directory.resolve("postgres"));
        database.createFrontEnd(FRONT_END, "hub");
        closeDatabase();
        startBroker();
    }

    static SecuredServers start(Path directory) throws Exception {
        return new SecuredServers(directory);
    }

    private void closeDatabase() throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(database.url("postgres"), DATABASE_USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute("alter role %s password '%s'".formatted(DATABASE_USER, PASSWORD.replace("'", "''")));
            statement.execute("alter system set ssl_cert_file = '%s'".formatted(directory.resolve("server.crt")));
            statement.execute("alter system set ssl_key_file = '%s'".formatted(directory.resolve("server.key")));
            statement.execute("alter system set ssl = on");
            Files.writeString(directory.resolve("postgres/pg_hba.conf"), WHO_COMES_IN);
            statement.execute("select pg_reload_conf()");
        }
    }

    private void startBroker() throws Exception {
        Path both = directory.resolve("server.pem");
        Files.writeString(
                both,
                Files.readString(directory.resolve("server.key")) + Files.readString(directory.resolve("server.crt")));
        ConfigurationImpl settings = new ConfigurationImpl();
        settings.setPersistenceEnabled(false).setJMXManagementEnabled(false);
        settings.setBrokerInstance(directory.resolve("broker").toFile());
        settings.setSecurityRoles(
                Map.of("#", Set.of(new Role("hub", true, true, true, true, true, true, false, true, true, true))));
        settings.addAcceptorConfiguration(
                "hub",
                "tcp://127.0.0.1:%d?protocols=CORE;sslEnabled=true;keyStoreType=PEM;keyStorePath=%s"
                        .formatted(brokerPort, both));
        broker.setConfiguration(settings);
        broker.setSecurityManager(new ActiveMQJAASSecurityManager(
                InVMLoginModule.class.getName(),
                new SecurityConfiguration(Map.of(BROKER_USER, PASSWORD), Map.of(BROKER_USER, List.of("hub")))));
        broker.start();
    }

    /** @param authority a file of PEM in the directory */
    String databaseUrl(String authority) {
        return "%s?sslmode=verify-full&sslrootcert=%s".formatted(inClear(), directory.resolve(authority));
    }

    /** The hub's database as somebody would ask for it who knows nothing of TLS. */
    String inClear() {
        return database.url(EmbeddedDatabase.HUB);
    }

    String frontEndUrl() {
        return database.url(FRONT_END);
    }

    /** @param authority a file of PEM in the directory */
    String brokerUrl(String authority) {
        return "%s?sslEnabled=true&trustStoreType=PEM&trustStorePath=%s"
                .formatted(brokerInClear(), directory.resolve(authority));
    }

    String brokerInClear() {
        return "tcp://127.0.0.1:" + brokerPort;
    }

    @Override
    public void close() {
        try {
            broker.stop();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
        database.close();
    }
}
