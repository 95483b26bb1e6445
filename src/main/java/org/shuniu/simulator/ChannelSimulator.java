package org.shuniu.simulator;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The portal or the app: writes down what it is told of its citizens' cases, and tells those whose journeys it lives. */
final class ChannelSimulator implements PartnerSystem {
    private static final Map<String, Effect> NEWS =
            Map.of("status", Effect.STATUS, "result", Effect.RESULT, "receipt", Effect.RECEIPT);

    private final String id;
    private final SecretFiles secrets;
    private final Ledger ledger;
    private final Journeys journeys;

    ChannelSimulator(String id, SecretFiles secrets, Ledger ledger, Journeys journeys) {
        this.id = id;
        this.secrets = secrets;
        this.ledger = ledger;
        this.journeys = journeys;
    }

    @Override
    public Optional<HttpReply> doorkeeper(HttpCall call) {
        if (!call.isPost() || !call.path().equals("/events")) {
            return Optional.of(HttpReply.text(404, "text/plain", "404"));
        }
        boolean known = secrets.matches(id + "-secret", call.credential("Bearer"));
        return known ? Optional.empty() : Optional.of(HttpReply.text(401, "text/plain", "401"));
    }

    @Override
    public HttpReply work(HttpCall call, Fault fault) {
        JsonCall news = JsonCall.read(call);
        Effect effect = NEWS.get(news.text("/event"));
        if (effect == null
                || news.text("/messageId").isEmpty()
                || news.text("/caseNo").isEmpty()) {
            return HttpReply.json(400, object().put("error", "messageId, caseNo and event are required"));
        }
        ledger.once(news.text("/messageId"), news.text("/caseNo"), effect, false);
        journeys.hears(news.body());
        return HttpReply.json(200, object().put("received", true));
    }

    @Override
    public HttpReply error() {
        return HttpReply.errorPage();
    }

    @Override
    public HttpReply garbage() {
        return HttpReply.text(200, HttpReply.JSON, "{\"received\":");
    }

    private static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }
}
