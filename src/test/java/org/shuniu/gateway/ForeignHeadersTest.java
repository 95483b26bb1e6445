package org.shuniu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsHeaderFilterStrategy;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * H14: no name that somebody outside chose becomes a header of a route. A route begins with a body that the hub made, at a gateway or
 * at a claimed delivery; the one that reads the broker itself takes no header by which Camel would let itself be steered.
 */
class ForeignHeadersTest {

    @Test
    void beginWithNothingButABody() throws Exception {
        Map<String, Object> seen = new HashMap<>();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            GatewayComponent gateway = new GatewayComponent();
            camel.addComponent("gateway", gateway);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("gateway:somebody/application").process(exchange -> {
                        seen.putAll(exchange.getMessage().getHeaders());
                        seen.putAll(exchange.getProperties());
                    });
                }
            });
            camel.start();

            String document = "{\"CamelHttpUri\":\"http://127.0.0.1:1/\",\"CamelBeanMethodName\":\"delete\"}";
            assertThat(gateway.hand("somebody/application", document, String.class))
                    .isEqualTo(document);
        }
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CamelBeanMethodName",
                "camelBeanMethodName",
                "CAMELBeanMethodName",
                "cAmElBeanMethodName",
                "CamelJmsDestinationName",
                "CamelFileName",
                "CamelHttpUri"
            })
    void areNotTakenFromTheBroker(String name) {
        assertThat(new JmsHeaderFilterStrategy().applyFilterToExternalHeaders(name, "other", null))
                .isTrue();
    }

    /** Whoever adds another component that brings headers from outside has to look at them here first. */
    @Test
    void comeOnlyFromWhatIsKnownToBringNone() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".camel.yaml"))
                            .flatMap(ForeignHeadersTest::beginnings))
                    .isNotEmpty()
                    .allSatisfy(uri -> assertThat(
                                    List.of("gateway", "delivery", "direct", "quartz", "timer", "jms:queue:hub.dead"))
                            .as(uri)
                            .anyMatch(uri::startsWith));
        }
    }

    private static Stream<String> beginnings(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                    .filter(i -> lines.get(i).strip().equals("from:"))
                    .map(i -> lines.subList(i, lines.size()).stream()
                            .map(String::strip)
                            .filter(line -> line.startsWith("uri:"))
                            .findFirst()
                            .orElseThrow()
                            .substring("uri:".length())
                            .strip()
                            .replace("\"", ""));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
