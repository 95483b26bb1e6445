package org.shuniu.incident;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.shuniu.exchange.ExchangeProperties;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;

/** What the exchange's files say of the ends of certificates and keys: the hub's own and those of regions, as they are now. */
final class KeysThatEnd implements Supplier<List<Expiries.Ending>> {

    private static final int SHORT = 12;

    private final ExchangeProperties exchange;
    private final Path routes;
    private final UnaryOperator<String> placeholders;

    KeysThatEnd(ExchangeProperties exchange, Path routes, UnaryOperator<String> placeholders) {
        this.exchange = exchange;
        this.routes = routes;
        this.placeholders = placeholders;
    }

    @Override
    public List<Expiries.Ending> get() {
        List<Expiries.Ending> endings = new ArrayList<>();
        if (exchange.enabled()) {
            Stream.of(exchange.certificate(), exchange.clientCertificate())
                    .filter(Objects::nonNull)
                    .distinct()
                    .forEach(file -> own(file, endings));
            PartnerDirectory.look(routes, placeholders, Map.of()).partners().values().stream()
                    .filter(Partner::connected)
                    .forEach(partner -> partner.exchange().ifPresent(profile -> of(partner.id(), profile, endings)));
        }
        return endings;
    }

    private static void of(String partner, ExchangeProfile profile, List<Expiries.Ending> endings) {
        profile.certificates().forEach((fingerprint, certificate) -> {
            if (certificate.removedAt().isEmpty()) {
                certificate
                        .ends()
                        .ifPresent(ends -> endings.add(
                                new Expiries.Ending(partner, "certificate " + fingerprint.substring(0, SHORT), ends)));
            }
        });
        profile.keys().forEach((keyid, key) -> {
            if (key.removedAt().isEmpty()) {
                endings.add(new Expiries.Ending(
                        partner, "key " + keyid, key.verifying().notAfter()));
            }
        });
    }

    /** Each of the chain: an authority's end is the end of what it has signed. */
    private static void own(Path file, List<Expiries.Ending> endings) {
        try (InputStream pem = Files.newInputStream(file)) {
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                if (one instanceof X509Certificate certificate) {
                    endings.add(new Expiries.Ending(
                            null,
                            "%s of %s".formatted(certificate.getSubjectX500Principal(), file.getFileName()),
                            certificate.getNotAfter().toInstant()));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (CertificateException unreadable) {
            throw new IllegalStateException("%s holds no certificates".formatted(file), unreadable);
        }
    }
}
