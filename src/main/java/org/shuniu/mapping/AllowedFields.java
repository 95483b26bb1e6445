package org.shuniu.mapping;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Content Filter: leaves of an envelope only what may go to one partner for one item on one day, before any mapping sees it. What
 * no line declares is not there.
 */
final class AllowedFields {

    /**
     * One line with the places that it stands for.
     *
     * @param places by their steps; true where all of it may leave because no schema lists its parts
     */
    record Declared(AllowedField line, Map<List<String>, Boolean> places) {}

    private record Question(String item, LocalDate from) {}

    /** Of a folder without the file: nobody has said what may leave. */
    static final AllowedFields NOT_DECLARED = new AllowedFields(List.of(), false);

    private final List<Declared> declared;
    private final boolean given;
    private final Place anywhere = new Place();
    private final Set<String> limitedTo = new TreeSet<>();
    private final TreeSet<LocalDate> switches = new TreeSet<>(Set.of(LocalDate.MIN));
    /** One for each item that a line names and each time between two switches. */
    private final Map<Question, Place> known = new ConcurrentHashMap<>();

    AllowedFields(List<Declared> declared) {
        this(declared, true);
    }

    private AllowedFields(List<Declared> declared, boolean given) {
        this.declared = List.copyOf(declared);
        this.given = given;
        for (Declared one : declared) {
            one.places().forEach(anywhere::allow);
            limitedTo.addAll(one.line().items());
            switches.add(one.line().validFrom());
            if (!one.line().validTo().equals(LocalDate.MAX)) {
                switches.add(one.line().validTo().plusDays(1));
            }
        }
    }

    /** Whether anybody has said what may leave. */
    boolean given() {
        return given;
    }

    List<AllowedField> lines() {
        return declared.stream().map(Declared::line).toList();
    }

    List<Declared> declarations() {
        return declared;
    }

    /** What may leave by one line, each place of it as a field. */
    List<AllowedField> eachPlace() {
        List<AllowedField> fields = new ArrayList<>();
        for (Declared one : declared) {
            AllowedField line = one.line();
            one.places().keySet().stream()
                    .map(steps -> String.join(".", steps))
                    .sorted()
                    .map(field -> new AllowedField(
                            field,
                            line.items(),
                            line.purpose(),
                            line.basis(),
                            line.validFrom(),
                            line.validTo(),
                            line.line()))
                    .forEach(fields::add);
        }
        return fields;
    }

    /** Whether anything at or below a path may leave, for any item on any day. */
    boolean reaches(TreePath path) {
        return anywhere.reaches(path.steps());
    }

    /** Whether anything at or below a path may leave for one item on one day. */
    boolean reaches(TreePath path, String item, LocalDate day) {
        return places(item, day).reaches(path.steps());
    }

    /** Lines of which none of the paths reads anything. */
    List<AllowedField> unread(Set<TreePath> read) {
        return declared.stream()
                .filter(one -> one.places().keySet().stream()
                        .noneMatch(place -> read.stream().anyMatch(path -> meets(path.steps(), place))))
                .map(Declared::line)
                .toList();
    }

    /** Whether one of the paths is at, above or below a field. */
    static boolean readsAny(Set<TreePath> paths, AllowedField field) {
        List<String> place = List.of(field.field().split("\\."));
        return paths.stream().anyMatch(path -> meets(path.steps(), place));
    }

    /** Whether one is the other, or above it. */
    static boolean meets(List<String> one, List<String> other) {
        int shared = Math.min(one.size(), other.size());
        return one.subList(0, shared).equals(other.subList(0, shared));
    }

    /** @param item its code in the hub's catalogue, or empty for what concerns no item */
    ObjectNode filter(JsonNode envelope, String item, LocalDate day) {
        return places(item, day).filter(envelope);
    }

    private Place places(String item, LocalDate day) {
        return known.computeIfAbsent(
                new Question(limitedTo.contains(item) ? item : "", switches.floor(day)), this::places);
    }

    private Place places(Question question) {
        Place places = new Place();
        declared.stream()
                .filter(one -> one.line().holds(question.item(), question.from()))
                .forEach(one -> one.places().forEach(places::allow));
        return places;
    }
}
