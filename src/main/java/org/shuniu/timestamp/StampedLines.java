package org.shuniu.timestamp;

import java.util.HexFormat;
import java.util.List;
import org.shuniu.store.Json;

/**
 * Lines of a chain of the exchange that are stamped together; the same lines always give the same bytes.
 *
 * @param from number of the first
 * @param hashes of each, in their order
 */
public record StampedLines(String partner, String direction, long from, List<byte[]> hashes) {

    /** The kind of the line that each stamp has in the evidence. */
    public static final String KIND = "exchange-time-stamped";

    public long to() {
        return from + hashes.size() - 1;
    }

    /** What the stamp's line in the evidence says of it. */
    public String detail() {
        return "%s %d-%d".formatted(direction, from, to());
    }

    public HashTree tree() {
        return HashTree.of(hashes);
    }

    /** What the authority stamps: the root of the tree, and the last hash, where the chain stood. */
    public byte[] bytes() {
        HexFormat hex = HexFormat.of();
        return Json.bytes(Json.object()
                .put("kind", "TIME_STAMPED")
                .put("chain", partner + "/" + direction)
                .put("from", from)
                .put("to", to())
                .put("root", hex.formatHex(tree().root()))
                .put("head", hex.formatHex(hashes.get(hashes.size() - 1))));
    }
}
