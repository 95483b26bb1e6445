package org.shuniu.handout;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Holds JSON against a schema of an OpenAPI document. */
final class JsonFit {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private JsonFit() {}

    /** @param type the name of the schema among those of the document */
    static Optional<String> misfit(String openApi, String type, byte[] json) {
        ObjectNode root = MAPPER.createObjectNode();
        JsonNode schemas = MAPPER.readTree(openApi).path("components").path("schemas");
        root.setAll((ObjectNode) schemas.path(type));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root.toString())
                .validate(MAPPER.readTree(json))
                .stream()
                .findFirst()
                .map(error -> "%s: %s".formatted(error.getInstanceLocation(), error.getKeyword()));
    }
}
