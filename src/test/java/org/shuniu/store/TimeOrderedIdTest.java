package org.shuniu.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeOrderedIdTest {

    private static final long NOW = Instant.parse("2026-11-24T01:02:03.004Z").toEpochMilli() << 12;

    @Test
    void sortsInTheOrderInWhichIdsAreMade() {
        List<String> made = Stream.generate(TimeOrderedId::next)
                .limit(20_000)
                .map(UUID::toString)
                .toList();

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void isAVersion7OfNow() {
        Instant before = Instant.now();

        UUID id = TimeOrderedId.next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id)
                .isBetween(
                        TimeOrderedId.first(before),
                        TimeOrderedId.first(Instant.now().plusSeconds(60)));
    }

    @Test
    void countsOnWhereTheClockGoesBackAndForgetsAClockThatWasFarAhead() {
        long back = NOW - (Duration.ofMinutes(10).toMillis() << 12);
        long farAhead = NOW + (Duration.ofMinutes(16).toMillis() << 12);

        assertThat(TimeOrderedId.rising(NOW, back)).isEqualTo(NOW);
        assertThat(TimeOrderedId.rising(NOW, NOW)).isEqualTo(NOW + 1);
        assertThat(TimeOrderedId.rising(back, NOW)).isEqualTo(NOW + 1);
        assertThat(TimeOrderedId.rising(NOW, farAhead)).isEqualTo(NOW);
    }

    @Test
    void sortsAfterWhatAProcessWithAClockAheadHasMade() {
        UUID ofAnother = TimeOrderedId.first(Instant.now().plus(Duration.ofMinutes(10)));

        UUID id = TimeOrderedId.after(ofAnother);

        assertThat(id.toString()).isGreaterThan(ofAnother.toString());
        assertThat(TimeOrderedId.next().toString()).isLessThan(ofAnother.toString());
    }
}
