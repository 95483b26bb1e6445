package org.shuniu.mapping;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.CodeTable;
import org.shuniu.contract.Contract;
import tools.jackson.databind.JsonNode;

/** Finds what a mapping leaves out by looking at its rows; what it loses of values is found by {@link RoundTrip}, which runs it. */
final class CoverageReader {

    private static final String DOCUMENT = "document";
    private static final String ANSWER = "answer";

    private final CanonicalPaths canonical;
    private final Catalogue catalogue;
    private final @Nullable Contract contract;
    private final LocalDate day;

    /** @param contract with the partner, where there is one */
    CoverageReader(CanonicalPaths canonical, Catalogue catalogue, @Nullable Contract contract, LocalDate day) {
        this.canonical = canonical;
        this.catalogue = catalogue;
        this.contract = contract;
        this.day = day;
    }

    /** @param source the tree described in mappings/README.md */
    Coverage outgoing(String document, PartnerMappings all, OutgoingMapping mapping, JsonNode source) {
        RowSources sources = RowSources.of(mapping.rows());
        Set<List<String>> inMessage = places(source, "");
        Set<List<String>> places = new LinkedHashSet<>(inMessage);
        if (canonical.has(document)) {
            canonical.places(document, List.of()).forEach((place, open) -> {
                if (!open) {
                    places.add(below(DOCUMENT, place));
                }
            });
        }
        List<Coverage.Unread> unread = places.stream()
                .filter(unread(mapping.reads(), sources))
                .map(place -> new Coverage.Unread(
                        String.join(".", place),
                        name(document, place),
                        inMessage.contains(place),
                        !all.allowed().given() || all.allowed().reaches(new TreePath(place))))
                .toList();
        List<Coverage.Untranslated> untranslated = sources.coded().stream()
                .flatMap(row -> untranslated(document, row).stream())
                .toList();
        return new Coverage(unread, List.of(), untranslated);
    }

    /** @param answer as the partner's format is read */
    Coverage incoming(IncomingMapping mapping, JsonNode answer) {
        List<MappingRow> rows = mapping.documents().values().stream()
                .flatMap(document -> document.rows().stream())
                .toList();
        RowSources sources = RowSources.of(rows);
        List<Coverage.Unread> unread = places(answer, ANSWER).stream()
                .filter(unread(mapping.reads(), sources))
                .map(place -> new Coverage.Unread(String.join(".", place), "", true, true))
                .toList();
        List<String> unfilled = new ArrayList<>();
        mapping.documents()
                .forEach((document, block) -> unfilled(document, block.rows()).stream()
                        .map(place -> document + "." + String.join(".", place))
                        .forEach(unfilled::add));
        List<Coverage.Untranslated> untranslated = sources.coded().stream()
                .flatMap(row -> unknown(row.row()).stream())
                .toList();
        return new Coverage(unread, unfilled, untranslated);
    }

    /** Those of a message that hold values. */
    private static Set<List<String>> places(JsonNode tree, String root) {
        Set<List<String>> places = new LinkedHashSet<>();
        for (List<String> place : new Answers.Answer(tree, tree).places()) {
            List<String> plain = List.of(ReturnLosses.name(place).split("\\."));
            places.add(root.isEmpty() ? plain : below(root, plain));
        }
        return places;
    }

    private static List<String> below(String root, List<String> place) {
        return Stream.concat(Stream.of(root), place.stream()).toList();
    }

    private static Predicate<List<String>> unread(Set<TreePath> reads, RowSources sources) {
        return place -> reads.stream().noneMatch(read -> {
            if (!AllowedFields.meets(read.steps(), place)) {
                return false;
            }
            boolean above = read.steps().size() < place.size();
            return !above || sources.copies(read) || !sources.isList(read) && isDeepest(read, reads);
        });
    }

    /** Whoever asks whether an object is there has not read what is in it. */
    private static boolean isDeepest(TreePath read, Set<TreePath> reads) {
        return reads.stream()
                .noneMatch(other ->
                        other.steps().size() > read.steps().size() && AllowedFields.meets(other.steps(), read.steps()));
    }

    private String name(String document, List<String> place) {
        return place.get(0).equals(DOCUMENT) && canonical.has(document)
                ? canonical.name(document, place.subList(1, place.size()))
                : "";
    }

    private Optional<Coverage.Untranslated> untranslated(String document, RowSources.Coded coded) {
        ValueRow row = coded.row();
        List<String> missing = candidates(document, coded).stream()
                .filter(code -> row.codes().local(applied(row, code), day).isEmpty())
                .toList();
        return told(row, missing);
    }

    private static String applied(ValueRow row, String code) {
        String text = code;
        for (NamedFunction function : row.functions()) {
            text = function.apply(text);
        }
        return text;
    }

    /** All codes that its place may have. */
    private List<String> candidates(String document, RowSources.Coded coded) {
        if (coded.from() != null && coded.from().steps().get(0).equals(DOCUMENT) && canonical.has(document)) {
            List<String> steps = coded.from().steps();
            List<String> listed = canonical
                    .schema(document, steps.subList(1, steps.size()))
                    .path("enum")
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList();
            if (!listed.isEmpty()) {
                return listed;
            }
        }
        return CodesCheck.ofCatalogue(catalogue, coded.row().codes().name()).stream()
                .flatMap(table -> table.codes(day).stream())
                .map(CodeTable.Code::code)
                .toList();
    }

    /** Codes that are agreed, and that it can't read. */
    private Optional<Coverage.Untranslated> unknown(ValueRow row) {
        List<String> agreed =
                contract == null ? List.of() : contract.locals(row.codes().name());
        return told(
                row,
                agreed.stream()
                        .filter(code -> row.codes().hub(code, day, day).isEmpty())
                        .toList());
    }

    private static Optional<Coverage.Untranslated> told(ValueRow row, List<String> missing) {
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Coverage.Untranslated(
                        row.target().toString(), row.codes().name(), missing));
    }

    private List<List<String>> unfilled(String document, List<MappingRow> rows) {
        Set<List<String>> written = new LinkedHashSet<>();
        rows.forEach(row -> written.add(row.target().steps()));
        return canonical.requiredPlaces(document, written).stream()
                .filter(place -> written.stream().noneMatch(target -> AllowedFields.meets(target, place)))
                .toList();
    }
}
