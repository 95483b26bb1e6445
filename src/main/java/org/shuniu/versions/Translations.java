package org.shuniu.versions;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.ContentVersion;
import org.shuniu.document.CaseTimes;
import org.shuniu.mapping.Mappings;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.EventLog;
import org.shuniu.store.Pools;

/**
 * Gives each combination of mapping, code tables and catalogue its number. It is looked up in memory for each message, and in
 * the database once for each combination: after a start, and after the midnight at which a table becomes another.
 */
public final class Translations {

    private record Place(String partner, String mapping) {}

    private record Since(Place place, LocalDate day) {}

    private static final String FIND = "select id from translation where digest = ?";

    private static final String KEEP = """
            insert into translation (digest, partner, mapping, since, mapping_version, catalogue_version, tables)
            values (?, ?, ?, ?, ?, ?, ?) on conflict (digest) do nothing returning id
            """;

    private final Pools.Door door;
    private final EventLog events;
    private final Mappings mappings;
    private final Catalogue catalogue;
    private final Clock clock;
    private final Map<Place, NavigableSet<LocalDate>> switches = new ConcurrentHashMap<>();
    private final Map<Place, Boolean> dated = new ConcurrentHashMap<>();
    private final Map<Since, Translation> known = new ConcurrentHashMap<>();

    public Translations(Pools.Door door, EventLog events, Mappings mappings, Catalogue catalogue, Clock clock) {
        this.door = door;
        this.events = events;
        this.mappings = mappings;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** Today, on the city's clocks. */
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), CaseTimes.SHANGHAI);
    }

    /** @param mapping such as {@code application.out} */
    public Translation of(String partner, String mapping, LocalDate day) {
        Place place = new Place(partner, mapping);
        LocalDate since = switches.computeIfAbsent(place, this::switches).floor(day);
        return known.computeIfAbsent(new Since(place, since == null ? LocalDate.EPOCH : since), this::keep);
    }

    /** Whether it matters on which day something is translated by this mapping: whether one of its tables ever changes. */
    public boolean dependsOnDay(String partner, String mapping) {
        return dated.computeIfAbsent(
                new Place(partner, mapping),
                place -> !mappings.switches(partner, mapping).isEmpty());
    }

    private NavigableSet<LocalDate> switches(Place place) {
        NavigableSet<LocalDate> days = new TreeSet<>(catalogue.switches());
        days.addAll(mappings.switches(place.partner(), place.mapping()));
        return days;
    }

    private Translation keep(Since since) {
        String version = mappings.version(since.place().partner());
        String tables =
                mappings
                        .tableVersions(since.place().partner(), since.place().mapping(), since.day())
                        .entrySet()
                        .stream()
                        .map(table -> table.getKey() + "=" + table.getValue())
                        .collect(Collectors.joining(" "));
        String whole = String.join(
                "\n",
                since.place().partner(),
                since.place().mapping(),
                version,
                catalogue.version(),
                since.day().toString(),
                tables);
        String digest = ContentVersion.of(whole);
        Optional<Integer> before = find(digest);
        return new Translation(before.orElseGet(() -> keep(since, version, tables, digest)), digest);
    }

    private int keep(Since since, String version, String tables, String digest) {
        Place place = since.place();
        return door.transaction().execute(status -> {
            List<Integer> fresh = door.sql()
                    .queryForList(
                            KEEP,
                            Integer.class,
                            digest,
                            place.partner(),
                            place.mapping(),
                            since.day(),
                            version,
                            catalogue.version(),
                            tables);
            if (fresh.isEmpty()) {
                return find(digest).orElseThrow();
            }
            String detail = "%s: %s.%s, mapping %s, catalogue %s, tables since %s: %s"
                    .formatted(
                            digest,
                            place.partner(),
                            place.mapping(),
                            version,
                            catalogue.version(),
                            since.day(),
                            tables);
            events.record(List.of(
                    new CaseEvent(clock.instant(), null, null, null, "versions", place.partner(), null, detail)));
            return fresh.get(0);
        });
    }

    private Optional<Integer> find(String digest) {
        return door.sql().queryForList(FIND, Integer.class, digest).stream().findFirst();
    }
}
