package org.shuniu.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar on the newest Java that is supported for long, where one is installed: the hub is made for 17, and users start it on what they have. */
class NewerJavaTrial {

    private static final int VERSION = 25;
    private static final Path JDKS = Path.of("/usr/lib/jvm");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void startsTwiceInOneDirectory() throws IOException {
        Optional<Path> java = home();
        assumeThat(java)
                .as("a JDK %d, by JAVA_HOME_%1$d or in %s", VERSION, JDKS)
                .isPresent();
        try (JarProcess hub = new JarProcess(directory, "output.log", java.get())) {
            hub.start();
            await().atMost(PATIENCE).until(() -> isUp(hub));
            hub.end();
            hub.start();
            await().atMost(PATIENCE).until(() -> isUp(hub));
            assertThat(hub.output()).doesNotContain("AMQ224000");
        }
    }

    private static boolean isUp(JarProcess hub) throws IOException, InterruptedException {
        HttpRequest health = HttpRequest.newBuilder(URI.create(hub.hub() + "/actuator/health"))
                .build();
        return HttpClient.newHttpClient()
                        .send(health, HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                == 200;
    }

    private static Optional<Path> home() throws IOException {
        List<Path> homes = new ArrayList<>();
        Optional.ofNullable(System.getenv("JAVA_HOME_" + VERSION)).map(Path::of).ifPresent(homes::add);
        if (Files.isDirectory(JDKS)) {
            try (Stream<Path> installed = Files.list(JDKS)) {
                installed.sorted().forEach(homes::add);
            }
        }
        for (Path home : homes) {
            Path release = home.resolve("release");
            if (Files.isReadable(release) && Files.readString(release).contains("JAVA_VERSION=\"" + VERSION)) {
                return Optional.of(home);
            }
        }
        return Optional.empty();
    }
}
