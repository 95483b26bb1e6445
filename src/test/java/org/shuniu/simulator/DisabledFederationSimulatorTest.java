package org.shuniu.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.simulator.SimulatorProperties.FrontEndDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;

class DisabledFederationSimulatorTest {
    private static final String PARTNER = "disabled-federation";
    private static EmbeddedPostgres postgres;

    @TempDir
    Path directory;

    private RunningSimulators simulators;
    private JdbcClient database;

    @BeforeAll
    static void startDatabase() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void start() throws IOException {
        simulators = new RunningSimulators(
                directory, new FrontEndDatabase(postgres.getJdbcUrl("postgres", "postgres"), "postgres", ""));
        database = JdbcClient.create(postgres.getPostgresDatabase());
    }

    @AfterEach
    void stop() {
        simulators.close();
        // Nobody works these rows any more, and the next one that begins finds none.
        for (String table : List.of("accept", "material", "process", "result", "supplement", "withdraw")) {
            database.sql("truncate up_pro_" + table).update();
        }
    }

    @Test
    void worksAnApplicationAndMarksItsRow() throws IOException {
        apply("M1", "残疾评定预约");

        Map<String, Object> result = onlyResult();
        assertThat(result).containsEntry("project_no", "SN1").containsEntry("result_type", "0");
        assertThat(result.get("result_cetr_no")).asString().startsWith("CL-C-");
        assertThat(rows("up_pro_process")).hasSize(1);
        assertThat(rows("up_pro_accept").get(0)).containsEntry("is_sync", 1);
        assertThat(effects()).containsExactly("application");
    }

    @Test
    void sendsBackWhatIsToBeRefused() {
        apply("M1", "REFUSE");

        assertThat(onlyResult()).containsEntry("result_type", "1");
    }

    @Test
    void worksACorrectionBesideWhatItHasSentBack() throws IOException {
        apply("M1", "REFUSE");
        onlyResult();

        apply("M1~12ab9f", "残疾评定预约");

        await().until(() -> rows("up_pro_result").size() == 2);
        assertThat(rows("up_pro_result"))
                .extracting(row -> row.get("result_type"))
                .containsExactlyInAnyOrder("1", "0");
        assertThat(effects()).containsExactly("application", "application");
    }

    @Test
    void takesSupplementsSilentlyAndVoidsWithdrawnCases() throws IOException {
        paper("insert into up_pro_supplement (supplement_time, row_guid, ", "M2");
        paper("insert into up_pro_withdraw (withdraw_time, row_guid, ", "M3");

        assertThat(onlyResult()).containsEntry("result_type", "2");
        assertThat(effects()).containsExactly("supplement", "withdrawal");
    }

    @Test
    void writesNoSecondEffectForARowThatACrashLeftUnmarked() throws IOException {
        apply("M1", "残疾评定预约");
        onlyResult();
        simulators.restart();
        database.sql("update up_pro_accept set is_sync = 0").update();

        await().until(() -> rows("up_pro_accept").get(0).get("is_sync").equals(1));

        assertThat(onlyResult()).containsEntry("result_type", "0");
        assertThat(effects()).hasSize(1);
    }

    @Test
    void leavesRowsAloneWhileItIsDown() throws IOException {
        simulators.fault(PARTNER, "{\"fault\":\"down\",\"count\":2}");
        apply("M1", "残疾评定预约");

        await().until(() -> simulators.get("/faults/" + PARTNER).body().contains("\"remaining\":0"));
        assertThat(onlyResult()).containsEntry("result_type", "0");
    }

    @Test
    void remembersTheEffectWhenItStopsBeforeTheAnswer() throws IOException {
        simulators.fault(PARTNER, "{\"fault\":\"timeout-after-work\",\"seconds\":3600}");
        apply("M1", "残疾评定预约");
        await().until(() -> effects().size() == 1);
        assertThat(rows("up_pro_result")).isEmpty();

        simulators.fault(PARTNER, "{\"fault\":\"none\"}");

        assertThat(onlyResult()).containsEntry("result_type", "0");
        assertThat(effects()).hasSize(1);
    }

    @Test
    void writesTheResultTwiceUnderTwoKeys() throws IOException {
        simulators.fault(PARTNER, "{\"fault\":\"duplicate-result\"}");
        apply("M1", "残疾评定预约");

        await().until(() -> rows("up_pro_result").size() == 2);
        List<Map<String, Object>> results = rows("up_pro_result");
        assertThat(results.get(0).get("row_guid")).isNotEqualTo(results.get(1).get("row_guid"));
        assertThat(results.get(0).get("result_date")).isEqualTo(results.get(1).get("result_date"));
    }

    @Test
    void writesTheProcessFirstAndTheResultLater() throws IOException {
        simulators.fault(PARTNER, "{\"fault\":\"late-result\",\"seconds\":3600}");
        apply("M1", "残疾评定预约");
        await().until(() -> rows("up_pro_process").size() == 1);
        assertThat(rows("up_pro_result")).isEmpty();

        simulators.fault(PARTNER, "{\"fault\":\"none\"}");

        assertThat(onlyResult()).containsEntry("result_type", "0");
        assertThat(rows("up_pro_process")).hasSize(1);
    }

    @Test
    void writesAResultThatNobodyCanRead() throws IOException {
        simulators.fault(PARTNER, "{\"fault\":\"garbage\"}");
        apply("M1", "残疾评定预约");

        assertThat(onlyResult()).containsEntry("result_type", FederationAnswers.UNREADABLE);
        assertThat(effects()).isEmpty();
    }

    private void apply(String rowGuid, String summary) {
        database.sql("""
                        insert into up_pro_accept (row_guid, project_no, catalog_code, task_code, task_name, task_version,
                            applyer_name, applyer_type, applyer_page_type, applyer_page_code, apply_date, apply_type,
                            org_name, org_code, accept_date, project_name, project_type, cd_operation, cd_time, cd_batch,
                            data_source)
                        values (?, 'SN1', '312000660000', '531200066000001', '残疾评定', 1, '测试甲', '1', '111',
                            '11010519491231002X', localtimestamp, '2', '残联', 'CL', localtimestamp, ?, '1', 'I',
                            localtimestamp, 'B1', 'p31')
                        """).params(rowGuid, summary).update();
    }

    private void paper(String start, String rowGuid) {
        database.sql(start + "project_no, cd_operation, cd_time, cd_batch, data_source)"
                        + " values (localtimestamp, ?, 'SN1', 'I', localtimestamp, 'B1', 'p31')")
                .param(rowGuid)
                .update();
    }

    private Map<String, Object> onlyResult() {
        await().until(() -> rows("up_pro_result").size() == 1);
        return rows("up_pro_result").get(0);
    }

    private List<Map<String, Object>> rows(String table) {
        return database.sql("select * from " + table).query().listOfRows();
    }

    private List<String> effects() throws IOException {
        return simulators.ledger(PARTNER).stream()
                .map(line -> line.path("effect").asString())
                .toList();
    }
}
