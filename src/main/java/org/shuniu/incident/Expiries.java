package org.shuniu.incident;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.shuniu.document.CaseTimes;

/** Sees that certificates and keys end soon; each partner's are one incident, which becomes urgent as the day comes near. */
final class Expiries implements Watcher {

    /**
     * Something that ends by itself.
     *
     * @param partner whose, or null for the hub's own
     * @param what as people know it
     */
    record Ending(@Nullable String partner, String what, Instant ends) {}

    /** Days before the end at which people want to be told, the farthest first. */
    private static final List<Integer> DAYS = List.of(60, 30, 14, 7, 1);

    private static final int URGENT = 7;
    private static final int NAMED = 3;

    private final Supplier<List<Ending>> endings;
    private final Clock clock;

    Expiries(Supplier<List<Ending>> endings, Clock clock) {
        this.endings = endings;
        this.clock = clock;
    }

    @Override
    public Set<IncidentKind> kinds() {
        return Set.of(IncidentKind.EXPIRY);
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public List<Condition> look(Instant now) {
        Instant today = clock.instant();
        TreeMap<String, List<Ending>> byPartner = endings.get().stream()
                .filter(ending -> days(today, ending) <= DAYS.get(0))
                .sorted(Comparator.comparing(Ending::ends))
                .collect(Collectors.groupingBy(
                        ending -> ending.partner() == null ? "" : ending.partner(), TreeMap::new, Collectors.toList()));
        List<Condition> conditions = new ArrayList<>();
        byPartner.values().forEach(ending -> conditions.add(condition(ending, today)));
        return conditions;
    }

    private static Condition condition(List<Ending> ending, Instant today) {
        Ending first = ending.get(0);
        long days = days(today, first);
        String named = ending.stream()
                .limit(NAMED)
                .map(one -> "%s ends %s".formatted(one.what(), CaseTimes.dateTime(one.ends())))
                .collect(Collectors.joining("; "));
        return new Condition(IncidentKind.EXPIRY, first.partner(), null, ending.size(), fault(first))
                .saying("%s: %s".formatted(level(days), named))
                .next(first.ends())
                .urgent(days <= URGENT);
    }

    private static String fault(Ending ending) {
        return ending.partner() == null ? "hub" : "sender";
    }

    /** The nearest of the days at which people want to be told. */
    private static String level(long days) {
        return days < 0
                ? "over"
                : DAYS.stream()
                        .filter(bound -> days <= bound)
                        .reduce((far, near) -> near)
                        .map("within %d d"::formatted)
                        .orElse("");
    }

    /** Whole days that are left; below 0 when it is over. */
    private static long days(Instant today, Ending ending) {
        return Math.floorDiv(Duration.between(today, ending.ends()).toSeconds(), 24 * 3600L);
    }
}
