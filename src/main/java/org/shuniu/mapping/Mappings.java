package org.shuniu.mapping;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.codec.Codec;
import org.shuniu.codec.Garbled;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.fault.Fault;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** All mappings of all partners, checked as a whole before the first message. */
public final class Mappings {

    private static final String OUT = ".out";
    private static final String DOCUMENT = "document.";

    /** What stands in the files: read once, and never changed after. */
    private record Content(
            Path folder, Map<String, PartnerMappings> partners, Set<String> refused, CanonicalPaths canonical) {}

    private volatile Content content;

    /** @param refused partners whose mappings can't be used */
    Mappings(Path folder, Map<String, PartnerMappings> partners, Set<String> refused, CanonicalPaths canonical) {
        this(new Content(folder, new TreeMap<>(partners), refused, canonical));
    }

    private Mappings(Content content) {
        this.content = content;
    }

    /** From here on it translates as another does: whoever has it goes by that with his next message. */
    public void follow(Mappings next) {
        content = next.content;
    }

    /** As it is now, whatever it follows later. */
    public Mappings asNow() {
        return new Mappings(content);
    }

    /**
     * Reads {@code <folder>/<partner>/*.yaml} with their code tables.
     *
     * @throws MappingsRefused with every fault of every file
     */
    public static Mappings load(Path folder) {
        return load(folder, Expressions.IN_FORCE);
    }

    /**
     * Reads mappings that were in force once, with what expressions might do then: what was written by them must be readable.
     *
     * @throws MappingsRefused with everything else that is wrong
     */
    public static Mappings loadFormer(Path folder) {
        return load(folder, Expressions.FORMER);
    }

    private static Mappings load(Path folder, Expressions expressions) {
        List<Fault> faults = new ArrayList<>();
        Mappings mappings = new MappingFolder(folder, faults, expressions).load();
        if (!faults.isEmpty()) {
            throw new MappingsRefused(faults);
        }
        return mappings;
    }

    /**
     * Reads those of all partners in whose folders nothing is wrong.
     *
     * @param faults takes those of the others
     */
    public static Mappings load(Path folder, List<Fault> faults) {
        return new MappingFolder(folder, faults, Expressions.IN_FORCE).load();
    }

    /** Partners in whose folder something is wrong: nothing is known of their mappings. */
    Set<String> refused() {
        return content.refused();
    }

    /** A file of a partner's mappings. */
    public Path file(String partner, String name) {
        return content.folder().resolve(partner).resolve(name);
    }

    public Set<String> partners() {
        return Set.copyOf(content.partners().keySet());
    }

    /** Changes with every file of the partner: the first 12 hex digits of a SHA-256 over their names and contents. */
    public String version(String partner) {
        return of(partner).version();
    }

    /**
     * Content Filter: of an envelope only what is declared for the partner and the item.
     *
     * @param item its code in the hub's catalogue, or empty for what concerns no item
     * @param day on which it leaves
     * @throws MappingFailed when nobody has declared what may leave towards the partner
     */
    public ObjectNode allowed(String partner, String item, JsonNode envelope, LocalDate day) {
        AllowedFields allowed = of(partner).allowed();
        if (!allowed.given()) {
            throw new MappingFailed(partner, "nothing may leave, since there is no " + AllowedFieldsFile.NAME);
        }
        return allowed.filter(envelope, item, day);
    }

    /** Whether anybody has declared what may leave towards the partner; before there were such files nobody had. */
    public boolean declares(String partner) {
        return of(partner).allowed().given();
    }

    /** What leaves towards the partner, a field for each place, with the documents that carry it. */
    public List<LeavingField> leaving(String partner) {
        Map<String, OutgoingMapping> outgoing = new TreeMap<>(of(partner).outgoing());
        return of(partner).allowed().eachPlace().stream()
                .map(field -> leaving(partner, outgoing, field))
                .filter(field -> !field.documents().isEmpty())
                .toList();
    }

    private LeavingField leaving(String partner, Map<String, OutgoingMapping> outgoing, AllowedField field) {
        List<String> documents = outgoing.entrySet().stream()
                .filter(mapping -> AllowedFields.readsAny(mapping.getValue().reads(), field))
                .map(Map.Entry::getKey)
                .toList();
        String name = documents.stream()
                .filter(document ->
                        content.canonical().has(document) && field.field().startsWith(DOCUMENT))
                .map(document -> content.canonical()
                        .name(
                                document,
                                List.of(field.field()
                                        .substring(DOCUMENT.length())
                                        .split("\\."))))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse("");
        return new LeavingField(partner, name, documents, field);
    }

    /**
     * The schema of a place of one of the hub's own documents, with its title and description; missing where there is none.
     *
     * @param place names joined by dots, such as {@code applicant.name}
     */
    public JsonNode canonical(String document, String place) {
        return content.canonical().has(document)
                ? content.canonical().described(document, List.of(place.split("\\.")))
                : MissingNode.getInstance();
    }

    /** The same, for the item that the source names. */
    public Rendered render(String partner, String document, JsonNode source, Days days) {
        return render(partner, document, Examples.item(source), source, days);
    }

    /**
     * Writes a document in the partner's format, of what may leave.
     *
     * @param document its kind, or {@code query}
     * @param item its code in the hub's catalogue, whatever the partner calls it
     * @param source the tree described in mappings/README.md
     * @param days by whose tables, and by what is allowed on the day on which it is said
     * @throws MappingFailed when this document can't be written
     */
    public Rendered render(String partner, String document, String item, JsonNode source, Days days) {
        return outgoing(partner, document).render(of(partner).permitted(item, source, days), days);
    }

    /** The same, with the fields as they are before the partner's format makes bytes of them. */
    public Written write(String partner, String document, String item, JsonNode source, Days days) {
        return outgoing(partner, document).write(of(partner).permitted(item, source, days), days);
    }

    /**
     * Fields that no mapping wrote, in the partner's format: what must not be taken can't be had otherwise.
     *
     * @throws MappingFailed when the format has no way to say them
     */
    public Rendered encode(String partner, String document, ObjectNode fields) {
        OutgoingMapping mapping = outgoing(partner, document);
        try {
            return new Rendered(mapping.codec().encode(fields), mapping.codec().mediaType());
        } catch (Garbled unwritable) {
            throw new MappingFailed(mapping.id(), unwritable.getMessage());
        }
    }

    private OutgoingMapping outgoing(String partner, String document) {
        OutgoingMapping mapping = of(partner).outgoing().get(document);
        if (mapping == null) {
            throw new MappingFailed(partner + "/" + document + OUT, "the partner has no such mapping");
        }
        return mapping;
    }

    /**
     * Reads what a partner answered.
     *
     * @param mapping the file's name without {@code .yaml}, such as {@code result.in}
     * @param context what is known besides: transport, message, case, call
     * @param days by whose tables
     * @throws AnswerGarbled when nobody can tell what the answer means
     * @throws MappingFailed when its document can't be written
     */
    public Reading read(String partner, String mapping, byte[] raw, String mediaType, JsonNode context, Days days) {
        IncomingMapping found = of(partner).incoming().get(mapping);
        if (found == null) {
            throw new MappingFailed(partner + "/" + mapping, "the partner has no such mapping");
        }
        return found.read(raw, context, days);
    }

    /**
     * The case or message that an answer which came by itself speaks of.
     *
     * @return with {@code caseNo} and {@code messageId}, where they can be read
     */
    public ObjectNode names(String partner, String mapping, byte[] raw, JsonNode context, Days days) {
        IncomingMapping found = of(partner).incoming().get(mapping);
        return found == null ? Source.MAPPER.createObjectNode() : found.names(raw, context, days);
    }

    /**
     * Translates one message, and tells what each row does.
     *
     * @param mapping such as {@code application.out} or {@code result.in}
     * @param message what goes in, as an example's source has it
     * @param context what is known besides of an answer, or null for that of examples
     * @throws MappingFailed when there is no such mapping
     * @throws AnswerGarbled when nobody can tell what the answer means
     * @throws Garbled when the message is not in its format
     */
    public Explanation explain(String partner, String mapping, byte[] message, @Nullable JsonNode context, Days days) {
        PartnerMappings all = of(partner);
        OutgoingMapping outgoing = mapping.endsWith(OUT)
                ? all.outgoing().get(mapping.substring(0, mapping.length() - OUT.length()))
                : null;
        IncomingMapping incoming = all.incoming().get(mapping);
        if (outgoing == null && incoming == null) {
            Set<String> known = new TreeSet<>(all.incoming().keySet());
            all.outgoing().keySet().forEach(document -> known.add(document + OUT));
            throw new MappingFailed(partner + "/" + mapping, "no such mapping; expected one of " + known);
        }
        return outgoing == null
                ? Explanation.of(incoming, message, context == null ? Examples.CONTEXT : context, days)
                : explained(all, outgoing, Source.MAPPER.readTree(message), days);
    }

    private static Explanation explained(PartnerMappings all, OutgoingMapping mapping, JsonNode source, Days days) {
        return Explanation.of(mapping, all.permitted(Examples.item(source), source, days), days, Long.MAX_VALUE);
    }

    /** The days on which a table that the mapping uses becomes another. */
    public NavigableSet<LocalDate> switches(String partner, String mapping) {
        NavigableSet<LocalDate> days = new TreeSet<>();
        tables(partner, mapping)
                .forEach(table -> days.addAll(of(partner).codes().get(table).switches()));
        return days;
    }

    /** The tables that the mapping uses, with their versions on that day; such as {@code id-type=3f2a…}. */
    public SortedMap<String, String> tableVersions(String partner, String mapping, LocalDate day) {
        SortedMap<String, String> versions = new TreeMap<>();
        tables(partner, mapping)
                .forEach(table ->
                        versions.put(table, of(partner).codes().get(table).version(day)));
        return versions;
    }

    /** The code tables of which no row holds on that day or later: what they were to translate can't be sent any more. */
    public List<Fault> expired(LocalDate day) {
        List<Fault> faults = new ArrayList<>();
        content.partners()
                .forEach((partner, mappings) -> mappings.codes().values().stream()
                        .filter(table -> table.isOver(day))
                        .forEach(table -> faults.add(new Fault(
                                file(partner, "codes/%s.csv".formatted(table.name()))
                                        .toString(),
                                1,
                                "valid_to",
                                "every row has ended",
                                "at least one that holds on %s or later".formatted(day)))));
        return faults;
    }

    /** The code tables of a partner that a mapping uses, in force or as a text of it has it. */
    public SortedSet<String> tables(String partner, String mapping, String text) {
        SortedSet<String> tables = new TreeSet<>(tables(partner, mapping));
        of(partner).codes().keySet().stream()
                .filter(table -> MappingFolder.uses(text, table))
                .forEach(tables::add);
        return tables;
    }

    Set<String> tables(String partner, String mapping) {
        PartnerMappings found = of(partner);
        IncomingMapping incoming = found.incoming().get(mapping);
        OutgoingMapping outgoing = found.outgoing().get(mapping.replaceFirst("\\.out$", ""));
        return incoming != null ? incoming.tables() : outgoing == null ? Set.of() : outgoing.tables();
    }

    /** The kinds of document, {@code query} among them, that can be written for the partner. */
    public Set<String> outgoing(String partner) {
        PartnerMappings found = content.partners().get(partner);
        return found == null ? Set.of() : Set.copyOf(found.outgoing().keySet());
    }

    /** Where documents of this kind have something, below which there may be more: names joined by dots. */
    public Set<String> targets(String partner, String document) {
        OutgoingMapping mapping = of(partner).outgoing().get(document);
        return mapping == null
                ? Set.of()
                : mapping.rows().stream().map(row -> row.target().toString()).collect(Collectors.toUnmodifiableSet());
    }

    /** The partner's mappings, such as {@code application.out} and {@code result.in}. */
    public SortedSet<String> names(String partner) {
        SortedSet<String> names = new TreeSet<>(of(partner).incoming().keySet());
        of(partner).outgoing().keySet().forEach(document -> names.add(document + OUT));
        return names;
    }

    /** The places of a source whose values rows translate by code tables: what stands there is a code by what the hub goes by. */
    public Set<String> codedPlaces(String partner, String mapping) {
        IncomingMapping incoming = of(partner).incoming().get(mapping);
        List<MappingRow> rows = incoming == null
                ? outgoing(partner, mapping.substring(0, mapping.length() - OUT.length()))
                        .rows()
                : incoming.documents().values().stream()
                        .flatMap(document -> document.rows().stream())
                        .toList();
        return RowSources.of(rows).coded().stream()
                .filter(row -> row.from() != null)
                .map(row -> row.from().toString())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * A mapping and its code tables as somebody writes them, in the place of their like; all else is as it is.
     *
     * @param catalogue whose codes tables of its names translate
     * @param effort of which it spends whenever it translates
     * @throws MappingFailed when there is no such mapping, or no such table
     */
    public EditedMapping edited(EditedTexts texts, Catalogue catalogue, Effort effort) {
        String partner = texts.partner();
        if (!has(partner, texts.mapping())) {
            throw new MappingFailed(texts.name(), "no such mapping; expected one of " + names(partner));
        }
        Set<String> tables = new TreeSet<>(of(partner).codes().keySet());
        if (!tables.containsAll(texts.tables().keySet())) {
            throw new MappingFailed(
                    texts.name(),
                    "no such code tables as %s; expected of %s"
                            .formatted(new TreeSet<>(texts.tables().keySet()), tables));
        }
        return new MappingDraft(content.canonical(), texts, catalogue, effort).read(this);
    }

    CanonicalPaths canonical() {
        return content.canonical();
    }

    /** The same, of which one partner has others. */
    Mappings with(String partner, PartnerMappings others) {
        Map<String, PartnerMappings> partners = new TreeMap<>(content.partners());
        partners.put(partner, others);
        return new Mappings(new Content(content.folder(), partners, content.refused(), content.canonical()));
    }

    /** Whether the partner has this mapping, such as {@code application.out} or {@code result.in}. */
    public boolean has(String partner, String mapping) {
        PartnerMappings found = content.partners().get(partner);
        return found != null
                && (found.incoming().containsKey(mapping)
                        || mapping.endsWith(OUT)
                                && found.outgoing().containsKey(mapping.substring(0, mapping.length() - OUT.length())));
    }

    /** The names of fields that the authors of a partner's mappings chose; any other is its document's own. */
    public Set<String> fieldNames(String partner) {
        return Stream.concat(
                        of(partner).outgoing().values().stream().flatMap(mapping -> mapping.rows().stream()),
                        of(partner).incoming().values().stream()
                                .flatMap(mapping -> mapping.documents().values().stream())
                                .flatMap(document -> document.rows().stream()))
                .flatMap(MappingRow::names)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether every document of this kind carries the value at that path as it is. */
    public boolean carries(String partner, String document, String path) {
        return of(partner).outgoing().get(document).plainSources().contains(path);
    }

    /** The fields of items that any mapping reads: names that nobody but their authors made. */
    public Set<String> formFields() {
        return content.partners().values().stream()
                .flatMap(partner -> partner.outgoing().values().stream())
                .flatMap(mapping -> mapping.formFields().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Names of fields that are nobody's words: those of the hub's documents, and those of items' own that any mapping reads. */
    public Set<String> knownFields(DocumentSchemas schemas) {
        Set<String> names = new HashSet<>(schemas.names());
        names.addAll(formFields());
        return names;
    }

    /** Whether every document for the partner is a row that may stand in one file with the others. */
    public boolean sharesOneRowFormat(String partner) {
        Set<Codec> codecs = of(partner).outgoing().values().stream()
                .map(OutgoingMapping::codec)
                .collect(Collectors.toSet());
        return codecs.size() == 1 && codecs.iterator().next().isRow();
    }

    /** What the partner's answers can mean. */
    public Set<Verdict> verdicts(String partner, String mapping) {
        PartnerMappings all = content.partners().get(partner);
        IncomingMapping found = all == null ? null : all.incoming().get(mapping);
        return found == null
                ? Set.of()
                : found.outcome().stream().map(OutcomeLine::verdict).collect(Collectors.toUnmodifiableSet());
    }

    PartnerMappings of(String partner) {
        PartnerMappings found = content.partners().get(partner);
        if (found == null) {
            throw new MappingFailed(partner, "no folder of this name in mappings");
        }
        return found;
    }
}
