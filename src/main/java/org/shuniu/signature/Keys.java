package org.shuniu.signature;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Reads keys as openssl writes them: PEM of a public key, or of a private key in PKCS #8. */
final class Keys {

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});
    private static final X9ECParameters P256 = CustomNamedCurves.getByName("P-256");

    private Keys() {}

    static boolean isP256(ECDomainParameters domain) {
        return domain.getN().equals(P256.getN())
                && domain.getCurve()
                        .getA()
                        .toBigInteger()
                        .equals(P256.getCurve().getA().toBigInteger())
                && domain.getCurve()
                        .getB()
                        .toBigInteger()
                        .equals(P256.getCurve().getB().toBigInteger());
    }

    /** @throws IllegalArgumentException saying what is wrong, such as a point that is not on its curve */
    static AsymmetricKeyParameter publicKey(String pem, SignatureAlgorithm algorithm) {
        try {
            return fitting(read(pem), algorithm);
        } catch (IOException | RuntimeException unusable) {
            throw unusable(unusable);
        }
    }

    /** @throws IllegalArgumentException saying what is wrong, such as a point that is not on its curve */
    static AsymmetricKeyParameter publicKey(String pem) {
        try {
            return read(pem);
        } catch (IOException | RuntimeException unusable) {
            throw unusable(unusable);
        }
    }

    private static AsymmetricKeyParameter read(String pem) throws IOException {
        return PublicKeyFactory.createKey(block(pem, "PUBLIC KEY"));
    }

    private static IllegalArgumentException unusable(Exception cause) {
        return new IllegalArgumentException("no usable public key: " + cause.getMessage(), cause);
    }

    /** @throws IllegalArgumentException saying what is wrong, and nothing of the key */
    static AsymmetricKeyParameter privateKey(String pem, SignatureAlgorithm algorithm) {
        try {
            return fitting(PrivateKeyFactory.createKey(block(pem, "PRIVATE KEY")), algorithm);
        } catch (IOException | RuntimeException unusable) {
            throw new IllegalArgumentException("no usable private key for " + algorithm.id());
        }
    }

    static String pem(AsymmetricKeyParameter publicKey) {
        try {
            byte[] der = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey)
                    .getEncoded();
            return "-----BEGIN PUBLIC KEY-----\n" + LINES.encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static AsymmetricKeyParameter publicOf(AsymmetricKeyParameter privateKey) {
        if (privateKey instanceof Ed25519PrivateKeyParameters ed25519) {
            return ed25519.generatePublicKey();
        }
        ECPrivateKeyParameters key = (ECPrivateKeyParameters) privateKey;
        return new ECPublicKeyParameters(
                new FixedPointCombMultiplier().multiply(key.getParameters().getG(), key.getD()), key.getParameters());
    }

    private static AsymmetricKeyParameter fitting(AsymmetricKeyParameter key, SignatureAlgorithm algorithm) {
        if (!algorithm.fits(key)) {
            throw new IllegalArgumentException("the key is of another kind than " + algorithm.id());
        }
        return key;
    }

    private static byte[] block(String pem, String kind) {
        Matcher block = Pattern.compile("-----BEGIN %1$s-----([A-Za-z0-9+/=\\s]+)-----END %1$s-----".formatted(kind))
                .matcher(pem);
        if (!block.find()) {
            throw new IllegalArgumentException("there is no block BEGIN " + kind);
        }
        return Base64.getMimeDecoder().decode(block.group(1));
    }
}
