package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The hub's contract as the hub serves it; answers are held against it. */
final class Contract {

    private static final String HOME = "http://hub";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "head", "delete");

    private static final String EXCHANGE = "/chx-openapi.yaml";

    private final RunningHub hub;
    private final String location;
    private final JsonNode document;
    private final SchemaRegistry schemas;
    private final Set<String> answered = new TreeSet<>();

    Contract(RunningHub hub) {
        this(hub, "/openapi.json");
    }

    private Contract(RunningHub hub, String address) {
        this.hub = hub;
        this.location = HOME + address;
        this.document = RunningHub.JSON.readTree(served(location));
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
        this.schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(config).schemas(this::served));
    }

    /** The contract of the exchange between hubs. */
    static Contract exchange(RunningHub hub) {
        return new Contract(hub, EXCHANGE);
    }

    private String served(String id) {
        if (id.equals(HOME + EXCHANGE)) {
            return YAMLMapper.builder()
                    .build()
                    .readTree(hub.get(EXCHANGE).body())
                    .toString();
        }
        String canonical = "urn:shuniu:canonical:";
        if (id.startsWith(canonical)) {
            return hub.get("/schemas/%s.schema.json".formatted(id.substring(canonical.length())))
                    .body();
        }
        return id.startsWith(HOME) ? hub.get(id.substring(HOME.length())).body() : null;
    }

    /** Every {@code METHOD /path}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        document.path("paths")
                .forEachEntry((path, item) -> item.propertyNames().stream()
                        .filter(METHODS::contains)
                        .forEach(method -> operations.add(method.toUpperCase() + " " + path)));
        return operations;
    }

    Set<String> problemTypes() {
        Set<String> types = new TreeSet<>();
        document.at("/components/schemas/ProblemType/enum").forEach(type -> types.add(type.stringValue()));
        return types;
    }

    /** Operations that have been called with success, of those that {@link #holds} looked at. */
    Set<String> answered() {
        return answered;
    }

    /** Holds an answer against what is written for its operation and status. */
    void holds(String operation, int status, HttpResponse<String> answer) {
        String[] words = operation.split(" ");
        JsonNode responses = document.path("paths")
                .path(words[1])
                .path(words[0].toLowerCase())
                .path("responses");
        assertThat(answer.statusCode()).as("%s: %s", operation, answer.body()).isEqualTo(status);
        assertThat(responses.has(Integer.toString(status)))
                .as("%s documents %d", operation, status)
                .isTrue();
        fits(operation + " " + status, follow(responses.path(Integer.toString(status))), answer);
        if (status < 400) {
            answered.add(operation);
        }
    }

    /** Holds an answer against a shared response. */
    void fits(String what, String response, HttpResponse<String> answer) {
        fits(what, document.path("components").path("responses").path(response), answer);
    }

    private void fits(String what, JsonNode response, HttpResponse<String> answer) {
        response.path("headers").forEachEntry((name, header) -> {
            if (follow(header).path("required").asBoolean(false)) {
                assertThat(answer.headers().firstValue(name))
                        .as("%s: header %s", what, name)
                        .isPresent();
            }
        });
        JsonNode content = response.path("content");
        if (content.isEmpty()) {
            assertThat(answer.body()).as(what).isEmpty();
            return;
        }
        String type = answer.headers().firstValue("Content-Type").orElse("none").split(";")[0];
        assertThat(content.propertyNames()).as(what).contains(type);
        JsonNode schema = content.path(type).path("schema");
        if (!schema.isMissingNode() && !"HEAD".equals(answer.request().method())) {
            assertThat(faults(schema, RunningHub.JSON.readTree(answer.body())))
                    .as("%s: %s", what, answer.body())
                    .isEmpty();
        }
    }

    private JsonNode follow(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").stringValue().substring(1)) : node;
    }

    /** What is wrong with a value; schemas at operations are references only. */
    private List<String> faults(JsonNode schema, JsonNode value) {
        String reference = schema.path("$ref").stringValue();
        SchemaLocation at = SchemaLocation.of(reference.startsWith("#") ? location + reference : HOME + reference);
        return schemas.getSchema(at).validate(value).stream()
                .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                .toList();
    }

    /** Every example with the faults it has; the key says where it stands. */
    TreeMap<String, List<String>> examples() {
        TreeMap<String, List<String>> examples = new TreeMap<>();
        collect("", document, examples);
        return examples;
    }

    private void collect(String at, JsonNode node, TreeMap<String, List<String>> examples) {
        if (node.has("example") && node.has("schema")) {
            examples.put(at, new ArrayList<>(faults(node.path("schema"), node.path("example"))));
        }
        if (node.isObject()) {
            node.forEachEntry((name, child) -> collect(at + "/" + name, child, examples));
        }
    }

    JsonNode example(String operation) {
        String[] words = operation.split(" ");
        return document.path("paths")
                .path(words[1])
                .path(words[0].toLowerCase())
                .at("/requestBody/content/application~1json/example");
    }
}
