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
 * the database once for each combination: after a start or a swap, and after the midnight at which a table becomes another.
 */
public final class Translations {

    /** A mapping by the texts that it had. */
    private record Place(String partner, String mapping, String mappingVersion, String catalogueVersion) {}

    /**
     * The texts by which something is translated.
     *
     * @param mappings that do not change any more
     * @param catalogue that does not change any more
     */
    public record Texts(Mappings mappings, Catalogue catalogue) {
        private Place place(String partner, String mapping) {
            return new Place(partner, mapping, mappings.version(partner), catalogue.version());
        }
    }

    private record Since(Place place, LocalDate day) {}

    private static final String FIND = "select id from translation where digest = ?";

    private static final String KEEP = """
            insert into translation (digest, partner, mapping, since, mapping_version, catalogue_version, tables)
            values (?, ?, ?, ?, ?, ?, ?) on conflict (digest) do nothing returning id
            """;

    private final Pools.Door door;
    private final EventLog events;
    private final Clock clock;
    private final Map<Place, NavigableSet<LocalDate>> switches = new ConcurrentHashMap<>();
    private final Map<Place, Boolean> dated = new ConcurrentHashMap<>();
    private final Map<Since, Translation> known = new ConcurrentHashMap<>();

    public Translations(Pools.Door door, EventLog events, Clock clock) {
        this.door = door;
        this.events = events;
        this.clock = clock;
    }

    /** Today, on the city's clocks. */
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), CaseTimes.SHANGHAI);
    }

    /** @param mapping such as {@code application.out} */
    public Translation of(Texts texts, String partner, String mapping, LocalDate day) {
        Place place = texts.place(partner, mapping);
        LocalDate since =
                switches.computeIfAbsent(place, fresh -> switches(texts, fresh)).floor(day);
        return known.computeIfAbsent(
                new Since(place, since == null ? LocalDate.EPOCH : since), fresh -> keep(texts, fresh));
    }

    /** Forgets what it knows of texts that are no longer in force; they are looked up again where they are still asked for. */
    public void forget() {
        known.clear();
        switches.clear();
        dated.clear();
    }

    /** Whether it matters on which day something is translated by this mapping: whether one of its tables ever changes. */
    public boolean dependsOnDay(Texts texts, String partner, String mapping) {
        return dated.computeIfAbsent(
                texts.place(partner, mapping),
                place -> !texts.mappings().switches(partner, mapping).isEmpty());
    }

    private static NavigableSet<LocalDate> switches(Texts texts, Place place) {
        NavigableSet<LocalDate> days = new TreeSet<>(texts.catalogue().switches());
        days.addAll(texts.mappings().switches(place.partner(), place.mapping()));
        return days;
    }

    private Translation keep(Texts texts, Since since) {
        Place place = since.place();
        String tables =
                texts.mappings().tableVersions(place.partner(), place.mapping(), since.day()).entrySet().stream()
                        .map(table -> table.getKey() + "=" + table.getValue())
                        .collect(Collectors.joining(" "));
        String whole = String.join(
                "\n",
                place.partner(),
                place.mapping(),
                place.mappingVersion(),
                place.catalogueVersion(),
                since.day().toString(),
                tables);
        String digest = ContentVersion.of(whole);
        Optional<Integer> before = find(digest);
        return new Translation(before.orElseGet(() -> keep(since, tables, digest)), digest);
    }

    private int keep(Since since, String tables, String digest) {
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
                            place.mappingVersion(),
                            place.catalogueVersion(),
                            tables);
            if (fresh.isEmpty()) {
                return find(digest).orElseThrow();
            }
            String detail = "%s: %s.%s, mapping %s, catalogue %s, tables since %s: %s"
                    .formatted(
                            digest,
                            place.partner(),
                            place.mapping(),
                            place.mappingVersion(),
                            place.catalogueVersion(),
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
