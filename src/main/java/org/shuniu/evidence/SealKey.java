package org.shuniu.evidence;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Signs seals with SM2 over SM3. */
public final class SealKey {

    /** The secret's name; it stands nowhere in the database. */
    public static final String SECRET = "seal-key";

    private static final int BYTES = 32;
    private static final int ID_DIGITS = 16;

    private final ECPrivateKeyParameters signing;
    private final ECPublicKeyParameters verifying;
    private final String id;

    private SealKey(ECPrivateKeyParameters signing, ECPublicKeyParameters verifying) {
        this.signing = signing;
        this.verifying = verifying;
        HexFormat hex = HexFormat.of();
        this.id = hex.formatHex(new Sm3().of(hex.formatHex(verifying.getQ().getEncoded(true))))
                .substring(0, ID_DIGITS);
    }

    /**
     * @param secret 32 random bytes in hexadecimal digits
     * @throws IllegalArgumentException when it is anything else
     */
    public static SealKey of(String secret) {
        BigInteger number = new BigInteger(1, bytes(secret));
        X9ECParameters curve = GMNamedCurves.getByName("sm2p256v1");
        ECDomainParameters domain = new ECDomainParameters(curve);
        // A private key of SM2 lies between 1 and the order less two
        BigInteger d = number.mod(domain.getN().subtract(BigInteger.TWO)).add(BigInteger.ONE);
        ECPoint q = new FixedPointCombMultiplier().multiply(domain.getG(), d);
        return new SealKey(new ECPrivateKeyParameters(d, domain), new ECPublicKeyParameters(q, domain));
    }

    private static byte[] bytes(String secret) {
        try {
            byte[] bytes = HexFormat.of().parseHex(secret);
            if (bytes.length == BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException notHex) {
            throw new IllegalArgumentException("The secret %s is not hexadecimal".formatted(SECRET), notHex);
        }
        throw new IllegalArgumentException(
                "The secret %s has the wrong length; expected %d hexadecimal digits".formatted(SECRET, 2 * BYTES));
    }

    /** Names the public key. */
    String id() {
        return id;
    }

    byte[] sign(byte[] hash) {
        SM2Signer signer = new SM2Signer();
        signer.init(true, new ParametersWithRandom(signing, new SecureRandom()));
        signer.update(hash, 0, hash.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException failure) {
            throw new IllegalStateException("A seal could not be signed", failure);
        }
    }

    boolean signed(byte[] hash, byte[] signature) {
        SM2Signer signer = new SM2Signer();
        signer.init(false, verifying);
        signer.update(hash, 0, hash.length);
        return signer.verifySignature(signature);
    }
}
