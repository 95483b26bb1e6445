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
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.mapping.Mappings;
import org.shuniu.packaged.Openssl;
import org.shuniu.packaged.Workplace;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.partner.PartnerDirectory;

/** {@code java -jar shuniu.jar partner …}, from what a region has sent to what the hub reads. */
class PartnerCommandTest {

    private static final String ID = "fujian";

    @TempDir
    private static Path papers;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeAll
    static void getPapers() {
        Openssl.authority(papers, "ca");
        Openssl.authority(papers, "other-ca");
        Openssl.certificate(papers, "first", "ca", "clientAuth");
        Openssl.certificate(papers, "second", "ca", "clientAuth");
        Openssl.certificate(papers, "server", "ca", "serverAuth");
        Openssl.certificate(papers, "stranger", "other-ca", "clientAuth");
        key("fujian-2026a", "-algorithm EC -pkeyopt ec_paramgen_curve:SM2");
        key("fujian-2026b", "-algorithm ed25519");
    }

    private static void key(String name, String kind) {
        Openssl.run(papers, "genpkey %2$s -out %1$s.key".formatted(name, kind));
        Openssl.run(papers, "pkey -in %1$s.key -pubout -out %1$s.pub".formatted(name));
    }

    @BeforeEach
    void prepare() {
        Workplace.prepare(directory);
    }

    @Test
    void writesTheTwoFoldersOfARegionAndNothingThatWasNotSaid() throws IOException {
        assertThat(add()).as(said()).isZero();

        ExchangeProfile profile = profile();
        assertThat(profile.version()).isEqualTo(1);
        assertThat(profile.fingerprints()).hasSize(1);
        assertThat(profile.keys()).containsOnlyKeys("fujian-2026a");
        assertThat(profile.allows("cn.shuniu.case.submitted.v1", "economy")).isTrue();
        assertThat(profile.allows("cn.shuniu.case.submitted.v1", "police")).isFalse();
        assertThat(profile.allowed()).hasSize(1);
        assertThat(Mappings.load(directory.resolve("mappings")).partners()).contains(ID);
        assertThat(everyFileOf("routes", "jiangsu")).isEqualTo(everyFileOf("routes", ID));
        assertThat(everyFileOf("mappings", "jiangsu")).isEqualTo(everyFileOf("mappings", ID));
        assertThat(allTextOf(ID)).contains("Fujian", "福建", "350100").doesNotContain("nhui", "安徽", "3401");
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void addsNothingWhenAnythingIsWrongAndSaysWhoseFaultItIs() {
        int code = run(
                "add",
                ID,
                "--name-zh=福建",
                "--name-en=Fujian",
                "--division=35",
                "--contact=desk",
                paper("certificate", "stranger.crt"),
                paper("certificate", "server.crt"),
                paper("certificate", "first.key"),
                paper("key", "fujian-2026a.key"),
                paper("key", "first.ext"),
                "--allow=cn.shuniu.case.submitted.v1=nobody",
                "--allow=all=*");

        assertThat(code).isEqualTo(1);
        assertThat(said())
                .contains(
                        "the region's fault: " + papers.resolve("stranger.crt")
                                + ": found a certificate of CN=other-ca",
                        "server.crt: found a certificate that is not made for clients",
                        "first.key: found no certificate",
                        "fujian-2026a.key: found a name that is no keyid",
                        "our fault: --allow: found nobody, expected partners' ids or *",
                        "--allow: found all=*");
        assertThat(directory.resolve("routes").resolve(ID)).doesNotExist();
        assertThat(directory.resolve("mappings").resolve(ID)).doesNotExist();
    }

    @Test
    void addsNoRegionWithoutAKeyNorOneThatIsThere() {
        assertThat(run(
                        "add",
                        ID,
                        "--name-zh=福建",
                        "--name-en=Fujian",
                        "--division=35",
                        "--contact=desk",
                        paper("certificate", "first.crt")))
                .isEqualTo(1);
        assertThat(said()).contains("exchange.keys: found nothing, expected at least one signing key");
        assertThat(run("add", "jiangsu", "--name-zh=江苏")).isEqualTo(2);
        assertThat(said()).contains("Missing required options: '--name-en=NAME'");
        assertThat(run(
                        "add",
                        "jiangsu",
                        "--name-zh=江苏",
                        "--name-en=Jiangsu",
                        "--division=32",
                        "--contact=desk",
                        paper("key", "fujian-2026a.pub")))
                .isEqualTo(2);
        assertThat(said()).contains("is there already");
    }

    @Test
    void letsTwoKeysOverlapAndRemovesOne() throws IOException {
        assertThat(add()).isZero();
        Path file = directory.resolve("routes").resolve(ID).resolve("partner.yaml");
        Files.writeString(file, Files.readString(file).replace("  contact:", "  # by telephone\n  contact:"));

        assertThat(run("rotate", ID, paper("key", "fujian-2026b.pub"), paper("certificate", "second.crt")))
                .as(said())
                .isZero();
        ExchangeProfile both = profile();
        assertThat(run("revoke", ID, "--key=fujian-2026a", paper("certificate", "first.crt")))
                .as(said())
                .isZero();
        ExchangeProfile one = profile();

        assertThat(both.fingerprints()).hasSize(2);
        assertThat(both.key("fujian-2026a", ExchangeProfile.Purpose.MESSAGE)).isPresent();
        assertThat(both.key("fujian-2026b", ExchangeProfile.Purpose.RECEIPT)).isPresent();
        assertThat(one.fingerprints()).hasSize(1).isSubsetOf(both.fingerprints());
        assertThat(one.key("fujian-2026a", ExchangeProfile.Purpose.MESSAGE)).isEmpty();
        assertThat(one.keys().get("fujian-2026a").removedAt()).isPresent();
        assertThat(one.key("fujian-2026b", ExchangeProfile.Purpose.MESSAGE)).isPresent();
        assertThat(one.version()).isEqualTo(5);
        assertThat(file).content().contains("  # by telephone\n");
        assertThat(run("revoke", ID, "--key=fujian-2026a")).isEqualTo(2);
        assertThat(said()).contains("fujian-2026a was removed at");
        assertThat(run("rotate", ID, paper("key", "fujian-2026a.pub"))).isEqualTo(1);
        assertThat(said()).contains("has or had a key fujian-2026a");
    }

    @Test
    void refusesAKeyThatLeavesATimeWithoutAny() throws IOException {
        assertThat(add("--until=2026-12-31")).isZero();

        assertThat(run(
                        "rotate",
                        ID,
                        paper("key", "fujian-2026b.pub"),
                        "--purpose=message",
                        "--from=2999-01-02",
                        "--until=2999-12-31"))
                .isEqualTo(1);
        assertThat(said()).contains("--from: found 2999-01-02");
    }

    @Test
    void saysWhatIsAgreedWhatEndsAndWhatIsWrong() throws IOException {
        assertThat(add()).isZero();

        assertThat(run("check", ID)).as(said()).isZero();
        assertThat(said())
                .contains(
                        "key fujian-2026a, sm2-sm3, for [message, receipt]: ends ",
                        "may send cn.shuniu.case.submitted.v1 for [economy]")
                .containsPattern("certificate [0-9a-f]{64}: ends \\S+, in 19 day\\(s\\)");
        assertThat(run("check")).isZero();
        assertThat(said())
                .contains(
                        "jiangsu is prepared, not connected",
                        "the hub's own certificate " + papers.resolve("second.crt"));

        Path file = directory.resolve("routes").resolve(ID).resolve("partner.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("party: urn:chx:fujian:hub", "party: fujian")
                        .replace("-----BEGIN", "----BEGIN"));
        assertThat(run("check", ID)).isEqualTo(1);
        assertThat(said())
                .contains(
                        ": exchange.party: found no name of a party: fujian, expected urn:chx:<region>:<system>",
                        ": exchange.keys[0].public-key")
                .containsPattern("our fault: \\Q%s\\E:\\d+: exchange.party".formatted(file))
                .containsPattern("the region's fault: \\Q%s\\E:\\d+: exchange.keys".formatted(file));
        assertThat(run("revoke", ID, "--key=fujian-2026a")).isEqualTo(2);
        assertThat(said()).contains("the hub does not read the file as it is");
    }

    @Test
    void saysThatNobodyIsLeft() throws IOException {
        assertThat(add()).isZero();

        assertThat(run("revoke", ID, "--key=fujian-2026a")).isZero();
        assertThat(said()).contains("No key is left");
        assertThat(run("check", ID)).isEqualTo(1);
        assertThat(said()).contains("found no key for a message that is valid now");
    }

    @Test
    void explainsHowItIsUsed() {
        assertThat(run()).isEqualTo(2);
        assertThat(said()).contains("check", "add", "rotate", "revoke");
        assertThat(run("add", "--help")).isZero();
        assertThat(said()).contains("--name-zh=NAME", "--allow=TYPE=RECEIVER,…", "the two digits");
        assertThat(run("check", "nobody")).isEqualTo(2);
        assertThat(said()).contains("there is no region nobody");
        assertThat(run("check", "--kee=x")).isEqualTo(2);
        assertThat(said()).contains("--kee=x");
    }

    @Test
    void changesAFileThatAPersonHasWrittenWithSettingsInIt() throws IOException {
        Path file = directory.resolve("routes/jiangsu/partner.yaml");
        List<String> before = Files.readAllLines(file);
        String[] settings = {
            "--shuniu.partners.jiangsu.connected=true",
            "--shuniu.partners.jiangsu.certificate=" + "ab".repeat(32),
            "--shuniu.partners.jiangsu.keyid=fujian-2026a",
            "--shuniu.partners.jiangsu.public-key-file=" + papers.resolve("fujian-2026a.pub")
        };

        assertThat(run(words(settings, "rotate", "jiangsu", paper("key", "fujian-2026b.pub"))))
                .as(said())
                .isZero();
        assertThat(run(words(
                        settings,
                        "revoke",
                        "jiangsu",
                        "--key=fujian-2026a",
                        "--certificate=" + "AB:".repeat(31) + "AB")))
                .as(said())
                .isZero();

        List<String> after = Files.readAllLines(file);
        before.removeIf(line -> line.contains("version:") || line.contains("certificates:"));
        assertThat(after).containsSubsequence(before).hasSize(before.size() + 2 + 10);
        assertThat(String.join("\n", after))
                .containsPattern(
                        "certificates: \\[\\{sha256: \"\\$\\{shuniu.partners.jiangsu.certificate:}\", removed-at: \\S+}]")
                .containsPattern("public-key-file: .*\n      removed-at: ")
                .contains("version: 4");
        assertThat(run(words(settings, "check", "jiangsu"))).isEqualTo(1);
        assertThat(said())
                .contains("key fujian-2026a, sm2-sm3, for [message, receipt]: removed ", "no certificate in its time");
    }

    @Test
    void changesTheFolderOfARegionWhosePapersAreItsProfile() {
        String region = "jiangsu-test";
        Path folder = directory.resolve("data/exchange").resolve(region);

        assertThat(run("rotate", region, paper("key", "fujian-2026a.pub"), paper("certificate", "first.crt")))
                .as(said())
                .isZero();
        assertThat(run("check", region)).as(said()).isZero();
        assertThat(said()).contains("key fujian-2026a, sm2-sm3").doesNotContain("nobody is registered");
        assertThat(run("revoke", region, "--key=fujian-2026a")).as(said()).isZero();

        assertThat(said()).contains("No key is left");
        assertThat(folder)
                .isDirectoryContaining("glob:**/first.crt")
                .isDirectoryContaining("glob:**/fujian-2026a.pub.removed-*")
                .isDirectoryNotContaining("glob:**.pub")
                .isDirectoryNotContaining("glob:**.new");
        assertThat(run("rotate", region, paper("key", "fujian-2026a.pub"))).isEqualTo(2);
        assertThat(said()).contains("or was; expected another name");
    }

    private static String[] words(String[] settings, String... words) {
        return Stream.concat(Stream.of(words), Stream.of(settings)).toArray(String[]::new);
    }

    private int add(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "add",
                ID,
                "--name-zh=福建",
                "--name-en=Fujian",
                "--division=35",
                "--contact=duty desk: \"0591\"",
                paper("certificate", "first.crt"),
                paper("key", "fujian-2026a.pub"),
                "--allow=cn.shuniu.case.submitted.v1=economy"));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    private static String paper(String option, String file) {
        return "--%s=%s".formatted(option, papers.resolve(file));
    }

    private int run(String... words) {
        said.reset();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        List<String> all = new ArrayList<>(List.of("partner"));
        all.addAll(List.of(words));
        all.add("--shuniu.routes-dir=" + directory.resolve("routes"));
        all.add("--shuniu.mappings-dir=" + directory.resolve("mappings"));
        all.add("--shuniu.exchange.certificate=" + papers.resolve("second.crt"));
        all.add("--shuniu.data-dir=" + directory.resolve("data"));
        all.add("--shuniu.exchange.client-authorities=" + papers.resolve("ca.pem"));
        return Commands.run(stream, stream, all.toArray(String[]::new));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private ExchangeProfile profile() {
        PartnerDirectory.Look look = PartnerDirectory.look(directory.resolve("routes"), text -> text, Map.of());
        assertThat(look.faults()).doesNotContainKey(ID);
        return look.partners().get(ID).exchange().orElseThrow();
    }

    private List<String> everyFileOf(String kind, String id) throws IOException {
        Path folder = directory.resolve(kind).resolve(id);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private String allTextOf(String id) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String kind : List.of("routes", "mappings")) {
            for (String name : everyFileOf(kind, id)) {
                Path file = directory.resolve(kind).resolve(id).resolve(name);
                text.append(Files.isRegularFile(file) ? Files.readString(file) : "");
            }
        }
        return text.toString();
    }
}
