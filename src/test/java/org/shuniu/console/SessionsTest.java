package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSessionEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;

class SessionsTest {

    private static final int ALL = 3;
    private static final int EACH = 2;
    private static final ConsoleProperties LIMITS = new ConsoleProperties(
            1, Duration.ZERO, Duration.ZERO, 0, 0, Duration.ofHours(12), ALL, EACH, Duration.ofSeconds(1));

    private Instant now = Instant.parse("2026-11-26T00:00:00Z");
    private final Sessions sessions = new Sessions(LIMITS, new Moved());

    @Test
    void endByTheirAgeHoweverBusyTheyAre() {
        MockHttpSession session = of("wang");

        now = now.plus(Duration.ofHours(12));
        assertThat(sessions.isTooOld(session)).isFalse();
        now = now.plusSeconds(1);
        assertThat(sessions.isTooOld(session)).isTrue();
    }

    @Test
    void countTheirAgeFromTheLogin() {
        MockHttpSession session = opened();
        now = now.plus(Duration.ofHours(11));
        sessions.login(session, "wang");

        now = now.plus(Duration.ofHours(11));

        assertThat(sessions.isTooOld(session)).isFalse();
    }

    @Test
    void endTheOldestOfOnePersonThatHasTooMany() {
        MockHttpSession other = of("li");
        MockHttpSession first = of("wang");
        MockHttpSession second = of("wang");

        MockHttpSession third = of("wang");

        assertThat(first.isInvalid()).isTrue();
        assertThat(other.isInvalid() || second.isInvalid() || third.isInvalid()).isFalse();
    }

    @Test
    void endTheOldestOfAllAndNoneForAStranger() {
        MockHttpSession first = of("a");
        MockHttpSession second = of("b");
        MockHttpSession third = of("c");
        MockHttpSession stranger = opened();
        for (int i = 0; i < ALL; i++) {
            opened();
        }

        assertThat(stranger.isInvalid()).isTrue();
        assertThat(first.isInvalid()).isFalse();
        of("d");
        assertThat(first.isInvalid()).isTrue();
        assertThat(second.isInvalid() || third.isInvalid()).isFalse();
    }

    @Test
    void takeNoPlaceWhenTheyAreOver() {
        MockHttpSession first = of("wang");
        MockHttpSession second = of("wang");
        sessions.sessionDestroyed(new HttpSessionEvent(second));

        of("wang");

        assertThat(first.isInvalid()).isFalse();
    }

    @Test
    void endWithAPersonsNewPasswordButTheOneThatMadeIt() {
        MockHttpSession other = of("li");
        MockHttpSession old = of("wang");
        MockHttpSession mine = of("wang");

        sessions.endOthers("wang", mine);

        assertThat(old.isInvalid()).isTrue();
        assertThat(mine.isInvalid() || other.isInvalid()).isFalse();
    }

    private MockHttpSession opened() {
        MockHttpSession session = new MockHttpSession();
        sessions.sessionCreated(new HttpSessionEvent(session));
        return session;
    }

    private MockHttpSession of(String who) {
        MockHttpSession session = opened();
        sessions.login(session, who);
        return session;
    }

    private final class Moved extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
