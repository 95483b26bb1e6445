package org.shuniu.mapping;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.fault.Fault;

/**
 * Checks at start that somebody answers for what leaves: each partner that is written to declares the fields that its mappings read,
 * for items that exist.
 */
public final class MinimisationCheck {

    private final Catalogue catalogue;
    private final Mappings mappings;
    private final List<Fault> faults = new ArrayList<>();

    private MinimisationCheck(Catalogue catalogue, Mappings mappings) {
        this.catalogue = catalogue;
        this.mappings = mappings;
    }

    /**
     * Checks all.
     *
     * @throws MappingsRefused with every partner and line of which that is not true
     */
    public static void check(Catalogue catalogue, Mappings mappings) {
        MinimisationCheck check = new MinimisationCheck(catalogue, mappings);
        new TreeSet<>(mappings.partners()).forEach(check::check);
        if (!check.faults.isEmpty()) {
            throw new MappingsRefused(check.faults);
        }
    }

    private void check(String partner) {
        PartnerMappings all = mappings.of(partner);
        if (!all.allowed().given() && !all.outgoing().isEmpty()) {
            fault(partner, 0, "", "no such file, so nothing may leave", "one with a line for each field that may");
        }
        // What nobody reads does not leave, and its reason says nothing.
        faults.addAll(unread(mappings, partner));
        checkItems(partner, all.allowed());
    }

    /** What a partner's file declares, and none of its mappings reads. */
    static List<Fault> unread(Mappings mappings, String partner) {
        Path file = mappings.file(partner, AllowedFieldsFile.NAME);
        PartnerMappings all = mappings.of(partner);
        Set<TreePath> read = all.outgoing().values().stream()
                .flatMap(mapping -> mapping.reads().stream())
                .collect(Collectors.toSet());
        return all.allowed().unread(read).stream()
                .map(line -> new Fault(
                        file.toString(),
                        line.line(),
                        line.field(),
                        "no mapping of this partner reads it",
                        "a row that does, or no such line"))
                .toList();
    }

    private void checkItems(String partner, AllowedFields allowed) {
        for (AllowedField line : allowed.lines()) {
            new TreeSet<>(line.items())
                    .stream()
                            .filter(item -> !catalogue.knowsItem(item))
                            .forEach(item -> fault(
                                    partner,
                                    line.line(),
                                    line.field(),
                                    "no item %s".formatted(item),
                                    "codes of mappings/catalogue/items.csv"));
        }
    }

    private void fault(String partner, long line, String place, String reason, String cure) {
        faults.add(new Fault(mappings.file(partner, AllowedFieldsFile.NAME).toString(), line, place, reason, cure));
    }
}
