package org.shuniu.simulator;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON, a path for each kind of call, and a bearer token. */
final class ContractJson implements ContractWire {

    private static final Map<String, String> PATHS = Map.of(
            "/api/applications", "application",
            "/api/supplements", "supplement",
            "/api/withdrawals", "withdrawal",
            "/api/queries", QUERY);

    private final String partner;
    private final SecretFiles secrets;

    ContractJson(String partner, SecretFiles secrets) {
        this.partner = partner;
        this.secrets = secrets;
    }

    @Override
    public Optional<HttpReply> doorkeeper(HttpCall call) {
        if (!call.isPost() || !PATHS.containsKey(call.path())) {
            return Optional.of(failure(404, "服务不存在"));
        }
        boolean known = secrets.matches(partner + "-secret", call.credential("Bearer"));
        return known ? Optional.empty() : Optional.of(failure(401, "令牌无效"));
    }

    private static HttpReply failure(int status, String message) {
        return HttpReply.json(
                status,
                JsonNodeFactory.instance.objectNode().put("code", "NONE").put("message", message));
    }

    @Override
    public Optional<Request> read(HttpCall call) {
        JsonNode body = JsonRequest.read(call.body()).body();
        return Optional.of(new Request(PATHS.get(call.path()), name -> text(body.path(name))));
    }

    private static String text(JsonNode value) {
        return value.isContainer() ? value.isEmpty() ? "" : "…" : value.asString("");
    }

    @Override
    public String contentType() {
        return HttpReply.JSON;
    }

    @Override
    public String write(ObjectNode answer) {
        return answer.toString();
    }
}
