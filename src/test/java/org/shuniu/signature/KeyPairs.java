package org.shuniu.signature;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.AsymmetricCipherKeyPairGenerator;
import org.bouncycastle.crypto.KeyGenerationParameters;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/** Fresh key pairs in PEM, as openssl would make them. */
final class KeyPairs {

    record Pair(String keyid, SignatureAlgorithm algorithm, String privatePem, String publicPem) {

        SigningKey signing() {
            return SigningKey.of(keyid, algorithm, privatePem);
        }

        VerifyingKey verifying() {
            return VerifyingKey.of(keyid, algorithm, publicPem, Instant.EPOCH, Instant.MAX);
        }
    }

    private KeyPairs() {}

    static Pair of(String keyid, SignatureAlgorithm algorithm) {
        try {
            AsymmetricCipherKeyPair pair = generator(algorithm).generateKeyPair();
            return new Pair(
                    keyid,
                    algorithm,
                    pem(
                            "PRIVATE KEY",
                            PrivateKeyInfoFactory.createPrivateKeyInfo(pair.getPrivate())
                                    .getEncoded()),
                    pem(
                            "PUBLIC KEY",
                            SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic())
                                    .getEncoded()));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static AsymmetricCipherKeyPairGenerator generator(SignatureAlgorithm algorithm) {
        SecureRandom random = new SecureRandom();
        if (algorithm == SignatureAlgorithm.ED25519) {
            Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
            generator.init(new KeyGenerationParameters(random, 255));
            return generator;
        }
        ASN1ObjectIdentifier curve = algorithm == SignatureAlgorithm.SM2_SM3
                ? GMObjectIdentifiers.sm2p256v1
                : SECObjectIdentifiers.secp256r1;
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(
                new ECNamedDomainParameters(curve, ECNamedCurveTable.getByOID(curve)), random));
        return generator;
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
    }
}
