package org.shuniu.mapping;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shuniu.mapping.AllowedFields.Declared;

/** Reads {@code allowed-fields.csv}, in which each field that may leave towards a partner has a line with its legal basis. */
final class AllowedFieldsFile {

    static final String NAME = "allowed-fields.csv";

    private static final List<String> COLUMNS = List.of("field", "items", "purpose", "basis", "valid_from", "valid_to");
    /** What the hub itself puts round a document. */
    private static final Set<String> ENVELOPE = Set.of(
            "message.id",
            "message.document",
            "message.acceptedAt",
            "delivery.id",
            "delivery.attempt",
            "delivery.ticket",
            "case.caseNo",
            "case.itemCode",
            "case.itemName",
            "case.handleCode",
            "case.status",
            "case.channel",
            "case.limitWorkingDays",
            "case.department",
            "case.departmentName",
            "case.departmentOffice",
            "case.receivingCentre",
            "case.receivingCentreName",
            "case.acceptingCentre",
            "case.acceptingCentreName",
            "case.paperCentre",
            "case.responsible",
            "case.receivedAt",
            "case.way",
            "case.window.code",
            "case.window.name");

    private static final String DOCUMENT = "document";
    /** Its members are the items' own, and each is declared by itself. */
    private static final List<String> FORM = List.of(DOCUMENT, "form");

    private static final String ALL_ITEMS = "*";
    private static final Pattern ITEMS = Pattern.compile("[0-9]{12}(\\|[0-9]{12})*");
    private static final Pattern BASIS = Pattern.compile("《[^》]+》第.+条.*|GB/T [0-9]+(\\.[0-9]+)?-[0-9]{4}.*|协议 ?\\S.*");

    private final Set<String> documents;
    private final CanonicalPaths canonical;
    private final Faults faults;
    private final List<Declared> declared = new ArrayList<>();
    private boolean badHeader;

    private AllowedFieldsFile(Set<String> documents, CanonicalPaths canonical, Faults faults) {
        this.documents = documents;
        this.canonical = canonical;
        this.faults = faults;
    }

    /**
     * What a partner's folder declares; nothing where anything is wrong with it, since more would only follow from that.
     *
     * @param documents the kinds that are written for the partner
     */
    static AllowedFields read(Path directory, Set<String> documents, CanonicalPaths canonical, Faults faults) {
        Path path = directory.resolve(NAME);
        if (!Files.exists(path)) {
            return AllowedFields.NOT_DECLARED;
        }
        int before = faults.found().size();
        AllowedFieldsFile file = new AllowedFieldsFile(documents, canonical, faults);
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder()
                .allowMissingFields(true)
                .allowExtraFields(true)
                .commentStrategy(CommentStrategy.SKIP)
                .ofNamedCsvRecord(Files.readString(path))) {
            rows.forEach(file::add);
        } catch (CharacterCodingException | CsvParseException otherKind) {
            faults.add(NAME, 0, "text that can't be read; expected a CSV file in UTF-8");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return faults.found().size() == before ? new AllowedFields(file.declared) : AllowedFields.NOT_DECLARED;
    }

    /** The places of what the hub itself puts round a document. */
    static Set<List<String>> envelope() {
        return ENVELOPE.stream().map(place -> List.of(place.split("\\."))).collect(Collectors.toSet());
    }

    private void add(NamedCsvRecord row) {
        if (!row.getHeader().equals(COLUMNS)) {
            if (!badHeader) {
                faults.add(NAME, 1, "columns %s; expected %s".formatted(row.getHeader(), COLUMNS));
            }
            badHeader = true;
            return;
        }
        long where = row.getStartingLineNumber();
        if (row.getFieldCount() != COLUMNS.size()) {
            fault(where, "", "%d values".formatted(row.getFieldCount()), COLUMNS.size() + " as in the header");
            return;
        }
        AllowedField line = new AllowedField(
                row.getField("field").strip(),
                items(row.getField("items").strip(), where),
                row.getField("purpose").strip(),
                row.getField("basis").strip(),
                date(row, "valid_from", LocalDate.MIN, where),
                date(row, "valid_to", LocalDate.MAX, where),
                where);
        checkReasons(line);
        Map<List<String>, Boolean> places = places(line);
        checkOthers(line, places);
        declared.add(new Declared(line, places));
    }

    private void checkReasons(AllowedField line) {
        if (line.purpose().isEmpty()) {
            fault(line.line(), line.field(), "no purpose", "what the receiver needs it for");
        }
        if (!BASIS.matcher(line.basis()).matches()) {
            fault(
                    line.line(),
                    line.field(),
                    line.basis().isEmpty() ? "no legal basis" : "a basis that can't be looked up",
                    "a law with its article (《…》第…条), a standard (GB/T …-…) or an agreement (协议 …)");
        }
        if (line.validTo().isBefore(line.validFrom())) {
            fault(line.line(), line.field(), "valid_to before valid_from", "days in their order");
        }
    }

    /** What no two lines say of one place: by which of them would it leave? */
    private void checkOthers(AllowedField line, Map<List<String>, Boolean> places) {
        declared.stream()
                .filter(other -> other.line().meets(line)
                        && other.places().keySet().stream().anyMatch(places::containsKey))
                .findFirst()
                .ifPresent(other -> fault(
                        line.line(),
                        line.field(),
                        "declared twice, in line %d too".formatted(other.line().line()),
                        "one line for each item and day"));
    }

    private Map<List<String>, Boolean> places(AllowedField line) {
        List<String> steps;
        try {
            steps = TreePath.of(line.field()).steps();
        } catch (IllegalArgumentException none) {
            fault(line.line(), line.field(), "no path", "names joined by dots");
            return Map.of();
        }
        if (steps.equals(FORM)) {
            fault(
                    line.line(),
                    line.field(),
                    "all fields of all items, whatever they are",
                    "a line for each, such as document.form.remark");
            return Map.of();
        }
        Map<List<String>, Boolean> places =
                steps.get(0).equals(DOCUMENT) ? ofDocuments(steps) : ofEnvelope(line.field());
        if (places.isEmpty() || steps.size() == 1) {
            fault(line.line(), line.field(), "no place of what is written for this partner", expected(steps.get(0)));
        }
        return places;
    }

    private String expected(String root) {
        return root.equals(DOCUMENT)
                ? "one of mappings/canonical, in a schema of " + new TreeSet<>(documents)
                : "one of document.… or of %s".formatted(new TreeSet<>(ENVELOPE));
    }

    private Map<List<String>, Boolean> ofEnvelope(String field) {
        Map<List<String>, Boolean> places = new HashMap<>();
        ENVELOPE.stream()
                .filter(place -> place.equals(field) || place.startsWith(field + "."))
                .forEach(place -> places.put(List.of(place.split("\\.")), false));
        return places;
    }

    private Map<List<String>, Boolean> ofDocuments(List<String> steps) {
        Map<List<String>, Boolean> places = new HashMap<>();
        for (String document : documents) {
            canonical
                    .places(document, steps.subList(1, steps.size()))
                    .forEach((place, whole) -> places.put(
                            Stream.concat(Stream.of(DOCUMENT), place.stream()).toList(), whole));
        }
        places.remove(FORM);
        return places;
    }

    private Set<String> items(String text, long where) {
        if (text.equals(ALL_ITEMS)) {
            return Set.of();
        }
        if (!ITEMS.matcher(text).matches()) {
            fault(where, "items", "no codes of items", "* for all, or codes of 12 digits separated by |");
            return Set.of();
        }
        return new TreeSet<>(List.of(text.split("\\|")));
    }

    private LocalDate date(NamedCsvRecord row, String column, LocalDate open, long where) {
        String text = row.getField(column).strip();
        try {
            return text.isEmpty() ? open : LocalDate.parse(text);
        } catch (DateTimeParseException malformed) {
            fault(where, column, "no date", "one like 2026-07-01, or nothing");
            return open;
        }
    }

    private void fault(long line, String place, String reason, String cure) {
        faults.add(NAME, line, place, reason, cure);
    }
}
