package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.packaged.Workplace;

/** Departments that the command {@code new} wrote, in a running hub with their simulated offices. */
class NewDepartmentTest {

    /** Each with how it speaks, and how its results come. */
    private static final Map<String, List<String>> NEW = Map.of(
            "calling-back", List.of("--protocol=rest", "--result=callback"),
            "being-asked", List.of("--protocol=rest", "--result=query"),
            "at-once", List.of("--protocol=rest", "--result=at-once"),
            "by-soap", List.of("--protocol=soap", "--result=callback"),
            "by-queue", List.of("--protocol=amqp"),
            "by-table", List.of("--protocol=table"),
            "by-columns", List.of("--protocol=sftp-csv"),
            "by-widths", List.of("--protocol=fixed-width"));

    @TempDir
    static Path directory;

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        Workplace.prepare(directory);
        NEW.forEach((partner, how) -> {
            List<String> words = new ArrayList<>(List.of("new", partner));
            words.addAll(how);
            words.add("--item=%s=办理事项=Application".formatted(item(partner)));
            words.add("--shuniu.routes-dir=" + directory.resolve("routes"));
            said(0, words);
        });
        hub = RunningHub.start(
                directory,
                "--shuniu.mappings-dir=" + directory.resolve("mappings"),
                "--shuniu.simulator.listeners.queues=" + Workplace.freePort());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String item(String partner) {
        return "31209800%d000"
                .formatted(1 + NEW.keySet().stream().sorted().toList().indexOf(partner));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "calling-back",
                "being-asked",
                "at-once",
                "by-soap",
                "by-queue",
                "by-table",
                "by-columns",
                "by-widths"
            })
    void takesAndDecidesACase(String partner) {
        String caseNo = hub.caseOf(Applications.online(item(partner)));

        hub.awaitStatus(caseNo, "60");

        hub.awaitQuiet();
        assertThat(hub.effects(partner, caseNo)).containsExactly("application");
        assertThat(hub.caseFile(caseNo)
                        .path("result")
                        .path("outcome")
                        .path("certificateNumber")
                        .asString())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "calling-back",
                "being-asked",
                "at-once",
                "by-soap",
                "by-queue",
                "by-table",
                "by-columns",
                "by-widths"
            })
    void refusesACase(String partner) {
        String caseNo = hub.caseOf(Applications.online(item(partner), "REFUSE"));

        hub.awaitStatus(caseNo, "61");

        assertThat(hub.effects(partner, caseNo)).containsExactly("application");
    }

    @Test
    void isTriedByItsExample() {
        String said = said(
                0,
                List.of(
                        "try",
                        "calling-back",
                        "--hub=" + hub.address(),
                        "--shuniu.secrets-dir=" + directory.resolve("data/secrets"),
                        "--shuniu.routes-dir=" + directory.resolve("routes")));
        assertThat(said).contains("status 60").contains("result {");
    }

    /** What a command said, which ends with this code. */
    private static String said(int code, List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.add("--shuniu.mappings-dir=" + directory.resolve("mappings"));
        return CommandLine.said(code, all);
    }
}
