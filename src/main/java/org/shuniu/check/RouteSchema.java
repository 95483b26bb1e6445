package org.shuniu.check;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.shuniu.fault.Fault;
import org.shuniu.fault.Nearest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds route files against Camel's own schema of its YAML: steps and options that there are, and the kinds of their values. */
final class RouteSchema {

    private static final String CAMELS = "/schema/camelYamlDsl-canonical.json";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    /** Faults that say what to mend; others follow from one, or from a branch that was not meant. */
    private static final Set<String> TELLING =
            Set.of("additionalProperties", "maxProperties", "enum", "required", "type");

    private final JsonNode camels = camels();
    private final Schema schema = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_4,
                    builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .pathType(PathType.JSON_POINTER)
                            .build()))
            .getSchema(camels);

    private static JsonNode camels() {
        try (InputStream text = RouteSchema.class.getResourceAsStream(CAMELS)) {
            return JsonMapper.shared().readTree(text);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    List<Fault> check(RouteFile file) {
        List<Error> errors = schema.validate(file.tree());
        Map<String, Error> telling = new TreeMap<>();
        for (Error error : errors) {
            if (TELLING.contains(error.getKeyword())) {
                telling.putIfAbsent(
                        "%s %s %s".formatted(error.getInstanceLocation(), error.getKeyword(), error.getProperty()),
                        error);
            }
        }
        if (telling.isEmpty() && !errors.isEmpty()) {
            telling.put("", errors.get(0));
        }
        return telling.values().stream()
                .map(error -> fault(file, error.getInstanceLocation().toString(), error))
                .distinct()
                .sorted(Comparator.comparing(Fault::line))
                .toList();
    }

    private Fault fault(RouteFile file, String pointer, Error error) {
        List<Object> at = new ArrayList<>();
        for (String step : pointer.split("/")) {
            if (!step.isEmpty()) {
                String name = step.replace("~1", "/").replace("~0", "~");
                at.add(NUMBER.matcher(name).matches() ? (Object) Integer.valueOf(name) : name);
            }
        }
        String where = at.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .reduce((before, last) -> last)
                .orElse("");
        if (error.getKeyword().equals("additionalProperties")) {
            String unknown = String.valueOf(error.getProperty());
            return file.fault(
                    RouteFile.with(at, unknown),
                    where,
                    "Camel's explicit notation knows no '%s' here; expected %s"
                            .formatted(unknown, Nearest.among(unknown, known(error))));
        }
        return file.fault(
                at, where, "%s; expected %s".formatted(found(file.tree().at(pointer), error), expected(error)));
    }

    /** Its names stand in the schema beside what forbids others. */
    private Collection<String> known(Error error) {
        String forbids = error.getSchemaLocation().getFragment().toString();
        return camels.at(forbids.substring(0, forbids.lastIndexOf('/')) + "/properties")
                .propertyNames();
    }

    private static String found(JsonNode node, Error error) {
        return switch (error.getKeyword()) {
            case "required" -> "there is no '%s'".formatted(error.getProperty());
            case "maxProperties" -> "%d keys side by side".formatted(node.size());
            default -> node.isValueNode() ? "found '%s'".formatted(node.asString()) : "found " + kind(node);
        };
    }

    private static String kind(JsonNode node) {
        return node.isArray() ? "a list" : "an object with " + new TreeSet<>(node.propertyNames());
    }

    private static String expected(Error error) {
        JsonNode wanted = error.getSchemaNode();
        String value = wanted == null ? "" : wanted.isString() ? wanted.stringValue() : wanted.toString();
        return switch (error.getKeyword()) {
            case "required" -> "it";
            case "maxProperties" -> "one: a step is an item of a list";
            case "enum" -> "one of " + value;
            case "type" ->
                value.equals("object")
                        ? "keys and values, as in Camel's explicit notation"
                        : "a value of type " + value;
            default -> "what Camel's schema of its YAML says under %s".formatted(error.getKeyword());
        };
    }
}
