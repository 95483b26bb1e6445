package org.shuniu.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.Department;
import org.shuniu.catalogue.Item;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.Answers.Answer;
import tools.jackson.databind.JsonNode;

/** Holds what goes out to a partner that decides cases against what comes back from it, item by item. */
public final class RoundTrip {

    private static final String APPLICATION = "application";
    private static final String RESULT = "result.in";

    private final Mappings mappings;
    private final Catalogue catalogue;
    private final CanonicalPaths canonical;
    private final UsualDocuments usual;
    private final Examples examples;
    private final LocalDate day;

    /**
     * Prepares the reports.
     *
     * @param day by whose tables, and whose items
     */
    public RoundTrip(Path folder, Mappings mappings, Catalogue catalogue, LocalDate day) {
        this.mappings = mappings;
        this.catalogue = catalogue;
        this.canonical = CanonicalPaths.load(folder.resolve("canonical"));
        this.usual = new UsualDocuments(folder, mappings, catalogue, day);
        this.examples = new Examples(folder, mappings);
        this.day = day;
    }

    /** The departments that get applications and answer. */
    public Set<String> partners() {
        Set<String> both = new TreeSet<>();
        catalogue.departments(day).stream()
                .map(Department::partnerId)
                .filter(partner -> mappings.partners().contains(partner))
                .filter(partner -> mappings.of(partner).outgoing().containsKey(APPLICATION)
                        && mappings.of(partner).incoming().containsKey(RESULT))
                .forEach(both::add);
        return both;
    }

    /** The codes of the items that a partner decides. */
    public Set<String> items(String partner) {
        Set<String> items = new TreeSet<>();
        catalogue.items(day).stream()
                .filter(item -> isDecidedBy(partner, item))
                .map(Item::code)
                .forEach(items::add);
        return items;
    }

    private boolean isDecidedBy(String partner, Item item) {
        return catalogue.receiver(item, day).filter(partner::equals).isPresent();
    }

    /** What identifies applications and does not come back as it went, as faults of what reads it. */
    public List<Fault> faults(String partner) {
        return keys(partner).stream()
                .filter(Loss::isFault)
                .map(loss -> new Fault(
                        mappings.file(partner, RESULT + ".yaml").toString(),
                        0,
                        loss.field(),
                        loss.what(),
                        "what application.out.yaml writes as it to be read as it"))
                .toList();
    }

    private List<Loss> keys(String partner) {
        String any = items(partner).stream().findFirst().orElse("");
        return new KeyLosses(partner, mappings.of(partner), answers(partner), written(partner), Days.of(day))
                .find(outward(partner, any).full());
    }

    /** What does not come through, those of all items first. */
    public List<Loss> losses(String partner) {
        Set<String> items = items(partner);
        Map<Loss, Set<String>> found = new LinkedHashMap<>();
        Map<Set<String>, List<Loss>> known = new HashMap<>();
        for (String item : items) {
            Set<String> allowed = allowed(partner, item);
            known.computeIfAbsent(allowed, same -> outward(partner, item).find())
                    .forEach(loss -> found.computeIfAbsent(loss, first -> new TreeSet<>())
                            .add(item));
        }
        List<Loss> losses = new ArrayList<>();
        found.forEach((loss, of) -> losses.add(loss.of(of.equals(items) ? Set.of() : of)));
        Answers answers = answers(partner);
        IncomingMapping incoming = mappings.of(partner).incoming().get(RESULT);
        losses.addAll(new ReturnLosses(partner, incoming, answers, canonical).find());
        losses.addAll(keys(partner));
        return losses;
    }

    /** Items of which the same may leave lose the same. */
    private Set<String> allowed(String partner, String item) {
        Set<String> fields = new TreeSet<>();
        mappings.of(partner).allowed().lines().stream()
                .filter(line -> line.holds(item, day))
                .map(AllowedField::field)
                .forEach(fields::add);
        return fields;
    }

    private OutwardLosses outward(String partner, String item) {
        PartnerMappings all = mappings.of(partner);
        return new OutwardLosses(
                partner,
                all,
                all.outgoing().get(APPLICATION),
                item,
                Days.of(day),
                usual.envelope(APPLICATION, item),
                usual.probes(APPLICATION));
    }

    private Answers answers(String partner) {
        List<Answer> all =
                examples.of(partner, RESULT).stream().map(this::answer).toList();
        return new Answers(mappings.of(partner).incoming().get(RESULT), Days.of(day), all);
    }

    private Answer answer(Examples.Example example) {
        try {
            return new Answer(examples.answer(example), examples.context(example));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What the examples of applications say that the partner gets. */
    private List<JsonNode> written(String partner) {
        OutgoingMapping mapping = mappings.of(partner).outgoing().get(APPLICATION);
        List<JsonNode> written = new ArrayList<>();
        for (Examples.Example example : examples.of(partner, APPLICATION + ".out")) {
            try {
                written.add(mapping.tree(examples.source(example), Days.of(day)));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return written;
    }
}
