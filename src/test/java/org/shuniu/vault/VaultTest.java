package org.shuniu.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VaultTest {

    private static final byte[] PLAIN = "测试甲".getBytes(StandardCharsets.UTF_8);
    private static final UUID ROW = new UUID(1, 1);

    private final Vault vault = Vault.of(Map.of(1, key(1)), 1, key(9));

    @Test
    void opensWhatItSealed() {
        assertThat(vault.open(vault.seal(PLAIN, "message.body", ROW), "message.body", ROW))
                .isEqualTo(PLAIN);
    }

    @Test
    void doesNotOpenAValueThatWasMovedToAnotherRow() {
        byte[] sealed = vault.seal(PLAIN, "message.body", ROW);

        assertThatThrownBy(() -> vault.open(sealed, "message.body", new UUID(1, 2)))
                .isInstanceOf(VaultFailure.class);
    }

    @Test
    void doesNotOpenAValueThatWasMovedToAnotherColumn() {
        byte[] sealed = vault.seal(PLAIN, "message.body", ROW);

        assertThatThrownBy(() -> vault.open(sealed, "answer.body", ROW)).isInstanceOf(VaultFailure.class);
    }

    @Test
    void opensOldValuesAfterTheKeysWereExchangedAndSealsWithTheNewOne() {
        byte[] old = vault.seal(PLAIN, "message.body", ROW);

        vault.exchange(Map.of(1, key(1), 200, key(2)), 200);

        assertThat(vault.open(old, "message.body", ROW)).isEqualTo(PLAIN);
        assertThat(vault.seal(PLAIN, "message.body", ROW)[1]).isEqualTo((byte) 200);
    }

    @Test
    void neverUsesANonceTwiceWhateverThreadAsks() {
        assertThat(IntStream.range(0, 20_000)
                        .parallel()
                        .mapToObj(i -> Arrays.toString(Arrays.copyOfRange(vault.seal(PLAIN, "a", ROW), 2, 14)))
                        .toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void opensNothingOfAMonthWhoseSecretIsGone() {
        Map<Integer, byte[]> secrets = new HashMap<>();
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-31T23:59:59Z"));
        Vault bound = Vault.of(Map.of(1, key(1)), 1, key(9), months(month -> secret(secrets, month)), now::get);
        int january = Month.of(now.get());
        byte[] old = bound.seal(PLAIN, "message.body", ROW);
        byte[] carried = bound.bind(old, "message.body", ROW, january + 1);
        now.set(now.get().plusSeconds(1));
        byte[] later = bound.seal(PLAIN, "message.body", ROW);

        secrets.put(january, new byte[0]);
        bound.forget(january);

        assertThat(Vault.month(old)).hasValue(january);
        assertThat(Month.name(january)).isEqualTo("2026-01");
        assertThat(Month.end(january)).isEqualTo(now.get());
        assertThatThrownBy(() -> bound.open(old, "message.body", ROW)).isInstanceOf(BodyErased.class);
        assertThatThrownBy(() -> bound.open(Arrays.copyOf(old, 4), "message.body", ROW))
                .isInstanceOf(BodyErased.class);
        assertThat(new String(bound.openOrTell(old, "message.body", ROW), StandardCharsets.UTF_8))
                .isEqualTo("{\"erased\":{\"at\":\"2026-03-01T00:00:00Z\",\"rule\":\"made up\"}}");
        for (byte[] needed : List.of(carried, later)) {
            assertThat(Vault.month(needed)).hasValue(january + 1);
            assertThat(bound.open(needed, "message.body", ROW)).isEqualTo(PLAIN);
        }
    }

    @Test
    void opensNoValueThatIsSaidToBeOfAnotherMonth() {
        Vault bound = Vault.of(
                Map.of(1, key(1)),
                1,
                key(9),
                months(month -> key(month % 100)),
                () -> Instant.parse("2026-01-01T00:00:00Z"));
        byte[] sealed = bound.seal(PLAIN, "message.body", ROW);
        sealed[3]++;

        assertThatThrownBy(() -> bound.open(sealed, "message.body", ROW)).isInstanceOf(VaultFailure.class);
    }

    @Test
    void keepsTheMonthOfWhatItSealsByAnotherKey() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        Vault bound = Vault.of(Map.of(1, key(1)), 1, key(9), months(month -> key(7)), now::get);
        byte[] old = bound.seal(PLAIN, "message.body", ROW);
        byte[] unbound = vault.seal(PLAIN, "message.body", ROW);
        bound.exchange(Map.of(1, key(1), 2, key(2)), 2);
        now.set(Instant.parse("2026-03-01T00:00:00Z"));

        byte[] anew = bound.reseal(old, "message.body", ROW);

        assertThat(anew[1]).isEqualTo((byte) 2);
        assertThat(Vault.month(anew)).isEqualTo(Vault.month(old));
        assertThat(bound.open(anew, "message.body", ROW)).isEqualTo(PLAIN);
        assertThat(Vault.month(bound.reseal(unbound, "message.body", ROW))).hasValue(Month.of(now.get()));
    }

    @Test
    void makesNoSecretForAMonthThatAValueOnlySaysItIsOf() {
        Set<Integer> asked = new TreeSet<>();
        MonthSecrets months = new MonthSecrets() {
            @Override
            public byte[] secret(int month) {
                asked.add(month);
                return key(month % 100);
            }

            @Override
            public byte @Nullable [] find(int month) {
                return asked.contains(month) ? key(month % 100) : null;
            }
        };
        Vault bound = Vault.of(Map.of(1, key(1)), 1, key(9), months, () -> Instant.parse("2026-01-01T00:00:00Z"));

        assertThatThrownBy(() -> bound.open(new byte[] {2, 1, 0, 5}, "message.body", ROW))
                .isInstanceOf(VaultFailure.class)
                .hasMessageContaining("nothing was sealed");
        assertThatThrownBy(() -> bound.openUnbound(bound.seal(PLAIN, "message.body", ROW), "message.body", ROW))
                .isInstanceOf(VaultFailure.class);

        assertThat(asked).containsExactly(Month.of(Instant.parse("2026-01-01T00:00:00Z")));
    }

    /** Of which each has something sealed in it. */
    private static MonthSecrets months(IntFunction<byte[]> secrets) {
        return new MonthSecrets() {
            @Override
            public byte[] secret(int month) {
                return secrets.apply(month);
            }

            @Override
            public byte[] find(int month) {
                return secrets.apply(month);
            }
        };
    }

    private static byte[] secret(Map<Integer, byte[]> secrets, int month) {
        byte[] secret = secrets.computeIfAbsent(month, VaultTest::key);
        if (secret.length == 0) {
            throw new BodyErased(Instant.parse("2026-03-01T00:00:00Z"), "made up");
        }
        return secret;
    }

    @Test
    void indexesAnIdNumberAlikeHoweverItIsTyped() {
        assertThat(vault.idNumberIndex(" 11010519491231002x "))
                .hasValueSatisfying(index -> assertThat(index)
                        .isEqualTo(vault.idNumberIndex("11010519491231002X").orElseThrow()));
    }

    @Test
    void indexesNobodyWhoHasNoIdNumber() {
        assertThat(vault.idNumberIndex(null)).isEmpty();
        assertThat(vault.idNumberIndex("  ")).isEmpty();
    }

    private static byte[] key(int seed) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) seed);
        return key;
    }
}
