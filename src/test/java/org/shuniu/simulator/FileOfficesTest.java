package org.shuniu.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two offices that know nothing but files, each with its own mistakes. */
class FileOfficesTest {
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final String NUMBER = "1764000000";

    @TempDir
    Path directory;

    private final PartnerFaults faults = new PartnerFaults();
    private Path home;
    private Ledger ledger;
    private FileOffice office;

    @BeforeEach
    void furnish() throws IOException {
        home = directory.resolve("office");
        Files.createDirectories(home.resolve("in"));
        Files.createDirectories(home.resolve("out"));
        Files.createDirectories(home.resolve("count"));
        ledger = new Ledger(directory, "office");
    }

    @AfterEach
    void close() {
        office.close();
        ledger.close();
    }

    @Test
    void countsTheBytesOfEveryLine() throws IOException {
        open(new GrainSimulator(ledger));
        hand("LS" + NUMBER + ".TXT", grain("测试㛃", 60));

        assertThat(answer("LSR" + NUMBER + ".TXT"))
                .startsWith("HRS" + NUMBER)
                .contains("SN1")
                .endsWith("T00000001\r\n");
        assertThat(Files.readAllLines(ledger.file())).hasSize(1);
    }

    @Test
    void throwsAFileAwayThatCountsCharacters() throws IOException {
        open(new GrainSimulator(ledger));
        hand("LS" + NUMBER + ".TXT", grain("测试㛃", 65));

        await().until(() -> !Files.exists(home.resolve("in/LS" + NUMBER + ".TXT")));
        assertThat(Files.readAllLines(ledger.file())).isEmpty();
    }

    @Test
    void hasNoSecondEffectForAFileThatComesAgain() throws IOException {
        open(new GrainSimulator(ledger));
        hand("LS" + NUMBER + ".TXT", grain("测试甲", 60));
        answer("LSR" + NUMBER + ".TXT");
        hand("LS" + NUMBER + ".TXT", grain("测试甲", 60));

        await().until(() -> !Files.exists(home.resolve("in/LS" + NUMBER + ".TXT")));
        assertThat(Files.readAllLines(ledger.file())).hasSize(1);
    }

    @Test
    void writesHalfAFileFirst() throws IOException {
        open(new GrainSimulator(ledger));
        faults.set(new Fault(FaultKind.HALF_WRITTEN, Duration.ofHours(1)), 1);
        hand("LS" + NUMBER + ".TXT", grain("测试甲", 60));

        assertThat(answer("LSR" + NUMBER + ".TXT")).doesNotContain("T00000001");
        faults.lift();
        await().until(() -> answer("LSR" + NUMBER + ".TXT").endsWith("T00000001\r\n"));
    }

    @Test
    void waitsForTheMarkerAndAnswersWithOne() throws IOException {
        open(new TradeUnionSimulator(ledger));
        Files.write(home.resolve("in/GH1.csv"), union("测试\"甲\"", "").getBytes(GB18030));
        assertThat(Files.readAllLines(ledger.file())).isEmpty();

        Files.createFile(home.resolve("in/GH1.csv.ok"));

        await().until(() -> Files.exists(home.resolve("out/GHR1.csv.ok")));
        assertThat(answer("GHR1.csv")).contains("\"测试\"\"甲\"\"\"", "\"11010519491231002X\"", "\"已办结\"");
    }

    @Test
    void damagesNumbersInExcel() throws IOException {
        open(new TradeUnionSimulator(ledger));
        faults.set(new Fault(FaultKind.EXCEL, Duration.ZERO), 1);
        hand("GH1.csv", union("测试甲", "").getBytes(GB18030));
        Files.createFile(home.resolve("in/GH1.csv.ok"));

        assertThat(answer("GHR1.csv")).contains(",1.10105E+17,").doesNotContain("11010519491231002X");
    }

    @Test
    void rejectsRowsInAFileOfTheirOwn() throws IOException {
        open(new TradeUnionSimulator(ledger));
        hand("GH1.csv", union("测试甲", "REJECT").getBytes(GB18030));
        Files.createFile(home.resolve("in/GH1.csv.ok"));

        assertThat(answer("GHB1.csv")).contains("\"B01\"");
        assertThat(home.resolve("out/GHR1.csv")).doesNotExist();
    }

    private void open(FileClerk clerk) {
        office = new FileOffice("office", home, clerk, faults);
        office.start();
    }

    private void hand(String name, byte[] content) throws IOException {
        Path unfinished = Files.write(home.resolve("in/." + name), content);
        Files.move(unfinished, home.resolve("in").resolve(name));
    }

    private String answer(String name) throws IOException {
        await().until(() -> Files.exists(home.resolve("out").resolve(name)));
        return Files.readString(home.resolve("out").resolve(name), GB18030);
    }

    private static byte[] grain(String name, int nameColumn) {
        int bytes = name.getBytes(GB18030).length;
        String line = "A" + pad("M1", 36) + pad("SN1", 32) + pad("312000311000", 12)
                + name + " ".repeat(nameColumn - bytes) + pad("111", 3) + pad("11010519491231002X", 18) + pad("", 11)
                + pad("", 11) + pad("20261124101459", 14) + "2" + pad("", 200);
        return String.join("\r\n", List.of("HLS" + NUMBER + "20261124", line, "T00000001", ""))
                .getBytes(GB18030);
    }

    private static String pad(String value, int width) {
        return value + " ".repeat(width - value.length());
    }

    private static String union(String name, String remark) {
        return "\"报文编号\",\"办件编号\",\"业务类型\",\"姓名\",\"证件号码\",\"备注\"\r\n"
                + "\"M1\",\"SN1\",\"申请\",\"%s\",\"11010519491231002X\",\"%s\"\r\n"
                        .formatted(name.replace("\"", "\"\""), remark);
    }
}
