package org.shuniu.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.shuniu.store.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where two documents differ: the smallest parts, each by its JSON pointer. */
final class Difference {

    private record Change(String pointer, JsonNode before, JsonNode after) {}

    private final List<Change> changes = new ArrayList<>();

    private Difference() {}

    static Difference between(JsonNode before, JsonNode after) {
        Difference difference = new Difference();
        difference.walk("", before, after);
        return difference;
    }

    private void walk(String pointer, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            Set<String> names = new TreeSet<>(before.propertyNames());
            names.addAll(after.propertyNames());
            names.forEach(name -> walk(
                    pointer + "/" + name.replace("~", "~0").replace("/", "~1"), before.path(name), after.path(name)));
        } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                walk(pointer + "/" + i, before.path(i), after.path(i));
            }
        } else {
            changes.add(new Change(pointer, before, after));
        }
    }

    List<String> pointers() {
        return changes.stream().map(Change::pointer).toList();
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
