package org.shuniu.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shuniu.conformance.AgreedOffice;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.packaged.Workplace;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command, with an office of its own. */
class ConformCommandTest {

    private static final String OFFICE = AgreedOffice.OFFICE;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private AgreedOffice office;

    @AfterEach
    void close() {
        if (office != null) {
            office.close();
        }
    }

    @Test
    void recordsThatAllWasPassed() throws IOException {
        open(Results.CALLBACK);

        assertThat(conform("--address=" + office.address(), "--listen=127.0.0.1:" + office.listening()))
                .as(said())
                .isZero();

        Path record = directory.resolve("mappings/forestry/conformance.yaml");
        assertThat(said())
                .contains("forestry at 127.0.0.1, with cases of people who do not exist")
                .contains("/callback/v1/forestry", "passed         result/callback", " 0 failed,")
                .contains("Written: " + record);
        assertThat(Files.readString(record)).contains("host: \"127.0.0.1\"", "{id: \"result/callback\", end: passed}");
    }

    @Test
    void recordsNothingOfAPart() throws IOException {
        open(Results.AT_ONCE);

        assertThat(conform("--address=" + office.address(), "--only=application/item", "--json"))
                .as(said())
                .isZero();

        JsonNode report = JsonMapper.shared().readTree(said());
        assertThat(report.path("passed").asBoolean()).isTrue();
        assertThat(report.path("record").isNull()).isTrue();
        assertThat(report.path("trials").findValuesAsString("end")).containsExactly("passed", "passed");
        assertThat(directory.resolve("mappings/forestry/conformance.yaml")).doesNotExist();
    }

    @Test
    void saysWhatWasExpectedWhatCameAndWhose() throws IOException {
        open(Results.AT_ONCE);
        Path contract = directory.resolve("mappings/forestry/contract.yaml");
        Files.writeString(
                contract,
                Files.readString(contract).replace("hub: \"990\", local: \"09\"", "hub: \"990\", local: \"10\""));
        Path table = directory.resolve("mappings/forestry/codes/id-type.csv");
        Files.writeString(table, Files.readString(table).replace("990,09", "990,10"));

        assertThat(conform("--address=" + office.address(), "--only=application/code-id-type-990"))
                .isEqualTo(1);

        assertThat(said())
                .contains("failed         application/code-id-type-990", "expected: taken")
                .contains("came:     invalid: code INVALID", "whose:    the office's")
                .contains("conform forestry --only=application/code-id-type-990 --keep=DIRECTORY");
    }

    @Test
    void doesNotTouchTheOfficeOfAProductionHubUnasked() throws IOException {
        open(Results.AT_ONCE);
        String inForce = "--shuniu.partners.forestry.address=" + office.address();

        assertThat(conform(inForce, "--spring.profiles.active=production", "--only=application/item"))
                .isEqualTo(2);
        assertThat(said()).contains("is the address in force of a production hub, expected that of a test system");
        assertThat(conform(inForce, "--spring.profiles.active=production", "--only=application/item", "--yes"))
                .as(said())
                .isZero();
    }

    @Test
    void saysWhatItCannotTry() throws IOException {
        open(Results.CALLBACK);

        assertThat(conform("--address=" + office.address())).isEqualTo(2);
        assertThat(said()).contains("--listen: found nothing, expected HOST:PORT");
        assertThat(conform("--address=http://127.0.0.1:1", "--listen=127.0.0.1:0"))
                .isEqualTo(2);
        assertThat(said()).contains("nobody can be reached at 127.0.0.1:1");
        assertThat(run("conform", "nobody")).isEqualTo(2);
        assertThat(said()).contains("PARTNER: there is no", "expected a partner with a contract");
    }

    @ParameterizedTest
    @CsvSource({
        "SFTP_CSV, sftp://127.0.0.1:1",
        "AMQP,     amqp://127.0.0.1:1",
        "TABLE,    jdbc:postgresql://127.0.0.1:1/forestry"
    })
    void goesWhereTheOfficesServerBrokerOrDatabaseIs(ContractProtocol protocol, String nobody) throws IOException {
        AgreedOffice.write(directory, protocol, Results.POLL);
        String[] elsewhere = {
            "--shuniu.simulator.sftp.port=1022",
            "--shuniu.simulator.listeners.queues=1672",
            "--shuniu.simulator.front-ends=jdbc:postgresql://192.0.2.1/",
            "--address=" + nobody
        };

        assertThat(conform(elsewhere)).isEqualTo(2);
        assertThat(said()).contains("nobody can be reached at 127.0.0.1:1 within");
    }

    @Test
    void doesNotTouchTheDatabaseOfAProductionHubUnasked() throws IOException {
        AgreedOffice.write(directory, ContractProtocol.TABLE, Results.POLL);

        assertThat(conform(
                        "--shuniu.partners.forestry.url=jdbc:postgresql://127.0.0.1/forestry",
                        "--spring.profiles.active=production",
                        "--address=jdbc:postgresql://127.0.0.1:5432/forestry_test"))
                .isEqualTo(2);
        assertThat(said()).contains("127.0.0.1:5432 is the address in force of a production hub");
    }

    /** Without it a hub would send nothing there. */
    @Test
    void isAskedForByTheCheckWhereItIsRequired() throws IOException {
        Workplace.prepare(directory);
        AgreedOffice.write(directory, ContractProtocol.REST, Results.QUERY);

        assertThat(run(with("check", "--shuniu.conformance.required=true"))).isEqualTo(1);

        assertThat(said())
                .contains("mappings/forestry/conformance.yaml: forestry has a contract, and no record")
                .contains("expected the record that `conform forestry` writes");
        assertThat(run(with("check"))).isEqualTo(1);
        assertThat(said()).doesNotContain("conformance.yaml");
    }

    private void open(Results results) throws IOException {
        office = AgreedOffice.of(directory, ContractProtocol.REST, results);
    }

    private int conform(String... more) {
        List<String> words = new ArrayList<>(List.of("conform", OFFICE));
        words.addAll(List.of(more));
        return run(with(words.toArray(String[]::new)));
    }

    /** The same words, about the folders of the test. */
    private String[] with(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        List.of("routes", "mappings", "secrets")
                .forEach(folder -> all.add("--shuniu.%s-dir=%s".formatted(folder, directory.resolve(folder))));
        return all.toArray(String[]::new);
    }

    private int run(String... words) {
        said.reset();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        return Commands.run(stream, stream, words);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
