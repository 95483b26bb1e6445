package org.shuniu.handout;

import java.util.Map;
import org.shuniu.partner.Partner;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** OpenAPI 3.1 of an office that speaks JSON: what it offers as paths, what it calls as a webhook. */
final class OpenApi {

    private static final String DESCRIPTION = "description";
    private static final String SCHEMAS = "#/components/schemas/";
    private static final String JSON = "application/json";
    private static final Map<String, String> SUMMARIES = Map.of(
            "application", "办件申请 · a new application",
            "supplement", "补正材料 · further papers for a case",
            "withdrawal", "撤回申请 · the citizen takes the case back",
            "query", "办件查询 · how a case stands");

    private final Office office;

    OpenApi(Office office) {
        this.office = office;
    }

    String text() {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("openapi", "3.1.0");
        root.putObject("info")
                .put(
                        "title",
                        office.contract().name().zh() + " · "
                                + office.contract().name().en())
                .put("version", office.version())
                .put(
                        DESCRIPTION,
                        "paths: 贵单位提供，枢纽调用; webhooks: 枢纽提供，贵单位调用。"
                                + " paths: what the office offers and the hub calls; webhooks: what the hub offers and the office calls.");
        root.putArray("servers")
                .addObject()
                .put("url", "https://{office}")
                .put(DESCRIPTION, "贵单位的地址 · the office's address")
                .putObject("variables")
                .putObject("office")
                .put("default", "office.invalid");
        office.messages().forEach(message -> operation(root, message));
        if (office.calls()) {
            webhook(root);
        }
        ObjectNode components = root.putObject("components");
        components.set("schemas", JsonSchemas.all(office.messages(), office.answers(), office.occasions()));
        security(root, components);
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private void operation(ObjectNode root, Outgoing message) {
        String path = office.partner().operations().get(message.document());
        ObjectNode operation = root.withObjectProperty("paths")
                .putObject(path)
                .putObject("post")
                .put("operationId", message.document())
                .put("summary", SUMMARIES.getOrDefault(message.document(), message.document()));
        ObjectNode key = operation.putArray("parameters").addObject();
        key.put("name", "Idempotency-Key")
                .put("in", "header")
                .put("required", true)
                .put(
                        DESCRIPTION,
                        "报文编号；重发时不变（查询每次不同） · the message id, the same when it is sent again (of a question a new one each time)");
        key.putObject("schema").put("type", "string");
        body(operation, message.type());
        ObjectNode responses = operation.putObject("responses");
        answered(
                responses,
                "200",
                "答复 · the answer",
                Occasion.of(message.document()).type());
        responses.putObject("401").put(DESCRIPTION, "令牌无效，枢纽稍后重试 · the token is unknown; the hub tries again later");
        responses.putObject("503").put(DESCRIPTION, "暂不可用，枢纽稍后重试 · not now; the hub tries again later");
    }

    private static void body(ObjectNode operation, String type) {
        ObjectNode body = operation.putObject("requestBody").put("required", true);
        body.putObject("content").putObject(JSON).putObject("schema").put("$ref", SCHEMAS + type);
    }

    private static void answered(ObjectNode responses, String status, String words, String type) {
        responses
                .putObject(status)
                .put(DESCRIPTION, words)
                .putObject("content")
                .putObject(JSON)
                .putObject("schema")
                .put("$ref", SCHEMAS + type);
    }

    private void webhook(ObjectNode root) {
        ObjectNode hook = root.putObject("webhooks").putObject("result");
        hook.putArray("servers")
                .addObject()
                .put("url", "https://{hub}/callback/v1/" + office.contract().partner())
                .put(DESCRIPTION, "枢纽的地址 · the hub's address")
                .putObject("variables")
                .putObject("hub")
                .put("default", "hub.invalid");
        ObjectNode operation = hook.putObject("post")
                .put("operationId", "result")
                .put("summary", "办理状态与结果 · a status or a result, told by the office itself");
        operation.putArray("security").addObject().putArray("callbackToken");
        body(operation, Occasion.BY_ITSELF.type());
        ObjectNode responses = operation.putObject("responses");
        ObjectNode taken = responses.putObject("202").put(DESCRIPTION, "已保存 · kept");
        ObjectNode schema =
                taken.putObject("content").putObject(JSON).putObject("schema").put("type", "object");
        schema.putObject("properties").putObject("received").put("type", "boolean");
        HubAnswers.all()
                .forEach((status, words) ->
                        responses.putObject(status).put(DESCRIPTION, words.zh() + " · " + words.en()));
    }

    private void security(ObjectNode root, ObjectNode components) {
        ObjectNode schemes = components.putObject("securitySchemes");
        if (office.partner().authentication() instanceof Partner.Authentication.Bearer) {
            root.putArray("security").addObject().putArray("officeToken");
            bearer(schemes, "officeToken", "贵单位发给枢纽的令牌 · the token that the office gives the hub");
        }
        if (office.calls()) {
            bearer(schemes, "callbackToken", "枢纽发给贵单位的令牌 · the token that the hub gives the office");
        }
    }

    private static void bearer(ObjectNode schemes, String name, String words) {
        schemes.putObject(name).put("type", "http").put("scheme", "bearer").put(DESCRIPTION, words);
    }
}
