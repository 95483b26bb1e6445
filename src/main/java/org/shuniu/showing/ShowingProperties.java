package org.shuniu.showing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a citizen's showing of a certificate lasts.
 *
 * @param code how long a code is good, from its display to its exchange at the counter
 * @param token how long the token is good for which it was exchanged
 */
@ConfigurationProperties("shuniu.showing")
public record ShowingProperties(
        @DefaultValue("60s") Duration code,
        @DefaultValue("60s") Duration token) {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    public ShowingProperties {
        require("code", code);
        require("token", token);
    }

    private static void require(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "shuniu.showing.%s: found %s, expected a time above 0 and up to 10m".formatted(name, value));
        }
    }
}
