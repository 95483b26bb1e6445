package org.shuniu.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpRequest;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Long attachments in a small heap. */
class AttachmentTrial {

    private static final int AT_A_TIME = 8;
    private static final long WHOLE = 1L << 30;
    private static final long LEAST = 64L << 20;

    /** So many bytes that are the same however they are read, and of which no copy is kept. */
    private static final class Content extends InputStream {
        private final byte[] piece = new byte[65_521];
        private final long length;
        private long at;

        Content(int seed, long length) {
            new Random(seed).nextBytes(piece);
            this.length = length;
        }

        @Override
        public int read() {
            return at == length ? -1 : piece[(int) (at++ % piece.length)] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int most) {
            if (at == length) {
                return -1;
            }
            int from = (int) (at % piece.length);
            int count = (int) Math.min(Math.min(most, piece.length - from), length - at);
            System.arraycopy(piece, from, target, offset, count);
            at += count;
            return count;
        }
    }

    @Test
    void takesEightAtATimeInASmallHeapUnderLoad() throws Exception {
        long length = Math.max(LEAST, Math.round(WHOLE * Trial.SCALE));
        try (Trial trial = Trial.of("F24", "8 attachments are uploaded side by side with -Xmx256m, under load")) {
            trial.hub().start("-Xmx256m");
            trial.departments().awaitTables(trial.federation());
            trial.platform().start(4, 20);
            Instant began = Instant.now();
            List<Integer> statuses = uploadSideBySide(trial, length);
            long seconds = Math.max(1, Duration.between(began, Instant.now()).toSeconds());
            trial.note("bytes of each", length)
                    .note("MB/s in all", AT_A_TIME * length / seconds / 1_000_000)
                    .note("hub lived on", trial.hub().isAlive())
                    .prove();
            assertThat(statuses).hasSize(AT_A_TIME).containsOnly(201);
            assertThat(trial.hub().output()).doesNotContain("OutOfMemoryError");
        }
    }

    private static List<Integer> uploadSideBySide(Trial trial, long length) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Callable<Integer>> uploads = new ArrayList<>();
            for (int seed = 0; seed < AT_A_TIME; seed++) {
                int own = seed;
                uploads.add(() -> upload(trial, own, length));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> status : threads.invokeAll(uploads)) {
                statuses.add(status.get());
            }
            return statuses;
        } finally {
            threads.shutdownNow();
        }
    }

    private static int upload(Trial trial, int seed, long length) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        byte[] piece = new byte[8 * 1024];
        try (InputStream content = new Content(seed, length)) {
            for (int count = content.read(piece); count > 0; count = content.read(piece)) {
                sha256.update(piece, 0, count);
            }
        }
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.fromPublisher(
                HttpRequest.BodyPublishers.ofInputStream(() -> new Content(seed, length)), length);
        return trial.hub()
                .send(trial.hub()
                        .request("/api/v1/attachments/sha256:" + HexFormat.of().formatHex(sha256.digest()))
                        .timeout(Duration.ofMinutes(60))
                        .header("Authorization", "Bearer " + trial.hub().secret("acceptance-platform-token"))
                        .PUT(body))
                .statusCode();
    }
}
