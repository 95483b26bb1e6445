package org.shuniu.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

/** Bytes as text, strictly: what the charset does not know is an error, not a question mark. */
final class Text {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Text() {}

    static String decode(byte[] bytes, Charset charset) {
        try {
            String text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException wrong) {
            throw new Garbled("the bytes are not %s".formatted(charset.name()));
        }
    }

    static void requireEncodable(String text, Charset charset) {
        if (!charset.newEncoder().canEncode(text)) {
            throw new Garbled("a character of a value does not exist in %s".formatted(charset.name()));
        }
    }
}
