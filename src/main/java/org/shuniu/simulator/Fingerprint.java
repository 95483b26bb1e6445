package org.shuniu.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Numbers that a partner gives out, derived from the message so that they are the same after a restart. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(String prefix, String message, int characters) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((prefix + message).getBytes(StandardCharsets.UTF_8));
            return prefix
                    + HexFormat.of().formatHex(digest).substring(0, characters).toUpperCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }
}
