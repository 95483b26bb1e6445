package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What docs/debug-a-stuck-case.md shows a shell is done, in its order, at a hub where cases are stuck. */
class DebugGuideScenarioTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    /** The only one that has a rate, which the guide lowers. */
    private static final String STEERED = "police";

    @TempDir
    static Path directory;

    private static RunningHub hub;
    private static String functions;
    private static List<String> commands;

    @BeforeAll
    static void beginWithTwoCasesThatAreParked() throws IOException {
        hub = RunningHub.start(directory);
        List<String> blocks = BLOCK.matcher(Files.readString(Path.of("docs/debug-a-stuck-case.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
        functions = blocks.get(0).replace("http://127.0.0.1:8080", hub.address());
        commands = blocks.stream()
                .skip(1)
                .flatMap(String::lines)
                .filter(line -> line.startsWith("ask ") || line.startsWith("tell "))
                .toList();
        hub.fault("economy", "garbage");
        hub.caseOf(Applications.online(Applications.ECONOMY));
        hub.caseOf(Applications.online(Applications.ECONOMY));
        await().atMost(Duration.ofSeconds(60)).until(() -> parked().count() == 2);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @TestFactory
    Stream<DynamicTest> isDoneInItsOrder() {
        return commands.stream()
                .map(command -> DynamicTest.dynamicTest(command, () -> {
                    ShellFolder.Said said = run(command);

                    if (command.contains("$ANSWER") || command.contains("$QUESTION")) {
                        // Nothing of the kind waits; that it says so means that the rest of it was understood.
                        assertThat(said.out()).contains("Nothing of this id waits for a person");
                    } else {
                        assertThat(said.code()).as(said.toString()).isZero();
                    }
                }));
    }

    private static ShellFolder.Said run(String command) throws IOException {
        Path script = Files.writeString(directory.resolve("guide.sh"), functions + command + "\n");
        String none = UUID.randomUUID().toString();
        return ShellFolder.run(
                directory,
                Map.of(
                        "PARTNER",
                        STEERED,
                        "DELIVERY",
                        parked().findFirst().orElse(none),
                        "ANSWER",
                        none,
                        "QUESTION",
                        none,
                        "QUEUE",
                        "hub.dead"),
                List.of("sh", "-u", script.toString()));
    }

    private static Stream<String> parked() {
        return hub.operatorSees("/parked")
                .valueStream()
                .filter(line -> line.path("kind").asString("").equals("delivery"))
                .map(line -> line.path("deliveryId").asString(""));
    }
}
