package org.shuniu.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals bodies for storage with AES-256-GCM.
 *
 * <p>A sealed value is: format (1 byte), key id (1 byte), nonce (12 bytes), cipher text with tag. Column and row are
 * authenticated, so that a value moved to another place does not open.
 */
public final class Vault {

    private static final byte FORMAT = 1;
    private static final int NONCE = 12;
    private static final int HEAD = 2 + NONCE;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final Map<Integer, SecretKeySpec> keys = new HashMap<>();
    private final int current;
    private final SecretKeySpec indexKey;
    private final SecureRandom random = new SecureRandom();
    private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(Vault::cipher);

    private Vault(Map<Integer, byte[]> keysById, int current, byte[] indexKey) {
        keysById.forEach((id, key) -> keys.put(id, aes(id, key)));
        if (!keys.containsKey(current)) {
            throw new VaultFailure("There is no key of the current id %d".formatted(current));
        }
        this.current = current;
        this.indexKey = new SecretKeySpec(indexKey, "HmacSHA256");
    }

    /**
     * @param keysById 32 bytes each, by an id of 0 to 255; old ones stay to open old values
     * @param current the id that seals
     * @param indexKey the key of blind indexes
     */
    public static Vault of(Map<Integer, byte[]> keysById, int current, byte[] indexKey) {
        return new Vault(keysById, current, indexKey);
    }

    private static SecretKeySpec aes(int id, byte[] key) {
        if (id < 0 || id > 255 || key.length != KEY_BYTES) {
            throw new VaultFailure(
                    "Key %d has %d bytes; expected %d, and an id of 0 to 255".formatted(id, key.length, KEY_BYTES));
        }
        return new SecretKeySpec(key, "AES");
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException impossible) {
            throw new VaultFailure("This JDK has no AES-GCM", impossible);
        }
    }

    /** Seals a value for one column of one row. */
    public byte[] seal(byte[] plain, String column, UUID row) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            Cipher cipher = ciphers.get();
            cipher.init(Cipher.ENCRYPT_MODE, keys.get(current), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place(column, row));
            byte[] sealed = new byte[HEAD + cipher.getOutputSize(plain.length)];
            sealed[0] = FORMAT;
            sealed[1] = (byte) current;
            System.arraycopy(nonce, 0, sealed, 2, NONCE);
            cipher.doFinal(plain, 0, plain.length, sealed, HEAD);
            return sealed;
        } catch (GeneralSecurityException failure) {
            throw new VaultFailure("A value of %s could not be sealed".formatted(column), failure);
        }
    }

    /** Opens a value that was sealed for this column of this row. */
    public byte[] open(byte[] sealed, String column, UUID row) {
        if (sealed.length <= HEAD || sealed[0] != FORMAT) {
            throw new VaultFailure("A value of %s has no format that this hub knows".formatted(column));
        }
        SecretKeySpec key = keys.get(sealed[1] & 0xFF);
        if (key == null) {
            throw new VaultFailure("A value of %s needs key %d, which is missing".formatted(column, sealed[1] & 0xFF));
        }
        try {
            Cipher cipher = ciphers.get();
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 2, NONCE));
            cipher.updateAAD(place(column, row));
            return cipher.doFinal(sealed, HEAD, sealed.length - HEAD);
        } catch (GeneralSecurityException failure) {
            throw new VaultFailure(
                    "A value of %s does not open: changed, moved or of another key".formatted(column), failure);
        }
    }

    private static byte[] place(String column, UUID row) {
        byte[] name = column.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + 16)
                .put(name)
                .putLong(row.getMostSignificantBits())
                .putLong(row.getLeastSignificantBits())
                .array();
    }

    /** Makes equal values findable without showing them; {@code kind} keeps kinds apart. */
    public byte[] blindIndex(String kind, String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(indexKey);
            mac.update(kind.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new VaultFailure("This JDK has no HmacSHA256", impossible);
        }
    }
}
