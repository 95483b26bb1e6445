package org.shuniu.signature;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The hash of a line in a chain that partners check: SM3 of the hash before, a line feed and the line. */
public final class ChainHash {

    private ChainHash() {}

    /**
     * What {@code openssl dgst -sm3} gives of the hash before in hexadecimal digits, a line feed and the line.
     *
     * @param prev of the line before; 32 bytes of zero for the first
     */
    public static byte[] of(byte[] prev, byte[] line) {
        byte[] head = (HexFormat.of().formatHex(prev) + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] text = new byte[head.length + line.length];
        System.arraycopy(head, 0, text, 0, head.length);
        System.arraycopy(line, 0, text, head.length, line.length);
        return ContentDigest.sm3(text);
    }
}
