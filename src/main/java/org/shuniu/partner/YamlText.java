package org.shuniu.partner;

import java.util.List;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML file as a person wrote it. What is changed is changed in its place: every other line and every comment stays. */
final class YamlText {

    private final String text;
    private final Node root;

    /** @throws IllegalArgumentException when it is no YAML as it stands, before placeholders are filled in */
    YamlText(String text) {
        this.text = text;
        try {
            this.root = new Compose(LoadSettings.builder().build())
                    .composeString(text)
                    .orElseThrow(() -> new IllegalArgumentException("there is nothing in it"));
        } catch (YamlEngineException malformed) {
            throw new IllegalArgumentException(
                    "it is no YAML before its placeholders are filled in; put them into quotation marks: "
                            + malformed.getMessage(),
                    malformed);
        }
    }

    @Override
    public String toString() {
        return text;
    }

    /** Changes a value, given as it is written. */
    YamlText change(UnaryOperator<String> change, String... path) {
        return change(at(path), change);
    }

    /** Adds an item to a list, in the list's own style. */
    YamlText append(List<String> lines, String inOneLine, String... path) {
        SequenceNode list = list(path);
        int items = list.getValue().size();
        if (list.getFlowStyle() == FlowStyle.FLOW) {
            return inserted(offset(list.getEndMark().orElseThrow()) - 1, (items == 0 ? "" : ", ") + inOneLine);
        }
        String indent = " ".repeat(list.getStartMark().orElseThrow().getColumn());
        return insertedLines(end(list), indent + "- " + String.join(lineEnd() + indent + "  ", lines));
    }

    /** Adds a key to an item of a list that is a mapping. */
    YamlText put(int item, String key, String value, String... path) {
        MappingNode mapping = (MappingNode) list(path).getValue().get(item);
        String entry = key + ": " + value;
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            return inserted(offset(mapping.getEndMark().orElseThrow()) - 1, ", " + entry);
        }
        String indent = " ".repeat(mapping.getStartMark().orElseThrow().getColumn());
        return insertedLines(end(mapping), indent + entry);
    }

    boolean isMapping(int item, String... path) {
        return list(path).getValue().get(item) instanceof MappingNode;
    }

    /** Changes an item of a list that is a plain value, given as it is written. */
    YamlText changeItem(int item, UnaryOperator<String> change, String... path) {
        return change(list(path).getValue().get(item), change);
    }

    private YamlText change(Node value, UnaryOperator<String> change) {
        int from = offset(value.getStartMark().orElseThrow());
        int to = offset(value.getEndMark().orElseThrow());
        return new YamlText(text.substring(0, from) + change.apply(text.substring(from, to)) + text.substring(to));
    }

    private SequenceNode list(String... path) {
        if (at(path) instanceof SequenceNode list) {
            return list;
        }
        throw new IllegalArgumentException("%s is no list".formatted(String.join(".", path)));
    }

    private Node at(String... path) {
        Node node = root;
        for (String name : path) {
            node = child(node, name);
            if (node == null) {
                throw new IllegalArgumentException("there is no %s in it".formatted(String.join(".", path)));
            }
        }
        return node;
    }

    private static Node child(Node node, String name) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(name)) {
                    return entry.getValueNode();
                }
            }
        }
        return null;
    }

    /** A block's own mark is where the next one begins, and comments that belong to that lie before it. */
    private int end(Node node) {
        if (node instanceof CollectionNode<?> block && block.getFlowStyle() != FlowStyle.FLOW) {
            Object last = block.getValue().get(block.getValue().size() - 1);
            return end(last instanceof NodeTuple entry ? entry.getValueNode() : (Node) last);
        }
        return offset(node.getEndMark().orElseThrow());
    }

    /** Marks count code points. */
    private int offset(Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }

    private YamlText insertedLines(int end, String lines) {
        int at = lineAfter(end);
        boolean open = at > 0 && text.charAt(at - 1) != '\n';
        return inserted(at, (open ? lineEnd() : "") + lines + lineEnd());
    }

    /** A text over several lines ends behind the empty lines that follow it; others within their line. */
    private int lineAfter(int end) {
        if (end > 0 && text.charAt(end - 1) == '\n') {
            int at = end;
            while (at > 1 && text.charAt(at - 2) == '\n') {
                at--;
            }
            return at;
        }
        int line = text.indexOf('\n', end);
        return line < 0 ? text.length() : line + 1;
    }

    private String lineEnd() {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }

    private YamlText inserted(int at, String what) {
        return new YamlText(text.substring(0, at) + what + text.substring(at));
    }
}
