package org.shuniu.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.activemq.artemis.core.config.ClusterConnectionConfiguration;
import org.apache.activemq.artemis.core.config.HAPolicyConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.ProductionStart;
import org.springframework.core.env.ConfigurableEnvironment;
import tools.jackson.databind.JsonNode;

/** What makes several hubs and a pair of brokers of compose.yaml, as much as can be checked without an engine. */
class NodesComposeFileTest {

    private static final List<String> HUBS = List.of("hub", "hub-2", "hub-3");

    private final Compose one = new Compose("compose.yaml");
    private final Compose several = new Compose("compose.nodes.yaml");

    @TempDir
    Path directory;

    @Test
    void givesEveryHubWhatItAsksForAmongSeveral() throws IOException {
        Set<String> places = new TreeSet<>();
        Set<String> urls = new TreeSet<>();
        for (String hub : HUBS) {
            Map<String, Object> variables = new TreeMap<>(one.variables("hub"));
            variables.putAll(several.variables(hub));
            ConfigurableEnvironment environment = one.environment(variables, one.secrets("hub"), directory);

            assertThat(ProductionStart.faults(environment)).as(hub).isEmpty();
            assertThat(environment.getProperty("shuniu.delivery.alone", Boolean.class))
                    .isFalse();
            places.add(environment.getProperty("shuniu.incidents.processes.place"));
            urls.add(environment.getProperty("spring.artemis.broker-url"));
        }
        assertThat(places).hasSameSizeAs(HUBS);
        assertThat(urls).hasSize(1);
    }

    @Test
    void leadsEachHubAndEachBrokerToPlacesOfItsOwn() {
        Set<String> ports =
                new TreeSet<>(Set.of(one.service("hub").at("/ports/0").stringValue()));
        several.tree().path("services").properties().forEach(service -> {
            JsonNode from = service.getValue().path("extends");
            if (from.isObject()) {
                assertThat(from.path("file").stringValue()).isEqualTo("compose.yaml");
                assertThat(one.service(from.path("service").stringValue()).isObject())
                        .isTrue();
            }
            service.getValue()
                    .path("ports")
                    .forEach(port -> assertThat(ports.add(port.stringValue())).isTrue());
        });

        assertThat(ports).hasSameSizeAs(HUBS).allMatch(port -> port.startsWith("127.0.0.1:"));
        assertThat(several.service("broker-backup").at("/volumes/0").stringValue())
                .startsWith("broker-backup-data:")
                .isNotEqualTo(one.service("broker").at("/volumes/0").stringValue());
    }

    /** The one that does not serve opens no port: whoever waits until it is healthy waits for ever. */
    @Test
    void waitsForNeitherBrokerToServe() {
        for (String hub : HUBS) {
            several.service(hub).path("depends_on").properties().stream()
                    .filter(service -> service.getKey().startsWith("broker"))
                    .forEach(service -> assertThat(
                                    service.getValue().path("condition").stringValue())
                            .as(hub)
                            .isEqualTo("service_started"));
        }
        for (String broker : List.of("broker", "broker-backup")) {
            assertThat(several.service(broker).at("/healthcheck/disable").booleanValue())
                    .isTrue();
        }
    }

    @Test
    void sharesTheAttachmentsAndNothingElse() {
        for (String hub : HUBS) {
            assertThat(several.service(hub).path("volumes").valueStream().map(JsonNode::stringValue))
                    .as(hub)
                    .contains("attachments:/shuniu/data/attachments")
                    .noneMatch(volume -> volume.startsWith("hub-data:"));
        }
    }

    @Test
    void makesAPairOfTheBrokers() throws Exception {
        ConfigurationImpl primary = pair("broker-primary.properties");
        ConfigurationImpl backup = pair("broker-backup.properties");

        assertThat(primary.getHAPolicyConfiguration().getType())
                .isEqualTo(HAPolicyConfiguration.TYPE.REPLICATION_PRIMARY_QUORUM_VOTING);
        assertThat(backup.getHAPolicyConfiguration().getType())
                .isEqualTo(HAPolicyConfiguration.TYPE.REPLICATION_BACKUP_QUORUM_VOTING);
        assertThat(host(primary, "self")).isEqualTo("broker").isEqualTo(host(backup, "other"));
        assertThat(host(primary, "other")).isEqualTo("broker-backup").isEqualTo(host(backup, "self"));
        for (ConfigurationImpl broker : List.of(primary, backup)) {
            ClusterConnectionConfiguration cluster =
                    broker.getClusterConfigurations().get(0);
            assertThat(cluster.getConnectorName()).isEqualTo("self");
            assertThat(cluster.getStaticConnectors()).containsExactly("other");
        }
    }

    private static ConfigurationImpl pair(String file) throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.parseFileProperties(Compose.FOLDER.resolve(file).toFile());
        assertThat(configuration.getStatus()).contains("\"errors\":[]");
        return configuration;
    }

    private static Object host(ConfigurationImpl broker, String connector) {
        return broker.getConnectorConfigurations().get(connector).getParams().get("host");
    }
}
