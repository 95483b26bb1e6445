package org.shuniu.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.contract.Contract;
import org.shuniu.contract.Contract.Name;
import org.shuniu.contract.ContractFile;
import org.shuniu.contract.ContractItem;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.fault.Fault;
import org.shuniu.packaged.Workplace;
import org.shuniu.scaffold.Draft;
import org.shuniu.scaffold.Scaffold;

/** What the department's own developers get, on the command line. */
class HandoutCommandTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private Path to;

    /** With one neighbour, which has no contract. */
    @BeforeEach
    void copy() throws IOException {
        to = directory.resolve("for-forestry");
        for (String folder : List.of("canonical", "catalogue", "economy")) {
            Workplace.copy(
                    Path.of("mappings", folder),
                    directory.resolve("mappings").resolve(folder),
                    UnaryOperator.identity());
        }
        Workplace.copy(Path.of("routes/economy"), directory.resolve("routes/economy"), UnaryOperator.identity());
        Files.createDirectories(contract().getParent());
        Files.writeString(
                contract(),
                Scaffold.starter(
                        "forestry",
                        new Name("绿化市容", "Landscaping"),
                        "LH",
                        "上海市绿化和市容管理局",
                        ContractProtocol.REST,
                        Optional.empty(),
                        LocalDate.of(2026, 1, 1),
                        List.of(new ContractItem(
                                "312098001000", new Name("古树名木保护申请", "Protection of old trees"), 10))));
    }

    @Test
    void writesOfAContractAloneWhatNewWouldMakeOfIt() throws IOException {
        String before = files();
        assertThat(run("handout", "forestry", "--to=" + to, "--contact=021-00000000"))
                .as(said())
                .isZero();

        assertThat(said())
                .contains("Written: " + to.resolve("index.html"), "Written: " + to.resolve("schema/openapi.json"))
                .contains(to.resolve("index.html") + " is where to begin.");
        assertThat(Files.readString(to.resolve("index.html"))).contains("021-00000000");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void followsTheContractOfAPartnerThatIsThere() throws IOException {
        makePartner();
        assertThat(run("handout", "forestry", "--to=" + to)).as(said()).isZero();
        replace(
                contract(),
                "label: 备注}",
                "label: 备注}\n    - {name: sex, source: document.applicant.sex, most: 1, label: 性别}");

        assertThat(run("handout", "forestry", "--to=" + to)).isEqualTo(1);
        assertThat(said())
                .contains("contract.yaml:", "sex is agreed, and application.out.yaml does not write it")
                .contains("Nothing was written.");
        assertThat(Files.readString(to.resolve("index.html"))).doesNotContain("sex");

        Path folder = contract().getParent();
        replace(
                folder.resolve("application.out.yaml"),
                "\nrows:\n",
                "\nrows:\n  - {target: sex, source: document.applicant.sex, max: 1}\n");
        Path allowed = folder.resolve("allowed-fields.csv");
        Files.writeString(allowed, Files.readString(allowed) + "document.applicant.sex,*,性别,《中华人民共和国个人信息保护法》第三十四条,,\n");
        assertThat(run("handout", "forestry", "--to=" + to)).as(said()).isZero();
        assertThat(Files.readString(to.resolve("index.html"))).contains("<code>sex</code>");
    }

    @Test
    void losesNothingOfAnybodyElse() throws IOException {
        Files.createDirectories(to);
        Files.writeString(to.resolve("thesis.txt"), "the only copy");

        assertThat(run("handout", "forestry", "--to=" + to)).isEqualTo(2);
        assertThat(said()).contains("thesis.txt was not written by this command");
        assertThat(run("handout", "forestry", "--to=" + directory.resolve("mappings/forestry/handout")))
                .isEqualTo(2);
        assertThat(said()).contains("--to: found", "expected a directory outside of");
        assertThat(directory.resolve("mappings/forestry/handout")).doesNotExist();
    }

    @Test
    void asksForAContract() throws IOException {
        assertThat(run("handout", "economy", "--to=" + to)).isEqualTo(2);
        assertThat(said()).contains("contract.yaml, expected a partner with a contract");

        replace(contract(), "protocol: rest", "protocol: telex");
        assertThat(run("handout", "forestry", "--to=" + to)).isEqualTo(1);
        assertThat(said()).contains("protocol: found telex").contains("Nothing was written.");
        assertThat(to).doesNotExist();
        assertThat(run("handout", "forestry")).isEqualTo(2);
        assertThat(said()).contains("--to");
    }

    /** As `new` does. */
    private void makePartner() throws IOException {
        List<Fault> faults = new ArrayList<>();
        Contract contract = ContractFile.read(contract(), faults).orElseThrow();
        try (Draft draft = Draft.of(
                directory.resolve("routes"),
                directory.resolve("mappings"),
                contract,
                Files.readString(contract()),
                faults)) {
            draft.keep();
        }
        assertThat(faults).isEmpty();
    }

    private Path contract() {
        return directory.resolve("mappings/forestry/contract.yaml");
    }

    private static void replace(Path file, String text, String by) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(text);
        int at = before.indexOf(text);
        Files.writeString(file, before.substring(0, at) + by + before.substring(at + text.length()));
    }

    private String files() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String folder : List.of("routes", "mappings")) {
            try (Stream<Path> files = Files.walk(directory.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    all.append(file).append('\n').append(Files.readString(file));
                }
            }
        }
        return all.toString();
    }

    private int run(String... words) {
        said.reset();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        String[] all = Stream.concat(
                        Stream.of(words),
                        Stream.of(
                                "--shuniu.routes-dir=" + directory.resolve("routes"),
                                "--shuniu.mappings-dir=" + directory.resolve("mappings")))
                .toArray(String[]::new);
        return Commands.run(stream, stream, all);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
