package org.shuniu.command;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.shuniu.partner.ExchangeProfile;
import picocli.CommandLine.Option;

/** The certificates and keys that a region has handed over, and for what and how long its keys count. */
final class Papers {

    private static final int YEARS = 2;

    @Option(names = "--certificate", paramLabel = "FILE", description = "a client certificate in PEM; repeat for more")
    private List<Path> certificates = List.of();

    @Option(
            names = "--key",
            paramLabel = "KEYID.pub",
            description = "a public key in PEM, in a file that is called as the key is; repeat for more")
    private List<Path> keys = List.of();

    @Option(
            names = "--purpose",
            split = ",",
            paramLabel = "message|receipt",
            description = "what the keys sign: message, receipt or, by default, both")
    private Set<ExchangeProfile.Purpose> purposes = Set.of();

    @Option(
            names = "--from",
            paramLabel = "DAY",
            description = "the keys' first day, such as 2026-09-01; by default today")
    private @Nullable LocalDate from;

    @Option(
            names = "--until",
            paramLabel = "DAY",
            description = "the day on which the keys count no more; by default two years after the first")
    private @Nullable LocalDate until;

    /** Says that these were sent. */
    Papers with(Path certificate, Path key) {
        certificates = List.of(certificate);
        keys = List.of(key);
        return this;
    }

    List<Path> certificates() {
        return certificates;
    }

    List<Path> keys() {
        return keys;
    }

    Set<ExchangeProfile.Purpose> purposes() {
        return purposes.isEmpty() ? EnumSet.allOf(ExchangeProfile.Purpose.class) : purposes;
    }

    LocalDate from(LocalDate today) {
        return from == null ? today : from;
    }

    LocalDate until(LocalDate today) {
        return until == null ? from(today).plusYears(YEARS) : until;
    }

    boolean isEmpty() {
        return certificates.isEmpty() && keys.isEmpty();
    }

    /** The first option that is about how keys count. */
    Optional<String> term() {
        if (from != null) {
            return Optional.of("--from");
        }
        if (until != null) {
            return Optional.of("--until");
        }
        return purposes.isEmpty() ? Optional.empty() : Optional.of("--purpose");
    }
}
