package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    private static List<Path> holders(Path data) throws IOException {
        List<Path> holders = new ArrayList<>();
        Files.walkFileTree(data, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!file.toString().contains("/pg_wal/") && holds(file)) {
                    holders.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            /** The servers run: a file may be gone before it is looked at. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return holders;
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
