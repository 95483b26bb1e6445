package org.shuniu.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The list of what the hub is made of, as whoever looks for known vulnerabilities finds it in the jar. */
class SbomIT {

    private static final String LIST = "META-INF/sbom/application.cdx.json";

    @Test
    void namesEveryLibraryThatTheHubRunsOn() throws IOException {
        JsonNode list = list();

        Set<String> named =
                list.path("components").valueStream().map(SbomIT::place).collect(Collectors.toSet());

        assertThat(list.path("bomFormat").asString()).isEqualTo("CycloneDX");
        try (Stream<Path> libraries = Files.list(Path.of("target/lib"))) {
            assertThat(libraries.map(library -> library.getFileName().toString()))
                    .isNotEmpty()
                    .allSatisfy(library -> assertThat(named).anyMatch(library::startsWith));
        }
    }

    /** As far as a file's name says it; what follows is a classifier. */
    private static String place(JsonNode component) {
        return "%s-%s"
                .formatted(
                        component.path("name").asString(),
                        component.path("version").asString());
    }

    private static JsonNode list() throws IOException {
        try (ZipFile jar = new ZipFile(JarProcess.JAR.toFile())) {
            ZipEntry entry = jar.getEntry(LIST);
            assumeThat(entry).as("the plugin makes it online only").isNotNull();
            return JsonMapper.shared().readTree(jar.getInputStream(entry));
        }
    }
}
