package org.shuniu.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.deployers.impl.FileConfigurationParser;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.ProductionStart;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.core.env.ConfigurableEnvironment;
import tools.jackson.databind.JsonNode;

/** As much of docker/ as can be checked without an engine. */
class ComposeFileTest {

    private static final Pattern OFFICIAL = Pattern.compile("[a-z-]+(/[a-z-]+)?(:[0-9a-z.-]+)?");
    private static final Pattern SECRET_BY_VARIABLE = Pattern.compile(".*(PASSWORD|TOKEN|KEY|SECRET)");

    private final Dockerfile dockerfile = new Dockerfile();
    private final Compose compose = new Compose("compose.yaml");

    @TempDir
    Path directory;

    @Test
    void givesTheProductionHubEverythingItAsksFor() throws IOException {
        assertThat(ProductionStart.faults(started())).isEmpty();
    }

    @Test
    void givesTheProductionHubNoSettingInVain() throws IOException {
        ConfigurableEnvironment bare =
                compose.environment(Map.of("SPRING_PROFILES_ACTIVE", "production"), Set.of(), directory);

        assertThat(ProductionStart.faults(bare))
                .contains("shuniu.database.url: missing", "shuniu.partners.disabled-federation.url: missing")
                .anyMatch(fault -> fault.startsWith("secret master-key: missing"));
    }

    @Test
    void leadsEveryPartnerAwayFromTheSimulators() throws IOException {
        ConfigurableEnvironment environment = started();
        String simulators = environment.getRequiredProperty("shuniu.simulator.address");
        PartnerDirectory partners = PartnerDirectory.load(
                Path.of(environment.getRequiredProperty("shuniu.routes-dir")),
                environment::resolveRequiredPlaceholders);
        Set<String> given = addresses(partners);

        assertThat(given).hasSize(partners.all().size()).noneMatch(address -> address.startsWith(simulators));
    }

    @Test
    void letsEveryPartnerThatCallsBackIn() throws IOException {
        PartnerDirectory partners = PartnerDirectory.load(Path.of("routes"), started()::resolveRequiredPlaceholders);
        List<String> tokens = partners.all().stream()
                .filter(partner ->
                        partner.database().isEmpty() && partner.files().isEmpty())
                .filter(partner -> !partner.protocol().equals("chx"))
                .filter(partner -> Files.exists(Path.of("routes", partner.id(), "receive-result.camel.yaml")))
                .map(partner -> partner.id() + "-callback-token-sha256")
                .toList();

        assertThat(compose.secrets("hub")).containsAll(tokens);
    }

    @Test
    void asksForWhatTheExampleOfSettingsNames() {
        assertThat(compose.asked()).isEqualTo(compose.exampleNames());
    }

    @Test
    void holdsNoSecretButKeepsEachInAFileThatGitIgnores() throws IOException {
        JsonNode secrets = compose.tree().path("secrets");
        Set<String> used = new TreeSet<>();
        compose.tree().path("services").propertyNames().forEach(service -> used.addAll(compose.secrets(service)));

        assertThat(secrets.propertyNames()).containsExactlyInAnyOrderElementsOf(used);
        secrets.properties()
                .forEach(secret -> assertThat(secret.getValue().path("file").asString(""))
                        .isEqualTo("./secrets/" + secret.getKey()));
        compose.tree()
                .path("services")
                .propertyNames()
                .forEach(service -> assertThat(compose.variables(service).keySet())
                        .noneMatch(name -> SECRET_BY_VARIABLE.matcher(name).matches()));
        assertThat(Files.readAllLines(Path.of(".gitignore"))).contains("/docker/secrets/", "/docker/.env");
    }

    @Test
    void opensPortsOnLoopbackOnly() {
        assertThat(compose.tree().path("services"))
                .allSatisfy(service -> service.path("ports")
                        .forEach(port -> assertThat(port.stringValue()).startsWith("127.0.0.1:")));
        assertThat(compose.service("hub").path("ports")).hasSize(1);
    }

    @Test
    void believesTheGatewayOfItsNetworkAndNoContainer() throws IOException {
        JsonNode network = compose.tree().at("/networks/default/ipam/config/0");
        String gateways = started().getRequiredProperty("server.tomcat.remoteip.internal-proxies");
        String gateway = network.path("gateway").asString();

        assertThat(network.path("subnet").asString()).isEqualTo(gateway.replaceAll("1$", "0/24"));
        assertThat(gateway).matches(gateways);
        assertThat(gateway + "1").doesNotMatch(gateways);
        assertThat(gateway.replace('.', '0')).doesNotMatch(gateways);
    }

    @Test
    void watchesEveryServiceAndKeepsWhatItWrites() throws IOException {
        assertThat(compose.tree().path("services")).hasSize(3).allSatisfy(service -> {
            assertThat(service.path("restart").asString()).isEqualTo("unless-stopped");
            assertThat(service.has("healthcheck") || service.has("build")).isTrue();
            String volume = service.path("volumes").path(0).asString("").split(":")[0];
            assertThat(compose.tree().path("volumes").has(volume)).as(volume).isTrue();
        });
        assertThat(dockerfile.healthcheck()).isNotEmpty();
        assertThat(dockerfile.only("hub", "USER")).matches("[1-9].*");
    }

    @Test
    void copiesIntoTheImageWhatTheCheckoutHas() {
        assertThat(dockerfile.copiedFromCheckout())
                .contains("routes", "mappings")
                .allSatisfy(source -> assertThat(Path.of(source)).exists());
    }

    @Test
    void startsFromWhatItsTrainingWrote() {
        String[] copied = dockerfile.only(Dockerfile.IMAGE, "COPY").split(" ");

        assertThat(copied[0]).isEqualTo("--from=training");
        assertThat(dockerfile.only("training", "RUN"))
                .contains("-XX:ArchiveClassesAtExit=" + copied[1].replace("/shuniu/", ""), "-jar shuniu.jar");
        assertThat(dockerfile.entrypoint()).contains("-XX:SharedArchiveFile=" + copied[2], "-jar", "shuniu.jar");
    }

    @Test
    void namesImagesByTheirOfficialNames() {
        Stream<String> run = compose.tree()
                .path("services")
                .valueStream()
                .map(service -> service.path("image").asString());

        assertThat(Stream.concat(dockerfile.foreignImages().stream(), run))
                .hasSize(5)
                .allMatch(image -> OFFICIAL.matcher(image).matches());
    }

    @Test
    void setsTheBrokerLikeTheEmbeddedOne() throws Exception {
        AddressSettings addresses;
        try (InputStream file = Files.newInputStream(Compose.FOLDER.resolve("broker.xml"))) {
            Configuration configuration = new FileConfigurationParser().parseMainConfig(file);
            addresses = configuration.getAddressSettings().get("#");
        }

        assertThat(addresses.getMaxDeliveryAttempts()).isEqualTo(-1);
        assertThat(addresses.getAddressFullMessagePolicy()).isEqualTo(AddressFullMessagePolicy.FAIL);
        assertThat(List.of(addresses.getDeadLetterAddress(), addresses.getExpiryAddress()))
                .allMatch(address -> address.toString().equals("hub.dead"));
        assertThat(List.of(addresses.isAutoDeleteQueues(), addresses.isAutoDeleteAddresses()))
                .containsOnly(false);
    }

    private ConfigurableEnvironment started() throws IOException {
        return compose.environment(compose.variables("hub"), compose.secrets("hub"), directory);
    }

    private static Set<String> addresses(PartnerDirectory partners) {
        Set<String> addresses = new TreeSet<>();
        for (Partner partner : partners.all()) {
            addresses.add(partner.database()
                    .map(Partner.Database::url)
                    .or(() -> partner.queues().map(queues -> queues.url().toString()))
                    .orElseGet(() -> partner.address().orElseThrow().toString()));
        }
        return addresses;
    }
}
