package org.shuniu.catalogue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The version of what people maintain in files: the first 12 hex digits of a SHA-256 over it, so that the same is the same. */
public final class ContentVersion {

    private static final int DIGITS = 12;

    private final MessageDigest digest;

    public ContentVersion() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static String of(String text) {
        ContentVersion version = new ContentVersion();
        version.digest.update(text.getBytes(StandardCharsets.UTF_8));
        return version.text();
    }

    /** Names and contents are told apart by their lengths: moving a byte from one to the other is another version. */
    public void add(Object name, byte[] content) {
        digest.update("%s %d\n".formatted(name, content.length).getBytes(StandardCharsets.UTF_8));
        digest.update(content);
    }

    /** Called once, when all is added. */
    public String text() {
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }
}
