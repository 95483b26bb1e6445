package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.packaged.LiveDirectory;

class PersonalDataTest {

    private static final List<String> PERSONAL =
            List.of(Applications.NAME, Applications.ID_NUMBER, Applications.MOBILE);

    @Test
    void isNeitherInLogsNorInPlainTextOnDisk(@TempDir Path directory) throws IOException {
        try (RunningHub hub = RunningHub.start(directory)) {
            hub.fault("economy", "{\"fault\":\"error\",\"count\":1}", 200);
            for (String item : List.of(Applications.ECONOMY, Applications.HEALTHCARE, Applications.FEDERATION)) {
                hub.awaitStatus(hub.caseOf(Applications.online(item)), "60");
            }
            hub.apply(Applications.online(Applications.ECONOMY).replace("002X", "0021"));
            hub.awaitQuiet();
            Long federation = hub.sql()
                    .queryForObject("select oid from pg_database where datname = 'disabled_federation'", Long.class);
            hub.stop();

            assertThat(Files.readString(directory.resolve("hub.log"))).doesNotContain(PERSONAL);
            assertThat(holders(directory.resolve("data")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file.toString()).contains("/base/" + federation + "/"));
        }
    }

    /** The front-end database is the federation's own and holds what it needs; the log of the cluster serves both. */
    private static List<Path> holders(Path data) {
        return LiveDirectory.files(data).stream()
                .filter(file -> !file.toString().contains("/pg_wal/"))
                .filter(PersonalDataTest::holds)
                .toList();
    }

    private static boolean holds(Path file) {
        try {
            String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return PERSONAL.stream()
                    .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                    .anyMatch(bytes::contains);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
