package org.shuniu.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.WorkingCalendar;
import org.shuniu.fault.BlockReader;
import org.shuniu.fault.Fault;
import org.shuniu.fault.YamlLines;
import tools.jackson.dataformat.yaml.YAMLMapper;

class OpeningHoursTest {

    private static final WorkingCalendar CALENDAR =
            Catalogue.load(Path.of("mappings")).calendar();
    private static final OpeningHours OFFICE = hours("""
            hours: {working-days: ["08:30-12:00", "13:00-17:00"], rest-days: ["08:30-11:30"], holidays: []}""");
    private static final OpeningHours NIGHTLY = hours("""
            hours:
              working-days: ["05:00-24:00"]
              rest-days: ["05:00-24:00"]
              closed: [{from: "07-01 00:00", to: "07-04 00:00"}]""");
    private static final OpeningHours BATCH = hours("""
            hours: {working-days: ["23:00-06:00"], rest-days: []}""");

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T08:29, false", // Tuesday
        "2026-11-24T08:30, true",
        "2026-11-24T12:00, false",
        "2026-11-24T13:00, true",
        "2026-11-28T11:29, true", // Saturday
        "2026-11-28T13:00, false",
        "2026-10-10T16:00, true", // a Saturday that is worked for National Day
        "2026-10-01T09:00, false", // a Thursday, National Day
    })
    void knowsWindowsOfWorkingDaysRestDaysAndHolidays(LocalDateTime at, boolean open) {
        assertThat(OFFICE.open(at, CALENDAR)).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T16:59, 2026-11-24T16:59", // open
        "2026-11-24T12:10, 2026-11-24T13:00",
        "2026-11-24T17:00, 2026-11-25T08:30",
        "2026-09-30T17:00, 2026-10-08T08:30", // over the seven holidays
    })
    void findsTheNextOpening(LocalDateTime from, LocalDateTime opening) {
        assertThat(OFFICE.nextOpening(from, CALENDAR)).contains(opening);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-24T02:00, true", "2026-07-02T12:00, false"})
    void keepsItsClosuresWhenItIsOpenAllDay(LocalDateTime at, boolean open) {
        assertThat(NIGHTLY.allDay().open(at, CALENDAR)).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T00:00, 2026-11-24T05:00",
        "2026-11-24T23:59, 2026-11-24T23:59",
        "2026-07-01T12:00, 2026-07-04T05:00", // the change of the year ends at night
        "2031-07-03T23:59, 2031-07-04T05:00",
    })
    void closesEveryNightAndForTheYearChange(LocalDateTime from, LocalDateTime opening) {
        assertThat(NIGHTLY.nextOpening(from, CALENDAR)).contains(opening);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T23:00, true", // Friday night
        "2026-11-28T05:59, true", // belongs to Friday
        "2026-11-28T06:00, false",
        "2026-11-28T23:30, false", // Saturday night
        "2026-11-30T05:00, false", // belongs to Sunday
    })
    void countsAWindowOverMidnightToTheDayOnWhichItBegins(LocalDateTime at, boolean open) {
        assertThat(BATCH.open(at, CALENDAR)).isEqualTo(open);
    }

    @Test
    void isAlwaysOpenWhereNothingElseIsSaid() {
        assertThat(hours("partner: x")).isEqualTo(OpeningHours.always());
        assertThat(hours("hours: always").open(LocalDateTime.of(2026, 10, 1, 3, 0), CALENDAR))
                .isTrue();
    }

    @Test
    void keepsAClosureThatPassesTheNewYearAndOneWithAYear() {
        OpeningHours closing = hours("""
                hours:
                  working-days: ["00:00-24:00"]
                  rest-days: ["00:00-24:00"]
                  closed: [{from: "12-31 18:00", to: "01-01 06:00"}, {from: "2026-03-01 00:00", to: "2026-03-02 00:00"}]""");

        assertThat(closing.nextOpening(LocalDateTime.of(2027, 1, 1, 0, 0), CALENDAR))
                .contains(LocalDateTime.of(2027, 1, 1, 6, 0));
        assertThat(closing.open(LocalDateTime.of(2026, 3, 1, 8, 0), CALENDAR)).isFalse();
        assertThat(closing.open(LocalDateTime.of(2027, 3, 1, 8, 0), CALENDAR)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T15:59, 2026-11-30T15:59", // Monday, the last working day of November
        "2026-11-30T16:00, 2026-12-01T06:00",
        "2026-10-30T17:00, 2026-10-31T06:00", // a Friday; the month ends on a Saturday
        "2026-10-31T17:00, 2026-10-31T17:00",
        "2026-09-30T16:30, 2026-10-01T06:00", // the day before National Day
        "2026-02-28T16:30, 2026-03-01T06:00", // a Saturday that is worked for the Spring Festival
        "2026-02-27T16:30, 2026-02-27T16:30",
    })
    void closesTheBooksOnTheLastWorkingDayOfAMonth(LocalDateTime from, LocalDateTime opening) {
        OpeningHours hours = hours("""
                hours:
                  working-days: ["06:00-22:00"]
                  rest-days: ["06:00-22:00"]
                  month-end: {from: "16:00", to: "24:00"}""");

        assertThat(hours.nextOpening(from, CALENDAR)).contains(opening);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-30T16:00, 2026-11-01T06:00", // frozen from Friday to the end of the month
        "2026-10-31T12:00, 2026-11-01T06:00",
        "2026-10-30T15:59, 2026-10-30T15:59",
        "2026-12-31T20:00, 2027-01-01T06:00",
    })
    void freezesToTheEndOfTheMonthWhereNoTimeIsSaid(LocalDateTime from, LocalDateTime opening) {
        OpeningHours hours = hours("""
                hours: {working-days: ["06:00-22:00"], rest-days: ["06:00-22:00"], month-end: {from: "16:00"}}""");

        assertThat(hours.nextOpening(from, CALENDAR)).contains(opening);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{from: x}", "{from: \"16:00\", to: \"15:00\"}", "{from: \"16:00\", till: x}", "yes"})
    void refusesAMonthEndThatIsNone(String text) {
        List<Fault> faults = new ArrayList<>();

        read("hours: {working-days: [\"06:00-22:00\"], rest-days: [], month-end: %s}".formatted(text), faults);

        assertThat(faults).singleElement().asString().contains("hours.month-end");
    }

    @Test
    void namesEveryFault() {
        List<Fault> faults = new ArrayList<>();
        read("""
                hours:
                  working-days: ["8-16"]
                  rest-days: never
                  monthly: []
                  closed: [{from: "07-01 00:00", to: "2026-07-04 00:00"}]""", faults);

        assertThat(faults)
                .hasSize(5)
                .anySatisfy(fault -> assertThat(fault.toString()).contains("hours.working-days[0]: found no window"))
                .anySatisfy(fault -> assertThat(fault.toString()).contains("hours.rest-days: found no list"))
                .anySatisfy(fault -> assertThat(fault.toString()).contains("hours.monthly: found an unknown key"))
                .anySatisfy(fault -> assertThat(fault.toString()).contains("hours.closed[0]: found no closure"))
                .anySatisfy(fault -> assertThat(fault.toString()).contains("hours: found no window at all"));
    }

    private static OpeningHours hours(String yaml) {
        List<Fault> faults = new ArrayList<>();
        OpeningHours hours = read(yaml, faults);
        assertThat(faults).isEmpty();
        return hours;
    }

    private static OpeningHours read(String yaml, List<Fault> faults) {
        return new HoursBlock(new BlockReader(
                        Path.of("partner.yaml"), YamlLines.of(yaml), new YAMLMapper().readTree(yaml), faults))
                .read();
    }
}
