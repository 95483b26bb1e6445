package org.shuniu.catalogue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Everything that was read, by key and day. */
final class CatalogueRows {
    final Timeline<Item> items = new Timeline<>();
    final Timeline<Assignment> assignments = new Timeline<>();
    final Timeline<Department> departments = new Timeline<>();
    final Timeline<Centre> centres = new Timeline<>();
    final Timeline<Centre> centresByStreet = new Timeline<>();
    final Timeline<Division> divisions = new Timeline<>();
    final Timeline<ProvinceAssignment> provinces = new Timeline<>();
    final List<FollowUp> followUps = new ArrayList<>();
    final List<CertificateRule> certificateRules = new ArrayList<>();
    final List<Drift> drifts = new ArrayList<>();
    final Set<String> dividedFurther = new HashSet<>();
    final Map<String, RegionCatalogue> regions = new TreeMap<>();
    final Map<String, List<JointPart>> joint = new TreeMap<>();

    RegionCatalogue region(String partner) {
        return regions.computeIfAbsent(partner, RegionCatalogue::new);
    }

    /** Says whether the code is a division, or lies within one that is not listed in more detail. */
    boolean covers(String code, LocalDate on) {
        return divisions.find(code, on).isPresent()
                || enclosing(code, on)
                        .filter(it -> !dividedFurther.contains(it.code()))
                        .isPresent();
    }

    private Optional<Division> enclosing(String code, LocalDate on) {
        if (divisions.knows(code) || code.length() < 6) {
            return Optional.empty();
        }
        return DivisionNames.enclosing(code)
                .flatMap(known -> divisions.find(known, on).stream())
                .findFirst();
    }

    /** The days on which a row begins or the day after one ends, of all that documents are translated by. */
    NavigableSet<LocalDate> switches() {
        NavigableSet<LocalDate> days = new TreeSet<>();
        Stream<Dated> ofTheCity = Stream.<Timeline<? extends Dated>>of(
                        items, assignments, departments, centres, divisions)
                .flatMap(timeline -> timeline.all().stream().map(Dated.class::cast));
        Stream.concat(ofTheCity, regions.values().stream().flatMap(RegionCatalogue::rows))
                .forEach(row -> {
                    days.add(row.validFrom());
                    if (!row.validTo().equals(LocalDate.MAX)) {
                        days.add(row.validTo().plusDays(1));
                    }
                });
        return days;
    }
}
