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

    /** Why the files can't be used; it holds nothing of what stands in them. */
    static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unfit(String why) {
            super(why, null, false, false);
        }
    }

    /** What stood in the files at one time. */
    record Content(String certificate, String key, String authorities) {

        /** @throws Unfit when the parts do not fit, as while one file is new and another is not yet */
        SslStoreBundle stores() {
            PemSslStore own = own();
            if (!fit(own.certificates().get(0).getPublicKey(), own.privateKey())) {
                throw new Unfit("the key is not the certificate's");
            }
            try {
                SslStoreBundle stores = new PemSslStoreBundle(
                        own, PemSslStore.load(PemSslStoreDetails.forCertificates(pem(authorities))));
                // Read now, and not when somebody calls.
                stores.getKeyStore();
                stores.getTrustStore();
                return stores;
            } catch (IllegalStateException | IllegalArgumentException unreadable) {
                throw new Unfit("there is no authority in PEM");
            }
        }

        /** A key is in it. */
        @Override
        public String toString() {
            return "PEM";
        }

        X509Certificate shown() {
            return own().certificates().get(0);
        }

        private PemSslStore own() {
            try {
                PemSslStore own = PemSslStore.load(
                        PemSslStoreDetails.forCertificates(pem(certificate)).withPrivateKey(pem(key)));
                if (own.privateKey() != null && own.certificates() != null) {
                    return own;
                }
            } catch (IllegalStateException | IllegalArgumentException unreadable) {
                throw new Unfit("there is no certificate with a key in PEM");
            }
            throw new Unfit("there is no certificate with a key");
        }

        /** A text that is no PEM would be taken for the name of a file, and be told to people. */
        private static String pem(String text) {
            if (!text.contains("-----BEGIN ") || !text.contains("-----END ")) {
                throw new Unfit("there is no PEM");
            }
            return text;
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
