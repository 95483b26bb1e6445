package org.shuniu.bench.floor;

import java.nio.charset.StandardCharsets;

/** Puts JSON text together from bytes that stay as they are. */
final class Bytes {
    private Bytes() {}

    static byte[] join(String head, byte[] body, byte[] tail) {
        byte[] start = head.getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[start.length + body.length + tail.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(body, 0, whole, start.length, body.length);
        System.arraycopy(tail, 0, whole, start.length + body.length, tail.length);
        return whole;
    }
}
