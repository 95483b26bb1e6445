package org.shuniu.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarTest {

    @TempDir
    private Path directory;

    @Test
    void isUnpackedByTheShellsTar() throws Exception {
        byte[] large = new byte[1024];
        large[1000] = 7;
        Tar tar = new Tar();
        tar.add("README", "first\n");
        tar.add("received/0123-4567/12/signature", large);
        tar.add("received/0123-4567/empty", new byte[0]);
        Files.write(directory.resolve("it.tar"), tar.bytes());

        int code = new ProcessBuilder("tar", "-xf", "it.tar")
                .directory(directory.toFile())
                .inheritIO()
                .start()
                .waitFor();

        assertThat(code).isZero();
        assertThat(directory.resolve("README")).hasContent("first\n");
        assertThat(directory.resolve("received/0123-4567/12/signature")).hasBinaryContent(large);
        assertThat(directory.resolve("received/0123-4567/empty")).isEmptyFile();
    }

    @Test
    void refusesANameThatWouldBeCutOff() {
        assertThatThrownBy(() -> new Tar().add("x".repeat(101), "")).isInstanceOf(IllegalArgumentException.class);
    }
}
