package org.shuniu.mapping;

import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** A place in a tree: names joined by dots. */
record TreePath(List<String> steps) {

    private static final Pattern STEP = Pattern.compile("[@#]?[A-Za-z_][A-Za-z0-9_:-]*");

    /** @throws IllegalArgumentException when the text is no path */
    static TreePath of(String text) {
        List<String> steps = List.of(text.split("\\.", -1));
        for (String step : steps) {
            if (!STEP.matcher(step).matches()) {
                throw new IllegalArgumentException("'%s' is no path; expected names joined by dots".formatted(text));
            }
        }
        return new TreePath(steps);
    }

    JsonNode find(JsonNode tree) {
        JsonNode found = tree;
        for (String step : steps) {
            found = found.path(step);
        }
        return found.isNull() ? MissingNode.getInstance() : found;
    }

    void put(ObjectNode tree, JsonNode value) {
        ObjectNode parent = tree;
        for (String step : steps.subList(0, steps.size() - 1)) {
            JsonNode child = parent.get(step);
            parent = child instanceof ObjectNode object ? object : parent.putObject(step);
        }
        parent.set(steps.get(steps.size() - 1), value);
    }

    @Override
    public String toString() {
        return String.join(".", steps);
    }
}
