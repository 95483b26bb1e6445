package org.shuniu.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

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

    /**
     * The places at or below one that hold values, by their steps; lists have those of their elements.
     *
     * @return true for a place whose parts no schema lists; nothing where the document has no such place
     */
    Map<List<String>, Boolean> places(String document, List<String> steps) {
        Map<List<String>, Boolean> places = new LinkedHashMap<>();
        JsonNode at = schemas.get(document);
        for (String step : steps) {
            at = element(at);
            if (isOpen(at)) {
                return Map.of(steps, true);
            }
            at = at.path("properties").path(step);
        }
        collect(at, steps, places);
        return places;
    }

    /**
     * The places that a document must have.
     *
     * @param written places that it gets; of what need not be there, only the parts of what they write something into
     */
    List<List<String>> requiredPlaces(String document, Set<List<String>> written) {
        List<List<String>> places = new ArrayList<>();
        require(schemas.get(document), List.of(), written, places);
        return places;
    }

    private void require(JsonNode schema, List<String> steps, Set<List<String>> written, List<List<String>> places) {
        JsonNode at = element(schema);
        Set<String> required = new HashSet<>();
        at.path("required").forEach(member -> required.add(member.asString()));
        at.path("properties").properties().forEach(member -> {
            List<String> place =
                    Stream.concat(steps.stream(), Stream.of(member.getKey())).toList();
            boolean begun = written.stream()
                    .anyMatch(target -> target.size() > place.size()
                            && target.subList(0, place.size()).equals(place));
            boolean hasParts = !element(member.getValue()).path("required").isEmpty();
            if (hasParts && (begun || required.contains(member.getKey()))) {
                require(member.getValue(), place, written, places);
            } else if (required.contains(member.getKey())) {
                places.add(place);
            }
        });
    }

    /** What the standard calls a place; empty where no schema says it. What is said of the place itself goes before what all such have. */
    String name(String document, List<String> steps) {
        String own = described(document, steps).path("description").asString("");
        String description =
                own.isEmpty() ? schema(document, steps).path("description").asString("") : own;
        return description.replaceFirst(" — .*", "");
    }

    /** The schema of a place; lists have that of their elements. */
    JsonNode schema(String document, List<String> steps) {
        JsonNode at = schemas.get(document);
        for (String step : steps) {
            at = element(at).path("properties").path(step);
        }
        return element(at);
    }

    /** The same as its document has it: what it says of the place itself goes before what it says of all such places. */
    JsonNode described(String document, List<String> steps) {
        JsonNode own = schemas.get(document);
        for (String step : steps) {
            own = element(own).path("properties").path(step);
        }
        if (!(resolve(own) instanceof ObjectNode shared)) {
            return MissingNode.getInstance();
        }
        ObjectNode described = shared.deepCopy();
        if (own instanceof ObjectNode said) {
            described.setAll(said);
        }
        return described;
    }

    private void collect(JsonNode schema, List<String> steps, Map<List<String>, Boolean> places) {
        JsonNode at = element(schema);
        if (at.has("properties")) {
            at.path("properties")
                    .properties()
                    .forEach(member -> collect(
                            member.getValue(),
                            Stream.concat(steps.stream(), Stream.of(member.getKey()))
                                    .toList(),
                            places));
        } else if (!at.isMissingNode()) {
            places.put(steps, isOpen(at));
        }
    }

    private static boolean isOpen(JsonNode schema) {
        return schema.path("type").asString("").equals("object") && !schema.has("properties");
    }

    private JsonNode element(JsonNode schema) {
        JsonNode at = resolve(schema);
        return at.path("type").asString("").equals("array") ? resolve(at.path("items")) : at;
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
