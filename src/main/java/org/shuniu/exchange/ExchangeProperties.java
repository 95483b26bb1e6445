package org.shuniu.exchange;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.shuniu.signature.SignatureAlgorithm;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The entry of other regions' hubs; each property is commented in {@code application.yaml}.
 *
 * @param base the public address of the entry, which partners sign
 * @param party the hub's own name in envelopes
 * @param certificate PEM of the entry's certificate chain
 * @param certificateKey PEM of its private key
 * @param clientAuthorities PEM of the authorities that partners' certificates come from
 * @param signingKey PEM of the key that signs messages, receipts and evidence
 * @param next the key by which the hub signs from a moment on; regions see it before
 * @param clientCertificate PEM of the certificate chain that the hub shows to regions; left out, that of the entry
 * @param clientCertificateKey PEM of its private key
 * @param serverAuthorities PEM of the authorities that regions' entries have their certificates from; left out, the others
 * @param sandbox whether echo shows what the hub computed to a region whose signature is wrong
 */
@ConfigurationProperties("shuniu.exchange")
public record ExchangeProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("8443") int port,
        @DefaultValue("127.0.0.1") String address,
        @DefaultValue("") String base,
        @DefaultValue("") String party,
        Path certificate,
        Path certificateKey,
        Path clientAuthorities,
        @DefaultValue("") String keyid,
        @DefaultValue("sm2-sm3") String algorithm,
        Path signingKey,
        @Nullable Next next,
        @Nullable Path clientCertificate,
        @Nullable Path clientCertificateKey,
        @Nullable Path serverAuthorities,
        @DefaultValue("false") boolean sandbox) {

    /**
     * The key that comes next.
     *
     * @param from the moment, such as {@code 2027-01-01T00:00:00+08:00}
     */
    public record Next(
            @DefaultValue("") String keyid,
            @DefaultValue("sm2-sm3") String algorithm,
            Path signingKey,
            @DefaultValue("") String from) {

        Instant begins() {
            return OffsetDateTime.parse(from).toInstant();
        }

        private void check(String present) {
            if (!keyid.matches("[A-Za-z0-9._-]{1,64}") || keyid.equals(present)) {
                throw new IllegalArgumentException(
                        "shuniu.exchange.next.keyid: found %s, expected another keyid than %s"
                                .formatted(keyid, present));
            }
            if (SignatureAlgorithm.find(algorithm).isEmpty()) {
                throw new IllegalArgumentException(
                        "shuniu.exchange.next.algorithm: expected sm2-sm3, ed25519 or ecdsa-p256-sha256");
            }
            require("next.signing-key", signingKey);
            try {
                begins();
            } catch (DateTimeParseException malformed) {
                throw new IllegalArgumentException(
                        "shuniu.exchange.next.from: found %s, expected a moment such as 2027-01-01T00:00:00+08:00"
                                .formatted(from),
                        malformed);
            }
        }
    }

    public ExchangeProperties {
        serverAuthorities = serverAuthorities == null ? clientAuthorities : serverAuthorities;
        if ((clientCertificate == null) != (clientCertificateKey == null)) {
            throw new IllegalArgumentException(
                    "shuniu.exchange.client-certificate: expected client-certificate-key beside it, or neither");
        }
        if (clientCertificate == null) {
            clientCertificate = certificate;
            clientCertificateKey = certificateKey;
        }
        if (enabled) {
            if (!base.matches("https://[^/?#]+(/[^?#]*)?/partner/v1|https://[^/?#]+/partner/v1")) {
                throw new IllegalArgumentException(
                        "shuniu.exchange.base: expected the public address, https://host[:port]/partner/v1");
            }
            if (!party.matches("urn:chx:[a-z0-9-]+:[a-z0-9-]+")) {
                throw new IllegalArgumentException("shuniu.exchange.party: expected urn:chx:<region>:<system>");
            }
            if (SignatureAlgorithm.find(algorithm).isEmpty()) {
                throw new IllegalArgumentException(
                        "shuniu.exchange.algorithm: expected sm2-sm3, ed25519 or ecdsa-p256-sha256");
            }
            require("certificate", certificate);
            require("certificate-key", certificateKey);
            require("client-authorities", clientAuthorities);
            require("signing-key", signingKey);
            if (next != null) {
                next.check(keyid);
            }
        }
    }

    private static void require(String name, Path file) {
        if (file == null || !Files.isRegularFile(file)) {
            throw new IllegalArgumentException("shuniu.exchange.%s: expected a file of PEM".formatted(name));
        }
    }

    /** The region of the hub's own party. */
    String region() {
        return party.split(":")[2];
    }
}
