package org.shuniu.signature;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.DataLengthException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;

/** How a registered key signs; a key has one of these for ever, whatever a request says. Each call uses a signer of its own. */
public enum SignatureAlgorithm {
    /** SM2 over SM3 with the user id 1234567812345678; the signature as OpenSSL writes it, in DER. */
    SM2_SM3("sm2-sm3") {
        @Override
        byte[] sign(byte[] text, AsymmetricKeyParameter key) {
            return Sm2.sign(text, key);
        }

        @Override
        boolean verify(byte[] text, byte[] signature, AsymmetricKeyParameter key) {
            return Sm2.verify(text, signature, key, Sm2.USER_ID);
        }

        @Override
        boolean fits(AsymmetricKeyParameter key) {
            return key instanceof ECKeyParameters ec && Sm2.isCurve(ec.getParameters());
        }
    },
    /** RFC 8032. */
    ED25519("ed25519") {
        @Override
        byte[] sign(byte[] text, AsymmetricKeyParameter key) {
            return signed(new Ed25519Signer(), text, key);
        }

        @Override
        boolean verify(byte[] text, byte[] signature, AsymmetricKeyParameter key) {
            return verified(new Ed25519Signer(), text, signature, key);
        }

        @Override
        boolean fits(AsymmetricKeyParameter key) {
            return key instanceof Ed25519PublicKeyParameters || key instanceof Ed25519PrivateKeyParameters;
        }
    },
    /** ECDSA on P-256; r and s side by side, 32 bytes each, as RFC 9421 has it. */
    ECDSA_P256_SHA256("ecdsa-p256-sha256") {
        @Override
        byte[] sign(byte[] text, AsymmetricKeyParameter key) {
            // With k from key and text no bad source of randomness can betray the key.
            return signed(signer(new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()))), text, key);
        }

        @Override
        boolean verify(byte[] text, byte[] signature, AsymmetricKeyParameter key) {
            return signature.length == P256_SIGNATURE && verified(signer(new ECDSASigner()), text, signature, key);
        }

        @Override
        boolean fits(AsymmetricKeyParameter key) {
            return key instanceof ECKeyParameters ec && Keys.isP256(ec.getParameters());
        }
    };

    private static final int P256_SIGNATURE = 64;

    private final String id;

    SignatureAlgorithm(String id) {
        this.id = id;
    }

    /** Its name in {@code alg} and in profiles. */
    public String id() {
        return id;
    }

    public static Optional<SignatureAlgorithm> find(String id) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.id.equals(id))
                .findFirst();
    }

    abstract byte[] sign(byte[] text, AsymmetricKeyParameter key);

    abstract boolean verify(byte[] text, byte[] signature, AsymmetricKeyParameter key);

    /** Whether a key is of this algorithm's kind. */
    abstract boolean fits(AsymmetricKeyParameter key);

    private static Signer signer(ECDSASigner signer) {
        return new DSADigestSigner(signer, new SHA256Digest(), PlainDSAEncoding.INSTANCE);
    }

    static byte[] signed(Signer signer, byte[] text, AsymmetricKeyParameter key) {
        signer.init(
                true, key instanceof Ed25519PrivateKeyParameters ? key : new ParametersWithRandom(key, RANDOM.get()));
        signer.update(text, 0, text.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException | DataLengthException failure) {
            throw new IllegalStateException("A text could not be signed", failure);
        }
    }

    static boolean verified(Signer signer, byte[] text, byte[] signature, AsymmetricKeyParameter key) {
        signer.init(false, key);
        signer.update(text, 0, text.length);
        return signer.verifySignature(signature);
    }

    static final ThreadLocal<SecureRandom> RANDOM = ThreadLocal.withInitial(SecureRandom::new);
}
