package org.shuniu.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code /faults/<partner>}, {@code /traffic} and {@code /ledger/<partner>}: how whoever tries the hub plays with it. */
final class ControlHandler implements HttpHandler {

    private static final int MOST_SECONDS = 3_600;

    private final Map<String, FaultSwitch> faults;
    private final Map<String, Ledger> ledgers;
    private final Traffic traffic;

    ControlHandler(Map<String, FaultSwitch> faults, Map<String, Ledger> ledgers, Traffic traffic) {
        this.faults = faults;
        this.ledgers = ledgers;
        this.traffic = traffic;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/");
            String partner = path.length > 2 ? path[2] : "";
            boolean post = exchange.getRequestMethod().equals("POST");
            byte[] body = exchange.getRequestBody().readAllBytes();
            PartnerHandler.send(exchange, answer(path.length > 1 ? path[1] : "", partner, post, body));
        }
    }

    private Answer answer(String topic, String partner, boolean post, byte[] body) {
        try {
            JsonNode asked = post ? Answer.JSON.readTree(body) : Answer.JSON.createObjectNode();
            return switch (topic) {
                case "faults" -> fault(partner, post, asked);
                case "traffic" -> traffic(post, asked);
                default -> ledger(partner);
            };
        } catch (JacksonException | IllegalArgumentException wrong) {
            return wrong(
                    "%s".formatted(wrong instanceof JacksonException ? "the body is not JSON" : wrong.getMessage()));
        }
    }

    private Answer fault(String partner, boolean post, JsonNode asked) {
        FaultSwitch found = faults.get(partner);
        if (found == null) {
            return wrong("partner '%s' is not simulated; expected one of %s".formatted(partner, faults.keySet()));
        }
        if (post) {
            String word = asked.path("fault").asString("");
            Optional<Fault> fault = Fault.of(word);
            int seconds = asked.path("seconds").asInt(0);
            if (fault.isEmpty() || seconds < 0 || seconds > MOST_SECONDS) {
                return wrong(
                        "fault '%s' for %d seconds; expected none, down, slow, timeout-after-work, error, garbage, duplicate-result or late-result, for up to %d seconds"
                                .formatted(word, seconds, MOST_SECONDS));
            }
            found.set(fault.get(), seconds, asked.path("count").asInt(0));
        }
        return Answer.json(
                200,
                Answer.JSON
                        .createObjectNode()
                        .put("fault", found.current().word())
                        .put("remaining", found.remaining()));
    }

    private Answer traffic(boolean post, JsonNode asked) {
        if (post) {
            SimulatorProperties.Traffic now = traffic.settings();
            traffic.set(new SimulatorProperties.Traffic(
                    asked.path("enabled").asBoolean(now.enabled()),
                    asked.path("perSecond").asDouble(now.perSecond())));
        }
        return Answer.json(
                200,
                Answer.JSON
                        .createObjectNode()
                        .put("enabled", traffic.settings().enabled())
                        .put("perSecond", traffic.settings().perSecond()));
    }

    private Answer ledger(String partner) {
        Ledger found = ledgers.get(partner);
        return found == null
                ? wrong("partner '%s' is not simulated; expected one of %s".formatted(partner, ledgers.keySet()))
                : new Answer(200, "application/x-ndjson", found.bytes());
    }

    private static Answer wrong(String message) {
        return Answer.json(400, Answer.JSON.createObjectNode().put("error", message));
    }
}
