package org.shuniu.signature;

import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;

/** A registered public key: what it signs with is said here and never by a request. */
public final class VerifyingKey {

    private final String keyid;
    private final SignatureAlgorithm algorithm;
    private final Instant notBefore;
    private final Instant notAfter;
    private final AsymmetricKeyParameter key;

    private VerifyingKey(
            String keyid,
            SignatureAlgorithm algorithm,
            Instant notBefore,
            Instant notAfter,
            AsymmetricKeyParameter key) {
        this.keyid = keyid;
        this.algorithm = algorithm;
        this.notBefore = notBefore;
        this.notAfter = notAfter;
        this.key = key;
    }

    /**
     * @param pem the public key as {@code openssl pkey -pubout} writes it
     * @param notAfter the first moment at which it is dead
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static VerifyingKey of(
            String keyid, SignatureAlgorithm algorithm, String pem, Instant notBefore, Instant notAfter) {
        return new VerifyingKey(keyid, algorithm, notBefore, notAfter, Keys.publicKey(pem, algorithm));
    }

    /**
     * A key whose kind says how it signs.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static VerifyingKey of(String keyid, String pem, Instant notBefore, Instant notAfter) {
        AsymmetricKeyParameter key = Keys.publicKey(pem);
        SignatureAlgorithm algorithm = Arrays.stream(SignatureAlgorithm.values())
                .filter(one -> one.fits(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the key is of no kind that signs here"));
        return new VerifyingKey(keyid, algorithm, notBefore, notAfter, key);
    }

    public String keyid() {
        return keyid;
    }

    public SignatureAlgorithm algorithm() {
        return algorithm;
    }

    public Instant notBefore() {
        return notBefore;
    }

    /** The first moment at which it is dead. */
    public Instant notAfter() {
        return notAfter;
    }

    /** As {@code openssl pkey -pubout} writes it. */
    public String pem() {
        return Keys.pem(key);
    }

    public boolean isValidAt(Instant moment) {
        return !moment.isBefore(notBefore) && moment.isBefore(notAfter);
    }

    /** Whether this is its signature over exactly these bytes. */
    public boolean verify(byte[] text, byte[] signature) {
        return algorithm.verify(text, signature, key);
    }

    /** Whether it would be right for a signer that names no user id. */
    boolean verifiesWithoutUserId(byte[] text, byte[] signature) {
        return algorithm == SignatureAlgorithm.SM2_SM3 && Sm2.verify(text, signature, key, Sm2.NO_USER_ID);
    }
}
