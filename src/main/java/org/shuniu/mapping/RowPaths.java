package org.shuniu.mapping;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which paths the rows of one mapping may name.
 *
 * @param document the canonical document that is read (outgoing) or written (incoming)
 * @param list the list in whose elements the rows work, or null
 */
record RowPaths(boolean outgoing, String document, CanonicalPaths canonical, TreePath list) {

    private static final Set<String> OUTGOING = Set.of("message", "delivery", "case", "document");
    private static final Set<String> INCOMING = Set.of("answer", "transport", "message", "case", "call");

    static RowPaths outgoing(String document, CanonicalPaths canonical) {
        return new RowPaths(true, document, canonical, null);
    }

    static RowPaths incoming(String document, CanonicalPaths canonical) {
        return new RowPaths(false, document, canonical, null);
    }

    RowPaths inside(TreePath newList) {
        return new RowPaths(outgoing, document, canonical, newList);
    }

    /** What is wrong with a source path, if anything. */
    Optional<String> wrongSource(TreePath path) {
        String root = path.steps().get(0);
        List<String> rest = path.steps().subList(1, path.steps().size());
        if (list != null && root.equals("item")) {
            return wrongItem(rest);
        }
        if (list != null && root.equals("index") && rest.isEmpty()) {
            return Optional.empty();
        }
        Set<String> roots = outgoing ? OUTGOING : INCOMING;
        if (!roots.contains(root)) {
            return Optional.of(
                    "source '%s' begins with no root; expected one of %s".formatted(path, new TreeSet<>(roots)));
        }
        boolean unknown = outgoing && root.equals("document") && !canonical.known(document, rest);
        return unknown && canonical.has(document)
                ? Optional.of(
                        "source '%s' is no place of the document; expected one that mappings/canonical/%s.schema.json has"
                                .formatted(path, document))
                : Optional.empty();
    }

    private Optional<String> wrongItem(List<String> rest) {
        boolean ofDocument = outgoing && list.steps().get(0).equals("document");
        List<String> steps = list.steps().subList(1, list.steps().size());
        return ofDocument && !canonical.knownInList(document, steps, rest)
                ? Optional.of("source 'item.%s' is no place of an element; expected one of an element of %s"
                        .formatted(String.join(".", rest), list))
                : Optional.empty();
    }

    /** What is wrong with a target path, if anything. */
    Optional<String> wrongTarget(TreePath path) {
        return outgoing || list != null || canonical.known(document, path.steps())
                ? Optional.empty()
                : Optional.of(
                        "target '%s' is no place of the document; expected one that mappings/canonical/%s.schema.json has"
                                .formatted(path, document));
    }
}
