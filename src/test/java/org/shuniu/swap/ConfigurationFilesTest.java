package org.shuniu.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version is its files: their names, their bytes and nothing else. */
class ConfigurationFilesTest {

    @TempDir
    Path directory;

    @BeforeEach
    void writeThem() throws IOException {
        write("routes/police/partner.yaml", "partner: police\n");
        write("mappings/police/application.out.yaml", "format: json\n");
    }

    @Test
    void hasTheSameNameForTheSameFiles() throws IOException {
        String version = read().version();

        write("routes/.hidden.yaml", "an editor's");
        write("routes/police/partner.yaml~", "an editor's");
        assertThat(read().version()).isEqualTo(version);

        write("routes/police/partner.yaml", "partner: police \n");
        assertThat(read().version()).isNotEqualTo(version);
    }

    @Test
    void keepsNoExamplesAndShowsThemToWhoeverLooks() throws IOException {
        ConfigurationFiles bare = read();
        write("mappings/police/examples/application.out/one.source.json", "{}");
        write("mappings/police/README.md", "# Police");

        ConfigurationFiles shown = read();

        assertThat(bare.areShown()).isFalse();
        assertThat(shown.areShown()).isTrue();
        assertThat(shown.version()).isEqualTo(bare.version());
        assertThat(shown.files().keySet()).isEqualTo(bare.files().keySet());
        Path looked = shown.lookedAt(place -> {
            assertThat(place.resolve("mappings/police/examples/application.out/one.source.json"))
                    .exists();
            assertThat(place.resolve("routes/police/partner.yaml")).exists();
            return place;
        });
        assertThat(looked).doesNotExist();
    }

    @Test
    void tellsWhatIsAddedChangedAndRemoved() throws IOException {
        ConfigurationFiles before = read();

        write("routes/police/partner.yaml", "partner: police # changed\n");
        write("routes/greening/partner.yaml", "partner: greening\n");
        Files.delete(directory.resolve("mappings/police/application.out.yaml"));

        assertThat(read().changes(before))
                .isEqualTo(Map.of(
                        "routes/police/partner.yaml", Change.CHANGED,
                        "routes/greening/partner.yaml", Change.ADDED,
                        "mappings/police/application.out.yaml", Change.REMOVED));
    }

    @Test
    void standsInAFolderOfItsOwnAsItWas() throws IOException {
        ConfigurationFiles files = read();

        Path place = files.placeUnder(directory.resolve("versions"));
        write("routes/police/partner.yaml", "changed since\n");

        assertThat(ConfigurationFiles.read(place.resolve("routes"), place.resolve("mappings"))
                        .version())
                .isEqualTo(files.version());
        assertThat(files.placeUnder(directory.resolve("versions"))).isEqualTo(place);

        ConfigurationFiles.clear(directory.resolve("versions"), "another");
        assertThat(place).doesNotExist();
    }

    private ConfigurationFiles read() {
        return ConfigurationFiles.read(directory.resolve("routes"), directory.resolve("mappings"));
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
