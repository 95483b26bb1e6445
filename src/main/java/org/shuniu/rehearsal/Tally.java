package org.shuniu.rehearsal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Adds up how messages differ: of bounded size, however many there are and whatever differs. Used by one thread at a time. */
final class Tally {

    /** What is told of one mapping, field and kind. */
    record Key(String mapping, String field, Kind kind) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int byMapping = mapping.compareTo(other.mapping);
            int byField = byMapping == 0 ? field.compareTo(other.field) : byMapping;
            return byField == 0 ? kind.compareTo(other.kind) : byField;
        }
    }

    /** Fields and kinds that are told apart, in all mappings together. */
    private static final int MOST = 300;
    /** Messages that are named for each. */
    static final int NAMED = 5;

    private final Map<String, Map<End, Long>> sums = new TreeMap<>();
    private final Map<Key, Found> found = new TreeMap<>();
    private long leftOut;
    private long unreadable;

    private static final class Found {
        private final String before;
        private final String after;
        private final List<String> messages = new ArrayList<>();
        private long count;

        private Found(Difference first) {
            this.before = first.before();
            this.after = first.after();
        }
    }

    /** In which way a message compares. */
    private enum End {
        EQUAL,
        DIFFERENT,
        FAILS,
        WORKS,
        BOTH_FAIL;

        static End of(Optional<List<Difference>> differences) {
            if (differences.isEmpty()) {
                return BOTH_FAIL;
            }
            if (differences.get().isEmpty()) {
                return EQUAL;
            }
            return switch (differences.get().get(0).kind()) {
                case FAILS -> FAILS;
                case WORKS -> WORKS;
                default -> DIFFERENT;
            };
        }
    }

    /** @param differences nothing where neither can translate it */
    void add(Recorded message, Optional<List<Difference>> differences) {
        sums.computeIfAbsent(message.mapping(), mapping -> new EnumMap<>(End.class))
                .merge(End.of(differences), 1L, Long::sum);
        differences.orElse(List.of()).forEach(difference -> add(message, difference));
    }

    /** Beside how it compares: something else for which the candidate can't be used. */
    void fails(Recorded message, String reason) {
        add(message, new Difference(reason, Kind.FAILS, "", ""));
    }

    /** Messages at which nobody looked, since there was no room or they are too big. */
    void leftOut(long messages) {
        leftOut += messages;
    }

    /** A message that can't be opened any more. */
    void unreadable() {
        unreadable++;
    }

    private void add(Recorded message, Difference difference) {
        Key key = new Key(message.mapping(), difference.field(), difference.kind());
        if (found.size() >= MOST && !found.containsKey(key)) {
            key = new Key(message.mapping(), Findings.OTHERS, difference.kind());
        }
        Found at = found.computeIfAbsent(key, first -> new Found(difference));
        at.count++;
        if (at.messages.size() < NAMED) {
            at.messages.add(message.id());
        }
    }

    /** What was added up. */
    Findings findings() {
        return new Findings(
                sums.entrySet().stream()
                        .map(of -> sum(of.getKey(), of.getValue()))
                        .toList(),
                found.entrySet().stream()
                        .map(one -> new Findings.Finding(
                                one.getKey().mapping(),
                                one.getKey().field(),
                                one.getKey().kind(),
                                one.getValue().count,
                                one.getValue().before,
                                one.getValue().after,
                                List.copyOf(one.getValue().messages)))
                        .toList(),
                leftOut,
                unreadable);
    }

    private static Findings.Sum sum(String mapping, Map<End, Long> ends) {
        return new Findings.Sum(
                mapping,
                ends.values().stream().mapToLong(Long::longValue).sum(),
                ends.getOrDefault(End.EQUAL, 0L),
                ends.getOrDefault(End.DIFFERENT, 0L),
                ends.getOrDefault(End.FAILS, 0L),
                ends.getOrDefault(End.WORKS, 0L),
                ends.getOrDefault(End.BOTH_FAIL, 0L));
    }
}
