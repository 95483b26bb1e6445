package org.shuniu.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.shuniu.codec.Codec;
import org.shuniu.codec.Codecs;
import org.shuniu.fault.YamlLines;
import tools.jackson.databind.JsonNode;

/** Reads one mapping file, collecting every fault with its row. */
final class MappingFile {

    private static final Set<String> OUTGOING_KEYS = Set.of("mapping", "description", "codec", "rows");
    private static final Set<String> INCOMING_KEYS = Set.of("mapping", "description", "codec", "outcome", "documents");
    private static final Set<String> DOCUMENT_KEYS = Set.of("event", "order", "ticket", "rows");
    private static final Pattern FORM_FIELD = Pattern.compile("document\\.form\\.([A-Za-z][A-Za-z0-9]*)");
    private static final Set<String> LINE_KEYS = Set.of("when", "is", "reason", "document", "note");

    private static final String DOCUMENTS = "documents";
    private static final String OUTCOME = "outcome";

    private final String id;
    private final String file;
    private final JsonNode tree;
    private final Map<String, LocalCodes> codes;
    private final CanonicalPaths canonical;
    private final Faults faults;
    private final Expressions expressions;

    MappingFile(
            String id,
            String file,
            JsonNode tree,
            Map<String, LocalCodes> codes,
            CanonicalPaths canonical,
            Faults faults) {
        this(id, file, tree, codes, canonical, faults, Expressions.IN_FORCE);
    }

    /** @param expressions how those of the mapping are read */
    MappingFile(
            String id,
            String file,
            JsonNode tree,
            Map<String, LocalCodes> codes,
            CanonicalPaths canonical,
            Faults faults,
            Expressions expressions) {
        this.expressions = expressions;
        this.id = id;
        this.file = file;
        this.tree = tree;
        this.codes = codes;
        this.canonical = canonical;
        this.faults = faults;
    }

    /** @param allowed what it may read */
    OutgoingMapping outgoing(String document, AllowedFields allowed) {
        head(OUTGOING_KEYS);
        if (!canonical.has(document) && !document.equals("query")) {
            faults.add(
                    file,
                    1,
                    "the file's name says document '%s'; expected one of mappings/canonical, or query"
                            .formatted(document));
        }
        RowPaths paths = RowPaths.outgoing(document, canonical);
        List<MappingRow> rows = rows(List.of("rows"), tree.path("rows"), paths);
        List<ReadPaths.Read> reads = ReadPaths.of(tree.path("rows"));
        if (allowed.given()) {
            reads.stream()
                    .filter(read -> !allowed.reaches(read.path()) && !faults.names(file, read.row()))
                    .forEach(this::undeclared);
        }
        return new OutgoingMapping(
                id, codec(), rows, plainSources(), formFields(), tables(), ReadPaths.distinct(reads));
    }

    private void undeclared(ReadPaths.Read read) {
        faults.add(
                file,
                read.at(),
                read.row(),
                "'%s' may not leave towards this partner; expected a line of %s with its legal basis, or no such row"
                        .formatted(read.path(), AllowedFieldsFile.NAME));
    }

    private Set<String> tables() {
        return tree.findValues("codes").stream().map(JsonNode::asString).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The fields of an item that rows name, in expressions too. */
    private Set<String> formFields() {
        return FORM_FIELD
                .matcher(tree.path("rows").toString())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The paths that are written as they are and never missing. */
    private Set<String> plainSources() {
        Set<String> plain = new TreeSet<>();
        for (JsonNode row : tree.path("rows")) {
            boolean asItIs = !row.has("function") && !row.has("codes") && !row.has("date") && !row.has("when");
            if (asItIs && row.path("required").asBoolean(false)) {
                plain.add(row.path("source").asString(""));
            }
        }
        return plain;
    }

    IncomingMapping incoming() {
        head(INCOMING_KEYS);
        Map<String, IncomingMapping.Document> documents = new LinkedHashMap<>();
        tree.path(DOCUMENTS).properties().forEach(entry -> {
            if (canonical.has(entry.getKey())) {
                documents.put(entry.getKey(), document(entry.getKey(), entry.getValue()));
            } else {
                fault(
                        List.of(DOCUMENTS, entry.getKey()),
                        "'%s' is none of the hub's documents; expected one of mappings/canonical"
                                .formatted(entry.getKey()));
            }
        });
        return new IncomingMapping(
                id,
                codec(),
                outcome(documents.keySet()),
                Map.copyOf(documents),
                tables(),
                ReadPaths.distinct(ReadPaths.ofAnswer(tree)));
    }

    private void head(Set<String> keys) {
        if (!tree.path("mapping").asString("").equals(id)) {
            fault(
                    List.of("mapping"),
                    "mapping is '%s'; expected '%s', as folder and file are called"
                            .formatted(tree.path("mapping").asString(""), id));
        }
        if (tree.path("description").asString("").isBlank()) {
            fault(List.of("description"), "no description; expected one sentence");
        }
        for (String key : tree.propertyNames()) {
            if (!keys.contains(key)) {
                fault(List.of(key), "unknown key '%s'; expected one of %s".formatted(key, new TreeSet<>(keys)));
            }
        }
    }

    private Codec codec() {
        try {
            return Codecs.of(tree.path("codec"));
        } catch (IllegalArgumentException wrong) {
            fault(List.of("codec"), wrong.getMessage());
            return null;
        }
    }

    private List<MappingRow> rows(List<Object> path, JsonNode list, RowPaths paths) {
        return new RowReader(id, file, path, codes, paths, faults, expressions).rows(list);
    }

    private void fault(List<Object> path, String message) {
        faults.add(file, path, path.stream().map(Object::toString).collect(Collectors.joining(".")), message);
    }

    private IncomingMapping.Document document(String name, JsonNode block) {
        List<MappingRow> rows =
                rows(List.of(DOCUMENTS, name, "rows"), block.path("rows"), RowPaths.incoming(name, canonical));
        TreeSet<String> written = new TreeSet<>();
        block.path("rows")
                .forEach(row -> written.add(row.path("target").asString("").split("\\.")[0]));
        boolean misspelt = written.stream().anyMatch(member -> !canonical.known(name, List.of(member)));
        canonical.required(name).stream()
                .filter(member -> !written.contains(member) && !misspelt)
                .forEach(member -> fault(
                        List.of(DOCUMENTS, name),
                        "no row writes %s, which the document must have; expected one with target: %s"
                                .formatted(member, member)));
        block.propertyNames().stream()
                .filter(key -> !DOCUMENT_KEYS.contains(key))
                .forEach(key -> fault(
                        List.of(DOCUMENTS, name, key),
                        "unknown key '%s'; expected one of %s".formatted(key, new TreeSet<>(DOCUMENT_KEYS))));
        return new IncomingMapping.Document(
                mark(name, block, "event"), mark(name, block, "order"), mark(name, block, "ticket"), rows);
    }

    private Expression mark(String name, JsonNode block, String key) {
        try {
            return block.has(key) ? expressions.read(block.path(key).asString()) : null;
        } catch (IllegalArgumentException wrong) {
            fault(List.of(DOCUMENTS, name, key), wrong.getMessage());
            return null;
        }
    }

    private List<OutcomeLine> outcome(Set<String> documents) {
        List<OutcomeLine> lines = new ArrayList<>();
        YamlLines places = faults.lines(file);
        for (int i = 0; tree.path(OUTCOME).isArray() && i < tree.path(OUTCOME).size(); i++) {
            try {
                lines.add(line(
                        i + 1,
                        places.line(List.of(OUTCOME, i)),
                        tree.path(OUTCOME).get(i),
                        documents));
            } catch (IllegalArgumentException wrong) {
                faults.add(file, List.of(OUTCOME, i), "outcome %d".formatted(i + 1), wrong.getMessage());
            }
        }
        if (!tree.path(OUTCOME).isArray() || tree.path(OUTCOME).isEmpty()) {
            fault(List.of(OUTCOME), "no lines; expected lines that say what an answer means");
        }
        return lines;
    }

    private OutcomeLine line(int number, long at, JsonNode line, Set<String> documents) {
        for (String key : line.propertyNames()) {
            if (!LINE_KEYS.contains(key)) {
                throw new IllegalArgumentException(
                        "unknown key '%s'; expected one of %s".formatted(key, new TreeSet<>(LINE_KEYS)));
            }
        }
        String document = line.path("document").asString(null);
        if (document != null && !documents.contains(document)) {
            throw new IllegalArgumentException("document '%s' is not written here; expected one of %s"
                    .formatted(document, new TreeSet<>(documents)));
        }
        String reason = line.path("reason").asString(null);
        if (reason != null) {
            OutcomeLine.PLACE.matcher(reason).results().forEach(place -> TreePath.of(place.group(1)));
        }
        Expression when = line.has("when") ? expressions.read(line.path("when").asString()) : null;
        return new OutcomeLine(number, at, when, verdict(line.path("is").asString("")), reason, document);
    }

    private static Verdict verdict(String name) {
        for (Verdict verdict : Verdict.values()) {
            if (verdict.name()
                    .toLowerCase(java.util.Locale.ROOT)
                    .replace('_', '-')
                    .equals(name)) {
                return verdict;
            }
        }
        throw new IllegalArgumentException(
                "is: '%s'; expected delivered, refused, unavailable, never-received, invalid or unknown"
                        .formatted(name));
    }
}
