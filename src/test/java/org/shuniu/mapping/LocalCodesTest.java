package org.shuniu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.fault.Fault;

/** A code table is another from midnight on; a case keeps the one of its own day. */
class LocalCodesTest {

    private static final LocalDate BEFORE = LocalDate.of(2026, 6, 30);
    private static final LocalDate AFTER = LocalDate.of(2026, 7, 1);
    private static final String TABLE = """
            hub,local,use,name,valid_from,valid_to
            111,01,both,居民身份证,,2026-06-30
            111,A1,both,居民身份证,2026-07-01,
            414,03,both,普通护照,,
            """;

    @TempDir
    Path folder;

    @Test
    void givesTheCodeOfTheDay() throws IOException {
        LocalCodes table = read(TABLE, "");

        assertThat(table.local("111", BEFORE)).hasValue("01");
        assertThat(table.local("111", AFTER)).hasValue("A1");
        assertThat(table.local("414", AFTER)).hasValue("03");
    }

    @Test
    void readsACodeByTheDayOfTheCaseAndElseByTheDayOnWhichItWasSaid() throws IOException {
        LocalCodes table = read(TABLE, "");

        assertThat(table.hub("01", BEFORE, AFTER)).hasValue("111");
        assertThat(table.hub("A1", BEFORE, AFTER)).hasValue("111");
        assertThat(table.hub("A1", BEFORE, BEFORE)).isEmpty();
        assertThat(table.hub("01", AFTER, AFTER)).isEmpty();
    }

    @Test
    void isAnotherVersionOnlyWhereItsRowsDiffer() throws IOException {
        LocalCodes table = read(TABLE, "");

        assertThat(table.switches()).containsExactly(AFTER);
        assertThat(table.version(BEFORE))
                .isEqualTo(table.version(BEFORE.minusYears(1)))
                .isNotEqualTo(table.version(AFTER));
    }

    @Test
    void refusesACodeThatStandsTwiceOnOneDay() throws IOException {
        read(
                TABLE.replace("2026-07-01", "2026-06-30"),
                ":3: hub code '111' stands twice, expected once on any day (use: out or in tells which row counts)");
    }

    @Test
    void refusesWhatIsNoDate() throws IOException {
        read(
                TABLE.replace("2026-07-01", "July"),
                ":3: valid_from is 'July', no date, expected one like 2026-07-01, or nothing");
    }

    private LocalCodes read(String text, String fault) throws IOException {
        Path file = Files.writeString(folder.resolve("id-type.csv"), text);
        Faults faults = new Faults(folder);
        LocalCodes table = LocalCodesFile.read(file, "id-type", faults);
        if (fault.isEmpty()) {
            assertThat(faults.found()).isEmpty();
        } else {
            assertThat(faults.found())
                    .extracting(Fault::toString)
                    .contains(folder.resolve("codes/id-type.csv") + fault);
        }
        return table;
    }
}
