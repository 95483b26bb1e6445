package org.shuniu.handout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandoutFolderTest {

    @TempDir
    private Path directory;

    private Path folder;

    @BeforeEach
    void name() {
        folder = directory.resolve("for/the-office");
    }

    @Test
    void holdsWhatWasWrittenAndTheList() throws IOException {
        write("index.html", "1", "schema/a.json", "2");

        assertThat(read("index.html")).isEqualTo("1");
        assertThat(read("schema/a.json")).isEqualTo("2");
        assertThat(read(HandoutFolder.LIST))
                .startsWith("file,sha256\nindex.html,")
                .contains("\nschema/a.json,");
        try (var beside = Files.list(folder.getParent())) {
            assertThat(beside).containsExactly(folder);
        }
    }

    @Test
    void replacesWhatItWroteAndTakesAwayWhatIsNoMore() throws IOException {
        write("index.html", "1", "schema/old.json", "2");
        write("index.html", "3", "schema/new.json", "4");

        assertThat(read("index.html")).isEqualTo("3");
        assertThat(folder.resolve("schema/old.json")).doesNotExist();
        assertThat(read(HandoutFolder.LIST)).doesNotContain("old.json");
    }

    @Test
    void leavesAFolderAloneThatHoldsSomethingElse() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("thesis.txt"), "the only copy");

        assertThatThrownBy(() -> write("index.html", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("thesis.txt was not written by this command");
        assertThat(folder.resolve("index.html")).doesNotExist();
        assertThat(read("thesis.txt")).isEqualTo("the only copy");
    }

    @Test
    void losesNothingThatSomebodyChanged() throws IOException {
        write("index.html", "1", "schema/a.json", "2");
        Files.writeString(folder.resolve("index.html"), "1 and a remark");

        assertThatThrownBy(() -> write("index.html", "3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("index.html was not written by this command, or was changed since");
        assertThat(read("index.html")).isEqualTo("1 and a remark");
        assertThat(read("schema/a.json")).isEqualTo("2");
    }

    /** The list names what was there and what is to be, until all is there. */
    @Test
    void goesOnWhereItWasBrokenOff() throws IOException {
        write("index.html", "1", "schema/a.json", "2");
        String before = read(HandoutFolder.LIST);
        write("index.html", "3", "schema/a.json", "4");
        String after = read(HandoutFolder.LIST);
        Files.writeString(folder.resolve("schema/a.json"), "2");
        Files.writeString(folder.resolve(HandoutFolder.LIST), before + after.substring(after.indexOf('\n') + 1));

        write("index.html", "3", "schema/a.json", "4");

        assertThat(read("schema/a.json")).isEqualTo("4");
        assertThat(read(HandoutFolder.LIST)).isEqualTo(after);
    }

    @Test
    void isNoFile() throws IOException {
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "a file");

        assertThatThrownBy(() -> write("index.html", "1")).hasMessageContaining("is a file, expected a directory");
    }

    private void write(String... namesAndTexts) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            files.put(namesAndTexts[i], namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        new HandoutFolder(folder).write(files);
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }
}
