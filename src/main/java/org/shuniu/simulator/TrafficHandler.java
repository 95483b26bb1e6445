package org.shuniu.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Shows and sets the stream of made-up applications at {@code /traffic}. */
final class TrafficHandler implements HttpHandler {
    private final Traffic traffic;

    TrafficHandler(Traffic traffic) {
        this.traffic = traffic;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        HttpCall call = HttpCall.read(exchange);
        HttpReply reply = call.isPost() ? set(call) : HttpReply.json(200, traffic.shown());
        reply.send(exchange);
    }

    private HttpReply set(HttpCall call) {
        try {
            JsonNode body = JsonMapper.shared().readTree(call.body());
            SimulatorProperties.TrafficRate before = traffic.rate();
            traffic.set(new SimulatorProperties.TrafficRate(
                    body.path("enabled").asBoolean(before.enabled()),
                    body.path("perSecond").asDouble(before.perSecond())));
            return HttpReply.json(200, traffic.shown());
        } catch (JacksonException | IllegalArgumentException e) {
            ObjectNode problem = JsonMapper.shared().createObjectNode();
            problem.put("error", "expected {\"enabled\":true|false,\"perSecond\":0 to 1000}");
            return HttpReply.json(400, problem);
        }
    }
}
