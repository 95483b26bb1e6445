package org.shuniu.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.shuniu.store.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where two documents differ: the smallest parts, each by its JSON pointer. */
final class Difference {

    /**
     * One part.
     *
     * @param way names of fields and, as they are, places in lists
     */
    private record Change(String pointer, List<Object> way, JsonNode before, JsonNode after) {}

    /** In the place of a name that may be a person's word. */
    private static final String SOME = "*";

    private final List<Change> changes = new ArrayList<>();

    private Difference() {}

    static Difference between(JsonNode before, JsonNode after) {
        Difference difference = new Difference();
        difference.walk("", List.of(), before, after);
        return difference;
    }

    private void walk(String pointer, List<Object> way, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            Set<String> names = new TreeSet<>(before.propertyNames());
            names.addAll(after.propertyNames());
            names.forEach(name ->
                    walk(pointer + "/" + escaped(name), longer(way, name), before.path(name), after.path(name)));
        } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                walk(pointer + "/" + i, longer(way, i), before.path(i), after.path(i));
            }
        } else {
            changes.add(new Change(pointer, way, before, after));
        }
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static List<Object> longer(List<Object> way, Object name) {
        List<Object> longer = new ArrayList<>(way);
        longer.add(name);
        return longer;
    }

    List<String> pointers() {
        return changes.stream().map(Change::pointer).toList();
    }

    /** The pointers as everybody may read them: of a document's own names, those alone that are known. */
    List<String> shown(Set<String> known) {
        return changes.stream()
                .map(change -> change.way().stream()
                        .map(step -> step instanceof String name ? known.contains(name) ? escaped(name) : SOME : step)
                        .map(Object::toString)
                        .collect(Collectors.joining("/", "/", "")))
                .distinct()
                .toList();
    }

    /** With the values: only to be kept sealed. */
    byte[] bytes() {
        ArrayNode all = Json.MAPPER.createArrayNode();
        for (Change change : changes) {
            ObjectNode one = all.addObject().put("pointer", change.pointer());
            if (!change.before().isMissingNode()) {
                one.set("before", change.before());
            }
            if (!change.after().isMissingNode()) {
                one.set("after", change.after());
            }
        }
        return Json.bytes(all);
    }
}
