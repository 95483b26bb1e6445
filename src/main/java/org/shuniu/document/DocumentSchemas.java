package org.shuniu.document;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schemas of the canonical documents, compiled once. */
public final class DocumentSchemas {
    private static final String PREFIX = "urn:shuniu:canonical:";
    private static final String SUFFIX = ".schema.json";
    private static final int MOST_FINDINGS = 100;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What stands in the files: compiled once, and never changed after. */
    private record Content(Map<String, Schema> schemas, Set<String> names) {}

    private volatile Content content;

    private DocumentSchemas(Map<String, String> texts) {
        SchemaRegistry registry = registry(texts);
        Map<String, Schema> schemas = new TreeMap<>();
        Set<String> names = new TreeSet<>();
        texts.forEach((name, text) -> {
            schemas.put(name, compile(registry, name));
            gather(JSON.readTree(text), names);
        });
        this.content = new Content(schemas, names);
    }

    private DocumentSchemas(Content content) {
        this.content = content;
    }

    private static void gather(JsonNode schema, Set<String> names) {
        JsonNode known = schema.path("properties");
        if (known.isObject()) {
            names.addAll(known.propertyNames());
        }
        schema.forEach(inner -> gather(inner, names));
    }

    /** From here on it checks as another does: whoever has it goes by that with his next document. */
    public void follow(DocumentSchemas next) {
        content = next.content;
    }

    /** As they are now, whatever they follow later. */
    public DocumentSchemas asNow() {
        return new DocumentSchemas(content);
    }

    /** Reads {@code canonical/*.schema.json} under the given folder of mappings; throws a sentence naming the file that is not a schema. */
    public static DocumentSchemas load(Path mappings) {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(mappings.resolve("canonical"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(SUFFIX)).toList()) {
                String name = file.getFileName().toString();
                texts.put(name.substring(0, name.length() - SUFFIX.length()), Files.readString(file));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the canonical schemas under " + mappings + " can't be read", unreadable);
        }
        return new DocumentSchemas(texts);
    }

    /** Every field that a schema names; any other name is its sender's, and may say as much as a value. */
    public Set<String> names() {
        return Set.copyOf(content.names());
    }

    public Set<String> documents() {
        return content.schemas().keySet();
    }

    /** All violations of the schema of a document ({@code application}, {@code result} …); at most 100 are listed, none means it fits. */
    public List<Finding> check(String document, JsonNode tree) {
        Schema schema = content.schemas().get(document);
        if (schema == null) {
            throw new IllegalArgumentException("no schema for document " + document + ", only for " + documents());
        }
        return schema.validate(tree).stream()
                .map(error -> SchemaFinding.of(error, tree))
                .distinct()
                .limit(MOST_FINDINGS)
                .toList();
    }

    private static SchemaRegistry registry(Map<String, String> texts) {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(true)
                .pathType(PathType.JSON_POINTER)
                .cacheRefs(true)
                .preloadSchema(true)
                .build();
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(config)
                        .schemas(id -> id.startsWith(PREFIX) ? texts.get(id.substring(PREFIX.length())) : null));
    }

    private static Schema compile(SchemaRegistry registry, String name) {
        try {
            Schema schema = registry.getSchema(SchemaLocation.of(PREFIX + name));
            schema.initializeValidators();
            return schema;
        } catch (SchemaException broken) {
            throw new IllegalStateException("canonical/" + name + SUFFIX + " is not a usable JSON Schema", broken);
        }
    }
}
