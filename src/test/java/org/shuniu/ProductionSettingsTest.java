package org.shuniu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.embedded.DemoSecrets;
import org.shuniu.partner.PartnerFiles;
import org.springframework.mock.env.MockEnvironment;

class ProductionSettingsTest {

    private static List<String> about(String setting, MockEnvironment environment) {
        environment.setActiveProfiles("production");
        return ProductionStart.faults(environment).stream()
                .filter(fault -> fault.startsWith(setting + ": "))
                .toList();
    }

    private static List<String> ofDatabase(String url, String known) {
        return about(
                "shuniu.database.url",
                new MockEnvironment()
                        .withProperty("shuniu.database.url", url)
                        .withProperty("shuniu.clear-text-hosts", known));
    }

    private static List<String> ofBroker(String url) {
        return about("spring.artemis.broker-url", new MockEnvironment().withProperty("spring.artemis.broker-url", url));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://127.0.0.1/shuniu|",
                "jdbc:postgresql://[::1]:5433/shuniu|",
                "jdbc:postgresql://db.example.org:5432/shuniu?sslmode=verify-full|",
                "jdbc:postgresql://db-1.example.org,db-2.example.org:5433/shuniu?sslmode=verify-full&targetServerType=primary|",
                "jdbc:postgresql://database:5432/shuniu|broker,database"
            })
    void takeADatabaseOfThisMachineOrByTls(String url, String known) {
        assertThat(ofDatabase(url, known == null ? "" : known)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://db.example.org:5432/shuniu||: db.example.org is spoken to",
                "jdbc:postgresql://db.example.org/shuniu?sslmode=require||expected sslmode=verify-full",
                "jdbc:postgresql://localhost,db.example.org/shuniu|database|: db.example.org is",
                "jdbc:postgresql://db.example.org/shuniu?sslmode=verify-full&sslfactory=org.postgresql.ssl.NonValidatingFactory||: db.",
                "jdbc:postgresql://db.example.org/shuniu?ApplicationName=sslmode=verify-full||: db.example.org is",
                "jdbc:postgresql://hub:geheim@127.0.0.1/shuniu||expected jdbc:postgresql://HOST"
            })
    void refuseToSpeakToADatabaseInClear(String url, String known, String word) {
        assertThat(ofDatabase(url, known == null ? "" : known))
                .singleElement()
                .asString()
                .contains(word);
    }

    @ParameterizedTest
    @CsvSource({
        "shuniu.database.embedded, true, false",
        "shuniu.simulator.enabled, true, false",
        "spring.artemis.mode, embedded, native"
    })
    void refuseTheDemosParts(String setting, String demos, String own) {
        assertThat(about(setting, new MockEnvironment())).as("what is not said").hasSize(1);
        assertThat(about(setting, new MockEnvironment().withProperty(setting, demos)))
                .hasSize(1);
        assertThat(about(setting, new MockEnvironment().withProperty(setting, own)))
                .isEmpty();
    }

    @Test
    void refuseTheDemosSecrets(@TempDir Path secrets) {
        MockEnvironment environment = new MockEnvironment().withProperty("shuniu.secrets-dir", secrets.toString());
        assertThat(about("shuniu.secrets-dir", environment)).isEmpty();

        DemoSecrets.make(secrets, new PartnerFiles(Path.of("routes")));

        assertThat(about("shuniu.secrets-dir", environment))
                .singleElement()
                .asString()
                .contains("made for the demo");
    }

    @Test
    void tellNothingOfAnAddressButItsHosts() {
        assertThat(ofDatabase("jdbc:postgresql://db.example.org/shuniu?user=hub&password=geheim", ""))
                .singleElement()
                .asString()
                .contains("db.example.org")
                .doesNotContain("geheim");
    }

    @Test
    void takeTheHostsAsAList() {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("shuniu.database.url", "jdbc:postgresql://database/shuniu")
                .withProperty("shuniu.clear-text-hosts[0]", "broker")
                .withProperty("shuniu.clear-text-hosts[1]", "database");

        assertThat(about("shuniu.database.url", environment)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(tcp://b-1.example.org:61617,tcp://b-2.example.org:61617)?sslEnabled=true",
                "tcp://127.0.0.1:61616"
            })
    void takeBrokersByTls(String url) {
        assertThat(ofBroker(url)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(tcp://127.0.0.1:1,tcp://b-2.example.org:61616)|: b-2.example.org is spoken to",
                "tcp://b-1.example.org:61617?sslEnabled=true&trustAll=true|certificate that is checked",
                "tcp://b-1.example.org:61617?sslEnabled=true&verifyHost=false|certificate that is checked",
                "(tcp://b-1.example.org:61616,tcp://b-2.example.org:61617?sslEnabled=true)|: b-1.example.org is",
                "tcp://b-1.example.org:61616#tcp://b-2.example.org:61616|expected tcp://HOST",
                "tcp://hub:geheim@b-1.example.org:61616|expected tcp://HOST",
                "vm://0|expected tcp://HOST"
            })
    void refuseBrokersInClear(String url, String word) {
        assertThat(ofBroker(url)).singleElement().asString().contains(word);
    }
}
