package org.shuniu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractProtocol;

/** An office that counts bytes, and the rows of each file. */
class FixedWidthFilesSuiteTest {

    private static final String FIRST = "application/item-312098001000";

    @TempDir
    private Path directory;

    private AgreedOffice office;

    @BeforeEach
    void open() throws IOException {
        office = AgreedOffice.of(directory, ContractProtocol.FIXED_WIDTH, Results.POLL);
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void passesWhereItDoesAllThatWasAgreed() throws IOException, InterruptedException {
        Map<String, Tried> tried = office.tried();

        assertThat(tried.values())
                .hasSizeGreaterThan(60)
                .filteredOn(one -> one.end() == End.FAILED)
                .isEmpty();
        assertThat(tried.get("application/among-others").end()).isEqualTo(End.PASSED);
        assertThat(tried.get("application/unreadable").end()).isEqualTo(End.PASSED);
        assertThat(tried.get("application/too-long-personName").came())
                .contains("a column of fixed width holds no more than it may");
    }

    @Test
    void isFoundWhereItCountsItsRowsWrong() throws IOException, InterruptedException {
        office.within(Duration.ofSeconds(4)).lastingFault("wrong-count");

        Tried tried = office.tried(FIRST).get(FIRST);

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.whose()).isEqualTo(Whose.OFFICE);
        assertThat(tried.came()).contains("not read: file JG", "its last line counts 2 rows, and 1 are there");
    }

    @Test
    void isFoundWhereItsFilesStayHalfWritten() throws IOException, InterruptedException {
        office.within(Duration.ofSeconds(4)).lastingFault("half-written");

        assertThat(office.tried(FIRST).get(FIRST).came()).contains("its last line is missing");
    }
}
