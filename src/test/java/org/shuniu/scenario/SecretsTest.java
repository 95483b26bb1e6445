package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.embedded.DemoSecrets;
import org.springframework.web.bind.annotation.RequestMethod;

/** Keys, passwords and tokens, as they stand in the secrets' folder: nobody is told them. */
class SecretsTest {

    private static final List<String> ITEMS =
            List.of(Applications.ECONOMY, Applications.HEALTHCARE, Applications.FEDERATION, "312000194000");
    private static final List<String> TOKENS =
            List.of("operator-token", "engineer-token", "metrics-token", "acceptance-platform-token");

    @Test
    void areInNoLogPageOrProblem(@TempDir Path directory) throws IOException {
        List<String> told = new ArrayList<>();
        Map<String, String> secrets;
        try (RunningHub hub = RunningHub.start(directory)) {
            // Given partners that do not accept what the hub says who it is, or answer nonsense
            for (String fault : List.of("unauthorized", "garbage")) {
                hub.fault("economy", "{\"fault\":\"%s\",\"count\":1}".formatted(fault), 200);
                ITEMS.forEach(item -> hub.awaitStatus(hub.caseOf(Applications.online(item)), "60"));
            }
            secrets = secrets(directory.resolve("data/secrets"));

            // When everything is asked for that the hub has an address for, by each who may, and by nobody
            TreeSet<String> addresses = addresses(hub);
            assertThat(addresses).hasSizeGreaterThan(30).contains("/ops/v1/partners");
            addresses.add("/actuator/health");
            addresses.add("/actuator/prometheus");
            addresses.add("/no/such/address");
            Browser administrator = Browser.of(hub, "administrator");
            for (String address : addresses) {
                TOKENS.forEach(token ->
                        told.add(whole(hub.send(hub.request(address, token).GET()))));
                told.add(whole(hub.send(HttpRequest.newBuilder(URI.create(hub.address() + address))
                        .GET())));
                told.add(whole(hub.send(hub.request(address, "operator-token")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"nonsense\":")))));
                told.add(whole(administrator.get(address)));
            }
            hub.stop();
        }
        told.add(Files.readString(directory.resolve("hub.log")));

        // Then no secret is in anything that was said
        assertThat(secrets).hasSizeGreaterThan(20);
        secrets.forEach((name, value) -> assertThat(told.stream().filter(text -> text.contains(value)))
                .as(name)
                .isEmpty());
    }

    /** All that the hub has an address for, but where something must be named in it. */
    private static TreeSet<String> addresses(RunningHub hub) {
        TreeSet<String> addresses = new TreeSet<>();
        hub.handlers().getHandlerMethods().forEach((mapping, handler) -> {
            if (mapping.getMethodsCondition().getMethods().contains(RequestMethod.GET)) {
                mapping.getPatternValues().stream()
                        .filter(path -> !path.contains("{") && !path.startsWith("/partner/"))
                        .forEach(addresses::add);
            }
        });
        return addresses;
    }

    private static Map<String, String> secrets(Path folder) throws IOException {
        Map<String, String> secrets = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                secrets.put(
                        file.getFileName().toString(), Files.readString(file).strip());
            }
        }
        secrets.remove(DemoSecrets.MARK);
        return secrets;
    }

    private static String whole(HttpResponse<String> answer) {
        return "%s %s%n%s".formatted(answer.uri(), answer.headers().map(), answer.body());
    }
}
