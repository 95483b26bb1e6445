package org.shuniu.mapping;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.CodeTable;
import org.shuniu.fault.Fault;

/** A partner's table that is called as one of the catalogue, such as {@code id-type} or {@code sex}, translates codes that are in that. */
public final class CodesCheck {

    private final Catalogue catalogue;
    private final Mappings mappings;
    private final List<Fault> faults = new ArrayList<>();

    private CodesCheck(Catalogue catalogue, Mappings mappings) {
        this.catalogue = catalogue;
        this.mappings = mappings;
    }

    /** Every code of the hub that is none. */
    public static List<Fault> check(Catalogue catalogue, Mappings mappings) {
        CodesCheck check = new CodesCheck(catalogue, mappings);
        mappings.partners().stream()
                .sorted()
                .forEach(
                        partner -> mappings.of(partner).codes().values().forEach(table -> check.table(partner, table)));
        return check.faults;
    }

    /** The catalogue's table that a partner's is called as. */
    static Optional<CodeTable> ofCatalogue(Catalogue catalogue, String table) {
        return Stream.of(table, table + "s")
                .flatMap(name -> catalogue.findTable(name).stream())
                .findFirst();
    }

    private void table(String partner, LocalCodes table) {
        Path file = mappings.file(partner, "codes/%s.csv".formatted(table.name()));
        faults.addAll(check(catalogue, table, file));
    }

    /** Those of one table. */
    static List<Fault> check(Catalogue catalogue, LocalCodes table, Path file) {
        Set<String> told = new HashSet<>();
        return ofCatalogue(catalogue, table.name()).stream()
                .flatMap(codes -> table.rows().stream()
                        .filter(row -> !row.hub().isEmpty() && !codes.knows(row.hub()) && told.add(row.hub()))
                        .map(row -> new Fault(
                                file.toString(),
                                row.line(),
                                "hub",
                                "'%s' is no code of the hub".formatted(row.hub()),
                                "a code of mappings/catalogue/%s.csv".formatted(codes.name()))))
                .toList();
    }
}
