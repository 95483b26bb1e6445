package org.shuniu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractProtocol;

/** An office that knows nothing but CSV files on its SFTP server. */
class CsvFilesSuiteTest {

    private static final String FIRST = "application/item-312098001000";

    @TempDir
    private Path directory;

    private AgreedOffice office;

    @BeforeEach
    void open() throws IOException {
        office = AgreedOffice.of(directory, ContractProtocol.SFTP_CSV, Results.POLL);
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void passesWhereItDoesAllThatWasAgreedAndLeavesWhatIsNotOfTheTrials() throws IOException, InterruptedException {
        Path tray = directory.resolve("office/sftp/forestry/out");
        Path others = Files.writeString(tray.resolve("JG1.csv"), "其他\r\n");
        Files.createFile(tray.resolve("JG1.csv.ok"));

        Map<String, Tried> tried = office.tried();

        assertThat(tried.values())
                .hasSizeGreaterThan(60)
                .filteredOn(one -> one.end() == End.FAILED)
                .isEmpty();
        for (String trial : List.of(
                "result/poll",
                "application/twice",
                "application/unreadable",
                "application/among-others",
                "application/by-a-stranger",
                "application/too-long-mobile")) {
            assertThat(tried.get(trial).end()).as(trial).isEqualTo(End.PASSED);
        }
        assertThat(tried.get("supplement/unreadable").came()).contains("a file is cut off whatever its lines are");
        try (Stream<Path> left = Files.list(tray)) {
            // Besides, what it may have said of the file that was cut off, in which nobody can read whose that was.
            assertThat(left).contains(others, tray.resolve("JG1.csv.ok")).hasSizeLessThanOrEqualTo(4);
        }
    }

    @Test
    void isFoundWhereItTakesARowAndLosesIt() throws IOException, InterruptedException {
        office.within(Duration.ofSeconds(4)).fault("loses");

        Tried tried = office.tried(FIRST).get(FIRST);

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.whose()).isEqualTo(Whose.OFFICE);
        assertThat(tried.came()).isEqualTo("nothing was said of it within 4 s");
    }
}
