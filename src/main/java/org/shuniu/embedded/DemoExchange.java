package org.shuniu.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * What the demo's exchange stands on: an authority whose key lies beside its certificate, so that whoever tries the exchange
 * can sign a certificate of his own, the certificate of the hub's port, and the key that signs receipts.
 */
public final class DemoExchange {

    private static final Duration VALIDITY = Duration.ofDays(3650);
    private static final Duration CLOCKS_APART = Duration.ofHours(1);
    /** The certificate of the authority. */
    public static final String AUTHORITY_FILE = "ca.pem";

    private static final String SIGNING_KEY = "hub-sign.key";
    private static final X500Name AUTHORITY = new X500Name("CN=Shuniu demo authority");
    private static final X500Name HUB = new X500Name("CN=localhost");

    private final Path directory;
    private final SecureRandom random = new SecureRandom();

    private DemoExchange(Path directory) {
        this.directory = directory;
    }

    /** Makes what is missing; what is there stays. */
    static void make(Path secrets) {
        new DemoExchange(secrets.resolve("exchange")).makeMissing(null);
    }

    /**
     * Makes the same for a further hub of the demo, whose certificate comes from the authority of the first.
     *
     * @param first the secrets of the first hub
     */
    public static void makeFurther(Path secrets, Path first) {
        make(first);
        new DemoExchange(secrets.resolve("exchange")).makeMissing(first.resolve("exchange"));
    }

    /**
     * Makes what a region signs with and shows, for whoever tries to be one: {@code sign.key}, and {@code tls.key} with
     * {@code tls.crt} by the demo's authority.
     */
    public static void makeRegion(Path secrets, Path folder, String id) {
        make(secrets);
        new DemoExchange(folder).makeClient(secrets.resolve("exchange"), new X500Name("CN=" + id));
    }

    private void makeClient(Path first, X500Name name) {
        try {
            Files.createDirectories(directory);
            KeyPair client = keys();
            X509v3CertificateBuilder certificate = certificate(name, client)
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
            write("tls.key", "PRIVATE KEY", client.getPrivate().getEncoded());
            write("tls.crt", "CERTIFICATE", signed(certificate, authority(first)));
            signingKey("sign.key");
        } catch (IOException | GeneralSecurityException | OperatorCreationException failure) {
            throw new IllegalStateException("A region's papers cannot be made in %s".formatted(directory), failure);
        }
    }

    /** @param first the directory that holds the authority, or null for an own one */
    private void makeMissing(Path first) {
        try {
            Files.createDirectories(directory);
            if (!Files.exists(directory.resolve("hub.pem")) || first != null && !isBy(first)) {
                certificates(first);
            }
            if (!Files.exists(directory.resolve(SIGNING_KEY))) {
                signingKey(SIGNING_KEY);
            }
        } catch (IOException | GeneralSecurityException | OperatorCreationException failure) {
            throw new IllegalStateException(
                    "The demo's certificates cannot be made in %s".formatted(directory), failure);
        }
    }

    private boolean isBy(Path first) throws IOException {
        Path known = directory.resolve(AUTHORITY_FILE);
        return Files.exists(known) && Files.mismatch(known, first.resolve(AUTHORITY_FILE)) < 0;
    }

    private void certificates(Path first) throws IOException, GeneralSecurityException, OperatorCreationException {
        PrivateKey authority = first == null ? authority() : authority(first);
        KeyPair hub = keys();
        write("hub.key", "PRIVATE KEY", hub.getPrivate().getEncoded());
        write("hub.pem", "CERTIFICATE", signed(served(certificate(HUB, hub)), authority));
    }

    private PrivateKey authority() throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPair authority = keys();
        X509v3CertificateBuilder own = certificate(AUTHORITY, authority)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        write("ca.key", "PRIVATE KEY", authority.getPrivate().getEncoded());
        write(AUTHORITY_FILE, "CERTIFICATE", signed(own, authority.getPrivate()));
        return authority.getPrivate();
    }

    private PrivateKey authority(Path first) throws IOException, GeneralSecurityException {
        Files.copy(
                first.resolve(AUTHORITY_FILE), directory.resolve(AUTHORITY_FILE), StandardCopyOption.REPLACE_EXISTING);
        String pem = Files.readString(first.resolve("ca.key")).replaceAll("-----[A-Z ]+-----", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
    }

    private static X509v3CertificateBuilder served(X509v3CertificateBuilder certificate) throws CertIOException {
        return certificate
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                }))
                .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                    new GeneralName(GeneralName.dNSName, "localhost"),
                    new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                }));
    }

    private X509v3CertificateBuilder certificate(X500Name subject, KeyPair keys) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                AUTHORITY,
                new BigInteger(120, random),
                Date.from(now.minus(CLOCKS_APART)),
                Date.from(now.plus(VALIDITY)),
                subject,
                keys.getPublic());
    }

    private static byte[] signed(X509v3CertificateBuilder certificate, PrivateKey by)
            throws IOException, OperatorCreationException {
        return certificate
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(by))
                .getEncoded();
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private void signingKey(String name) throws IOException {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(
                new ECNamedDomainParameters(GMObjectIdentifiers.sm2p256v1, GMNamedCurves.getByName("sm2p256v1")),
                random));
        write(
                name,
                "PRIVATE KEY",
                PrivateKeyInfoFactory.createPrivateKeyInfo(
                                generator.generateKeyPair().getPrivate())
                        .getEncoded());
    }

    private void write(String name, String kind, byte[] der) {
        Path file = directory.resolve(name);
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        try {
            DemoSecrets.keep(file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, lines));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
