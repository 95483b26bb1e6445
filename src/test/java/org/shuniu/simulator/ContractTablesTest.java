package org.shuniu.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.contract.Contract;
import org.shuniu.contract.Contract.Name;
import org.shuniu.contract.ContractFile;
import org.shuniu.contract.ContractItem;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.contract.FrontEndTables;
import org.shuniu.scaffold.Scaffold;
import org.shuniu.simulator.SimulatorProperties.FrontEndDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An office with a front-end database that works by its contract. */
class ContractTablesTest {

    private static EmbeddedPostgres postgres;

    @TempDir
    Path directory;

    private final PartnerFaults faults = new PartnerFaults();
    private JdbcClient database;
    private Ledger ledger;
    private TableOffice<ContractRow> office;

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
    void open() {
        database = JdbcClient.create(postgres.getPostgresDatabase());
        ledger = new Ledger(directory, "forestry");
        open(contract(starter()));
    }

    private void open(Contract contract) {
        office = new TableOffice<>(
                "forestry",
                new FrontEndDatabase(postgres.getJdbcUrl("postgres", "postgres"), "postgres", ""),
                new ContractTables(new ContractDesk(contract, ledger, String::length)),
                faults);
        office.start();
    }

    @AfterEach
    void close() {
        office.close();
        ledger.close();
        database.sql("drop table application, papers, supplement, withdrawal, result")
                .update();
    }

    @Test
    void decidesAnApplicationOnceAndMarksItsRow() {
        apply("M1", "01", "古树");

        Map<String, Object> result = onlyResult();
        assertThat(result)
                .containsEntry("document_guid", "M1")
                .containsEntry("case_no", "SN1")
                .containsEntry("state", "DONE")
                .containsEntry("is_sync", 0);
        assertThat(result.get("certificate_no")).asString().startsWith("FO-C-");
        assertThat(rows("application").get(0)).containsEntry("is_sync", 1);
        database.sql("update application set is_sync = 0").update();
        await().until(() -> rows("application").get(0).get("is_sync").equals(1));
        assertThat(rows("result")).hasSize(1);
        assertThat(ledger.find("M1")).isPresent();
    }

    @Test
    void refusesWhatAsksForIt() {
        apply("M1", "01", "REFUSE");

        assertThat(onlyResult()).containsEntry("state", "REFUSED").containsEntry("certificate_no", null);
    }

    @Test
    void saysWhatIsNotAsAgreedAndWorksNothing() {
        apply("M1", "77", "古树");

        assertThat(onlyResult()).containsEntry("state", "INVALID").containsEntry("text", "证件类型无效");
        assertThat(ledger.find("M1")).isEmpty();
    }

    @Test
    void takesSupplementsAndWithdrawalsSilently() {
        database.sql("insert into supplement (row_guid, case_no, sent_time) values ('M2', 'SN1', localtimestamp(0))")
                .update();
        database.sql(
                        "insert into withdrawal (row_guid, case_no, sent_time, remark) values ('M3', 'SN1', localtimestamp(0), '放弃')")
                .update();

        await().until(() -> rows("withdrawal").get(0).get("is_sync").equals(1));
        assertThat(ledger.find("M2")).map(LedgerEntry::effect).contains(Effect.SUPPLEMENT);
        assertThat(ledger.find("M3")).map(LedgerEntry::effect).contains(Effect.WITHDRAWAL);
        assertThat(rows("result")).isEmpty();
    }

    @Test
    void saysFirstThatItIsInWorkAndDecidesLater() {
        faults.set(new Fault(FaultKind.LATE_RESULT, Duration.ofHours(1)), PartnerFaults.FOR_EVER);
        apply("M1", "01", "古树");
        assertThat(onlyResult()).containsEntry("state", "WORKING");
        assertThat(rows("application").get(0)).containsEntry("is_sync", 0);

        faults.lift();

        await().until(() -> rows("result").size() == 2);
        assertThat(rows("application").get(0)).containsEntry("is_sync", 1);
    }

    @Test
    void getsAColumnThatWasAgreedLater() {
        office.close();
        open(contract(starter()
                .replaceFirst(
                        "label: 备注}",
                        "label: 备注}\n    - {name: order, source: document.applicant.sex, most: 1, label: 性别}")));

        apply("M1", "01", "古树");

        assertThat(onlyResult()).containsEntry("state", "DONE");
        assertThat(rows("application").get(0)).containsEntry("order", null);
    }

    @Test
    void givesTheHubNoMoreThanItNeeds() {
        database.sql("create role hub_of_a_test").update();
        database.sql(new FrontEndTables(contract(starter())).grants("hub_of_a_test"))
                .update();

        assertThat(may("application", "insert")).isTrue();
        assertThat(may("result", "update")).isTrue();
        assertThat(may("result", "insert")).isFalse();
        assertThat(may("papers", "delete")).isFalse();
    }

    private boolean may(String table, String what) {
        return database.sql("select has_table_privilege('hub_of_a_test', ?, ?)")
                .params(table, what)
                .query(Boolean.class)
                .single();
    }

    private static String starter() {
        return Scaffold.starter(
                "forestry",
                new Name("绿化市容", "Landscaping"),
                "FO",
                "绿化市容局",
                ContractProtocol.TABLE,
                Optional.empty(),
                LocalDate.of(2026, 7, 1),
                List.of(new ContractItem("312098001000", new Name("古树", "Trees"), 10)));
    }

    private static Contract contract(String text) {
        List<org.shuniu.fault.Fault> faults = new ArrayList<>();
        Optional<Contract> contract = ContractFile.read(Path.of("mappings/forestry/contract.yaml"), text, faults);
        assertThat(faults).isEmpty();
        return contract.orElseThrow();
    }

    private void apply(String key, String idType, String remark) {
        database.sql("""
                        insert into application (row_guid, case_no, item_code, item_name, person_name, cert_type, cert_no,
                            sent_time, remark)
                        values (?, 'SN1', '312098001000', '古树', '测试甲', ?, '11010519491231002X', localtimestamp(0), ?)
                        """).params(key, idType, remark).update();
    }

    private Map<String, Object> onlyResult() {
        await().until(() -> rows("result").size() == 1);
        return rows("result").get(0);
    }

    private List<Map<String, Object>> rows(String table) {
        return database.sql("select * from " + table).query().listOfRows();
    }
}
