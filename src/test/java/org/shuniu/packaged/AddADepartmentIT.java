package org.shuniu.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page {@code docs/add-a-department.md}, followed word for word with the packaged jar in a directory of its own. */
class AddADepartmentIT {

    private static final int PORT = Workplace.freePort();
    private static final int SIMULATORS = Workplace.freePort();
    private static final int MINUTES = 10;

    @TempDir
    private Path directory;

    @Test
    void aDepartmentWithThreeItemsACodeTableAndACallbackIsLive() throws IOException, InterruptedException {
        Workplace.prepare(directory);
        Files.createSymbolicLink(directory.resolve("target"), Path.of("target").toAbsolutePath());
        Path script = Files.writeString(directory.resolve("page.sh"), "set -eux\n" + commands());
        Path output = directory.resolve("output");

        ProcessBuilder bash = new ProcessBuilder("bash", script.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        bash.environment().putAll(settings());
        Process process = bash.start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES))
                    .as(Files.readString(output))
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String said = Files.readString(output);

        assertThat(process.exitValue()).as(said).isZero();
        // The first example was decided, and what came while the office was away after it was back
        assertThat(said).contains("status 60").contains("It waits for the office.");
        List<String> ledger = Files.readAllLines(directory.resolve("data/ledger/forestry.jsonl"));
        assertThat(ledger.stream().map(AddADepartmentIT::messageId)).doesNotHaveDuplicates();
        assertThat(ledger).hasSizeBetween(2, 3);
        assertThat(ledger).allSatisfy(effect -> assertThat(effect).contains("\"application\""));
    }

    /** Under fifteen, so that nobody has to be patient. */
    @Test
    void isShort() throws IOException {
        long commands = commands()
                .replace("\\\n", "")
                .lines()
                .filter(line -> line.startsWith("java") || line.startsWith("curl") || line.startsWith("sed"))
                .count();
        assertThat(commands).isBetween(10L, 14L);
    }

    private static String messageId(String effect) {
        return effect.replaceAll(".*\"messageId\":\"([^\"]+)\".*", "$1");
    }

    /** The ports of the page are those of a machine that has nothing else to do. */
    private static String commands() throws IOException {
        return ShellPage.commands(Path.of("docs/add-a-department.md"))
                .replace("127.0.0.1:8080", "127.0.0.1:" + PORT)
                .replace("127.0.0.1:8090", "127.0.0.1:" + SIMULATORS);
    }

    private static Map<String, String> settings() {
        return Map.of(
                "JAVA_TOOL_OPTIONS", "-Xmx400m -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
                "SERVER_PORT", String.valueOf(PORT),
                "SHUNIU_SIMULATOR_PORT", String.valueOf(SIMULATORS),
                "SHUNIU_SIMULATOR_SFTP_PORT", String.valueOf(Workplace.freePort()),
                "SHUNIU_SIMULATOR_LISTENERS_ARCHIVES", String.valueOf(Workplace.freePort()),
                "SHUNIU_SIMULATOR_LISTENERS_SMPP", String.valueOf(Workplace.freePort()),
                "SHUNIU_EXCHANGE_PORT", String.valueOf(Workplace.freePort()),
                "SHUNIU_DATABASE_PORT", String.valueOf(Workplace.freePort()),
                "SHUNIU_SIMULATOR_PROVINCE_ENABLED", "false",
                "SHUNIU_SIMULATOR_DAY_LENGTH", "0");
    }
}
