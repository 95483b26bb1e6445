package org.shuniu.partner;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;

/** Reads one partner.yaml and gathers everything that is wrong with it. */
final class PartnerBlock {

    private static final Set<String> KEYS = Set.of(
            "partner",
            "name",
            "department",
            "protocol",
            "address",
            "operations",
            "authentication",
            "delivery",
            "database",
            "allowed-fields");
    private static final Set<String> PROTOCOLS = Set.of("rest", "soap", "table");

    private final String id;
    private final Path file;
    private final JsonNode tree;
    private final List<String> faults;
    private final int before;

    PartnerBlock(String id, Path file, JsonNode tree, List<String> faults) {
        this.id = id;
        this.file = file;
        this.tree = tree;
        this.faults = faults;
        this.before = faults.size();
    }

    Optional<Partner> read() {
        tree.propertyNames().stream()
                .filter(key -> !KEYS.contains(key))
                .forEach(key -> fault(
                        key,
                        "an unknown key",
                        "one of " + KEYS.stream().sorted().toList()));
        if (!id.equals(tree.path("partner").asString(""))) {
            fault("partner", "not the folder's name", id);
        }
        String protocol = text("protocol");
        if (!PROTOCOLS.contains(protocol)) {
            fault(
                    "protocol",
                    "an unknown protocol",
                    "one of " + PROTOCOLS.stream().sorted().toList());
        }
        Optional<Partner.Database> database = database(protocol);
        Optional<URI> address = address(protocol);
        DeliveryPolicy delivery = delivery();
        Map<String, String> operations = operations(protocol, delivery);
        Partner partner = new Partner(
                id,
                new Partner.Name(text("name", "zh"), text("name", "en")),
                Optional.ofNullable(tree.path("department").asString(null)),
                protocol,
                address,
                operations,
                authentication(),
                delivery,
                database,
                strings("allowed-fields"));
        return faults.size() == before ? Optional.of(partner) : Optional.empty();
    }

    private Optional<URI> address(String protocol) {
        if (protocol.equals("table")) {
            return Optional.empty();
        }
        return Optional.of(
                parsed("address", URI::create, URI.create("http://invalid"), "an absolute http or https address"));
    }

    private Map<String, String> operations(String protocol, DeliveryPolicy delivery) {
        Map<String, String> operations = new HashMap<>();
        tree.path("operations")
                .propertyStream()
                .forEach(
                        entry -> operations.put(entry.getKey(), entry.getValue().asString("")));
        if (!protocol.equals("table") && operations.isEmpty()) {
            fault("operations", "nothing", "one entry for each kind of document");
        }
        if (delivery.unknownOutcome() == UnknownOutcome.ASK && !operations.containsKey("query")) {
            fault("operations.query", "nothing", "the operation that delivery.unknown-outcome: ask needs");
        }
        return operations;
    }

    private Partner.Authentication authentication() {
        JsonNode block = tree.path("authentication");
        return switch (block.path("kind").asString("none")) {
            case "none" -> new Partner.Authentication.None();
            case "bearer" -> new Partner.Authentication.Bearer(text("authentication", "token"));
            case "oauth2-client-credentials" ->
                new Partner.Authentication.ClientCredentials(
                        text("authentication", "token-path"),
                        text("authentication", "client-id"),
                        text("authentication", "client-secret"));
            default -> {
                fault("authentication.kind", "an unknown kind", "none, bearer or oauth2-client-credentials");
                yield new Partner.Authentication.None();
            }
        };
    }

    private DeliveryPolicy delivery() {
        int parallel = number("delivery", "parallel");
        double jitter = tree.path("delivery").path("jitter").asDouble(-1);
        if (jitter < 0 || jitter >= 1) {
            fault("delivery.jitter", "not a share", "a number from 0 to below 1");
        }
        List<Duration> schedule = new ArrayList<>();
        for (String step : strings("delivery", "schedule")) {
            schedule.add(duration("delivery.schedule", step));
        }
        if (schedule.isEmpty()) {
            fault("delivery.schedule", "nothing", "a list of durations such as [0s, 5s, 30s]");
        }
        DeliveryPolicy.Circuit circuit = new DeliveryPolicy.Circuit(
                number("delivery", "circuit", "failures"),
                duration("delivery.circuit.probe-every", text("delivery", "circuit", "probe-every")));
        Duration deadline = duration("delivery.deadline", text("delivery", "deadline"));
        return new DeliveryPolicy(parallel, deadline, unknownOutcome(), schedule, jitter, circuit);
    }

    private UnknownOutcome unknownOutcome() {
        String name = text("delivery", "unknown-outcome");
        try {
            return UnknownOutcome.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException unknown) {
            fault("delivery.unknown-outcome", "an unknown word", "ask, recognises-id or neither");
            return UnknownOutcome.NEITHER;
        }
    }

    private Optional<Partner.Database> database(String protocol) {
        if (!protocol.equals("table")) {
            return Optional.empty();
        }
        return Optional.of(new Partner.Database(
                text("database", "url"),
                text("database", "username"),
                text("database", "password"),
                strings("database", "result-tables"),
                number("database", "batch")));
    }

    private JsonNode at(String... path) {
        JsonNode node = tree;
        for (String name : path) {
            node = node.path(name);
        }
        return node;
    }

    private String text(String... path) {
        String value = at(path).asString("");
        if (value.isBlank()) {
            fault(String.join(".", path), "nothing", "a text");
        }
        return value;
    }

    private int number(String... path) {
        int value = at(path).asInt(0);
        if (value < 1) {
            fault(String.join(".", path), "no number above 0", "a whole number from 1");
        }
        return value;
    }

    private List<String> strings(String... path) {
        List<String> values = new ArrayList<>();
        at(path).forEach(value -> values.add(value.asString("")));
        return values;
    }

    private Duration duration(String key, String text) {
        try {
            return DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException malformed) {
            fault(key, "no duration", "a number with a unit, such as 500ms, 5s, 30m or 2h");
            return Duration.ZERO;
        }
    }

    private <T> T parsed(String key, Function<String, T> parser, T otherwise, String expected) {
        try {
            return parser.apply(text(key));
        } catch (IllegalArgumentException malformed) {
            fault(key, "a malformed value", expected);
            return otherwise;
        }
    }

    private void fault(String key, String found, String expected) {
        faults.add("%s: %s: found %s, expected %s".formatted(file, key, found, expected));
    }
}
