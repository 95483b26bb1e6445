package org.shuniu.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Shows and sets the fault of a partner at {@code /faults/<partner>}. */
final class FaultHandler implements HttpHandler {
    private final Map<String, PartnerFaults> faults;

    FaultHandler(Map<String, PartnerFaults> faults) {
        this.faults = faults;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        reply(HttpCall.read(exchange)).send(exchange);
    }

    private HttpReply reply(HttpCall call) {
        PartnerFaults partner = faults.get(call.path().replaceFirst("^/", ""));
        if (partner == null) {
            return problem("unknown partner in the address, expected one of: " + String.join(", ", faults.keySet()));
        }
        return call.isPost() ? set(partner, call) : shown(partner);
    }

    private static HttpReply set(PartnerFaults partner, HttpCall call) {
        try {
            return set(partner, JsonMapper.shared().readTree(call.body()));
        } catch (JacksonException e) {
            return problem("the body is not JSON, expected {\"fault\":…,\"seconds\":…,\"count\":…}");
        }
    }

    private static HttpReply set(PartnerFaults partner, JsonNode body) {
        FaultKind kind = FaultKind.of(body.path("fault").asString("")).orElse(null);
        if (kind == null) {
            return problem("unknown fault, expected one of: " + FaultKind.ids());
        }
        double seconds = body.path("seconds").asDouble(kind.usualSeconds());
        int count = body.path("count").asInt(PartnerFaults.FOR_EVER);
        if (!(seconds >= 0 && seconds <= 86_400) || body.has("count") && count < 1) {
            return problem("expected seconds from 0 to 86400 and a count of at least 1");
        }
        partner.set(new Fault(kind, Duration.ofMillis(Math.round(seconds * 1000))), count);
        return shown(partner);
    }

    private static HttpReply shown(PartnerFaults partner) {
        ObjectNode body = JsonMapper.shared()
                .createObjectNode()
                .put("fault", partner.shown().id())
                .put("met", partner.met());
        if (partner.remaining() == PartnerFaults.FOR_EVER) {
            body.putNull("remaining");
        } else {
            body.put("remaining", partner.remaining());
        }
        return HttpReply.json(200, body);
    }

    private static HttpReply problem(String message) {
        return HttpReply.json(400, JsonMapper.shared().createObjectNode().put("error", message));
    }
}
