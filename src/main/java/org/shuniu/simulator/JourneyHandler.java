package org.shuniu.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Shows the journeys of a channel's citizens at {@code /journeys/<channel>}, and begins one with what is posted there. */
final class JourneyHandler implements HttpHandler {
    private final OnlineCitizens citizens;
    private final Supplier<ApplicationMaker> maker;

    JourneyHandler(OnlineCitizens citizens, Supplier<ApplicationMaker> maker) {
        this.citizens = citizens;
        this.maker = maker;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        HttpCall call = HttpCall.read(exchange);
        Journeys journeys = citizens.of(call.path().replaceFirst("^/", "")).orElse(null);
        if (journeys == null) {
            HttpReply.text(404, "text/plain; charset=UTF-8", "no such channel").send(exchange);
        } else if (call.isPost()) {
            begin(journeys, call).send(exchange);
        } else {
            exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson; charset=UTF-8");
            exchange.sendResponseHeaders(200, 0);
            Files.copy(journeys.file(), exchange.getResponseBody());
        }
    }

    private HttpReply begin(Journeys journeys, HttpCall call) {
        try {
            JsonNode wish = JsonMapper.shared().readTree(call.body());
            ObjectNode application = maker.get().next();
            application.remove("receivingCentre");
            application.put("channel", citizens.channel(journeys));
            application.setAll((ObjectNode) wish);
            ObjectNode answer = JsonMapper.shared().createObjectNode();
            return HttpReply.json(202, answer.put("journey", journeys.begin(application)));
        } catch (JacksonException | ClassCastException e) {
            ObjectNode problem = JsonMapper.shared().createObjectNode();
            return HttpReply.json(400, problem.put("error", "expected fields of an application, such as itemCode"));
        }
    }
}
