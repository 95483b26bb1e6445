package org.shuniu.console;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of the console.
 *
 * @param failures failed logins in a row after which an address can try a name no more; four times as many from all addresses
 *     within the same time slow down the name itself, and as many under all names the address
 * @param locked for how long
 * @param pace between two tries of a name or an address that is slowed down, where that name never came in from that address
 * @param looks message bodies that one person may look at in an hour
 * @param searches by ID number that one person may make in an hour
 * @param sessionAge after which a session ends, however busy it is
 * @param sessions of people that may be at a time, and as many of whoever has not logged in yet; one more ends the oldest
 * @param sessionsEach of one person
 * @param formDeadline how long a form may take to arrive as a whole
 */
@ConfigurationProperties("shuniu.console")
record ConsoleProperties(
        @DefaultValue("5") int failures,
        @DefaultValue("15m") Duration locked,
        @DefaultValue("5s") Duration pace,
        @DefaultValue("20") int looks,
        @DefaultValue("60") int searches,
        @DefaultValue("12h") Duration sessionAge,
        @DefaultValue("1000") int sessions,
        @DefaultValue("10") int sessionsEach,
        @DefaultValue("10s") Duration formDeadline) {

    ConsoleProperties {
        if (failures < 1 || looks < 0 || searches < 0 || locked.isNegative() || pace.isNegative()) {
            throw new IllegalArgumentException(
                    "shuniu.console: failures %d, looks %d, searches %d, locked %s, pace %s; expected 1 or more, 0 or more, no negative time"
                            .formatted(failures, looks, searches, locked, pace));
        }
        if (sessions < 1 || sessionsEach < 1 || !isPositive(sessionAge) || !isPositive(formDeadline)) {
            throw new IllegalArgumentException(
                    "shuniu.console: sessions %d, sessions-each %d, session-age %s, form-deadline %s; expected 1 or more, longer than nothing"
                            .formatted(sessions, sessionsEach, sessionAge, formDeadline));
        }
    }

    private static boolean isPositive(Duration time) {
        return !time.isNegative() && !time.isZero();
    }
}
