package org.shuniu.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shuniu.contract.Contract.Name;
import org.shuniu.contract.ContractItem;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.document.CaseTimes;
import org.shuniu.packaged.Openssl;
import org.shuniu.packaged.Workplace;
import org.shuniu.scaffold.Scaffold;
import org.springframework.util.FileSystemUtils;

/** A new department in a copy of the repository's files. */
class NewCommandTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @BeforeEach
    void copy() {
        Workplace.prepare(directory);
    }

    @ParameterizedTest
    @CsvSource({
        "rest, callback",
        "rest, query",
        "rest, at-once",
        "soap, callback",
        "soap, at-once",
        "amqp, poll",
        "table, poll",
        "sftp-csv, poll",
        "fixed-width, poll"
    })
    void writesWhatPassesTheCheck(String protocol, String result) {
        assertThat(run("new", "forestry", "--protocol=" + protocol, "--result=" + result))
                .as(said())
                .isZero();
        assertThat(run("check")).as(said()).isZero();
        assertThat(said()).isEqualTo("All is well.\n");
    }

    @Test
    void writesTheItemsThatWereGiven() throws IOException {
        assertThat(run(
                        "new",
                        "forestry",
                        "--protocol=rest",
                        "--name-zh=绿化市容",
                        "--name-en=Landscaping",
                        "--office=上海市绿化和市容管理局",
                        "--department=LH",
                        "--since=2026-12-01",
                        "--item=312098001000=古树名木保护申请=Protection of old trees=5",
                        "--item=312098002000=绿地占用=Use of green land"))
                .as(said())
                .isZero();
        assertThat(read("mappings/catalogue/items.csv"))
                .contains("312098001000,531209800100001,古树名木保护申请,Protection of old trees,online,citywide,,5,no,no,")
                .contains("312098002000,531209800200001,绿地占用,Use of green land,online,citywide,,10,no,no,");
        assertThat(read("mappings/catalogue/routing.csv")).contains("312098001000,LH,contract,2026-12-01,\n");
        assertThat(read("mappings/catalogue/departments.csv")).contains("forestry,LH,绿化市容,上海市绿化和市容管理局,Landscaping,");
        assertThat(read("routes/forestry/partner.yaml"))
                .contains("department: LH", "name: {zh: 绿化市容, en: Landscaping}");
    }

    @Test
    void changesNothingOfOthers() throws IOException {
        String before = others();
        run("new", "forestry", "--protocol=rest");
        assertThat(others()).isEqualTo(before);
    }

    @Test
    void writesNothingOverAPartnerThatIsThere() throws IOException {
        String before = read("routes/economy/partner.yaml");
        assertThat(run("new", "economy", "--protocol=rest")).isEqualTo(2);
        assertThat(said()).contains("economy is there already");
        assertThat(read("routes/economy/partner.yaml")).isEqualTo(before);
    }

    @Test
    void writesNothingThatDoesNotPassTheCheck() throws IOException {
        assertThat(run("new", "forestry", "--protocol=rest", "--department=MZ")).isEqualTo(1);
        assertThat(said())
                .contains(
                        "mappings/catalogue/departments.csv:3: code MZ is that of civil-affairs, expected a code that is free")
                .contains("Nothing was written.");
        assertThat(directory.resolve("routes/forestry")).doesNotExist();
        assertThat(directory.resolve("mappings/forestry")).doesNotExist();
        assertThat(read("mappings/catalogue/routing.csv")).doesNotContain("contract");
    }

    @Test
    void takesNoItemFromAnother() throws IOException {
        assertThat(run("new", "forestry", "--protocol=rest", "--item=312000194000=居住证签注=Endorsement"))
                .isEqualTo(1);
        assertThat(said())
                .contains(
                        "mappings/catalogue/routing.csv:2: GA decides item 312000194000, expected an item of its own");
        assertThat(directory.resolve("mappings/forestry")).doesNotExist();
    }

    @Test
    void takesAContractThatLiesThere() throws IOException {
        run("new", "forestry", "--protocol=rest");
        String contract = read("mappings/forestry/contract.yaml")
                .replaceFirst(
                        "label: 备注}",
                        "label: 备注}\n    - {name: sex, source: document.applicant.sex, most: 1, label: 性别}");
        Path other = directory.resolve("mappings/landscape/contract.yaml");
        Files.createDirectories(other.getParent());
        Files.writeString(
                other,
                contract.replace("contract: forestry", "contract: landscape")
                        .replace("code: FO", "code: LA")
                        .replace("312098001000", "312098005000"));

        assertThat(run("new", "landscape")).as(said()).isZero();

        assertThat(read("mappings/landscape/application.out.yaml"))
                .contains("- {target: sex, source: document.applicant.sex, max: 1}");
    }

    @Test
    void saysWhereAContractIsWrong() throws IOException {
        Path file = directory.resolve("mappings/forestry/contract.yaml");
        run("new", "forestry", "--protocol=rest");
        String text = Files.readString(file);
        FileSystemUtils.deleteRecursively(directory.resolve("mappings/forestry"));
        FileSystemUtils.deleteRecursively(directory.resolve("routes/forestry"));
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                text.replace("source: case.itemCode", "source: nowhere")
                        .replace("codes: id-type", "codes: id-typ")
                        .replace("working-days: 10", "working-days: ten")
                        .replace("protocol: rest", "protocol: telex"));

        assertThat(run("new", "forestry")).isEqualTo(1);

        assertThat(said().lines())
                .anySatisfy(line ->
                        assertThat(line).contains("contract.yaml:9: protocol: found telex, expected one of [rest"))
                .anySatisfy(line ->
                        assertThat(line).contains("fields.application[2].source: found nowhere, expected a place"))
                .anySatisfy(
                        line -> assertThat(line)
                                .contains(
                                        "fields.application[5].codes: found id-typ, expected a table of codes, which has [id-type]"))
                .anySatisfy(line -> assertThat(line)
                        .contains("items[0].working-days: found ten, expected a number of working days"));
        assertThat(directory.resolve("routes/forestry")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"rest", "soap", "amqp", "table", "sftp-csv", "fixed-width"})
    void worksOnTheTermsOfTheContract(String protocol) throws IOException {
        boolean files = protocol.equals("sftp-csv") || protocol.equals("fixed-width");
        onlyContract(
                protocol, """
                receipts: {in-work: DOING, done: GRANTED, refused: DENIED}
                limits: %s
                hours: {working-days: ["09:00-11:30", "13:00-17:00"], rest-days: [], closed: [{from: "07-01 00:00", to: "07-04 00:00"}]}
                """.formatted(files ? "{rows: 5000}" : "{parallel: 2, per-second: 20, deadline: 1500ms}"));

        assertThat(run("new", "forestry")).as(said()).isZero();

        assertThat(read("mappings/forestry/codes/state.csv"))
                .contains("40,DOING,", "60,GRANTED,", "61,DENIED,")
                .doesNotContain("DONE");
        assertThat(read("mappings/forestry/result.in.yaml")).contains("\"GRANTED\"", "\"DENIED\"", "\"DOING\"");
        String partner = read("routes/forestry/partner.yaml");
        assertThat(partner).contains("\"working-days\":[\"09:00-11:30\",\"13:00-17:00\"]");
        assertThat(partner)
                .contains(
                        files
                                ? new String[] {"    most-rows: 5000\n"}
                                : new String[] {"  parallel: 2\n", "  rate: {per-second: 20}\n", "  deadline: 1500ms\n"
                                });
        assertThat(run("check")).as(said()).isZero();
    }

    @Test
    void findsTermsThatAreNotKept() throws IOException {
        onlyContract("rest", """
                limits: {parallel: 2, per-second: 20, deadline: 8s}
                hours: {working-days: ["09:00-17:00"], rest-days: []}
                """);
        assertThat(run("new", "forestry")).as(said()).isZero();
        Path file = directory.resolve("routes/forestry/partner.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("parallel: 2", "parallel: 3")
                        .replace("  rate: {per-second: 20}\n", "")
                        .replace("deadline: 8s", "deadline: 5s")
                        .replaceFirst("(?m)^hours: .*\n", ""));

        assertThat(run("check")).isEqualTo(1);

        assertThat(said())
                .contains(
                        "limits.parallel: 2 are agreed, and partner.yaml allows 3, expected delivery.parallel of at most 2")
                .contains("limits.per-second: 20 are agreed, and partner.yaml allows any number")
                .contains("limits.deadline: 8000 ms are agreed for an answer, and partner.yaml gives up after 5000 ms")
                .contains("hours: other hours are agreed than partner.yaml has");
        assertThat(said().lines().filter(line -> line.contains("contract.yaml:")))
                .hasSize(4);
    }

    @Test
    void saysWhichTermsAreWrong() throws IOException {
        onlyContract("rest", """
                receipts: {in-work: SAME, done: SAME, refused: "no way"}
                limits: {parallel: 0, rows: 10, deadline: 1h}
                hours: {working-days: ["17:00-9"], rest-days: []}
                """);

        assertThat(run("new", "forestry")).isEqualTo(1);

        assertThat(said())
                .contains("receipts: found one word for two states, expected a word of its own for each state")
                .contains("receipts.refused: found no way, expected 1 to 8 letters, digits, _ or -")
                .contains("limits.parallel: found no number above 0: '0', expected a whole number from 1")
                .contains("limits.rows: found an unknown key, expected one of [deadline, parallel, per-second]")
                .contains("limits.deadline: found too long: '1h', expected at most 300s")
                .contains("hours.working-days[0]: found no window: '17:00-9'");
        assertThat(directory.resolve("routes/forestry")).doesNotExist();
    }

    /** A contract of its own, and nothing else of it. */
    private void onlyContract(String protocol, String terms) throws IOException {
        String text = Scaffold.starter(
                "forestry",
                new Name("绿化", "Landscaping"),
                "LH",
                "绿化局",
                ContractProtocol.of(protocol).orElseThrow(),
                Optional.empty(),
                LocalDate.of(2026, 7, 1),
                List.of(new ContractItem("312098001000", new Name("树木", "Trees"), 5)));
        Path file = directory.resolve("mappings/forestry/contract.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + terms);
    }

    @Test
    void writesTheTablesOfAFrontEndDatabase() throws IOException {
        assertThat(run("new", "forestry", "--protocol=table")).as(said()).isZero();

        assertThat(read("mappings/forestry/front-end.sql"))
                .contains("create table if not exists \"application\" (")
                .contains("    \"row_guid\" varchar(50) primary key,\n    \"case_no\" varchar(50) not null,")
                .contains("    \"sent_time\" timestamp not null,", "    \"remark\" varchar(500),")
                .contains("comment on column \"application\".\"cert_type\" is '证件类型：01 居民身份证；")
                .contains("create table if not exists \"papers\" (", "create table if not exists \"result\" (")
                .contains("grant select, update on \"result\" to hub;");
        assertThat(read("mappings/forestry/examples/application.out/with-papers.target.json"))
                .contains("\"application\"", "\"papers\"", "01940000-0000-7000-8000-000000000001-2");
        assertThat(read("routes/forestry/partner.yaml")).contains("url: ${shuniu.partners.forestry.url:");
    }

    @Test
    void saysWhichColumnsAContractCannotHave() throws IOException {
        run("new", "forestry", "--protocol=table");
        Path file = directory.resolve("mappings/forestry/contract.yaml");
        String text = Files.readString(file);
        Files.writeString(
                file,
                text.replaceFirst("name: row_guid", "name: request_no")
                        .replaceFirst("name: case_no", "name: caseNo")
                        .replaceFirst("name: item_name", "name: is_sync")
                        .replaceFirst("name: papers", "name: result"));

        assertThat(run("check")).isEqualTo(1);

        assertThat(said())
                .contains("fields.application[0].name: found request_no, expected row_guid for message.id")
                .contains("fields.application[1].name: found caseNo, expected a column of at most 63 small letters")
                .contains("fields.application[3].name: found is_sync, expected another name")
                .contains("fields.application[10].name: found result, expected another name");
    }

    @Test
    void findsAColumnThatNobodyIsToldToMake() throws IOException {
        run("new", "forestry", "--protocol=table");
        Path sql = directory.resolve("mappings/forestry/front-end.sql");
        String text = Files.readString(sql);
        Files.writeString(sql, text.replace("    \"remark\" varchar(500),\n", ""));

        assertThat(run("check")).isEqualTo(1);
        assertThat(said())
                .contains("fields.application[9]: application.remark is agreed, and front-end.sql does not make it");

        Files.writeString(
                sql, Files.readString(sql) + "alter table application add column if not exists remark varchar(500);\n");
        assertThat(run("check")).as(said()).isZero();
    }

    @Test
    void findsWhatIsAgreedAndNotWritten() throws IOException {
        run("new", "forestry", "--protocol=rest");
        Path mapping = directory.resolve("mappings/forestry/supplement.out.yaml");
        Files.writeString(mapping, Files.readString(mapping).replaceAll("(?m)^.*target: sentTime.*\n", ""));

        assertThat(run("check")).isEqualTo(1);

        assertThat(said())
                .contains("mappings/forestry/contract.yaml:")
                .contains("fields.supplement[2]: sentTime is agreed, and supplement.out.yaml does not write it");
    }

    @Test
    void writesARegionAsPartnerAddDoes() throws IOException {
        Path papers = directory.resolve("papers");
        assertThat(runRegion("new", "fujian", "--protocol=chx", "--make-papers=" + papers))
                .as(said())
                .isZero();
        assertThat(said()).contains("Its papers lie in " + papers, "sh chx.sh trust");
        String made = ofRegion();
        assertThat(run("check")).as(said()).isZero();
        FileSystemUtils.deleteRecursively(directory.resolve("routes/fujian"));
        FileSystemUtils.deleteRecursively(directory.resolve("mappings/fujian"));
        String keyid = Files.readString(papers.resolve("chx.conf")).replaceAll("(?s).*CHX_KEYID=(\\S+).*", "$1");

        assertThat(runRegion(
                        "partner",
                        "add",
                        "fujian",
                        "--certificate=" + papers.resolve("tls.crt"),
                        "--key=" + papers.resolve(keyid + ".pub")))
                .as(said())
                .isZero();

        assertThat(ofRegion()).isEqualTo(made).contains("- {type: cn.shuniu.case.submitted.v1, to: [\"*\"]}", keyid);
    }

    @Test
    void makesPapersThatTheDemoAndOpensslTake() {
        Path papers = directory.resolve("papers");
        runRegion("new", "fujian", "--protocol=chx", "--make-papers=" + papers);

        assertThat(papers.resolve("chx.conf"))
                .content()
                .contains(
                        "CHX_BASE=https://127.0.0.1:8443/partner/v1\n",
                        "CHX_PARTY=urn:chx:fujian:hub\n",
                        "CHX_CA=ca.pem\n");
        Openssl.run(papers, "verify -CAfile ca.pem -purpose sslclient tls.crt");
        Openssl.run(papers, "pkey -in sign.key -pubout -out signs.pub");
        assertThat(papers.resolve("signs.pub"))
                .hasSameTextualContentAs(papers.resolve("fujian-%da.pub"
                        .formatted(LocalDate.now(CaseTimes.SHANGHAI).getYear())));
        assertThat(papers.resolve("ca.pem")).hasSameTextualContentAs(directory.resolve("data/secrets/exchange/ca.pem"));
        assertThat(runRegion("new", "hunan", "--protocol=chx", "--make-papers=" + papers))
                .isEqualTo(2);
        assertThat(said()).contains("--make-papers: found a key in " + papers);
        assertThat(directory.resolve("routes/hunan")).doesNotExist();
    }

    @Test
    void tellsARegionFromADepartment() {
        assertThat(run("new", "fujian", "--protocol=chx")).isEqualTo(2);
        assertThat(said()).contains("--protocol=chx: expected --name-zh, --name-en, --division and --contact");
        assertThat(runRegion("new", "fujian", "--protocol=chx")).isEqualTo(2);
        assertThat(said()).contains("expected --certificate and --key");
        assertThat(runRegion("new", "fujian", "--protocol=chx", "--department=FJ"))
                .isEqualTo(2);
        assertThat(said()).contains("found options of a department");
        assertThat(run("new", "forestry", "--protocol=rest", "--make-papers=papers"))
                .isEqualTo(2);
        assertThat(said()).contains("found options of a region");
        assertThat(runRegion(
                        "new",
                        "fujian",
                        "--protocol=chx",
                        "--make-papers=papers",
                        "--spring.profiles.active=production"))
                .isEqualTo(2);
        assertThat(said()).contains("--make-papers: found a hub that is no demo");
    }

    @Test
    void asksForWhatItNeeds() {
        assertThat(run("new", "forestry")).isEqualTo(2);
        assertThat(said())
                .contains(
                        "--protocol: found nothing, expected one of [rest, soap, amqp, table, sftp-csv, fixed-width]");
        assertThat(run("new", "Forestry", "--protocol=rest")).isEqualTo(2);
        assertThat(said()).contains("PARTNER: found Forestry, expected small letters");
        assertThat(run("new", "forestry", "--protocol=rest", "--item=12=a=b")).isEqualTo(2);
        assertThat(said()).contains("--item: found 12=a=b, expected 12 digits");
        assertThat(run("new", "forestry", "--protocol=rest", "--result=poll")).isEqualTo(2);
        assertThat(said()).contains("--result: found poll, expected one of [callback, query, at-once]");
    }

    private String read(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    private int runRegion(String... words) {
        return run(Stream.concat(
                        Stream.of(words),
                        Stream.of(
                                "--name-zh=福建",
                                "--name-en=Fujian",
                                "--division=35",
                                "--contact=the duty desk",
                                "--allow=cn.shuniu.case.submitted.v1=*",
                                "--shuniu.secrets-dir=" + directory.resolve("data/secrets")))
                .toArray(String[]::new));
    }

    /** Everything that was written of the region. */
    private String ofRegion() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String folder : List.of("routes/fujian", "mappings/fujian")) {
            try (Stream<Path> files = Files.walk(directory.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    all.append(directory.relativize(file)).append('\n').append(Files.readString(file));
                }
            }
        }
        return all.toString();
    }

    /** All files but those of the new partner and the catalogue. */
    private String others() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = directory.relativize(file).toString();
                if (!name.contains("forestry") && !name.contains("catalogue/")) {
                    all.append(name).append('\n').append(Files.readString(file));
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
