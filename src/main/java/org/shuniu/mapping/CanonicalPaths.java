package org.shuniu.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Which places the hub's own documents have, by their schemas: a mapping that names another is mistyped. */
final class CanonicalPaths {

    private static final String PREFIX = "urn:shuniu:canonical:";
    private static final String SUFFIX = ".schema.json";

    private final Map<String, JsonNode> schemas = new HashMap<>();

    static CanonicalPaths load(Path folder) {
        CanonicalPaths paths = new CanonicalPaths();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().forEach(paths::read);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return paths;
    }

    private void read(Path file) {
        String name = file.getFileName().toString();
        schemas.put(name.substring(0, name.length() - SUFFIX.length()), Source.MAPPER.readTree(file));
    }

    boolean has(String document) {
        return schemas.containsKey(document) && !document.equals("parts");
    }

    /** Whether the document has this place; inside an object without listed members everything is possible. */
    boolean known(String document, List<String> steps) {
        return find(document, steps).isPresent();
    }

    /** The place below an element of the list at the given steps. */
    boolean knownInList(String document, List<String> list, List<String> steps) {
        Optional<JsonNode> items = find(document, list).map(schema -> resolve(schema.path("items")));
        return items.isPresent() && descend(items.get(), steps).isPresent();
    }

    List<String> required(String document) {
        return schemas.get(document)
                .path("required")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private Optional<JsonNode> find(String document, List<String> steps) {
        return Optional.ofNullable(schemas.get(document)).flatMap(schema -> descend(schema, steps));
    }

    private Optional<JsonNode> descend(JsonNode schema, List<String> steps) {
        JsonNode at = resolve(schema);
        for (String step : steps) {
            if (!at.has("properties")) {
                return at.path("type").asString("object").equals("object") ? Optional.of(at) : Optional.empty();
            }
            if (!at.path("properties").has(step)) {
                return Optional.empty();
            }
            at = resolve(at.path("properties").path(step));
        }
        return Optional.of(at);
    }

    private JsonNode resolve(JsonNode schema) {
        JsonNode at = schema;
        while (at.path("$ref").isString()) {
            String[] reference = at.path("$ref").stringValue().split("#", 2);
            String document = reference[0].startsWith(PREFIX) ? reference[0].substring(PREFIX.length()) : reference[0];
            JsonNode target = schemas.getOrDefault(document, at);
            at = reference.length == 2 ? target.at(reference[1]) : target;
        }
        return at;
    }
}
