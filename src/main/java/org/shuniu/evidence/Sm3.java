package org.shuniu.evidence;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.SM3Digest;

/** SM3 as the chains use it; one instance serves one thread at a time. */
final class Sm3 {

    private final SM3Digest digest = new SM3Digest();

    /** The hash of a line: SM3 over the hash before it and the canonical text. */
    byte[] link(byte[] previous, String canonical) {
        digest.update(previous, 0, previous.length);
        return finish(canonical);
    }

    /** What the first line of a chain follows: no line fits into a chain of another name. */
    byte[] origin(String chain) {
        return finish(chain);
    }

    byte[] of(String text) {
        return finish(text);
    }

    private byte[] finish(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(bytes, 0, bytes.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return hash;
    }
}
