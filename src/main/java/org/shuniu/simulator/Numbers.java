package org.shuniu.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** Numbers and times that come out the same after a restart: they follow from the message id and the ledger. */
final class Numbers {

    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");

    private Numbers() {}

    static String of(String prefix, String messageId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(messageId.getBytes(StandardCharsets.UTF_8));
            return prefix + HexFormat.of().withUpperCase().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String time(Instant instant, String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withZone(CITY).format(instant);
    }
}
