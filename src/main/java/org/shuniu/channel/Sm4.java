package org.shuniu.channel;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.shuniu.codec.Garbled;

/** SM4 (GB/T 32907) in CBC with PKCS#7 padding: a fresh IV before the ciphertext, both in Base64. */
final class Sm4 {

    private static final int BLOCK = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyParameter key;

    /** @param hex 16 bytes as 32 hex digits */
    Sm4(String hex) {
        if (!hex.matches("[0-9A-Fa-f]{32}")) {
            throw new IllegalStateException(
                    "an SM4 key has %d characters; expected 32 hex digits".formatted(hex.length()));
        }
        this.key = new KeyParameter(HexFormat.of().parseHex(hex));
    }

    String encrypt(byte[] plain) {
        byte[] iv = new byte[BLOCK];
        RANDOM.nextBytes(iv);
        byte[] cipher = run(true, iv, plain, 0);
        byte[] both = Arrays.copyOf(iv, BLOCK + cipher.length);
        System.arraycopy(cipher, 0, both, BLOCK, cipher.length);
        return Base64.getEncoder().encodeToString(both);
    }

    /** @throws Garbled when the text is not of this key */
    byte[] decrypt(String base64) {
        try {
            byte[] both = Base64.getDecoder().decode(base64);
            if (both.length < 2 * BLOCK) {
                throw new Garbled("the encrypted content is too short");
            }
            return run(false, Arrays.copyOf(both, BLOCK), both, BLOCK);
        } catch (IllegalArgumentException broken) {
            throw new Garbled("the encrypted content is not base64");
        }
    }

    private byte[] run(boolean encrypt, byte[] iv, byte[] input, int from) {
        PaddedBufferedBlockCipher cipher = new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(new SM4Engine()));
        cipher.init(encrypt, new ParametersWithIV(key, iv));
        byte[] output = new byte[cipher.getOutputSize(input.length - from)];
        int length = cipher.processBytes(input, from, input.length - from, output, 0);
        try {
            length += cipher.doFinal(output, length);
        } catch (InvalidCipherTextException | org.bouncycastle.crypto.DataLengthException wrong) {
            throw new Garbled("the encrypted content is not of this key");
        }
        return Arrays.copyOf(output, length);
    }
}
