package org.shuniu.mapping;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.CsvLines;
import org.shuniu.catalogue.Drift;
import org.shuniu.fault.Fault;

/** Checks at start that what the catalogue knows of other systems' codes is what the partners' tables and mappings say. */
public final class DriftCheck {

    private final List<Drift> drifts;
    private final Mappings mappings;

    DriftCheck(Catalogue catalogue, Mappings mappings) {
        this.drifts = catalogue.drifts();
        this.mappings = mappings;
    }

    /** @throws MappingsRefused with every row that is not met where it says */
    public static void check(Catalogue catalogue, Mappings mappings) {
        DriftCheck check = new DriftCheck(catalogue, mappings);
        List<Fault> faults = check.drifts.stream()
                .filter(Drift::isMetByAPartner)
                .flatMap(drift -> check.fault(drift).stream())
                .toList();
        if (!faults.isEmpty()) {
            throw new MappingsRefused(faults);
        }
    }

    Optional<Fault> fault(Drift drift) {
        String[] place = drift.metBy().split("/");
        if (mappings.refused().contains(place[0])) {
            return Optional.empty();
        }
        PartnerMappings partner = mappings.partners().contains(place[0]) ? mappings.of(place[0]) : null;
        if (partner == null) {
            return wrong(place, drift, "no such partner", "a folder of mappings");
        }
        return place[1].endsWith(".in")
                ? incoming(place, drift, partner.incoming().get(place[1]))
                : table(place, drift, partner.codes().get(place[1]));
    }

    private Optional<Fault> incoming(String[] place, Drift drift, IncomingMapping mapping) {
        boolean said = mapping != null
                && mapping.outcome().stream()
                        .anyMatch(line ->
                                line.when() != null && line.when().toString().contains("\"" + drift.local() + "\""));
        return said ? Optional.empty() : wrong(place, drift, "no outcome line that names it", "one");
    }

    private Optional<Fault> table(String[] place, Drift drift, LocalCodes table) {
        if (table == null) {
            return wrong(place, drift, "no such table", "codes/" + drift.metBy().replaceAll(".*/", "") + ".csv");
        }
        Optional<String> written = table.local(drift.standard(), drift.validFrom());
        if (written.filter(drift.local()::equals).isEmpty()) {
            return wrong(
                    place, drift, written.map("it written as '%s'"::formatted).orElse("no such row"), drift.local());
        }
        Optional<String> read = table.hub(drift.local(), drift.validFrom(), drift.validFrom());
        Optional<String> meant = standsForSeveral(drift) ? Optional.empty() : Optional.of(drift.standard());
        return read.equals(meant)
                ? Optional.empty()
                : wrong(place, drift, "it read as '%s'".formatted(read.orElse("")), "'%s'".formatted(meant.orElse("")));
    }

    /** Such a code can be written but not read back: nobody knows which of them is meant. */
    private boolean standsForSeveral(Drift drift) {
        return drifts.stream()
                        .filter(other -> other.system().equals(drift.system())
                                && other.kind() == drift.kind()
                                && other.local().equals(drift.local()))
                        .map(Drift::standard)
                        .distinct()
                        .count()
                > 1;
    }

    private Optional<Fault> wrong(String[] place, Drift drift, String found, String expected) {
        boolean incoming = place[1].endsWith(".in");
        Path file = mappings.file(place[0], incoming ? place[1] + ".yaml" : "codes/%s.csv".formatted(place[1]));
        return Optional.of(new Fault(
                file.toString(),
                incoming ? 1 : CsvLines.of(file, drift.standard()),
                "%s of %s".formatted(drift.standard(), drift.system()),
                "found " + found,
                expected + ", as catalogue/code-variants.csv and division-drift.csv have it"));
    }
}
