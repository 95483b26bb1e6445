package org.shuniu.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import org.shuniu.packaged.ClientTls;

/** Certificates and signing keys of the hub and of regions, made by openssl as a partner would make them. */
public final class RegionPki extends ShellFolder {

    private static final char[] PASSWORD = "changeit".toCharArray();

    public RegionPki(Path directory) {
        super(directory);
        authority("ca");
        authority("other-ca");
        certificate("hub", "ca", "serverAuth", 30);
    }

    @Override
    public Path path(String file) {
        return super.path(file);
    }

    @Override
    public String read(String file) {
        return super.read(file);
    }

    private void authority(String name) {
        openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=%1$s -keyout %1$s.key -out %1$s.pem"
                        .formatted(name));
    }

    /** @param days its validity, or a negative number for one that is over */
    public void certificate(String name, String authority, String usage, int days) {
        write(name + ".ext", "extendedKeyUsage=%s\nsubjectAltName=IP:127.0.0.1\n".formatted(usage));
        openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=%1$s -keyout %1$s.key -out %1$s.csr"
                .formatted(name));
        openssl(
                "x509 -req -in %1$s.csr -CA %2$s.pem -CAkey %2$s.key -CAcreateserial -days %3$d -extfile %1$s.ext -out %1$s.pem"
                        .formatted(name, authority, days));
        openssl("pkcs12 -export -in %1$s.pem -inkey %1$s.key -passout pass:changeit -out %1$s.p12".formatted(name));
    }

    public void signingKey(String name, String algorithm) {
        openssl(
                algorithm.equals("ed25519")
                        ? "genpkey -algorithm ed25519 -out %s.sign".formatted(name)
                        : "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:%s -out %s.sign"
                                .formatted(algorithm.equals("sm2-sm3") ? "SM2" : "P-256", name));
        openssl("pkey -in %1$s.sign -pubout -out %1$s.pub".formatted(name));
    }

    public String fingerprint(String name) {
        try (InputStream file = Files.newInputStream(path(name + ".p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(file, PASSWORD);
            byte[] der = store.getCertificate(store.aliases().nextElement()).getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The TLS of a caller that shows this certificate, or none. */
    public SSLContext tls(String name) {
        return tls(path("ca.pem"), name == null ? null : path(name + ".p12"));
    }

    /** As the other, but no newer than this: after its handshake TLS 1.2 brings nothing but answers. */
    public SSLContext tls(String name, String version) {
        return ClientTls.of(path("ca.pem"), path(name + ".p12"), version);
    }

    /** @param own certificate and key in PKCS #12, or null */
    static SSLContext tls(Path authority, Path own) {
        return ClientTls.of(authority, own);
    }
}
