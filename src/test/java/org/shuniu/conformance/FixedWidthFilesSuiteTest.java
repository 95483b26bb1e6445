package org.shuniu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractProtocol;

/** An office that counts bytes, and the rows of each file. */
class FixedWidthFilesSuiteTest {

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
}
