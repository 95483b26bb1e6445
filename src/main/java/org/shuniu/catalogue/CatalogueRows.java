package org.shuniu.catalogue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
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

    /** The days on which a row begins or the day after one ends, of all that documents are translated by. */
    NavigableSet<LocalDate> switches() {
        NavigableSet<LocalDate> days = new TreeSet<>();
        Stream.of(items, assignments, departments, centres, divisions)
                .flatMap(timeline -> timeline.all().stream())
                .forEach(row -> {
                    days.add(row.validFrom());
                    if (!row.validTo().equals(LocalDate.MAX)) {
                        days.add(row.validTo().plusDays(1));
                    }
                });
        return days;
    }
}
