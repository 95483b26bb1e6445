package org.shuniu.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.contract.Contract;
import org.shuniu.contract.Contract.Name;
import org.shuniu.contract.ContractField;
import org.shuniu.contract.ContractFile;
import org.shuniu.contract.ContractItem;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.scaffold.Scaffold;

/** An office with CSV files that works by its contract. */
class ContractFilesTest {

    @TempDir
    Path directory;

    private final PartnerFaults faults = new PartnerFaults();
    private final Contract contract = contract();
    private Path home;
    private Ledger ledger;
    private FileOffice office;

    @BeforeEach
    void open() throws IOException {
        home = directory.resolve("office");
        for (String tray : List.of("in", "out", "count")) {
            Files.createDirectories(home.resolve(tray));
        }
        ledger = new Ledger(directory, "forestry");
        ContractDesk desk = new ContractDesk(contract, ledger, String::length);
        office = new FileOffice("forestry", home, new ContractClerk(desk, new ContractCsv(contract)), faults);
        office.start();
    }

    @AfterEach
    void close() {
        office.close();
        ledger.close();
    }

    @Test
    void throwsAwayWhatIsCutOffAndWorksTheNextFile() throws IOException {
        byte[] whole = file("M1", "M0");
        hand("SQ1.csv", Arrays.copyOf(whole, whole.length - 40));
        hand("SQ2.csv", file("M2"));

        await().until(() -> Files.exists(home.resolve("out/JG2.csv")));
        assertThat(home.resolve("out/JG1.csv")).doesNotExist();
        assertThat(home.resolve("in/SQ1.csv")).doesNotExist();
        assertThat(ledger.find("M1")).isEmpty();
        assertThat(ledger.find("M2")).isPresent();
    }

    @Test
    void answersInAnotherCharsetWhereItIsCareless() throws IOException {
        faults.set(new Fault(FaultKind.WRONG_CHARSET, Duration.ZERO), 1);
        hand("SQ1.csv", file("M1"));

        await().until(() -> Files.exists(home.resolve("out/JG1.csv")));
        assertThat(Files.readString(home.resolve("out/JG1.csv"), StandardCharsets.UTF_8))
                .contains("报文编号", "\"M1\"", "准予办理");
    }

    private void hand(String name, byte[] content) throws IOException {
        Path unfinished = Files.write(home.resolve("in/." + name), content);
        Files.move(unfinished, home.resolve("in").resolve(name));
        Files.createFile(home.resolve("in").resolve(name + ".ok"));
    }

    private byte[] file(String... ids) {
        List<ContractField> fields = contract.of("application");
        String header = line(Stream.concat(Stream.of("业务类型"), fields.stream().map(ContractField::label)));
        String rows = Stream.of(ids)
                .map(id -> line(Stream.concat(Stream.of("A"), fields.stream().map(field -> value(field, id)))))
                .collect(Collectors.joining());
        return (header + rows).getBytes(ContractClerk.CHARSET);
    }

    private static String line(Stream<String> values) {
        return values.map(value -> "\"" + value + "\"").collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String value(ContractField field, String id) {
        if (field.isMessageId() || field.isCaseNo()) {
            return id;
        }
        return field.codes().isPresent() ? "01" : field.date().isPresent() ? "2026-11-24 10:00:00" : "测试";
    }

    private static Contract contract() {
        String text = Scaffold.starter(
                "forestry",
                new Name("绿化市容", "Landscaping"),
                "FO",
                "绿化市容局",
                ContractProtocol.SFTP_CSV,
                Optional.empty(),
                LocalDate.of(2026, 7, 1),
                List.of(new ContractItem("312098001000", new Name("古树", "Trees"), 10)));
        List<org.shuniu.fault.Fault> wrong = new ArrayList<>();
        Optional<Contract> contract = ContractFile.read(Path.of("mappings/forestry/contract.yaml"), text, wrong);
        assertThat(wrong).isEmpty();
        return contract.orElseThrow();
    }
}
