package org.shuniu.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.partner.ProfileFile;
import org.shuniu.signature.VerifyingKey;

/** What a region has handed over, as files: its certificates and public keys. What is wrong with them is its own to mend. */
final class RegionPapers {

    /** A certificate that may be registered. */
    record Known(String sha256, Instant ends) {}

    private static final String PUBLIC_KEY = ".pub";
    private static final String FOR_CLIENTS = "1.3.6.1.5.5.7.3.2";
    private static final Instant NO_END = Instant.parse("9999-12-31T00:00:00Z");

    private final List<String> faults;

    /** @param faults takes what is wrong */
    RegionPapers(List<String> faults) {
        this.faults = faults;
    }

    /** The certificates among what a region has sent. */
    List<Known> certificates(Papers papers, Optional<Path> authorities, Instant now) {
        return papers.certificates().stream()
                .flatMap(file -> certificate(file, authorities, now).stream())
                .toList();
    }

    /** The keys among what a region has sent. */
    List<ProfileFile.NewKey> keys(Papers papers, LocalDate today) {
        return papers.keys().stream()
                .flatMap(file -> key(file, papers.purposes(), papers.from(today), papers.until(today)).stream())
                .toList();
    }

    /**
     * A client certificate, when the hub's port would let it in.
     *
     * @param authorities whom the port trusts, where that is known
     */
    private Optional<Known> certificate(Path file, Optional<Path> authorities, Instant now) {
        try {
            List<X509Certificate> chain = read(file);
            X509Certificate certificate = chain.get(0);
            Instant ends = certificate.getNotAfter().toInstant();
            if (!now.isBefore(ends)) {
                fault(file, "a certificate that ended on " + ProfileFile.moment(ends), "one in its time");
            }
            List<String> uses = certificate.getExtendedKeyUsage();
            if (uses != null && !uses.contains(FOR_CLIENTS)) {
                fault(file, "a certificate that is not made for clients", "extendedKeyUsage clientAuth");
            }
            if (authorities.isPresent() && now.isBefore(ends)) {
                requireAuthority(file, chain, authorities.get());
            }
            return Optional.of(new Known(ExchangeProfile.fingerprint(certificate.getEncoded()), ends));
        } catch (IOException | GeneralSecurityException unreadable) {
            fault(file, "no certificate", "a file with one in PEM");
            return Optional.empty();
        }
    }

    /** The certificates of a file, in its order. */
    static List<X509Certificate> read(Path file) throws IOException, GeneralSecurityException {
        try (InputStream pem = Files.newInputStream(file)) {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                throw new GeneralSecurityException("no certificate");
            }
            return certificates;
        }
    }

    private void requireAuthority(Path file, List<X509Certificate> chain, Path authorities)
            throws IOException, GeneralSecurityException {
        Set<TrustAnchor> trusted = new HashSet<>();
        read(authorities).forEach(authority -> trusted.add(new TrustAnchor(authority, null)));
        PKIXParameters rules = new PKIXParameters(trusted);
        rules.setRevocationEnabled(false);
        List<X509Certificate> path = chain.stream()
                .filter(one -> !one.getSubjectX500Principal().equals(one.getIssuerX500Principal()))
                .toList();
        try {
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), rules);
        } catch (CertPathValidatorException untrusted) {
            fault(
                    file,
                    "a certificate of " + chain.get(0).getIssuerX500Principal(),
                    "one that an authority in %s has signed".formatted(authorities));
        }
    }

    /** A public key under its file's name, for some time. */
    private Optional<ProfileFile.NewKey> key(
            Path file, Set<ExchangeProfile.Purpose> purposes, LocalDate from, LocalDate until) {
        String name = file.getFileName().toString();
        if (!name.matches("[A-Za-z0-9._-]{1,64}\\.pub")) {
            fault(file, "a name that is no keyid", "<keyid>.pub, of A-Z, a-z, 0-9, dot, underscore and hyphen");
            return Optional.empty();
        }
        String keyid = name.substring(0, name.length() - PUBLIC_KEY.length());
        try {
            VerifyingKey key = VerifyingKey.of(keyid, Files.readString(file), Instant.EPOCH, NO_END);
            return Optional.of(new ProfileFile.NewKey(keyid, key.algorithm(), purposes, from, until, key.pem()));
        } catch (IOException unreadable) {
            fault(file, "no file that can be read", "a public key in PEM");
        } catch (IllegalArgumentException unusable) {
            fault(file, unusable.getMessage(), "what openssl pkey -pubout writes");
        }
        return Optional.empty();
    }

    private void fault(Path file, String found, String expected) {
        faults.add("%s: found %s, expected %s; the region must send another".formatted(file, found, expected));
    }
}
