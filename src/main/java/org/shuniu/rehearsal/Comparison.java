package org.shuniu.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Finds the fields in which two documents differ. */
final class Comparison {

    /** In the place of a name that a document's sender chose: it may say as much as a value. */
    private static final String SOME = "*";

    private static final String NO_SIGNS = "[^\\p{L}\\p{N}]";

    private final Predicate<String> known;
    private final Predicate<String> open;
    private final List<Difference> found = new ArrayList<>();

    private Comparison(Predicate<String> known, Predicate<String> open) {
        this.known = known;
        this.open = open;
    }

    /**
     * The fields that differ, each element of a list by itself.
     *
     * @param known whether a field's name may be shown
     * @param open whether the value of a field may be shown, by its whole path
     */
    static List<Difference> between(JsonNode before, JsonNode after, Predicate<String> known, Predicate<String> open) {
        Comparison comparison = new Comparison(known, open);
        comparison.walk("", before, after);
        return comparison.found;
    }

    private void walk(String field, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (isAll(before, after, JsonNode::isObject)) {
            Set<String> names = new TreeSet<>(before.propertyNames());
            names.addAll(after.propertyNames());
            names.forEach(name -> walk(below(field, name), before.path(name), after.path(name)));
        } else if (isAll(before, after, JsonNode::isArray)) {
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                walk(field + "[]", before.path(i), after.path(i));
            }
        } else {
            found.add(new Difference(field, kind(before, after), shown(field, before), shown(field, after)));
        }
    }

    private String shown(String field, JsonNode value) {
        return open.test(field) ? value.asString("") : Covered.value(value);
    }

    /** Of a part that only one of them has, each field is told; one that is empty is a value. */
    private static boolean isAll(JsonNode before, JsonNode after, Predicate<JsonNode> kind) {
        return kind.test(before) && kind.test(after)
                || before.isMissingNode() && kind.test(after) && !after.isEmpty()
                || after.isMissingNode() && kind.test(before) && !before.isEmpty();
    }

    private String below(String field, String name) {
        String shown = known.test(name) ? name : SOME;
        return field.isEmpty() ? shown : field + "." + shown;
    }

    private static Kind kind(JsonNode before, JsonNode after) {
        if (before instanceof MissingNode) {
            return Kind.ADDED;
        }
        if (after instanceof MissingNode) {
            return Kind.REMOVED;
        }
        if (before.getNodeType() != after.getNodeType()) {
            return Kind.TYPE;
        }
        return before.isString() ? kind(before.stringValue(), after.stringValue()) : Kind.VALUE;
    }

    private static Kind kind(String before, String after) {
        if (without(before, "\\s").equals(without(after, "\\s"))) {
            return Kind.SPACES;
        }
        if (before.equalsIgnoreCase(after)) {
            return Kind.CASE;
        }
        String letters = without(before, NO_SIGNS);
        if (!letters.isEmpty() && letters.equals(without(after, NO_SIGNS))) {
            return Kind.SIGNS;
        }
        if (before.contains(after)) {
            return Kind.SHORTER;
        }
        return after.contains(before) ? Kind.LONGER : Kind.VALUE;
    }

    private static String without(String text, String letters) {
        return text.replaceAll(letters, "");
    }
}
