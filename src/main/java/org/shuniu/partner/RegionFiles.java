package org.shuniu.partner;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.shuniu.fault.BlockReader;
import org.shuniu.signature.VerifyingKey;

/** A folder with a region's own files: what lies there is registered for as long as it does, and nothing is before. */
final class RegionFiles {

    private static final String CERTIFICATE = ".crt";
    private static final String PUBLIC_KEY = ".pub";
    private static final Instant NO_END = Instant.parse("9999-12-31T00:00:00Z");

    private final BlockReader block;
    private final String folder;

    /** @param folder or empty, where the profile names none */
    RegionFiles(BlockReader block, String folder) {
        this.block = block;
        this.folder = folder;
    }

    boolean named() {
        return !folder.isEmpty();
    }

    /** Each certificate by its SHA-256. */
    Map<String, ExchangeProfile.Certificate> certificates() {
        Map<String, ExchangeProfile.Certificate> certificates = new TreeMap<>();
        for (Path file : files(CERTIFICATE)) {
            try (InputStream pem = Files.newInputStream(file)) {
                X509Certificate certificate = (X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(pem);
                certificates.put(
                        ExchangeProfile.fingerprint(certificate.getEncoded()),
                        new ExchangeProfile.Certificate(
                                Optional.of(certificate.getNotAfter().toInstant()), Optional.empty()));
            } catch (IOException | GeneralSecurityException unreadable) {
                fault(file, "no certificate", "a certificate in PEM" + ExchangeBlock.THEIRS);
            }
        }
        return certificates;
    }

    /** Each key under its file's name. */
    Map<String, ExchangeProfile.Key> keys() {
        Map<String, ExchangeProfile.Key> keys = new TreeMap<>();
        for (Path file : files(PUBLIC_KEY)) {
            String name = file.getFileName().toString();
            String keyid = name.substring(0, name.length() - PUBLIC_KEY.length());
            if (!ExchangeBlock.isKeyid(keyid)) {
                fault(file, "a name that is no keyid", "1 to 64 of A-Z, a-z, 0-9, dot, underscore and hyphen");
                continue;
            }
            try {
                VerifyingKey key = VerifyingKey.of(keyid, Files.readString(file), Instant.EPOCH, NO_END);
                keys.put(
                        keyid,
                        new ExchangeProfile.Key(key, EnumSet.allOf(ExchangeProfile.Purpose.class), Optional.empty()));
            } catch (IOException | IllegalArgumentException unusable) {
                fault(file, "no usable public key", "what openssl pkey -pubout writes" + ExchangeBlock.THEIRS);
            }
        }
        return keys;
    }

    private List<Path> files(String ending) {
        if (!named() || !Files.isDirectory(Path.of(folder))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void fault(Path file, String found, String expected) {
        block.fault("exchange.files: " + file.getFileName(), found, expected);
    }
}
