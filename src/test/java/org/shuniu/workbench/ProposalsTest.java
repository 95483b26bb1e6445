package org.shuniu.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.audit.AuditLog;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.mapping.Examples;
import org.shuniu.mapping.Mappings;
import org.shuniu.store.Json;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;

class ProposalsTest {

    private static final Path FOLDER = Path.of("mappings");
    private static final String PARTNER = "economy";
    private static final String OUT = "application.out";
    private static final String FILE = "application.out.yaml";
    private static final String TABLE = "codes/id-type.csv";
    private static final Instant NOW = Instant.parse("2026-11-27T06:00:00Z");
    private static final Workbench BENCH =
            new Workbench(() -> FOLDER, FOLDER, Mappings.load(FOLDER), Catalogue.load(FOLDER));

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;

    private final List<String> audit = new ArrayList<>();
    private final String inForce = BENCH.text(PARTNER, OUT);

    @BeforeAll
    static void start() {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 2, 2, 2);
    }

    @AfterAll
    static void stop() {
        BENCH.close();
        pools.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        pools.settlement().sql().execute("truncate proposal restart identity cascade");
    }

    @Test
    void keepTheFileAndHowItDiffers() {
        Proposal saved = proposals().save("ling", draft(500), "longer purposes").proposal();

        assertThat(saved.number()).isEqualTo(1);
        Proposal found = proposals().find(1).orElseThrow();
        assertThat(found)
                .isEqualTo(saved)
                .isEqualTo(new Proposal(
                        1,
                        PARTNER,
                        OUT,
                        List.of(FILE),
                        "ling",
                        NOW,
                        "longer purposes",
                        BENCH.version(PARTNER),
                        List.of()));
        assertThat(proposals().text("wu", found, FILE)).hasValue(text(500));
        assertThat(proposals().text("wu", found, TABLE)).isEmpty();
        assertThat(proposals().difference("wu", found).orElseThrow())
                .startsWith("--- a/mappings/economy/application.out.yaml\n")
                .contains(
                        "-  - {target: purpose, source: document.form.purpose, max: 200}\n",
                        "+  - {target: purpose, source: document.form.purpose, max: 500}\n");
        assertThat(audit)
                .containsExactly(
                        "ling mapping-proposed proposal-1 economy/application.out: longer purposes",
                        "wu proposal-taken proposal-1 economy/application.out: application.out.yaml",
                        "wu proposal-taken proposal-1 economy/application.out: difference");
    }

    @Test
    void keepCodeTablesWithTheMappingOrWithoutIt() {
        String table = BENCH.tables(draft(500)).get("id-type") + "335,07,both,边民出入境通行证\n";

        Proposal both = proposals()
                .save("ling", draft(500).with(Map.of("id-type", table)), "a new code")
                .proposal();
        Proposal alone = proposals()
                .save("ling", draft(200).with(Map.of("id-type", table)), "a new code")
                .proposal();

        assertThat(both.files()).containsExactly(FILE, TABLE);
        assertThat(proposals().find(both.number()).orElseThrow().files()).containsExactly(FILE, TABLE);
        assertThat(alone.files()).containsExactly(TABLE);
        assertThat(alone.commands())
                .contains(
                        "java -jar target/shuniu.jar diff economy --last 1000 --reason \"%s\"".formatted(alone.mark()));
        assertThat(proposals().text("wu", alone, TABLE)).hasValue(table);
        assertThat(proposals().difference("wu", both).orElseThrow())
                .contains("+++ b/mappings/economy/application.out.yaml", "+++ b/mappings/economy/codes/id-type.csv")
                .endsWith("+335,07,both,边民出入境通行证\n");
    }

    /** A table or a declaration that nobody reads any more is mended where the proposal is taken up. */
    @Test
    void sayWhatTheyLeaveBehindInOtherFiles() {
        String row = "  - {target: channel, source: document.channel, codes: channel, required: true}\n";
        Draft without = new Draft(PARTNER, OUT, inForce.replace(row, ""), Sample.none(Examples.DAY));

        Proposal saved = proposals().save("ling", without, "not wanted").proposal();

        assertThat(proposals().find(saved.number()).orElseThrow().left())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("economy/codes/channel.csv:1: no mapping uses"))
                .anySatisfy(line -> assertThat(line).startsWith("economy/allowed-fields.csv:"));
    }

    @Test
    void nameTheCommandsOfAReviewer() {
        assertThat(proposals().save("ling", draft(500), "longer").proposal().commands())
                .contains(
                        "patch -p1 < proposal-1.patch",
                        "java -jar target/shuniu.jar diff economy/application.out --last 1000 --reason \"proposal-1\"",
                        "java -jar target/shuniu.jar rehearse start economy --reason \"proposal-1\"",
                        "java -jar target/shuniu.jar swap --check-only");
    }

    @Test
    void refuseWhatIsNothingNewOrFaulty() {
        assertThat(problem(inForce)).isEqualTo("same");
        assertThat(problem(inForce.replace("source: case.caseNo", "source: case.")))
                .isEqualTo("faults");
        assertThat(problem(inForce + "#".repeat(Draft.LARGEST))).isEqualTo("large");
        assertThat(proposals()
                        .save(
                                "ling",
                                draft(200).with(Map.of("id-type", "hub,local,use,name\n111,01,sideways,x\n")),
                                "x")
                        .problem())
                .isEqualTo("faults");
        assertThat(audit).isEmpty();
        assertThat(proposals().all()).isEmpty();
    }

    /** Nobody takes one away of which the audit does not know. */
    @Test
    void areThereOnlyWithTheirLineOfTheAudit() {
        AuditLog broken =
                new AuditLog(pools.settlement().sql(), pools.settlement().transaction(), line -> {
                    throw new IllegalStateException("the audit is away");
                });
        Proposals proposals =
                new Proposals(pools.settlement(), pools.console(), BENCH, broken, Clock.fixed(NOW, ZoneOffset.UTC));

        assertThatThrownBy(() -> proposals.save("ling", draft(500), "longer")).hasMessage("the audit is away");

        assertThat(proposals().all()).isEmpty();
    }

    @Test
    void areDroppedAndLeaveTheirNumberToNobody() {
        Proposal first = proposals().save("ling", draft(500), "longer").proposal();

        assertThat(proposals().drop("ling", first, "not needed")).isTrue();
        assertThat(proposals().drop("wu", first, "not needed")).isFalse();

        assertThat(proposals().all()).isEmpty();
        assertThat(proposals().find(1)).isEmpty();
        assertThat(proposals().save("ling", draft(600), "longer").proposal().number())
                .isEqualTo(2);
        assertThat(audit)
                .containsExactly(
                        "ling mapping-proposed proposal-1 economy/application.out: longer",
                        "ling proposal-dropped proposal-1 economy/application.out: not needed",
                        "ling mapping-proposed proposal-2 economy/application.out: longer");
    }

    @Test
    void areNoMoreThanSomebodyLooksThrough() {
        for (int i = 0; i < Proposals.MOST_OF_ONE; i++) {
            assertThat(proposals().save("ling", draft(201 + i), "longer").problem())
                    .isEmpty();
        }

        assertThat(proposals().save("ling", draft(999), "longer").problem()).isEqualTo("many");
        assertThat(proposals().save("wu", draft(999), "longer").problem()).isEmpty();
        assertThat(proposals().all()).extracting(Proposal::number).startsWith(21, 20, 19);
    }

    /** They were files of each process, with numbers of its own. */
    @Test
    void ofAnEarlierVersionAreTakenInOnce(@TempDir Path data) throws IOException {
        Path folder = data.resolve("proposals");
        former(folder, 3, "ling");
        former(folder, 12, "wu");
        Files.writeString(Files.createDirectory(folder.resolve("4")).resolve("proposal.json"), "{");
        Files.writeString(folder.resolve("last-number"), "14\n");

        folder(folder).takeIn(NOW);

        Proposal kept = proposals().find(3).orElseThrow();
        assertThat(kept)
                .isEqualTo(new Proposal(
                        3, PARTNER, OUT, List.of(FILE), "ling", NOW, "longer purposes", "0123456789ab", List.of()));
        assertThat(proposals().text("wu", kept, FILE)).hasValue(text(503));
        assertThat(proposals().difference("wu", kept)).hasValue("difference of 3\n");
        assertThat(proposals().all()).extracting(Proposal::number).containsExactly(12, 3);
        assertThat(folder).doesNotExist();
        Path aside = data.resolve("proposals-taken-in-" + NOW.getEpochSecond());
        assertThat(aside.resolve("4/proposal.json")).exists();
        assertThat(proposals().save("ling", draft(500), "longer").proposal().number())
                .as("above the last that was given")
                .isEqualTo(15);

        Files.move(aside, folder);
        folder(folder).takeIn(NOW);
        folder(folder).takeIn(NOW);

        assertThat(proposals().all())
                .as("as after a start that ended before the folder had another name")
                .extracting(Proposal::number)
                .containsExactly(15, 12, 3);
    }

    @Test
    void ofAnotherProcessOfTheSameNumberGetANewOne(@TempDir Path data) throws IOException {
        former(data.resolve("one"), 1, "ling");
        former(data.resolve("two"), 1, "wu");

        folder(data.resolve("one")).takeIn(NOW);
        folder(data.resolve("two")).takeIn(NOW);

        assertThat(proposals().all())
                .extracting(proposal -> proposal.number() + " " + proposal.author())
                .containsExactly("2 wu", "1 ling");
        assertThat(audit)
                .containsExactly("wu mapping-proposed proposal-2 economy/application.out: longer purposes"
                        + " (was proposal-1 at another process)");
    }

    private void former(Path folder, int number, String author) throws IOException {
        Path place = Files.createDirectories(folder.resolve(Integer.toString(number)));
        Files.writeString(
                place.resolve("proposal.json"),
                Json.object()
                        .put("number", number)
                        .put("partner", PARTNER)
                        .put("mapping", OUT)
                        .put("author", author)
                        .put("at", NOW.toString())
                        .put("reason", "longer purposes")
                        .put("version", "0123456789ab")
                        .toPrettyString());
        Files.writeString(place.resolve(FILE), text(500 + number));
        Files.writeString(place.resolve("difference.patch"), "difference of %d\n".formatted(number));
    }

    private ProposalFolder folder(Path folder) {
        return new ProposalFolder(folder, pools.settlement(), log());
    }

    /** As another process has them, or this one after another start. */
    private Proposals proposals() {
        return new Proposals(pools.settlement(), pools.console(), BENCH, log(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private AuditLog log() {
        return new AuditLog(
                pools.settlement().sql(),
                pools.settlement().transaction(),
                line -> audit.add("%s %s %s %s".formatted(line.actor(), line.action(), line.target(), line.detail())));
    }

    private String problem(String text) {
        return proposals()
                .save("ling", new Draft(PARTNER, OUT, text, Sample.none(Examples.DAY)), "longer")
                .problem();
    }

    private Draft draft(int max) {
        return new Draft(PARTNER, OUT, text(max), Sample.none(Examples.DAY));
    }

    private String text(int max) {
        return inForce.replace("document.form.purpose, max: 200}", "document.form.purpose, max: %d}".formatted(max));
    }
}
