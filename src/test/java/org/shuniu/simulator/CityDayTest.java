package org.shuniu.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The demo's day: volumes as the catalogue has them, counters that open and close, troubles that all end. */
class CityDayTest {

    private static final Path CATALOGUE = Path.of("mappings/catalogue");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final int APPLICATIONS = 40_000;

    private final AtomicLong clock = new AtomicLong();
    private final CityDay day = new CityDay(TEN_MINUTES, clock::get);

    @Test
    void dividesTheApplicationsAmongDepartmentsAsTheTableSays() throws IOException {
        Map<String, Double> wanted = column("departments.csv", "code", "volume_share_percent", "volume_share_percent");
        Map<String, String> departments = new HashMap<>();
        rows("routing.csv", row -> departments.put(row.getField("item_code"), row.getField("department")));
        ApplicationMaker maker = maker();

        Map<String, Double> share = new TreeMap<>();
        for (int i = 0; i < APPLICATIONS; i++) {
            clock.addAndGet(TEN_MINUTES.toNanos() / 1000);
            String item = maker.next().path("itemCode").asString();
            share.merge(departments.get(item), 100.0 / APPLICATIONS, Double::sum);
        }

        assertThat(share.keySet()).isEqualTo(wanted.keySet());
        assertThat(share).hasSize(11);
        wanted.forEach((code, percent) -> assertThat(share.get(code)).as(code).isCloseTo(percent, within(0.8)));
    }

    @Test
    void comesToTheCountersOnlyWhileTheyAreOpenAndAsksForWhatPeopleAskFor() {
        ApplicationMaker maker = maker();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 4000; i++) {
            clock.addAndGet(TEN_MINUTES.toNanos() / 4000);
            ObjectNode application = maker.next();
            if (application.path("channel").asString().equals("1")) {
                assertThat(day.now()).isBetween(LocalTime.of(8, 30), LocalTime.of(16, 30));
                seen.add("counter");
            }
            application.path("services").propertyNames().forEach(seen::add);
            if (application.at("/form/remark").asString("").equals("PAPER")) {
                seen.add("paper");
            }
        }

        assertThat(seen).contains("counter", "sms", "courier", "paper");
    }

    @Test
    void bringsTheMeanLoadOverADayAndMostOfItInTheMorning() {
        double sum = 0;
        double peak = 0;
        LocalTime busiest = null;
        for (int i = 0; i < 2400; i++) {
            clock.set(i * (TEN_MINUTES.toNanos() / 2400));
            sum += day.load();
            if (day.load() > peak) {
                peak = day.load();
                busiest = day.now();
            }
        }

        assertThat(sum / 2400).isCloseTo(1, within(0.01));
        assertThat(peak).isBetween(2.5, 3.5);
        assertThat(busiest).isBetween(LocalTime.of(9, 0), LocalTime.of(11, 0));
    }

    @Test
    void endsEveryTroubleThatItMakes() {
        // Given partners of which nobody calls any, so that no trouble ends by being used up
        Map<String, PartnerFaults> faults = faults();
        Mischief mischief = new Mischief(faults, day, 60, new Random(1), clock::get);

        // When a day goes by
        Set<FaultKind> made = new HashSet<>();
        Map<String, Long> since = new HashMap<>();
        for (int second = 0; second < 1200; second++) {
            clock.set(Duration.ofSeconds(second).toNanos());
            mischief.look();
            int now = second;
            faults.forEach((partner, state) -> {
                if (state.shown() == FaultKind.NONE) {
                    since.remove(partner);
                } else {
                    made.add(state.shown());
                    since.putIfAbsent(partner, (long) now);
                    // Then nobody is in trouble for longer than its night
                    assertThat(now - since.get(partner))
                            .as("%s at %d", partner, now)
                            .isLessThanOrEqualTo(265);
                }
            });
        }

        assertThat(made).hasSizeGreaterThan(8).contains(FaultKind.CLOSED);
        Mischief over = new Mischief(faults, day, 0, new Random(1), clock::get);
        clock.addAndGet(TEN_MINUTES.toNanos());
        mischief.look();
        over.look();
    }

    @Test
    void leavesAPersonsFaultAlone() {
        Map<String, PartnerFaults> faults = faults();
        Fault mine = new Fault(FaultKind.GARBAGE, Duration.ZERO);
        faults.values().forEach(partner -> partner.set(mine, PartnerFaults.FOR_EVER));
        Mischief mischief = new Mischief(faults, day, 600, new Random(1), clock::get);

        for (int second = 0; second < 700; second++) {
            clock.set(Duration.ofSeconds(second).toNanos());
            mischief.look();
        }

        assertThat(faults.values())
                .allSatisfy(partner -> assertThat(partner.next()).isSameAs(mine));
    }

    private static Map<String, PartnerFaults> faults() {
        Map<String, PartnerFaults> faults = new TreeMap<>();
        Mischief.TROUBLES.forEach(trouble -> faults.putIfAbsent(trouble.partner(), new PartnerFaults()));
        return faults;
    }

    private ApplicationMaker maker() {
        Random random = new Random(20261126);
        return new ApplicationMaker(random, new CityApplications(CityVolumes.read(CATALOGUE, TODAY), day, random));
    }

    private static Map<String, Double> column(String file, String key, String value, String present)
            throws IOException {
        Map<String, Double> values = new TreeMap<>();
        rows(file, row -> {
            if (!row.getField(present).isEmpty()) {
                values.put(row.getField(key), Double.parseDouble(row.getField(value)));
            }
        });
        values.values().removeIf(share -> share == 0);
        return values;
    }

    private static void rows(String file, java.util.function.Consumer<NamedCsvRecord> each) throws IOException {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(CATALOGUE.resolve(file))) {
            for (NamedCsvRecord row : reader) {
                if (row.getField("valid_to").isEmpty()) {
                    each.accept(row);
                }
            }
        }
    }
}
