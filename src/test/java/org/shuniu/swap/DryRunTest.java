package org.shuniu.swap;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.Component;
import org.apache.camel.component.jms.JmsComponent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.HubConfiguration;
import org.shuniu.delivery.DeliveryComponent;
import org.shuniu.fault.Fault;
import org.shuniu.gateway.GatewayComponent;
import org.shuniu.packaged.Workplace;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.translator.Translators;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.objenesis.SpringObjenesis;

/** Routes are built as the hub builds them, and touch nothing. */
class DryRunTest {

    static final MockEnvironment SETTINGS = new MockEnvironment()
            .withProperty("shuniu.files.look", "0/5 * * * * ?")
            .withProperty("shuniu.simulator.address", "http://127.0.0.1:1")
            .withProperty("shuniu.simulator.listeners.archives", "1")
            .withProperty("shuniu.partners.disabled-federation.url", "jdbc:postgresql://127.0.0.1/x");

    @TempDir
    Path directory;

    @BeforeEach
    void copy() {
        Workplace.copy(Path.of("routes"), directory.resolve("routes"), UnaryOperator.identity());
        Workplace.copy(Path.of("mappings"), directory.resolve("mappings"), UnaryOperator.identity());
    }

    @Test
    void buildsTheHubsOwnRoutes() {
        assertThat(run()).isEmpty();
    }

    @Test
    void tellsEveryFileThatCannotBeBuilt() throws IOException {
        replace("routes/grain/poll-result.camel.yaml", "stateful: \"true\"", "statefull: \"true\"");
        replace("routes/economy/forward-application.camel.yaml", "value: economy", "value: nobody");

        assertThat(run())
                .extracting(fault -> directory.relativize(Path.of(fault.file())).toString())
                .containsExactlyInAnyOrder(
                        "versions/" + version() + "/routes/grain/poll-result.camel.yaml",
                        "versions/" + version() + "/routes/economy/forward-application.camel.yaml");
    }

    private String version() {
        return files().version();
    }

    private ConfigurationFiles files() {
        return ConfigurationFiles.read(directory.resolve("routes"), directory.resolve("mappings"));
    }

    private List<Fault> run() {
        ConfigurationFiles files = files();
        Path folder = files.placeUnder(directory.resolve("versions"));
        PartnerDirectory partners = PartnerDirectory.load(Loaded.routes(folder), SETTINGS::resolveRequiredPlaceholders);
        return new DryRun(parts()).run(files, folder, partners);
    }

    /** Beans that would fail with the first call, and a broker that would with the first connection. */
    static DryRun.Parts parts() {
        Map<String, Object> beans = new HashMap<>();
        HubConfiguration.beans().forEach((name, type) -> beans.put(name, new SpringObjenesis().newInstance(type)));
        return new DryRun.Parts(
                beans,
                partners -> new DeliveryComponent(null, partners, null),
                GatewayComponent::new,
                DryRunTest::jms,
                new Translators(null, null, null, null, null)::register,
                SETTINGS::getProperty);
    }

    private static Component jms() {
        JmsComponent jms = new JmsComponent();
        jms.setConnectionFactory((ConnectionFactory) Proxy.newProxyInstance(
                DryRunTest.class.getClassLoader(), new Class<?>[] {ConnectionFactory.class}, (proxy, method, given) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.getName().equals("hashCode")
                                ? (Object) 1
                                : method.getName().equals("equals");
                    }
                    throw new AssertionError("a dry run connects to nothing: " + method);
                }));
        return jms;
    }

    private void replace(String file, String what, String with) throws IOException {
        Path path = directory.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(what);
        Files.writeString(path, text.replace(what, with));
    }
}
