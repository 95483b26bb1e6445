package org.shuniu.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.mapping.Examples;
import org.shuniu.mapping.Mappings;

class ProposalsTest {

    private static final Path FOLDER = Path.of("mappings");
    private static final String PARTNER = "economy";
    private static final String OUT = "application.out";
    private static final Instant NOW = Instant.parse("2026-11-27T06:00:00Z");

    private final Workbench bench = new Workbench(() -> FOLDER, FOLDER, Mappings.load(FOLDER), Catalogue.load(FOLDER));
    private final List<String> audit = new ArrayList<>();
    private final String inForce = bench.text(PARTNER, OUT);

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void keepTheFileAndHowItDiffers() {
        Proposal saved = proposals().save("ling", draft(500), "longer purposes").proposal();

        assertThat(saved.number()).isEqualTo(1);
        Proposal found = proposals().find(1).orElseThrow();
        assertThat(found)
                .isEqualTo(new Proposal(1, PARTNER, OUT, "ling", NOW, "longer purposes", bench.version(PARTNER)));
        assertThat(proposals().text("wu", found)).isEqualTo(text(500));
        assertThat(proposals().difference("wu", found))
                .startsWith("--- a/mappings/economy/application.out.yaml\n")
                .contains(
                        "-  - {target: purpose, source: document.form.purpose, max: 200}\n",
                        "+  - {target: purpose, source: document.form.purpose, max: 500}\n");
        assertThat(audit)
                .containsExactly(
                        "ling mapping-proposed proposal-1 economy/application.out: longer purposes",
                        "wu proposal-taken proposal-1 economy/application.out: application.out.yaml",
                        "wu proposal-taken proposal-1 economy/application.out: difference.patch");
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
    void refuseWhatIsNothingNewOrFaulty() throws IOException {
        assertThat(problem(inForce)).isEqualTo("same");
        assertThat(problem(inForce.replace("\n", "\r\n")))
                .as("as browsers send it")
                .isEqualTo("same");
        assertThat(problem(inForce.replace("source: case.caseNo", "source: case.")))
                .isEqualTo("faults");
        assertThat(problem(inForce + "#".repeat(Draft.LARGEST))).isEqualTo("large");
        assertThat(audit).isEmpty();
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
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

    @Test
    void areReadPastWhatIsBroken() throws IOException {
        proposals().save("ling", draft(500), "longer");
        Files.writeString(
                Files.createDirectories(directory.resolve("proposals/7")).resolve("proposal.json"), "{");
        Files.createDirectories(directory.resolve("proposals/notes"));

        assertThat(proposals().all()).extracting(Proposal::number).containsExactly(1);
    }

    /** As after another start. */
    private Proposals proposals() {
        return new Proposals(
                directory.resolve("proposals"),
                bench,
                (who, action, target, detail) -> audit.add("%s %s %s %s".formatted(who, action, target, detail)),
                Clock.fixed(NOW, ZoneOffset.UTC));
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
