package org.shuniu.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractProtocol;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An office without any interface but a front-end database. */
class TableSuiteTest {

    private static final String FIRST = "application/item-312098001000";
    private static EmbeddedPostgres postgres;

    @TempDir
    private Path directory;

    private AgreedOffice office;

    @BeforeAll
    static void startDatabase() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
        JdbcClient server = JdbcClient.create(postgres.getPostgresDatabase());
        server.sql("create role forestry login").update();
        server.sql("create database forestry owner forestry").update();
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void open() throws IOException {
        office = AgreedOffice.of(
                directory,
                ContractProtocol.TABLE,
                Results.POLL,
                "jdbc:postgresql://localhost:%d/".formatted(postgres.getPort()));
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
        assertThat(tried.get("application/twice").end()).isEqualTo(End.PASSED);
        assertThat(tried.get("application/missing-person_name").came())
                .contains("the front-end database refuses the row (SQLSTATE 23502)");
        assertThat(tried.get("application/unknown-code-cert_type").came())
                .startsWith("invalid")
                .endsWith("state INVALID");
        assertThat(tried.get("application/unreadable").came()).contains("none can come to the office in half");
        assertThat(tried.get("application/by-a-stranger").came()).contains("its own rules");
    }

    @Test
    void isFoundWhereItMarksARowAndNeverAnswers() throws IOException, InterruptedException {
        office.within(Duration.ofSeconds(4)).fault("loses");

        Tried tried = office.tried(FIRST).get(FIRST);

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.whose()).isEqualTo(Whose.OFFICE);
        assertThat(tried.came()).startsWith("nothing was said of it within 4 s");
    }

    @Test
    void isFoundWhereItAnswersWhatNobodyCanRead() throws IOException, InterruptedException {
        office.within(Duration.ofSeconds(4)).fault("garbage");

        assertThat(office.tried(FIRST).get(FIRST).came()).contains("came that result.in cannot read");
    }

    @Test
    void isNotTriedWhileSomebodyElsesRowLiesThere() {
        JdbcClient tables = JdbcClient.create(postgres.getDatabase("postgres", AgreedOffice.OFFICE));
        await().ignoreExceptions().until(() -> tables.sql("""
                        insert into result (row_guid, document_guid, case_no, state, state_time, handler)
                        values ('R-real', 'M-real', '3120261124000000123', 'DONE', localtimestamp, '经办一')
                        """).update() == 1);

        try {
            assertThatThrownBy(() -> office.tried(FIRST))
                    .isInstanceOf(SomebodyElses.class)
                    .hasMessageStartingWith("table result holds somebody else's");
            assertThat(tables.sql("select is_sync from result where row_guid = 'R-real'")
                            .query(Integer.class)
                            .single())
                    .isZero();
        } finally {
            tables.sql("delete from result where row_guid = 'R-real'").update();
        }
    }
}
