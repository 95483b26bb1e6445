package org.shuniu.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** Three files of PEM that belong together: a chain of certificates, the first one's key, and the authorities to trust. */
record TlsFiles(Path certificate, Path key, Path authorities) {

    /** What stood in the files at one time. */
    record Content(String certificate, String key, String authorities) {

        /** @throws IllegalArgumentException when the parts do not fit, as while one file is new and another is not yet */
        SslStoreBundle stores() {
            PemSslStore own = own();
            if (own.certificates() == null || own.privateKey() == null) {
                throw new IllegalArgumentException("there is no certificate, or no key");
            }
            if (!fit(own.certificates().get(0).getPublicKey(), own.privateKey())) {
                throw new IllegalArgumentException("the key is not the certificate's");
            }
            return new PemSslStoreBundle(own, PemSslStore.load(PemSslStoreDetails.forCertificates(authorities)));
        }

        X509Certificate shown() {
            return own().certificates().get(0);
        }

        private PemSslStore own() {
            return PemSslStore.load(
                    PemSslStoreDetails.forCertificates(certificate).withPrivateKey(key));
        }

        private static boolean fit(PublicKey certified, PrivateKey key) {
            Optional<String> algorithm = algorithm(key);
            if (algorithm.isEmpty()) {
                return certified.getAlgorithm().equals(key.getAlgorithm());
            }
            try {
                byte[] text = "whoever has the key".getBytes(StandardCharsets.US_ASCII);
                Signature signature = Signature.getInstance(algorithm.get());
                signature.initSign(key);
                signature.update(text);
                byte[] signed = signature.sign();
                signature.initVerify(certified);
                signature.update(text);
                return signature.verify(signed);
            } catch (GeneralSecurityException ofAnotherKind) {
                return false;
            }
        }

        private static Optional<String> algorithm(PrivateKey key) {
            return switch (key.getAlgorithm()) {
                case "EC" -> Optional.of("SHA256withECDSA");
                case "RSA" -> Optional.of("SHA256withRSA");
                case "EdDSA" -> Optional.of("EdDSA");
                default -> Optional.empty();
            };
        }
    }

    Content read() throws IOException {
        return new Content(Files.readString(certificate), Files.readString(key), Files.readString(authorities));
    }
}
