package org.shuniu.fault;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** On which line of a YAML file something is, which its tree no longer knows; nothing is read before somebody asks. */
public final class YamlLines {

    private static final Pattern STEP = Pattern.compile("\\[(\\d{1,9})]|[^.\\[]+");

    private final String text;
    private boolean isRead;
    private @Nullable Node root;

    private YamlLines(String text) {
        this.text = text;
    }

    public static YamlLines of(String text) {
        return new YamlLines(text);
    }

    /** Nothing of a text that is no YAML. */
    private @Nullable Node root() {
        if (!isRead) {
            root = read();
            isRead = true;
        }
        return root;
    }

    private @Nullable Node read() {
        try {
            return new Compose(
                            LoadSettings.builder().setAllowDuplicateKeys(true).build())
                    .composeString(text)
                    .orElse(null);
        } catch (YamlEngineException malformed) {
            return null;
        }
    }

    /**
     * The line of what a path leads to, from 1; where it leads nowhere, that of the deepest part that is there; 0 in a text that is no
     * YAML.
     *
     * @param path names of keys and numbers of items, which count from 0
     */
    public long line(List<?> path) {
        Node at = root();
        if (at == null) {
            return 0;
        }
        long line = line(at);
        for (Object step : path) {
            Optional<NodeTuple> entry = entry(at, step);
            Optional<Node> item = item(at, step);
            if (entry.isEmpty() && item.isEmpty()) {
                return line;
            }
            at = entry.map(NodeTuple::getValueNode).or(() -> item).orElseThrow();
            line = line(entry.map(NodeTuple::getKeyNode).or(() -> item).orElseThrow());
        }
        return line;
    }

    /** The same of a key: names joined by dots, where items have numbers that count from 0: {@code exchange.keys[2].keyid}. */
    public long line(String key) {
        return line(STEP.matcher(key)
                .results()
                .map(step -> step.group(1) == null ? (Object) step.group() : Integer.valueOf(step.group(1)))
                .toList());
    }

    private static Optional<NodeTuple> entry(Node node, Object name) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(entry -> entry.getKeyNode() instanceof ScalarNode key
                                && key.getValue().equals(name))
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<Node> item(Node node, Object number) {
        return node instanceof SequenceNode list
                        && number instanceof Integer at
                        && at < list.getValue().size()
                ? Optional.of(list.getValue().get(at))
                : Optional.empty();
    }

    private static long line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(-1) + 1L;
    }
}
