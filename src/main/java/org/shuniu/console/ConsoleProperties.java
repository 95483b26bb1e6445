package org.shuniu.console;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of the console.
 *
 * @param failures failed logins in a row after which a name is locked
 * @param locked for how long
 * @param looks message bodies that one person may look at in an hour
 */
@ConfigurationProperties("shuniu.console")
record ConsoleProperties(
        @DefaultValue("5") int failures,
        @DefaultValue("15m") Duration locked,
        @DefaultValue("20") int looks) {

    ConsoleProperties {
        if (failures < 1 || looks < 0 || locked.isNegative()) {
            throw new IllegalArgumentException(
                    "shuniu.console: failures %d, locked %s, looks %d; expected 1 or more, no negative time, 0 or more"
                            .formatted(failures, locked, looks));
        }
    }
}
