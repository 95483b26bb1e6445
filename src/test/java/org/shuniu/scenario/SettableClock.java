package org.shuniu.scenario;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/** The hub's clock, which runs like any other and can be put to another time; it takes the place of the hub's own. */
final class SettableClock extends Clock implements ApplicationContextInitializer<GenericApplicationContext> {

    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");

    private volatile Duration ahead = Duration.ZERO;

    /** Puts it to a time on the city's clocks. */
    void set(LocalDateTime time) {
        ahead = Duration.between(Instant.now(), time.atZone(CITY).toInstant());
    }

    @Override
    public void initialize(GenericApplicationContext context) {
        context.registerBean("settableClock", Clock.class, () -> this, definition -> definition.setPrimary(true));
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(Clock.system(zone), ahead);
    }
}
