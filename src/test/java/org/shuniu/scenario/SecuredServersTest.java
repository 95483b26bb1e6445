package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.ProductionStart;
import org.shuniu.embedded.DemoSecrets;
import org.shuniu.packaged.Openssl;
import org.shuniu.packaged.Workplace;
import org.shuniu.partner.PartnerFiles;
import org.springframework.mock.env.MockEnvironment;

/** The hub on a database and a broker that speak TLS, each with the address that production asks for. */
class SecuredServersTest {

    private static final String OUR_AUTHORITY = "ca.pem";
    private static final String ANOTHER_AUTHORITY = "stranger.pem";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static SecuredServers servers;

    @BeforeAll
    static void start() throws Exception {
        servers = SecuredServers.start(directory);
        Openssl.authority(directory, "stranger");
        DemoSecrets.make(directory.resolve("secrets"), new PartnerFiles(Path.of("routes")));
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    private static RunningHub hub(String name, String databaseUrl, String brokerUrl) {
        Path own = directory.resolve(name);
        Workplace.copy(directory.resolve("secrets"), own.resolve("data/secrets"), UnaryOperator.identity());
        return RunningHub.start(
                own,
                "--shuniu.database.embedded=false",
                "--shuniu.database.url=" + databaseUrl,
                "--shuniu.database.username=" + SecuredServers.DATABASE_USER,
                "--shuniu.database.password=" + SecuredServers.PASSWORD,
                "--shuniu.partners.disabled-federation.url=" + servers.frontEndUrl(),
                "--spring.artemis.mode=native",
                "--spring.artemis.broker-url=" + brokerUrl,
                "--spring.artemis.user=" + SecuredServers.BROKER_USER,
                "--spring.artemis.password=" + SecuredServers.PASSWORD);
    }

    @Test
    void areSpokenToByTlsAlone() {
        try (RunningHub hub = hub("ours", servers.databaseUrl(OUR_AUTHORITY), servers.brokerUrl(OUR_AUTHORITY))) {
            String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
            hub.awaitStatus(caseNo, "60");

            assertThat(hub.effects("economy", caseNo)).containsExactly("application");
            List<String> lines = hub.sql().queryForList("""
                            select ssl.version from pg_stat_ssl ssl join pg_stat_activity session using (pid)
                            where session.datname = 'shuniu' and session.client_addr is not null""", String.class);
            assertThat(lines).isNotEmpty().allMatch("TLSv1.3"::equals);
        }
    }

    @Test
    void areSpokenToByNobodyElse() {
        assertThatThrownBy(() -> DriverManager.getConnection(
                                servers.inClear() + "?sslmode=disable",
                                SecuredServers.DATABASE_USER,
                                SecuredServers.PASSWORD)
                        .close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("no encryption");
        assertThatThrownBy(() -> DriverManager.getConnection(
                                servers.databaseUrl(OUR_AUTHORITY), SecuredServers.DATABASE_USER, "guessed")
                        .close())
                .hasMessageContaining("password authentication failed");
        assertThatThrownBy(() -> connect(servers.brokerInClear(), SecuredServers.PASSWORD))
                .isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> connect(servers.brokerUrl(OUR_AUTHORITY), "guessed"))
                .hasMessageContaining("AMQ229031");
    }

    private static void connect(String url, String password) throws JMSException {
        try (ActiveMQConnectionFactory broker = new ActiveMQConnectionFactory(url)) {
            broker.setCallTimeout(5_000);
            broker.createConnection(SecuredServers.BROKER_USER, password).close();
        }
    }

    @Test
    void keepAHubFromStartingThatTrustsAnotherAuthority() {
        assertThatThrownBy(() -> hub("a", servers.databaseUrl(ANOTHER_AUTHORITY), servers.brokerUrl(OUR_AUTHORITY)))
                .rootCause()
                .hasMessageContaining("certification path");
    }

    @Test
    void areNotSentAnythingWhereTheBrokersAuthorityIsAnother() throws IOException {
        try (RunningHub hub = hub("b", servers.databaseUrl(OUR_AUTHORITY), servers.brokerUrl(ANOTHER_AUTHORITY))) {
            String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));

            await().atMost(PATIENCE)
                    .until(
                            () -> Files.readString(hub.directory().resolve("hub.log")),
                            log -> log.contains("certification path"));
            HttpResponse<String> health =
                    hub.send(hub.request("/actuator/health", "operator-token").GET());
            assertThat(RunningHub.JSON
                            .readTree(health.body())
                            .at("/components/jms/status")
                            .asString())
                    .isEqualTo("DOWN");
            assertThat(hub.sql()
                            .queryForList(
                                    "select state from delivery where case_no = ? and receiver = 'economy'",
                                    String.class,
                                    caseNo))
                    .containsExactly("pending");
        }
    }

    /** Both addresses are what the profile wants, were the servers elsewhere. */
    @Test
    void areWhatProductionAsksFor() {
        MockEnvironment environment = new MockEnvironment()
                .withProperty(
                        "shuniu.database.url",
                        servers.databaseUrl(OUR_AUTHORITY).replace("127.0.0.1", "db.example.org"))
                .withProperty(
                        "spring.artemis.broker-url",
                        servers.brokerUrl(OUR_AUTHORITY).replace("127.0.0.1", "broker.example.org"));
        environment.setActiveProfiles("production");

        assertThat(ProductionStart.faults(environment)).noneMatch(fault -> fault.contains("without TLS"));
    }
}
