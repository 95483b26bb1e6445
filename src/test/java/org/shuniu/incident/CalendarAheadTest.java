package org.shuniu.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.WorkingCalendar;

/** By the calendar of the project, whose last notice is that of 2026. */
class CalendarAheadTest {

    private final WorkingCalendar calendar = Catalogue.load(Path.of("mappings")).calendar();

    @Test
    void tellsInDecemberThatTheNextYearsHolidaysAreMissing() {
        assertThat(look("2026-11-30T15:59:59Z")).isEmpty();

        assertThat(look("2026-11-30T16:00:00Z")).singleElement().satisfies(condition -> {
            assertThat(condition.key()).isEqualTo(new Condition.Key(IncidentKind.CALENDAR, null));
            assertThat(condition.said()).contains("2027", "calendar.csv");
            assertThat(condition.next()).isEqualTo("2026-12-31T16:00:00Z");
            assertThat(condition.fault()).isEqualTo("hub");
        });
        assertThat(look("2027-03-01T04:00:00Z"))
                .singleElement()
                .satisfies(condition -> assertThat(condition.said()).contains("2027"));
        assertThat(look("2025-12-20T04:00:00Z")).isEmpty();
    }

    private List<Condition> look(String now) {
        Instant at = Instant.parse(now);
        return new CalendarAhead(calendar, Clock.fixed(at, ZoneOffset.UTC)).look(at);
    }
}
