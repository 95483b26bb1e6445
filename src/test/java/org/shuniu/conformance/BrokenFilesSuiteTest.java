package org.shuniu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractProtocol;

/** Offices whose answers nobody may believe, or can't read. */
class BrokenFilesSuiteTest {

    private static final String FIRST = "application/item-312098001000";

    @TempDir
    private Path directory;

    private AgreedOffice office;

    @AfterEach
    void close() {
        office.close();
    }

    @ParameterizedTest
    @CsvSource({
        "SFTP_CSV,    no-marker,    its marker is missing",
        "FIXED_WIDTH, wrong-count,  'its last line counts 2 rows, and 1 are there'",
        "FIXED_WIDTH, half-written, its last line is missing"
    })
    void areFoundByFilesThatStayAsTheyMustNotBe(ContractProtocol protocol, String fault, String why)
            throws IOException, InterruptedException {
        open(protocol);
        office.lastingFault(fault);

        Tried tried = office.tried(FIRST).get(FIRST);

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.whose()).isEqualTo(Whose.OFFICE);
        assertThat(tried.came()).contains("not read: file JG", why);
    }

    @Test
    void areFoundByAnotherCharset() throws IOException, InterruptedException {
        open(ContractProtocol.SFTP_CSV);
        office.fault("wrong-charset");

        Tried tried = office.tried(FIRST).get(FIRST);

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.came()).contains("1 came that result.in cannot read");
    }

    private void open(ContractProtocol protocol) throws IOException {
        office = AgreedOffice.of(directory, protocol, Results.POLL).within(Duration.ofSeconds(5));
    }
}
