package org.shuniu.catalogue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows by key, at most one of a key on any day. */
final class Timeline<T extends Dated> {
    private final Map<String, List<T>> rows = new LinkedHashMap<>();

    /** Says whether the row was taken; it is not when the key has a row on one of its days already. */
    boolean add(String key, T row) {
        List<T> known = rows.computeIfAbsent(key, k -> new ArrayList<>(1));
        return known.stream().noneMatch(row::overlaps) && known.add(row);
    }

    Optional<T> find(String key, LocalDate on) {
        for (T row : all(key)) {
            if (row.inForce(on)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    List<T> all(String key) {
        return rows.getOrDefault(key, List.of());
    }

    boolean knows(String key) {
        return rows.containsKey(key);
    }

    List<T> all() {
        return rows.values().stream().flatMap(List::stream).toList();
    }

    List<T> inForce(LocalDate on) {
        return all().stream().filter(row -> row.inForce(on)).toList();
    }
}
