package org.shuniu.channel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text as short messages in UCS-2: one of up to 70 characters, or several of up to 67 with a user data header that says
 * which of how many each is.
 */
final class SmsParts {

    private static final int ALONE = 70;
    private static final int TOGETHER = 67;
    private static final int MOST = 255;
    private static final byte HEADER_LENGTH = 5;
    private static final byte CONCATENATED = 0;
    private static final byte REST = 3;

    private SmsParts() {}

    /**
     * @param reference the same for all parts of a text
     * @throws IllegalArgumentException when it is too long for any number of parts
     */
    static List<byte[]> of(String text, int reference) {
        if (text.length() <= ALONE) {
            return List.of(text.getBytes(StandardCharsets.UTF_16BE));
        }
        List<String> pieces = pieces(text);
        if (pieces.size() > MOST) {
            throw new IllegalArgumentException("a text of %d characters".formatted(text.length()));
        }
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            ByteArrayOutputStream part = new ByteArrayOutputStream();
            part.writeBytes(new byte[] {
                HEADER_LENGTH, CONCATENATED, REST, (byte) reference, (byte) pieces.size(), (byte) (i + 1)
            });
            part.writeBytes(pieces.get(i).getBytes(StandardCharsets.UTF_16BE));
            parts.add(part.toByteArray());
        }
        return parts;
    }

    /** A character outside the first plane is two units, which stay together. */
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = Math.min(text.length(), start + TOGETHER);
            if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            pieces.add(text.substring(start, end));
            start = end;
        }
        return pieces;
    }
}
