package org.shuniu.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals bodies for storage with AES-256-GCM.
 *
 * <p>A value that is bound to a month is: format 2 (1 byte), key id (1 byte), month (2 bytes), nonce (12 bytes), cipher text with tag;
 * its key is HMAC-SHA256 of the master key over the month's secret, so that no value of a month opens once that secret is gone. An
 * unbound one has format 1, no month, and the master key itself. Column and row are authenticated, so that a value moved to another
 * place does not open. Keys may be exchanged while it is used.
 */
public final class Vault {

    private static final byte UNBOUND = 1;
    private static final byte BOUND = 2;
    private static final int MONTH_AT = 2;
    /** Format, key id and month. */
    private static final int BOUND_HEAD = 4;

    private static final String DERIVATION = "HmacSHA256";
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    /** @param bound keys of months, by key id and month; made when they are first needed */
    private record Keys(Map<Integer, SecretKeySpec> byId, int current, Map<Integer, SecretKeySpec> bound) {
        Keys(Map<Integer, SecretKeySpec> byId, int current) {
            this(Map.copyOf(byId), current, new ConcurrentHashMap<>());
        }
    }

    private final Nonces nonces = new Nonces();
    private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(Vault::cipher);
    private final ThreadLocal<Mac> indexes;
    private final @Nullable MonthSecrets months;
    private final InstantSource clock;
    private volatile Keys keys;
    private volatile Runnable missing = () -> {};

    private Vault(
            Map<Integer, byte[]> keysById,
            int current,
            byte[] indexKey,
            @Nullable MonthSecrets months,
            InstantSource clock) {
        this.months = months;
        this.clock = clock;
        exchange(keysById, current);
        SecretKeySpec key = new SecretKeySpec(indexKey, DERIVATION);
        this.indexes = ThreadLocal.withInitial(() -> mac(key));
    }

    /**
     * A vault that binds nothing to a month.
     *
     * @param keysById 32 bytes each, by an id of 0 to 255; old ones stay to open old values
     * @param current the id that seals
     * @param indexKey the key of blind indexes
     */
    public static Vault of(Map<Integer, byte[]> keysById, int current, byte[] indexKey) {
        return new Vault(keysById, current, indexKey, null, InstantSource.system());
    }

    /** A vault that binds what it seals to the month of the sealing. */
    public static Vault of(
            Map<Integer, byte[]> keysById, int current, byte[] indexKey, MonthSecrets months, InstantSource clock) {
        return new Vault(keysById, current, indexKey, months, clock);
    }

    /** Takes other keys for every call that begins from now on. */
    public void exchange(Map<Integer, byte[]> keysById, int current) {
        Map<Integer, SecretKeySpec> byId = new HashMap<>();
        keysById.forEach((id, key) -> byId.put(id, aes(id, key)));
        if (!byId.containsKey(current)) {
            throw new VaultFailure("There is no key of the current id %d".formatted(current));
        }
        keys = new Keys(byId, current);
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
            Mac mac = Mac.getInstance(DERIVATION);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new VaultFailure("This JDK has no HmacSHA256", impossible);
        }
    }

    /** Seals a value for one column of one row, bound to this month. */
    public byte[] seal(byte[] plain, String column, UUID row) {
        return months == null ? sealUnbound(plain, column, row) : seal(plain, column, row, Month.of(clock.instant()));
    }

    private byte[] seal(byte[] plain, String column, UUID row, int month) {
        Keys held = keys;
        byte[] head = {BOUND, (byte) held.current(), (byte) (month >> Byte.SIZE), (byte) month};
        SecretKeySpec known = held.bound().get(held.current() << Short.SIZE | month);
        SecretKeySpec key = known != null ? known : bound(held, held.current(), month, months.secret(month));
        return sealed(head, key, plain, column, row);
    }

    /** Seals what is no part of a case, or is erased in another way. */
    public byte[] sealUnbound(byte[] plain, String column, UUID row) {
        Keys held = keys;
        byte[] head = {UNBOUND, (byte) held.current()};
        return sealed(head, held.byId().get(held.current()), plain, column, row);
    }

    private byte[] sealed(byte[] head, SecretKeySpec key, byte[] plain, String column, UUID row) {
        int from = head.length + Nonces.LENGTH;
        byte[] sealed = Arrays.copyOf(head, from + plain.length + TAG_BITS / Byte.SIZE);
        nonces.next(sealed, head.length);
        try {
            Cipher cipher = ciphers.get();
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, head.length, Nonces.LENGTH));
            cipher.updateAAD(place(column, row));
            cipher.doFinal(plain, 0, plain.length, sealed, from);
            return sealed;
        } catch (GeneralSecurityException failure) {
            throw new VaultFailure("A value of %s could not be sealed".formatted(column), failure);
        }
    }

    /** The same value under the key that seals now, of the same month; what was unbound is bound to this month. */
    public byte[] reseal(byte[] sealed, String column, UUID row) {
        byte[] plain = open(sealed, column, row);
        OptionalInt month = month(sealed);
        return month.isPresent() ? seal(plain, column, row, month.getAsInt()) : seal(plain, column, row);
    }

    /** The same value, bound to another month. */
    public byte[] bind(byte[] sealed, String column, UUID row, int month) {
        return seal(open(sealed, column, row), column, row, month);
    }

    /** The month that a value is bound to. */
    public static OptionalInt month(byte[] sealed) {
        return sealed.length >= BOUND_HEAD && sealed[0] == BOUND
                ? OptionalInt.of((sealed[MONTH_AT] & 0xFF) << Byte.SIZE | sealed[MONTH_AT + 1] & 0xFF)
                : OptionalInt.empty();
    }

    /**
     * Opens a value that was sealed for this column of this row.
     *
     * @throws BodyErased when the secret of its month is gone
     */
    public byte[] open(byte[] sealed, String column, UUID row) {
        OptionalInt month = month(sealed);
        int head = month.isPresent() ? BOUND_HEAD : MONTH_AT;
        int from = head + Nonces.LENGTH;
        if (sealed.length < head || month.isEmpty() && (sealed.length <= from || sealed[0] != UNBOUND)) {
            throw new VaultFailure("A value of %s has no format that this hub knows".formatted(column));
        }
        int id = sealed[1] & 0xFF;
        SecretKeySpec key = month.isPresent() ? bound(id, month.getAsInt(), column) : key(id);
        if (key == null) {
            throw new VaultFailure("A value of %s needs key %d, which is missing".formatted(column, id));
        }
        if (sealed.length <= from) {
            throw new VaultFailure("A value of %s is cut off".formatted(column));
        }
        try {
            Cipher cipher = ciphers.get();
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, head, Nonces.LENGTH));
            cipher.updateAAD(place(column, row));
            return cipher.doFinal(sealed, from, sealed.length - from);
        } catch (GeneralSecurityException failure) {
            throw new VaultFailure(
                    "A value of %s does not open: changed, moved or of another key".formatted(column), failure);
        }
    }

    /** Opens what {@link #sealUnbound} has sealed, and asks for no secret of a month, whatever the value says of itself. */
    public byte[] openUnbound(byte[] sealed, String column, UUID row) {
        if (sealed.length == 0 || sealed[0] != UNBOUND) {
            throw new VaultFailure("A value of %s has no format that is expected here".formatted(column));
        }
        return open(sealed, column, row);
    }

    /** A document that may be erased: what is told of it then stands in its place, as {@code {"erased": {"at", "rule"}}}. */
    public byte[] openOrTell(byte[] sealed, String column, UUID row) {
        try {
            return open(sealed, column, row);
        } catch (BodyErased erased) {
            return erased.document();
        }
    }

    /** Forgets the keys of a month whose secret is gone. */
    public void forget(int month) {
        keys.bound().keySet().removeIf(place -> (place & 0xFFFF) == month);
    }

    private @Nullable SecretKeySpec bound(int id, int month, String column) {
        if (months == null) {
            throw new VaultFailure("A value of %s is bound to a month, whose secrets are not here".formatted(column));
        }
        SecretKeySpec known = keys.bound().get(id << Short.SIZE | month);
        if (known != null || key(id) == null) {
            return known;
        }
        byte[] secret = months.find(month);
        if (secret == null) {
            throw new VaultFailure(
                    "A value of %s is said to be of a month in which nothing was sealed".formatted(column));
        }
        return bound(keys, id, month, secret);
    }

    private static SecretKeySpec bound(Keys held, int id, int month, byte[] secret) {
        return held.bound()
                .computeIfAbsent(
                        id << Short.SIZE | month, place -> derived(held.byId().get(id), secret));
    }

    private static SecretKeySpec derived(SecretKeySpec master, byte[] secret) {
        try {
            Mac mac = Mac.getInstance(DERIVATION);
            mac.init(new SecretKeySpec(master.getEncoded(), DERIVATION));
            return new SecretKeySpec(mac.doFinal(secret), "AES");
        } catch (GeneralSecurityException impossible) {
            throw new VaultFailure("This JDK has no HmacSHA256", impossible);
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
