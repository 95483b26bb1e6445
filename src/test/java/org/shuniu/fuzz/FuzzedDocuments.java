package org.shuniu.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.shuniu.document.DocumentChecks;
import org.shuniu.document.DocumentReader;
import org.shuniu.document.MalformedDocument;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.Examples;
import org.shuniu.mapping.MappingFailed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What senders hand in, as far as intake reads it, and what is then written to the partner that it is for. */
final class FuzzedDocuments {

    /** Findings: the sender is told what does not fit. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private static final Set<String> DOCUMENTS = Set.of("application", "supplement", "withdrawal");
    private static final Instant NOON = Instant.parse("2026-11-24T04:00:00Z");

    private final DocumentReader reader = new DocumentReader();
    private final DocumentChecks checks = new DocumentChecks(Loaded.CATALOGUE, Clock.fixed(NOON, ZoneOffset.UTC));

    private FuzzedDocuments() {}

    static List<FuzzedReader> readers() {
        return new FuzzedDocuments().all();
    }

    /** One for each mapping of what goes out, with those of its examples that a sender could have handed in. */
    private List<FuzzedReader> all() {
        Map<String, List<JsonNode>> sources = new TreeMap<>();
        for (Examples.Example example : Loaded.EXAMPLES.all()) {
            if (example.outgoing() && DOCUMENTS.contains(document(example))) {
                JsonNode source = source(example);
                if (isTaken(document(example), source.path("document"))) {
                    sources.computeIfAbsent(example.partner() + "/" + document(example), name -> new ArrayList<>())
                            .add(source);
                }
            }
        }
        return sources.entrySet().stream()
                .map(entry -> reader(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String document(Examples.Example example) {
        return example.mapping().substring(0, example.mapping().indexOf('.'));
    }

    private static JsonNode source(Examples.Example example) {
        try {
            return JsonMapper.shared().readTree(Files.readString(example.source()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private boolean isTaken(String document, JsonNode content) {
        return Loaded.SCHEMAS.check(document, content).isEmpty()
                && checks.check(document, content).isEmpty();
    }

    private FuzzedReader reader(String name, List<JsonNode> sources) {
        String partner = name.substring(0, name.indexOf('/'));
        String document = name.substring(name.indexOf('/') + 1);
        ObjectNode first = (ObjectNode) sources.get(0);
        return new FuzzedReader(
                "document " + name,
                sources.stream()
                        .map(source -> JsonMapper.shared().writeValueAsBytes(source.path("document")))
                        .toList(),
                bytes -> read(partner, document, first, bytes),
                Set.of(MalformedDocument.class, Refused.class, MappingFailed.class));
    }

    private void read(String partner, String document, ObjectNode source, byte[] bytes) throws Refused {
        JsonNode content = reader.read(bytes);
        if (!isTaken(document, content)) {
            throw new Refused();
        }
        ObjectNode whole = source.deepCopy();
        whole.set("document", content);
        Loaded.MAPPINGS.render(partner, document, whole, Days.of(LocalDate.ofInstant(NOON, ZoneOffset.UTC)));
    }
}
