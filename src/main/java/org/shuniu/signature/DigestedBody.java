package org.shuniu.signature;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A body that is held against its Content-Digest while it is read, however long it is. */
public final class DigestedBody extends FilterInputStream {

    private final Map<String, StructuredField> said;
    private final Map<String, MessageDigest> running = new LinkedHashMap<>();

    /**
     * @param values of Content-Digest
     * @throws SignatureRefused {@code digest-mismatch} when they hold no digest that the hub knows
     */
    public DigestedBody(List<String> values, InputStream body) {
        super(body);
        this.said = ContentDigest.read(values);
        said.keySet().forEach(name -> ContentDigest.begin(name).ifPresent(digest -> running.put(name, digest)));
        if (running.isEmpty()) {
            throw ContentDigest.mismatch("Content-Digest must hold sha-256 or sm3");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int most) throws IOException {
        int count = super.read(target, offset, most);
        if (count > 0) {
            running.values().forEach(digest -> digest.update(target, offset, count));
        }
        return count;
    }

    /** As if these had been read. */
    void take(byte[] bytes) {
        running.values().forEach(digest -> digest.update(bytes));
    }

    /**
     * Once it is read: every digest that the hub knows must be right.
     *
     * @throws SignatureRefused {@code digest-mismatch}
     */
    public void check() {
        running.forEach((name, digest) -> {
            boolean equal = said.get(name) instanceof StructuredField.Item item
                    && item.value() instanceof byte[] expected
                    && MessageDigest.isEqual(expected, digest.digest());
            if (!equal) {
                throw ContentDigest.mismatch(
                        "The body has another %s than Content-Digest says; with curl, send it by --data-binary"
                                .formatted(name));
            }
        });
    }
}
