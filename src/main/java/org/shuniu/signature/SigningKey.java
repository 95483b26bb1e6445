package org.shuniu.signature;

import org.bouncycastle.crypto.params.AsymmetricKeyParameter;

/** A private key of the hub's own. */
public final class SigningKey {

    private final String keyid;
    private final SignatureAlgorithm algorithm;
    private final AsymmetricKeyParameter key;

    private SigningKey(String keyid, SignatureAlgorithm algorithm, AsymmetricKeyParameter key) {
        this.keyid = keyid;
        this.algorithm = algorithm;
        this.key = key;
    }

    /**
     * @param pem in PKCS #8, as {@code openssl genpkey} writes it
     * @throws IllegalArgumentException when it is of another kind
     */
    public static SigningKey of(String keyid, SignatureAlgorithm algorithm, String pem) {
        return new SigningKey(keyid, algorithm, Keys.privateKey(pem, algorithm));
    }

    public String keyid() {
        return keyid;
    }

    public SignatureAlgorithm algorithm() {
        return algorithm;
    }

    /** The public half, as {@code openssl pkey -pubout} writes it. */
    public String publicPem() {
        return Keys.pem(Keys.publicOf(key));
    }

    /** The signature over exactly these bytes. */
    public byte[] sign(byte[] text) {
        return algorithm.sign(text, key);
    }
}
