package org.shuniu.evidence;

import java.util.HexFormat;

/** The last line of a chain. */
record Head(int chain, String name, long seq, byte[] hash) {

    /** @param end whether the chain ends there */
    String sealed(boolean end) {
        return "%s:%d:%s%s".formatted(name, seq, HexFormat.of().formatHex(hash), end ? ":end" : "");
    }
}
