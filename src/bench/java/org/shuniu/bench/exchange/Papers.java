package org.shuniu.bench.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.shuniu.signature.SignatureAlgorithm;
import org.shuniu.signature.SigningKey;
import org.shuniu.signature.VerifyingKey;

/** What hub and region show each other: certificates and signing keys, made by openssl as a region makes them. */
public final class Papers {

    static final String PASSWORD = "changeit";
    static final String REGION_KEY = "bench-region-1";
    static final String HUB_KEY = "bench-hub-1";

    private static final String P256 = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
    private static final Instant FOR_EVER = Instant.parse("9999-12-31T00:00:00Z");

    private final Path folder;
    private final SignatureAlgorithm algorithm;

    private Papers(Path folder, SignatureAlgorithm algorithm) {
        this.folder = folder;
        this.algorithm = algorithm;
    }

    /** @param algorithm of both sides' signing keys */
    public static Papers make(Path folder, SignatureAlgorithm algorithm) throws IOException {
        Files.createDirectories(folder);
        Papers papers = new Papers(folder, algorithm);
        papers.openssl("req -x509 " + P256 + " -days 30 -subj /CN=ca -keyout ca.key -out ca.pem");
        papers.certificate("hub", "serverAuth");
        papers.certificate("region", "clientAuth");
        papers.signingKey("hub");
        papers.signingKey("region");
        return papers;
    }

    private void certificate(String name, String usage) throws IOException {
        Files.writeString(path(name + ".ext"), "extendedKeyUsage=%s\nsubjectAltName=IP:127.0.0.1\n".formatted(usage));
        openssl("req %s -subj /CN=%s -keyout %2$s.key -out %2$s.csr".formatted(P256, name));
        openssl(
                "x509 -req -in %1$s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile %1$s.ext -out %1$s.pem"
                        .formatted(name));
        openssl("pkcs12 -export -in %1$s.pem -inkey %1$s.key -passout pass:%2$s -out %1$s.p12"
                .formatted(name, PASSWORD));
    }

    private void signingKey(String name) throws IOException {
        String kind = switch (algorithm) {
            case ED25519 -> "ed25519";
            case SM2_SM3 -> "EC -pkeyopt ec_paramgen_curve:SM2";
            case ECDSA_P256_SHA256 -> "EC -pkeyopt ec_paramgen_curve:P-256";
        };
        openssl("genpkey -algorithm %s -out %s.sign".formatted(kind, name));
        openssl("pkey -in %1$s.sign -pubout -out %1$s.pub".formatted(name));
    }

    private void openssl(String arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("openssl %s: %s".formatted(arguments, said));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while openssl ran", interrupted);
        }
    }

    Path path(String file) {
        return folder.resolve(file).toAbsolutePath();
    }

    String algorithm() {
        return algorithm.id();
    }

    SigningKey regionKey() throws IOException {
        return SigningKey.of(REGION_KEY, algorithm, Files.readString(path("region.sign")));
    }

    VerifyingKey hubKey() throws IOException {
        return VerifyingKey.of(HUB_KEY, algorithm, Files.readString(path("hub.pub")), Instant.EPOCH, FOR_EVER);
    }

    /** Whom both sides trust. */
    static KeyStore trusted(Path authority) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream file = Files.newInputStream(authority)) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        return trusted;
    }

    /** The TLS of the region when it calls. */
    SSLContext tls() throws IOException {
        try (InputStream file = Files.newInputStream(path("region.p12"))) {
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted(path("ca.pem")));
            KeyStore shown = KeyStore.getInstance("PKCS12");
            shown.load(file, PASSWORD.toCharArray());
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(shown, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("The certificates in %s cannot be used".formatted(folder), unusable);
        }
    }
}
