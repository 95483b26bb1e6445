package org.shuniu.packaged;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The TLS of a caller that trusts one authority and may show a certificate of its own. */
public final class ClientTls {

    /** Of every PKCS #12 file of the tests. */
    public static final String PASSWORD = "changeit";

    private ClientTls() {}

    /** @param own certificate and key in PKCS #12, or null */
    public static SSLContext of(Path authority, Path own) {
        return of(authority, own, "TLS");
    }

    /** @param version no newer than this */
    public static SSLContext of(Path authority, Path own, String version) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            try (InputStream file = Files.newInputStream(authority)) {
                trusted.setCertificateEntry(
                        "ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(shown(own), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance(version);
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static KeyStore shown(Path own) throws IOException, GeneralSecurityException {
        KeyStore shown = KeyStore.getInstance("PKCS12");
        if (own == null) {
            shown.load(null, null);
        } else {
            try (InputStream file = Files.newInputStream(own)) {
                shown.load(file, PASSWORD.toCharArray());
            }
        }
        return shown;
    }
}
