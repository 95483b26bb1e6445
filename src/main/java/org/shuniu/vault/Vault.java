package org.shuniu.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals bodies for storage with AES-256-GCM.
 *
 * <p>A sealed value is: format (1 byte), key id (1 byte), nonce (12 bytes), cipher text with tag. Column and row are
 * authenticated, so that a value moved to another place does not open. Keys may be exchanged while it is used.
 */
public final class Vault {

    private static final byte FORMAT = 1;
    private static final int HEAD = 2 + Nonces.LENGTH;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private record Keys(Map<Integer, SecretKeySpec> byId, int current) {}

    private final Nonces nonces = new Nonces();
    private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(Vault::cipher);
    private final ThreadLocal<Mac> indexes;
    private volatile Keys keys;
    private volatile Runnable missing = () -> {};

    private Vault(Map<Integer, byte[]> keysById, int current, byte[] indexKey) {
        exchange(keysById, current);
        SecretKeySpec key = new SecretKeySpec(indexKey, "HmacSHA256");
        this.indexes = ThreadLocal.withInitial(() -> mac(key));
    }

    /**
     * @param keysById 32 bytes each, by an id of 0 to 255; old ones stay to open old values
     * @param current the id that seals
     * @param indexKey the key of blind indexes
     */
    public static Vault of(Map<Integer, byte[]> keysById, int current, byte[] indexKey) {
        return new Vault(keysById, current, indexKey);
    }

    /** Takes other keys for every call that begins from now on. */
    public void exchange(Map<Integer, byte[]> keysById, int current) {
        Map<Integer, SecretKeySpec> byId = new HashMap<>();
        keysById.forEach((id, key) -> byId.put(id, aes(id, key)));
        if (!byId.containsKey(current)) {
            throw new VaultFailure("There is no key of the current id %d".formatted(current));
        }
        keys = new Keys(Map.copyOf(byId), current);
    }

    /** Sets what gives a key, if it can, that a value needs and that is not there: another process may seal by it already. */
    public void whenMissing(Runnable look) {
        missing = look;
    }

    /** The id that seals. */
    public int current() {
        return keys.current();
    }

    /** The ids that open. */
    public Set<Integer> ids() {
        return keys.byId().keySet();
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

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new VaultFailure("This JDK has no HmacSHA256", impossible);
        }
    }

    /** Seals a value for one column of one row. */
    public byte[] seal(byte[] plain, String column, UUID row) {
        Keys held = keys;
        byte[] sealed = new byte[HEAD + plain.length + TAG_BITS / 8];
        sealed[0] = FORMAT;
        sealed[1] = (byte) held.current();
        nonces.next(sealed, 2);
        try {
            Cipher cipher = ciphers.get();
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    held.byId().get(held.current()),
                    new GCMParameterSpec(TAG_BITS, sealed, 2, Nonces.LENGTH));
            cipher.updateAAD(place(column, row));
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
        SecretKeySpec key = key(sealed[1] & 0xFF);
        if (key == null) {
            throw new VaultFailure("A value of %s needs key %d, which is missing".formatted(column, sealed[1] & 0xFF));
        }
        try {
            Cipher cipher = ciphers.get();
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 2, Nonces.LENGTH));
            cipher.updateAAD(place(column, row));
            return cipher.doFinal(sealed, HEAD, sealed.length - HEAD);
        } catch (GeneralSecurityException failure) {
            throw new VaultFailure(
                    "A value of %s does not open: changed, moved or of another key".formatted(column), failure);
        }
    }

    private @Nullable SecretKeySpec key(int id) {
        SecretKeySpec key = keys.byId().get(id);
        if (key == null) {
            missing.run();
            key = keys.byId().get(id);
        }
        return key;
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
        Mac mac = indexes.get();
        mac.update(kind.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
    }

    /** The blind index of an ID number however it is typed; nothing for a person without one. */
    public Optional<byte[]> idNumberIndex(String idNumber) {
        return Optional.ofNullable(idNumber)
                .map(number -> number.strip().toUpperCase(Locale.ROOT))
                .filter(number -> !number.isEmpty())
                .map(number -> blindIndex("id-number", number));
    }
}
