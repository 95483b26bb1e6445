package org.shuniu.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Bytes as text, strictly: what the charset does not know is an error, not a question mark. */
final class Text {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** So many characters of another charset are valid UTF-8 by chance in fewer than one of a million texts. */
    private static final int BEYOND_CHANCE = 8;

    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]"
            + "|&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]));");

    private Text() {}

    /** Whether these bytes are UTF-8 whatever anybody says of them; few or no characters beyond ASCII do not tell. */
    static boolean isSurelyUtf8(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.codePoints().filter(c -> c > 0x7F).limit(BEYOND_CHANCE).count() == BEYOND_CHANCE;
        } catch (CharacterCodingException another) {
            return false;
        }
    }

    /** Without what XML forbids, as such or as a reference. */
    static String withoutControls(String text) {
        return CONTROLS.matcher(text).replaceAll("");
    }

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
