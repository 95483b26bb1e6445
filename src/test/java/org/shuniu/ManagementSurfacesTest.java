package org.shuniu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/** H40: what would let somebody manage the process from outside is not there, rather than closed. */
class ManagementSurfacesTest {

    private final List<PropertySource<?>> settings = settings("application.yaml");

    private static List<PropertySource<?>> settings(String file) {
        try {
            return new YamlPropertySourceLoader().load(file, new ClassPathResource(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Object setting(String name) {
        return settings.get(0).getProperty(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.jolokia.server.core.http.AgentServlet",
                "org.jolokia.http.AgentServlet",
                "org.springframework.boot.devtools.RemoteSpringApplication",
                "org.springframework.boot.jolokia.actuate.JolokiaEndpoint",
                "org.apache.camel.component.platform.http.PlatformHttpComponent",
                "org.apache.camel.impl.console.DefaultDevConsoleRegistry",
                "org.apache.camel.management.JmxManagementStrategy",
                "org.apache.activemq.artemis.component.WebServerComponent",
                "org.h2.server.web.JakartaWebServlet"
            })
    void areNotOnTheClassPath(String type) {
        assertThatThrownBy(() -> Class.forName(type)).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void showHealthAndFiguresAndNothingElse() {
        assertThat(setting("management.endpoints.web.exposure.include")).isEqualTo("health,prometheus");
        assertThat(setting("management.endpoints.web.discovery.enabled")).isEqualTo(false);
        assertThat(setting("management.endpoint.health.show-details")).isEqualTo("when-authorized");
        assertThat(setting("camel.main.jmx-enabled")).isEqualTo(false);
        assertThat(settings("application-production.yaml")
                        .get(0)
                        .getProperty("management.endpoints.web.exposure.include"))
                .isNull();
    }

    /** The JVM opens no port of its own, and writes no dump where nobody looks after it. */
    @Test
    void areNotOpenedByHowTheHubIsStarted() throws IOException {
        for (Path file : List.of(Path.of("docker/Dockerfile"), Path.of("docker/compose.yaml"), Path.of("pom.xml"))) {
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .doesNotContain(
                            "jmxremote", "agentlib:jdwp", "-Xrunjdwp", "javaagent:jolokia", "61616:61616", "5432:5432");
        }
    }

    /** The embedded broker hears its own process only. */
    @Test
    void areNoPortsOfTheEmbeddedBroker() throws IOException {
        assertThat(Files.readString(Path.of("src/main/java/org/shuniu/embedded/BrokerConfiguration.java")))
                .contains("setJMXManagementEnabled(false)")
                .doesNotContain("addAcceptorConfiguration", "tcp://");
        assertThat(setting("spring.artemis.mode")).isEqualTo("embedded");
    }
}
