package org.shuniu.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.WorkingCalendar;

/** A batch has its times, on working days or every day; what was missed is made good at the next look. */
class BatchTimesTest {

    private static final WorkingCalendar CALENDAR =
            Catalogue.load(Path.of("mappings")).calendar();
    private static final BatchTimes NIGHTLY = new BatchTimes(List.of(LocalTime.of(23, 0)), false);
    private static final BatchTimes THRICE =
            new BatchTimes(List.of(LocalTime.of(18, 0), LocalTime.of(10, 0), LocalTime.of(14, 0)), true);

    @Test
    void sendsWhatWasAddedBeforeTheLatestTime() {
        assertThat(NIGHTLY.latest(at("2026-11-25T22:59"), CALENDAR)).contains(at("2026-11-24T23:00"));
        assertThat(NIGHTLY.latest(at("2026-11-25T23:00"), CALENDAR)).contains(at("2026-11-25T23:00"));
        assertThat(THRICE.latest(at("2026-11-25T15:30"), CALENDAR)).contains(at("2026-11-25T14:00"));
    }

    @Test
    void restsOnWeekendsWhereOnlyWorkingDaysHaveBatches() {
        assertThat(THRICE.latest(at("2026-11-22T15:30"), CALENDAR)).contains(at("2026-11-20T18:00"));
        assertThat(THRICE.next(at("2026-11-20T18:00"), CALENDAR)).isEqualTo(at("2026-11-23T10:00"));
    }

    @Test
    void knowsWhenTheNextBatchIs() {
        assertThat(THRICE.next(at("2026-11-25T10:00"), CALENDAR)).isEqualTo(at("2026-11-25T14:00"));
        assertThat(NIGHTLY.next(at("2026-11-25T23:30"), CALENDAR)).isEqualTo(at("2026-11-26T23:00"));
    }

    @Test
    void mayBeAnyTime() {
        LocalDateTime now = at("2026-11-25T12:00");

        assertThat(BatchTimes.always().latest(now, CALENDAR)).contains(now);
        assertThat(BatchTimes.always().next(now, CALENDAR)).isEqualTo(now);
    }

    private static LocalDateTime at(String text) {
        return LocalDateTime.parse(text);
    }
}
