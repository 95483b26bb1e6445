package org.shuniu.timestamp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.shuniu.signature.ContentDigest;

/** A tree of hashes over many lines, so that one hash stands for all of them and few show that a line is among them. */
public final class HashTree {

    /**
     * A step on the way from a line to the root.
     *
     * @param left whether the other hash stands to the left
     */
    public record Step(boolean left, byte[] other) {

        /** As the shell kit reads it. */
        public String text() {
            return (left ? "left " : "right ") + HexFormat.of().formatHex(other);
        }
    }

    private final List<List<byte[]>> levels = new ArrayList<>();

    private HashTree(List<byte[]> leaves) {
        levels.add(leaves);
        while (last().size() > 1) {
            levels.add(above(last()));
        }
    }

    /** @param leaves the lines' hashes in their order, one at least */
    public static HashTree of(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            throw new IllegalArgumentException("A tree needs a leaf");
        }
        return new HashTree(List.copyOf(leaves));
    }

    private List<byte[]> last() {
        return levels.get(levels.size() - 1);
    }

    /** One that stands alone at the end is taken up as it is. */
    private static List<byte[]> above(List<byte[]> level) {
        List<byte[]> above = new ArrayList<>((level.size() + 1) / 2);
        for (int i = 0; i < level.size(); i += 2) {
            above.add(i + 1 < level.size() ? node(level.get(i), level.get(i + 1)) : level.get(i));
        }
        return above;
    }

    /** What {@code printf 'node\n%s\n%s' LEFT RIGHT | openssl dgst -sm3} gives. */
    private static byte[] node(byte[] left, byte[] right) {
        HexFormat hex = HexFormat.of();
        return ContentDigest.sm3(
                ("node\n" + hex.formatHex(left) + "\n" + hex.formatHex(right)).getBytes(StandardCharsets.US_ASCII));
    }

    public byte[] root() {
        return last().get(0);
    }

    /** The way from a leaf, counted from 0, to the root. */
    public List<Step> path(int leaf) {
        List<Step> path = new ArrayList<>();
        int at = leaf;
        for (List<byte[]> level : levels) {
            int other = at ^ 1;
            if (other < level.size()) {
                path.add(new Step(other < at, level.get(other)));
            }
            at /= 2;
        }
        return path;
    }
}
