package org.shuniu.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.shuniu.store.StoredMessage;
import org.shuniu.vault.Vault;

/** Two processes on one database and one folder of attachments, one of which stands still in the middle of an upload. */
class UploadOfSeveralProcessesTest {

    private static final String PARTNER = "anhui";
    private static final byte[] CONTENT = content();
    private static final String DIGEST = "sha256:" + HexFormat.of().formatHex(StoredMessage.digestOf(CONTENT));
    private static final int BEGUN = 2 * SealedFile.CHUNK;
    private static final Map<Integer, byte[]> KEYS =
            Map.of(1, new byte[32], 2, HexFormat.of().parseHex("01".repeat(32)));

    /** What becomes of the upload that stood still. */
    private enum Waking {
        GOES_ON(409),
        BRINGS_SOMETHING_ELSE(409),
        BREAKS_OFF(409),
        IS_REFUSED(400);

        private final int status;

        Waking(int status) {
            this.status = status;
        }
    }

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;

    private final Path files = directory.resolve("attachments");
    private final AttachmentStore one = store(1);
    private final AttachmentStore other = store(1);
    private final CountDownLatch stands = new CountDownLatch(1);
    private final CountDownLatch wakes = new CountDownLatch(1);

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
        pools.console().sql().update("delete from attachment");
        pools.console().sql().update("delete from attachment_upload");
        pools.console().sql().update("delete from attachment_replaced");
        for (Path file : files()) {
            Files.delete(file);
        }
    }

    @AfterEach
    void wake() {
        wakes.countDown();
    }

    @Test
    void isWrittenByOneProcessAtATime() throws Exception {
        CompletableFuture<AttachmentStore.State> standing = begin(Waking.GOES_ON);

        assertThat(refusal(() -> append(other, AttachmentStore.ANEW, CONTENT)).name())
                .isEqualTo("state-conflict");
        assertThat(reseal(store(2)).moved()).isFalse();

        wakes.countDown();
        assertThat(standing.get(1, TimeUnit.MINUTES).complete()).isTrue();
        assertThat(reseal(store(2)).moved()).isTrue();
        assertThat(stored(store(2))).isEqualTo(CONTENT);
        assertThat(unfinished()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void isLeftToAnotherProcessAndNotSpoiltByTheOneThatWakesUp(Waking waking) throws Exception {
        CompletableFuture<AttachmentStore.State> standing = begin(waking);
        lapse();

        AttachmentStore.State state = append(other, AttachmentStore.ANEW, CONTENT);
        wakes.countDown();

        assertThat(state.complete()).isTrue();
        assertThat(refusal(() -> join(standing)).status()).isEqualTo(waking.status);
        assertThat(stored(other)).isEqualTo(CONTENT);
        assertThat(other.state(PARTNER, DIGEST)).contains(state);
        assertThat(files()).hasSize(1);
        assertThat(unfinished()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void goesOnElsewhereFromWhatWasOnDisk(Waking waking) throws Exception {
        CompletableFuture<AttachmentStore.State> standing = begin(waking);
        lapse();
        long here = other.state(PARTNER, DIGEST).orElseThrow().offset();

        CompletableFuture<AttachmentStore.State> rest = CompletableFuture.supplyAsync(() -> other.append(
                PARTNER,
                DIGEST,
                new AttachmentStore.Part(
                        here,
                        CONTENT.length,
                        new SequenceInputStream(
                                waiting(standing, waking),
                                new ByteArrayInputStream(CONTENT, (int) here, CONTENT.length)),
                        () -> {})));

        assertThat(here).isEqualTo(BEGUN);
        assertThat(rest.get(1, TimeUnit.MINUTES).complete()).isTrue();
        assertThat(stored(other)).isEqualTo(CONTENT);
        assertThat(files()).hasSize(1);
        assertThat(unfinished()).isZero();
    }

    /** Its file can't be sealed anew, and stays the one that the first may still write. */
    @ParameterizedTest
    @EnumSource
    void isNotSpoiltWhereItsFileWasLookedAtMeanwhile(Waking waking) throws Exception {
        CompletableFuture<AttachmentStore.State> standing = begin(waking);
        lapse();
        AttachmentStore withoutKey = new AttachmentStore(
                pools.intake().sql(),
                files,
                Vault.of(Map.of(2, KEYS.get(2)), 2, new byte[32]),
                UploadsUnderWayTest.LIMITS);
        assertThat(reseal(withoutKey).moved()).isFalse();

        assertThat(append(other, AttachmentStore.ANEW, CONTENT).complete()).isTrue();
        wakes.countDown();

        assertThat(refusal(() -> join(standing)).status()).isEqualTo(waking.status);
        assertThat(stored(other)).isEqualTo(CONTENT);
        assertThat(files()).hasSize(1);
    }

    @Test
    void isFreeAtOnceForAProcessThatWorksAlone() throws Exception {
        begin(Waking.GOES_ON);
        assertThat(refusal(() -> append(other, BEGUN, CONTENT)).name()).isEqualTo("state-conflict");

        other.beginAlone();

        AttachmentRefused mismatch = refusal(() -> append(other, 0, CONTENT));
        assertThat(mismatch.name()).isEqualTo("offset-mismatch");
        assertThat(mismatch.offset()).isEqualTo(BEGUN);
    }

    @Test
    void keepsAFileThatAnotherProcessIsAboutToName() throws IOException {
        append(one, 0, CONTENT);
        Path old = files()[0];
        Path made = Files.writeString(files.resolve(UUID.randomUUID().toString()), "sealed anew");
        Path left = Files.writeString(files.resolve(UUID.randomUUID().toString()), "left by a crash");
        Path others = Files.writeString(files.resolve(".nfs0000"), "made by the storage");
        List.of(old, left, others).forEach(UploadOfSeveralProcessesTest::age);

        reseal(store(2));
        reseal(store(2));

        assertThat(files()).contains(old, made, others).doesNotContain(left).hasSize(4);
    }

    private static void age(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void beginsAnewWhereNothingOfItIsOnDisk() throws IOException {
        pools.console().sql().update("""
                insert into attachment_upload (partner, digest, length, storage_name, writer, writer_until)
                values (?, ?, ?, gen_random_uuid(), gen_random_uuid(), now())""", PARTNER, DIGEST, CONTENT.length);

        assertThat(append(other, 0, CONTENT).complete()).isTrue();
        assertThat(stored(other)).isEqualTo(CONTENT);
    }

    /** The one that stands wakes up while the other has begun to write, and has ended before that goes on. */
    private InputStream waiting(CompletableFuture<AttachmentStore.State> standing, Waking waking) {
        return new InputStream() {
            @Override
            public int read() {
                wakes.countDown();
                assertThat(refusal(() -> join(standing)).status()).isEqualTo(waking.status);
                return -1;
            }
        };
    }

    /** Begins an upload that stands still when a part of it is on disk. */
    private CompletableFuture<AttachmentStore.State> begin(Waking waking) throws InterruptedException {
        InputStream beginning = new ByteArrayInputStream(CONTENT, 0, BEGUN);
        InputStream rest = switch (waking) {
            case GOES_ON -> new ByteArrayInputStream(CONTENT, BEGUN, CONTENT.length);
            case BREAKS_OFF -> InputStream.nullInputStream();
            case IS_REFUSED, BRINGS_SOMETHING_ELSE -> new ByteArrayInputStream(new byte[CONTENT.length - BEGUN]);
        };
        InputStream still = new InputStream() {
            @Override
            public int read() throws IOException {
                stands.countDown();
                try {
                    assertThat(wakes.await(1, TimeUnit.MINUTES)).isTrue();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
                return -1;
            }
        };
        Runnable check = () -> {
            if (waking == Waking.IS_REFUSED) {
                throw new AttachmentRefused("signature-invalid", 400, "The part is not the one that was signed");
            }
        };
        InputStream content = new SequenceInputStream(beginning, new SequenceInputStream(still, rest));
        CompletableFuture<AttachmentStore.State> standing = CompletableFuture.supplyAsync(
                () -> one.append(PARTNER, DIGEST, new AttachmentStore.Part(0, CONTENT.length, content, check)));
        assertThat(stands.await(1, TimeUnit.MINUTES)).isTrue();
        return standing;
    }

    /** As if it had stood for longer than it may. */
    private static void lapse() {
        pools.console().sql().update("update attachment_upload set writer_until = now() - interval '1 second'");
    }

    private static AttachmentStore.State append(AttachmentStore store, long offset, byte[] content) {
        return store.append(
                PARTNER,
                DIGEST,
                new AttachmentStore.Part(offset, content.length, new ByteArrayInputStream(content), () -> {}));
    }

    private static void join(CompletableFuture<AttachmentStore.State> standing) {
        try {
            standing.join();
        } catch (CompletionException failure) {
            throw (RuntimeException) failure.getCause();
        }
    }

    private static AttachmentRefused refusal(ThrowingCallable act) {
        AttachmentRefused refused = catchThrowableOfType(AttachmentRefused.class, act);
        assertThat(refused).isNotNull();
        return refused;
    }

    private static AttachmentReseal.File reseal(AttachmentStore store) {
        return store.resealNext("").orElseThrow();
    }

    private static byte[] stored(AttachmentStore store) throws IOException {
        try (InputStream content = store.open(PARTNER, DIGEST, 0)) {
            return content.readAllBytes();
        }
    }

    private static long unfinished() {
        return pools.console().sql().queryForObject("select count(*) from attachment_upload", Long.class);
    }

    private Path[] files() {
        try (Stream<Path> list = Files.list(files)) {
            return list.toArray(Path[]::new);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private AttachmentStore store(int key) {
        return new AttachmentStore(
                pools.intake().sql(), files, Vault.of(KEYS, key, new byte[32]), UploadsUnderWayTest.LIMITS);
    }

    private static byte[] content() {
        byte[] content = new byte[3 * SealedFile.CHUNK + 7];
        new Random(1).nextBytes(content);
        return content;
    }
}
