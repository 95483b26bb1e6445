package org.shuniu.mapping;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.contract.Contract;
import org.shuniu.fault.Fault;
import tools.jackson.databind.JsonNode;

/**
 * A mapping as somebody is writing it: it stands in no file, and nobody gets what it makes.
 *
 * @param mapping such as {@code application.out} or {@code result.in}
 * @param mappings those in force with this one in the place of its like, as far as it could be read
 * @param faults what is wrong with it and with its tables, as the command {@code check} says it
 * @param left what it leaves behind in other files, which somebody has to mend with it: tables and declarations that nobody reads
 * @param translates whether so much of it could be read that it says something of a message
 */
public record EditedMapping(
        String partner, String mapping, Mappings mappings, List<Fault> faults, List<Fault> left, boolean translates) {

    private static final String OUT = ".out";

    public EditedMapping {
        faults = List.copyOf(faults);
        left = List.copyOf(left);
    }

    /**
     * A message as examples have it, read in its format.
     *
     * @throws org.shuniu.codec.Garbled when it is not in the partner's format
     * @throws tools.jackson.core.JacksonException when it is no JSON
     */
    public JsonNode message(String text) {
        return new Formats(mappings).example(partner, mapping, text);
    }

    /**
     * Translates one message, and tells what each row does.
     *
     * @param message a source as examples have it, as a tree: what comes in as its format is read
     * @param context what is known besides of an answer
     * @throws AnswerGarbled when nobody can tell what the answer means
     */
    public Explanation explain(JsonNode message, JsonNode context, Days days) {
        IncomingMapping incoming = incoming();
        if (incoming != null) {
            return Explanation.of(incoming, message, context, days, Explanation.MOST_TRIED);
        }
        PartnerMappings all = mappings.of(partner);
        return Explanation.of(
                outgoing(), all.permitted(Examples.item(message), message, days), days, Explanation.MOST_TRIED);
    }

    /**
     * What it leaves out.
     *
     * @param message as above
     * @param contract with the partner, where there is one
     * @param day whose codes may come
     */
    public Coverage coverage(JsonNode message, Catalogue catalogue, @Nullable Contract contract, LocalDate day) {
        CoverageReader reader = new CoverageReader(mappings.canonical(), catalogue, contract, day);
        IncomingMapping incoming = incoming();
        return incoming == null
                ? reader.outgoing(document(), mappings.of(partner), outgoing(), message)
                : reader.incoming(incoming, message);
    }

    /**
     * The code tables that it uses.
     *
     * @param coverage what it leaves out
     * @param day on which codes are translated
     */
    public List<CodesInUse> codes(Coverage coverage, LocalDate day) {
        PartnerMappings all = mappings.of(partner);
        return mappings.tables(partner, mapping).stream()
                .filter(all.codes()::containsKey)
                .sorted()
                .map(table -> CodesInUse.of(
                        all.codes().get(table), mapping.endsWith(OUT), day, coverage.untranslated(), others(table)))
                .toList();
    }

    private Set<String> others(String table) {
        Set<String> others = new TreeSet<>(mappings.names(partner));
        others.removeIf(other ->
                other.equals(mapping) || !mappings.tables(partner, other).contains(table));
        return others;
    }

    private @Nullable IncomingMapping incoming() {
        return mappings.of(partner).incoming().get(mapping);
    }

    private OutgoingMapping outgoing() {
        return mappings.of(partner).outgoing().get(document());
    }

    private String document() {
        return mapping.substring(0, mapping.length() - OUT.length());
    }
}
