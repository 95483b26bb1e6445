package org.shuniu.timestamp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The authority that stamps the exchange's chains; each property is commented in {@code application.yaml}.
 *
 * @param url where it answers, or nothing where none is asked
 * @param authorities PEM of those that its certificate comes from, and that those of older stamps came from
 * @param policy under which it must stamp, or nothing where any is right
 * @param every how long a line waits for its stamp, at most
 * @param deadline of one call
 */
@ConfigurationProperties("shuniu.exchange.time-stamp")
public record TimeStampProperties(
        @DefaultValue("") String url,
        @Nullable Path authorities,
        @DefaultValue("") String policy,
        @DefaultValue("1h") Duration every,
        @DefaultValue("10s") Duration deadline) {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    public TimeStampProperties {
        require(url.isEmpty() || isAddress(url), "url", "an address, http://host/… or https://host/…");
        require(url.isEmpty() || authorities != null, "authorities", "a file of PEM beside url");
        require(authorities == null || Files.isRegularFile(authorities), "authorities", "a file of PEM");
        require(
                policy.isEmpty() || policy.matches("[0-2](\\.(0|[1-9]\\d*)){1,30}"),
                "policy",
                "an object identifier, such as 1.2.156.1");
        require(!every.isNegative() && !every.isZero(), "every", "a time above zero");
        require(
                !deadline.isNegative() && !deadline.isZero() && deadline.compareTo(LONGEST) <= 0,
                "deadline",
                "a time above zero, at most 1m");
    }

    private static boolean isAddress(String text) {
        try {
            URI address = URI.create(text);
            return address.getHost() != null
                    && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static void require(boolean sound, String name, String expected) {
        if (!sound) {
            throw new IllegalArgumentException("shuniu.exchange.time-stamp.%s: expected %s".formatted(name, expected));
        }
    }

    public boolean enabled() {
        return !url.isEmpty();
    }

    /**
     * By which stamps are checked, also when none are asked for any more.
     *
     * @throws IllegalArgumentException when its file holds no certificate
     */
    public Optional<TimeStampAuthority> authority() {
        return Optional.ofNullable(authorities).map(file -> TimeStampAuthority.of(pem(file), policy));
    }

    /** What its authorities' file holds, or nothing. */
    public String pem() {
        return authorities == null ? "" : pem(authorities);
    }

    private static String pem(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "shuniu.exchange.time-stamp.authorities: %s cannot be read".formatted(file), unreadable);
        }
    }
}
