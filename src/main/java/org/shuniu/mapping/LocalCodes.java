package org.shuniu.mapping;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.shuniu.catalogue.ContentVersion;

/** A table of codes between the hub and one partner, from {@code codes/<name>.csv}; each row holds for its days. */
final class LocalCodes {

    /**
     * One row.
     *
     * @param line where it begins in its file
     * @param use {@code both}, {@code out} or {@code in}
     * @param until the last day, {@link LocalDate#MAX} while it is open
     */
    record Row(long line, String hub, String local, String use, String name, LocalDate from, LocalDate until) {

        boolean inForce(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(until);
        }

        boolean out() {
            return !use.equals("in");
        }

        boolean in() {
            return !use.equals("out");
        }

        boolean meets(Row other) {
            return !from.isAfter(other.until) && !other.from.isAfter(until);
        }
    }

    private static final int SHOWN_AT_MOST = 12;

    private final String name;
    private final List<Row> rows;
    private final Map<String, List<Row>> byHub;
    private final Map<String, List<Row>> byLocal;

    LocalCodes(String name, List<Row> rows) {
        this.name = name;
        this.rows = List.copyOf(rows);
        this.byHub = rows.stream().filter(Row::out).collect(Collectors.groupingBy(Row::hub));
        this.byLocal = rows.stream().filter(Row::in).collect(Collectors.groupingBy(Row::local));
    }

    String name() {
        return name;
    }

    /** As they stand in the file. */
    List<Row> rows() {
        return rows;
    }

    /** Whether no row holds on that day or later. */
    boolean isOver(LocalDate day) {
        return !rows.isEmpty() && rows.stream().allMatch(row -> row.until().isBefore(day));
    }

    Optional<String> local(String hub, LocalDate day) {
        for (Row row : byHub.getOrDefault(hub, List.of())) {
            if (row.inForce(day)) {
                return Optional.of(row.local());
            }
        }
        return Optional.empty();
    }

    /** @param said the day on which the partner used the code; counts where the case's own day has none */
    Optional<String> hub(String local, LocalDate day, LocalDate said) {
        return hub(local, day).or(() -> hub(local, said));
    }

    private Optional<String> hub(String local, LocalDate day) {
        for (Row row : byLocal.getOrDefault(local, List.of())) {
            if (row.inForce(day)) {
                return Optional.of(row.hub());
            }
        }
        return Optional.empty();
    }

    /** Each hub code that can be written on a day, and the one as which it would be read back where it would be. */
    Map<String, String> returning(LocalDate day) {
        Map<String, String> returning = new TreeMap<>();
        byHub.keySet()
                .forEach(hub ->
                        local(hub, day).flatMap(local -> hub(local, day)).ifPresent(back -> returning.put(hub, back)));
        return returning;
    }

    /** Some of the codes that it has on one side, for whoever used another. */
    String known(boolean outgoing) {
        Set<String> codes = new TreeSet<>((outgoing ? byHub : byLocal).keySet());
        String first = codes.stream().limit(SHOWN_AT_MOST).collect(Collectors.joining(", "));
        return codes.size() > SHOWN_AT_MOST ? first + ", …" : first;
    }

    /** The days on which it becomes another. */
    NavigableSet<LocalDate> switches() {
        NavigableSet<LocalDate> days = new TreeSet<>();
        for (Row row : rows) {
            if (!row.from().equals(LocalDate.MIN)) {
                days.add(row.from());
            }
            if (!row.until().equals(LocalDate.MAX)) {
                days.add(row.until().plusDays(1));
            }
        }
        return days;
    }

    /** The first 12 hex digits of a SHA-256 over the rows in force: the same rows are the same version. */
    String version(LocalDate day) {
        String text = rows.stream()
                .filter(row -> row.inForce(day))
                .map(row -> row.hub() + "\t" + row.local() + "\t" + row.use())
                .sorted()
                .collect(Collectors.joining("\n"));
        return ContentVersion.of(text);
    }
}
