package org.shuniu.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.vault.Vault;

class SealedFileTest {

    private static final UUID NAME = new UUID(1, 2);

    @TempDir
    private Path directory;

    private SealedFile file;

    @BeforeEach
    void open() {
        file = new SealedFile(directory, NAME, Vault.of(Map.of(1, new byte[32]), 1, new byte[32]));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, SealedFile.CHUNK - 1, SealedFile.CHUNK, SealedFile.CHUNK + 1, 3 * SealedFile.CHUNK})
    void givesBackWhatItTook(int length) throws IOException {
        byte[] content = content(length);

        assertThat(file.append(0, new ByteArrayInputStream(content), length)).isEqualTo(length);

        assertThat(read(0, length)).isEqualTo(content);
        assertThat(read(length / 2, length)).isEqualTo(Arrays.copyOfRange(content, length / 2, length));
    }

    @Test
    void goesOnAfterTheLastWholeChunkOfABrokenPart() throws IOException {
        byte[] content = content(3 * SealedFile.CHUNK + 7);
        InputStream part = new ByteArrayInputStream(content, 0, 2 * SealedFile.CHUNK + 5);

        long here = file.append(0, part, content.length);

        assertThat(here).isEqualTo(file.durable()).isEqualTo(2 * SealedFile.CHUNK);
        InputStream rest = new ByteArrayInputStream(content, (int) here, content.length);
        assertThat(file.append(here, rest, content.length)).isEqualTo(content.length);
        assertThat(read(0, content.length)).isEqualTo(content);
    }

    @Test
    void takesAPartBack() throws IOException {
        byte[] content = content(3 * SealedFile.CHUNK);
        file.append(0, new ByteArrayInputStream(content, 0, SealedFile.CHUNK), content.length);
        file.append(SealedFile.CHUNK, new ByteArrayInputStream(content, 0, SealedFile.CHUNK), content.length);

        file.cut(SealedFile.CHUNK);

        assertThat(file.durable()).isEqualTo(SealedFile.CHUNK);
        InputStream rest = new ByteArrayInputStream(content, SealedFile.CHUNK, content.length);
        file.append(SealedFile.CHUNK, rest, content.length);
        assertThat(read(0, content.length)).isEqualTo(content);
    }

    @Test
    void refusesMoreThanWasSaid() {
        assertThatThrownBy(() -> file.append(0, new ByteArrayInputStream(content(11)), 10))
                .isInstanceOfSatisfying(
                        AttachmentRefused.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(413));
    }

    @Test
    void showsNothingOfItsContent() throws IOException {
        byte[] content = "11010519491231002X".repeat(10_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        file.append(0, new ByteArrayInputStream(content), content.length);

        byte[] onDisk = Files.readAllBytes(directory.resolve(NAME.toString()));

        assertThat(new String(onDisk, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("110105");
    }

    private byte[] read(long from, long length) throws IOException {
        try (InputStream content = file.open(from, length)) {
            return content.readAllBytes();
        }
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }
}
