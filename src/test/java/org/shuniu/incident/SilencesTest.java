package org.shuniu.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.document.CaseTimes;

class SilencesTest {

    private static final IncidentProperties.Silence BOUNDS =
            new IncidentProperties.Silence(Duration.ofMinutes(30), 3, 20);

    /** 30 cases in each hour from 9 to 17 of every day before today, and today until 10. */
    private static final Silences.Counts OFFICE_HOURS = (from, to) -> {
        LocalDateTime begin = LocalDateTime.ofInstant(from, CaseTimes.SHANGHAI);
        boolean busy = begin.getHour() >= 9 && begin.getHour() < 17;
        boolean silent = begin.isAfter(LocalDateTime.parse("2026-11-26T10:00"));
        return busy && !silent
                ? new Silences.Volume(Map.of("platform", 30L), Map.of("police", 28L, "archives", 2L))
                : Silences.Volume.NONE;
    };

    @Test
    void isAnIncidentAtAnHourThatIsUsuallyBusy() {
        assertThat(opening("2026-11-26T10:29")).isEmpty();
        assertThat(opening("2026-11-26T10:31"))
                .as("of all that hear nothing the sender is the one to ask")
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.key().partner()).isEqualTo("platform");
                    assertThat(condition.cases()).isEqualTo(30);
                    assertThat(condition.fault()).isEqualTo("sender");
                });
    }

    @Test
    void isNoneWhenItIsUsuallyQuiet() {
        assertThat(opening("2026-11-26T17:10")).as("in the evening").isEmpty();
        assertThat(opening("2026-11-26T09:10")).as("in the morning").isEmpty();
        assertThat(opening("2026-11-28T11:00")).as("on Saturday").isEmpty();
    }

    @Test
    void goesOnUntilSomethingComes() {
        assertThat(silences("2026-11-26T17:10").look(Instant.now()))
                .extracting(condition -> condition.key().partner())
                .contains("platform");
        assertThat(silences("2026-11-26T10:29").look(Instant.now())).isEmpty();
    }

    @Test
    void isNotOverWhenTheEveningComesOrTheHubStartsAnew() {
        assertThat(silences("2026-11-26T23:00").look(Instant.now()))
                .as("nobody was silent when it was busy")
                .isEmpty();

        assertThat(silences("2026-11-28T23:00", Set.of("platform")).look(Instant.now()))
                .noneMatch(Condition::opens)
                .extracting(condition -> condition.key().partner())
                .containsExactly("platform");
    }

    @Test
    void isOverWhenSomethingCameThoughNothingIsExpectedNow() {
        assertThat(silences("2026-11-26T09:45", Set.of("platform", "elsewhere")).look(Instant.now()))
                .extracting(condition -> condition.key().partner())
                .containsExactly("elsewhere");
    }

    @Test
    void takesTheMiddleOfTheDaysForUsual() {
        assertThat(Silences.middle(List.of(Map.of("a", 1L), Map.of("a", 50L), Map.of("a", 40L), Map.of())))
                .isEqualTo(Map.of("a", 1L));
        assertThat(Silences.middle(List.of(Map.of("a", 1L), Map.of("a", 900L), Map.of("a", 40L))))
                .isEqualTo(Map.of("a", 40L));
        assertThat(Silences.middle(List.of())).isEmpty();
    }

    private static List<Condition> opening(String time) {
        return silences(time).look(Instant.now()).stream()
                .filter(Condition::opens)
                .toList();
    }

    private static Silences silences(String time) {
        return silences(time, Set.of());
    }

    /** @param open whose silence is an incident already */
    private static Silences silences(String time, Set<String> open) {
        return new Silences(
                OFFICE_HOURS,
                () -> open,
                Catalogue.load(Path.of("mappings")).calendar(),
                Clock.fixed(at(time), ZoneOffset.UTC),
                BOUNDS);
    }

    private static Instant at(String time) {
        return LocalDateTime.parse(time).atZone(CaseTimes.SHANGHAI).toInstant();
    }
}
