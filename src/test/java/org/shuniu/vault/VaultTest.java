package org.shuniu.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
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
