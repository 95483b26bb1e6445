package org.shuniu.mapping;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What can be read in bytes: texts of several charsets, and what stands in them in Base64, hexadecimal or behind percent signs. */
final class Peeled {

    private static final List<Charset> CHARSETS =
            List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"), StandardCharsets.UTF_16BE);
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{16,}={0,2}");
    private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2}){8,}");
    private static final int DEEPEST = 3;

    private final Set<String> texts = new LinkedHashSet<>();

    private Peeled() {}

    static Set<String> texts(byte[] bytes) {
        Peeled peeled = new Peeled();
        peeled.peel(bytes, 0);
        return peeled.texts;
    }

    private void peel(byte[] bytes, int depth) {
        for (Charset charset : isAscii(bytes) ? List.of(StandardCharsets.UTF_8) : CHARSETS) {
            String text = new String(bytes, charset);
            texts.add(text);
            if (text.indexOf('%') >= 0) {
                percent(text, charset);
            }
        }
        // What stands in such codes is ASCII, which all charsets but one share.
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (depth < DEEPEST) {
            runs(BASE64, text, Peeled::base64, depth);
            runs(HEX, text, HexFormat.of()::parseHex, depth);
        }
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte one : bytes) {
            if (one <= 0) {
                return false;
            }
        }
        return true;
    }

    private void percent(String text, Charset charset) {
        try {
            texts.add(URLDecoder.decode(text, charset));
        } catch (IllegalArgumentException noPercentEncoding) {
            // Percent signs are no sign of it.
        }
    }

    private void runs(Pattern pattern, String text, Function<String, byte[]> decoder, int depth) {
        pattern.matcher(text).results().forEach(run -> {
            try {
                peel(decoder.apply(run.group()), depth + 1);
            } catch (IllegalArgumentException anotherText) {
                // It only looks like it.
            }
        });
    }

    private static byte[] base64(String run) {
        return Base64.getDecoder()
                .decode(run.replace('-', '+').replace('_', '/').replaceAll("=+$", ""));
    }
}
