package org.shuniu.rotation;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.shuniu.partner.Secrets;

/** The master keys that the secrets hold now, by their ids. */
public record MasterKeys(SortedMap<Integer, byte[]> byId) {

    /** The highest id that a sealed value can name. */
    public static final int LAST = 255;

    private static final int LENGTH = 32;

    /** The secret that holds the key of an id. */
    public static String secret(int id) {
        return id == 1 ? "master-key" : "master-key-" + id;
    }

    /** @throws KeysRefused naming the secret that is no key */
    static MasterKeys read(Secrets secrets) {
        SortedMap<Integer, byte[]> keys = new TreeMap<>();
        for (int id = 1; id <= LAST; id++) {
            int number = id;
            secrets.find(secret(id)).ifPresent(text -> keys.put(number, key(number, text)));
        }
        if (keys.isEmpty()) {
            throw new KeysRefused("There is no master key: give the secret %s".formatted(secret(1)));
        }
        return new MasterKeys(Collections.unmodifiableSortedMap(keys));
    }

    private static byte[] key(int id, String text) {
        byte[] key;
        try {
            key = HexFormat.of().parseHex(text.strip());
        } catch (IllegalArgumentException notHex) {
            key = new byte[0];
        }
        if (key.length != LENGTH) {
            throw new KeysRefused(
                    "The secret %s is no key: expected %d hexadecimal digits".formatted(secret(id), 2 * LENGTH));
        }
        return key;
    }

    /** The id that is wished for, or the highest when that is 0. */
    int current(int wished) {
        int id = wished == 0 ? byId.lastKey() : wished;
        if (!byId.containsKey(id)) {
            throw new KeysRefused(
                    "shuniu.vault.current-key is %d, but the secret %s is missing".formatted(id, secret(id)));
        }
        return id;
    }

    /** Tells keys apart without showing them. */
    byte[] fingerprint(int id) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(byId.get(id), "HmacSHA256"));
            return Arrays.copyOf(mac.doFinal("fingerprint".getBytes(StandardCharsets.US_ASCII)), 8);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This JDK has no HmacSHA256", impossible);
        }
    }
}
