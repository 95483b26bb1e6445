package org.shuniu.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** An archive that every shell can unpack (POSIX ustar); the same files give the same bytes. */
final class Tar {

    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 100;
    private static final int CHECKSUM = 148;

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

    /** @param name relative, of letters, digits, dots, hyphens and slashes */
    void add(String name, byte[] content) {
        byte[] head = new byte[BLOCK];
        put(head, 0, name, LONGEST_NAME);
        put(head, 100, "0000644", 8);
        put(head, 108, "0000000", 8);
        put(head, 116, "0000000", 8);
        put(head, 124, "%011o".formatted(content.length), 12);
        put(head, 136, "%011o".formatted(0), 12);
        put(head, CHECKSUM, "        ", 8);
        put(head, 156, "0", 1);
        put(head, 257, "ustar\0" + "00", 8);
        int sum = 0;
        for (byte one : head) {
            sum += one & 0xff;
        }
        put(head, CHECKSUM, "%06o\0 ".formatted(sum), 8);
        archive.writeBytes(head);
        archive.writeBytes(content);
        archive.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    void add(String name, String content) {
        add(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static void put(byte[] head, int at, String text, int most) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length > most) {
            throw new IllegalArgumentException("%s is longer than %d characters".formatted(text, most));
        }
        System.arraycopy(bytes, 0, head, at, bytes.length);
    }

    int size() {
        return archive.size();
    }

    byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(archive.size() + 2 * BLOCK);
        whole.writeBytes(archive.toByteArray());
        whole.writeBytes(new byte[2 * BLOCK]);
        return whole.toByteArray();
    }
}
