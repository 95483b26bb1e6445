package org.shuniu.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.shuniu.store.StoredMessage;
import org.shuniu.vault.Vault;

/** Files that are sealed anew, and what becomes of those in whose place they come. */
class AttachmentResealTest {

    private static final String PARTNER = "anhui";
    private static final byte[] CONTENT = "扫描件 ".repeat(50_000).getBytes(StandardCharsets.UTF_8);
    private static final String DIGEST = "sha256:" + HexFormat.of().formatHex(StoredMessage.digestOf(CONTENT));
    private static final Map<Integer, byte[]> KEYS =
            Map.of(1, new byte[32], 2, HexFormat.of().parseHex("01".repeat(32)));

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;

    private final Path files = directory.resolve("attachments");
    private final AttachmentStore before = store(1);
    private final AttachmentStore after = store(2);

    @BeforeAll
    static void start() {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 4, 2, 2);
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @BeforeEach
    void forget() throws IOException {
        sql("delete from attachment");
        sql("delete from attachment_upload");
        sql("delete from attachment_replaced");
        for (Path file : files()) {
            Files.delete(file);
        }
    }

    /** The database is copied first, and then the folder. */
    @Test
    void leavesTheFileThatABackupOfTheDatabaseNames() throws IOException {
        upload(before);
        Path named = files().get(0);

        assertThat(pass(after)).extracting(AttachmentReseal.File::moved).containsExactly(true);
        assertThat(pass(after)).extracting(AttachmentReseal.File::keys).containsExactly(Map.of(2, 1L));
        after.removeReplaced();

        assertThat(files()).hasSize(2).contains(named);
        assertThat(stored(after)).isEqualTo(CONTENT);
        sql("update attachment set storage_name = '%s'".formatted(named.getFileName()));
        assertThat(stored(after)).isEqualTo(CONTENT);
    }

    @Test
    void removesThatFileOnceABackupHasHadItsTime() throws IOException {
        upload(before);
        Path named = files().get(0);
        pass(after);

        sql("update attachment_replaced set replaced_at = now() - interval '71 hours'");
        assertThat(after.removeReplaced()).isZero();
        assertThat(files()).contains(named);

        sql("update attachment_replaced set replaced_at = now() - interval '73 hours'");
        assertThat(after.removeReplaced()).isOne();
        assertThat(files()).hasSize(1).doesNotContain(named);
        assertThat(after.removeReplaced()).isZero();
        assertThat(stored(after)).isEqualTo(CONTENT);
    }

    @Test
    void leavesNothingOfAnAttachmentThatIsRemoved() {
        upload(before);
        pass(after);
        sql("update attachment set unnamed_since = 'epoch'");

        assertThat(after.giveUpUnnamed()).isOne();
        assertThat(after.removeAbandoned()).isOne();
        assertThat(after.removeReplaced()).isOne();

        assertThat(files()).isEmpty();
    }

    @Test
    void leavesNothingOfAnUploadThatMayBeginAnew() {
        before.append(
                PARTNER,
                DIGEST,
                new AttachmentStore.Part(
                        0, CONTENT.length, new ByteArrayInputStream(CONTENT, 0, 2 * SealedFile.CHUNK), () -> {}));

        assertThat(pass(after)).extracting(AttachmentReseal.File::moved).containsExactly(true);

        assertThat(files()).hasSize(1);
    }

    /** An upload may be left of what somebody else has brought whole. */
    @Test
    void looksAtTheUploadOfAnAttachmentThatIsHere() throws IOException {
        upload(before);
        UUID orphan = UUID.randomUUID();
        new SealedFile(files, orphan, Vault.of(KEYS, 1, new byte[32]))
                .append(0, new ByteArrayInputStream(CONTENT), CONTENT.length);
        pools.console().sql().update("""
                insert into attachment_upload (partner, digest, length, storage_name) values (?, ?, ?, ?)
                """, PARTNER, DIGEST, CONTENT.length, orphan);

        assertThat(pass(after)).extracting(AttachmentReseal.File::moved).containsExactly(true, true);
        assertThat(pass(after)).extracting(AttachmentReseal.File::keys).containsExactly(Map.of(2, 1L), Map.of(2, 1L));
    }

    private static List<AttachmentReseal.File> pass(AttachmentStore store) {
        List<AttachmentReseal.File> looked = new ArrayList<>();
        Optional<AttachmentReseal.File> next = store.resealNext("");
        while (next.isPresent()) {
            looked.add(next.get());
            next = store.resealNext(next.get().at());
        }
        return looked;
    }

    private static void upload(AttachmentStore store) {
        store.append(
                PARTNER,
                DIGEST,
                new AttachmentStore.Part(0, CONTENT.length, new ByteArrayInputStream(CONTENT), () -> {}));
    }

    private static byte[] stored(AttachmentStore store) throws IOException {
        try (InputStream content = store.open(PARTNER, DIGEST, 0)) {
            return content.readAllBytes();
        }
    }

    private static void sql(String statement) {
        pools.console().sql().update(statement);
    }

    private List<Path> files() {
        try (Stream<Path> list = Files.list(files)) {
            return list.toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private AttachmentStore store(int key) {
        return new AttachmentStore(
                pools.intake().sql(), files, Vault.of(KEYS, key, new byte[32]), UploadsUnderWayTest.LIMITS);
    }
}
