package org.shuniu.handout;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractField;
import org.shuniu.contract.ContractProtocol;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an office that speaks JSON gets as OpenAPI, held by a validator against what is sent and what may be answered. */
class JsonHandoutTest {

    private static final Map<String, String> ANSWERS = Map.of(
            "application", "ApplicationAnswer",
            "supplement", "SupplementAnswer",
            "withdrawal", "WithdrawalAnswer",
            "query", "QueryAnswer",
            "by-itself", "Event");

    @ParameterizedTest
    @EnumSource(names = "POLL", mode = EnumSource.Mode.EXCLUDE)
    void takesWhatIsSentAndWhatMayBeAnswered(Results results) {
        Made made = Made.of(ContractProtocol.REST, results);
        assertThat(made.faults()).isEmpty();

        Map<String, byte[]> sent = made.samples(name -> name.contains("/sent/"));
        assertThat(sent).hasSize(results == Results.AT_ONCE ? 4 : 5);
        sent.forEach((name, body) -> assertThat(schema(made, type(name)).validate(tree(body)))
                .as(name)
                .isEmpty());
        Map<String, byte[]> answers = made.samples(name -> name.contains("/answers/"));
        assertThat(answers).hasSizeGreaterThanOrEqualTo(5);
        answers.forEach((name, body) -> assertThat(
                        schema(made, ANSWERS.get(Made.kind(name))).validate(tree(body)))
                .as(name)
                .isEmpty());
    }

    @Test
    void refusesWhatIsNeverSent() {
        Made made = Made.of(ContractProtocol.REST);
        ObjectNode application = (ObjectNode) tree(made.files().get("samples/sent/application.with-papers.json"));
        Schema schema = schema(made, "Application");

        for (ContractField field : made.contract().of("application")) {
            if (field.required()) {
                ObjectNode without = application.deepCopy();
                without.remove(field.name());
                assertThat(schema.validate(without))
                        .as("without %s", field.name())
                        .isNotEmpty();
            }
            if (!field.isPapers()) {
                assertThat(schema.validate(with(application, field.name(), "9".repeat(field.most() + 1))))
                        .as("%s too long", field.name())
                        .isNotEmpty();
            }
        }
        assertThat(schema.validate(with(application, "certType", "07"))).isNotEmpty();
        assertThat(schema.validate(with(application, "sentTime", "2026-11-24T10:15:00")))
                .isNotEmpty();
        assertThat(schema.validate(with(application, "besides", "x"))).isNotEmpty();
        assertThat(schema.validate(application)).isEmpty();
    }

    @Test
    void refusesAnswersThatNobodyCouldRead() {
        Made made = Made.of(ContractProtocol.REST, Results.CALLBACK);
        ObjectNode event = (ObjectNode) tree(made.files().get("samples/answers/by-itself.in-work-by-itself.json"));
        Schema schema = schema(made, "Event");

        for (String needed : new String[] {"caseNo", "state", "stateTime"}) {
            ObjectNode without = event.deepCopy();
            without.remove(needed);
            assertThat(schema.validate(without)).as("without %s", needed).isNotEmpty();
        }
        assertThat(schema.validate(with(event, "state", "FINISHED"))).isNotEmpty();
        assertThat(schema.validate(with(event, "stateTime", "24.11.2026"))).isNotEmpty();
        assertThat(schema.validate(with(event, "handler", "名".repeat(31)))).isNotEmpty();
        assertThat(schema.validate(with(event, "seq", "first"))).isNotEmpty();
        assertThat(schema.validate(event)).isEmpty();
        // Whatever comes by itself has to name its case, and has to say something of it.
        assertThat(valid(made, "Event", "{\"state\": \"DONE\", \"text\": \"准予办理\"}"))
                .isFalse();
        assertThat(valid(made, "ApplicationAnswer", "{\"state\": \"DONE\", \"text\": \"准予办理\"}"))
                .isTrue();
        assertThat(valid(made, "Event", "{\"code\": \"BUSY\"}")).isFalse();
    }

    @Test
    void tellsAnswersApartByWhatTheyAnswer() {
        Made made = Made.of(ContractProtocol.REST, Results.QUERY);

        assertThat(valid(made, "ApplicationAnswer", "{}")).isFalse();
        assertThat(valid(made, "ApplicationAnswer", "{\"code\": \"BUSY\"}")).isTrue();
        assertThat(valid(made, "ApplicationAnswer", "{\"code\": \"E17\", \"message\": \"不属于受理范围\"}"))
                .isTrue();
        // A refusal is told to the citizen, and needs words; that of a withdrawal is not.
        assertThat(valid(made, "ApplicationAnswer", "{\"code\": \"E17\"}")).isFalse();
        assertThat(valid(made, "WithdrawalAnswer", "{\"code\": \"E17\"}")).isTrue();
        assertThat(valid(made, "QueryAnswer", "{\"code\": \"NOT_FOUND\"}")).isTrue();
        assertThat(valid(made, "ApplicationAnswer", "{\"code\": \"NOT_FOUND\"}"))
                .isFalse();
    }

    @Test
    void saysWhatIsOfferedAndWhatIsCalled() {
        JsonNode callback =
                tree(Made.of(ContractProtocol.REST, Results.CALLBACK).files().get("schema/openapi.json"));

        assertThat(callback.path("openapi").asString("")).startsWith("3.1");
        assertThat(callback.path("paths").propertyNames())
                .containsExactly("/api/applications", "/api/supplements", "/api/withdrawals", "/api/queries");
        assertThat(callback.at("/webhooks/result/servers/0/url").asString("")).endsWith("/callback/v1/forestry");
        assertThat(callback.at("/webhooks/result/post/responses").propertyNames())
                .contains("202", "401", "413", "503");
        callback.findValues("$ref")
                .forEach(ref -> assertThat(callback.at(ref.asString("").substring(1)))
                        .as("%s", ref)
                        .isInstanceOf(ObjectNode.class));
    }

    @Test
    void hasNoCallbackWhereNoneIsAgreed() {
        JsonNode atOnce =
                tree(Made.of(ContractProtocol.REST, Results.AT_ONCE).files().get("schema/openapi.json"));

        assertThat(atOnce.has("webhooks")).isFalse();
        assertThat(atOnce.path("paths").propertyNames()).doesNotContain("/api/queries");
    }

    private static boolean valid(Made made, String type, String answer) {
        return schema(made, type).validate(JsonMapper.shared().readTree(answer)).isEmpty();
    }

    private static ObjectNode with(ObjectNode tree, String field, String value) {
        return tree.deepCopy().put(field, value);
    }

    private static String type(String sample) {
        String kind = Made.kind(sample);
        return Character.toUpperCase(kind.charAt(0)) + kind.substring(1);
    }

    private static Schema schema(Made made, String type) {
        JsonNode api = tree(made.files().get("schema/openapi.json"));
        assertThat(api.at("/components/schemas/" + type).isObject()).as(type).isTrue();
        ObjectNode root = JsonMapper.shared().createObjectNode().put("$ref", "#/components/schemas/" + type);
        root.set("components", api.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root.toString());
    }

    private static JsonNode tree(byte[] json) {
        return JsonMapper.shared().readTree(json);
    }
}
