package org.shuniu.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Long attachments in a small heap. */
class AttachmentTrial {

    private static final int AT_A_TIME = 8;
    private static final long WHOLE = 1L << 30;
    private static final long LEAST = 64L << 20;
    /** What stays in the heap, whatever the attachments' length. */
    private static final long FLAT = 256;

    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(");

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
            List<Integer> statuses =
                    uploadSideBySide(length, (sha256, content) -> toThePlatformsDoor(trial, sha256, content));
            long seconds = Math.max(1, Duration.between(began, Instant.now()).toSeconds());
            trial.note("bytes of each", length)
                    .note("MB/s in all", AT_A_TIME * length / seconds / 1_000_000)
                    .note("hub lived on", trial.hub().isAlive())
                    .prove();
            assertThat(statuses).hasSize(AT_A_TIME).containsOnly(201);
            assertThat(trial.hub().output()).doesNotContain("OutOfMemoryError");
        }
    }

    @Test
    void takesEightAtATimeOverTheExchangesPort() throws Exception {
        long length = Math.max(LEAST, Math.round(WHOLE * Trial.SCALE));
        try (Trial trial = Trial.of(
                "F24 exchange", "8 attachments are uploaded side by side over the exchange's port with -Xmx512m")) {
            AttachingRegion region = AttachingRegion.connect(trial.hub());
            Path collections = trial.directory().resolve("gc.log");
            trial.hub().start("-Xmx512m", "-Xlog:gc:file=" + collections);
            Instant began = Instant.now();
            List<Integer> statuses = uploadSideBySide(length, region::upload);
            long seconds = Math.max(1, Duration.between(began, Instant.now()).toSeconds());
            long held = mebibytes(collections, 2);
            List<String> faults = new ArrayList<>();
            blame(faults, statuses.stream().anyMatch(status -> status / 100 != 2), "uploads ended with " + statuses);
            blame(faults, !trial.hub().isAlive(), "the hub ended");
            blame(faults, trial.hub().output().contains("OutOfMemoryError"), "the heap was full");
            blame(faults, held >= FLAT, "a collection left %d MiB in the heap".formatted(held));
            trial.note("bytes of each", length)
                    .note("MB/s in all", AT_A_TIME * length / seconds / 1_000_000)
                    .note("heap at most, MiB", mebibytes(collections, 1))
                    .note("heap after collections at most, MiB", held)
                    .note("resident at most, MiB", resident(trial.hub().pid()))
                    .report(faults);
            assertThat(faults).isEmpty();
        }
    }

    private static void blame(List<String> faults, boolean broken, String what) {
        if (broken) {
            faults.add(what);
        }
    }

    /** The most that the log of collections names, before them (1) or after them (2). */
    private static long mebibytes(Path collections, int group) throws IOException {
        try (Stream<String> lines = Files.lines(collections)) {
            return lines.map(COLLECTION::matcher)
                    .filter(Matcher::find)
                    .mapToLong(line -> Long.parseLong(line.group(group)))
                    .max()
                    .orElse(0);
        }
    }

    private static long resident(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/%d/status".formatted(pid)))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    /** Uploads a content by its digest; returns the answer's status. */
    @FunctionalInterface
    private interface Door {
        int upload(byte[] sha256, HttpRequest.BodyPublisher content) throws Exception;
    }

    private static List<Integer> uploadSideBySide(long length, Door door) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Callable<Integer>> uploads = new ArrayList<>();
            for (int seed = 0; seed < AT_A_TIME; seed++) {
                int own = seed;
                uploads.add(() -> upload(door, own, length));
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

    private static int upload(Door door, int seed, long length) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        byte[] piece = new byte[8 * 1024];
        try (InputStream content = new Content(seed, length)) {
            for (int count = content.read(piece); count > 0; count = content.read(piece)) {
                sha256.update(piece, 0, count);
            }
        }
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.fromPublisher(
                HttpRequest.BodyPublishers.ofInputStream(() -> new Content(seed, length)), length);
        return door.upload(sha256.digest(), body);
    }

    private static int toThePlatformsDoor(Trial trial, byte[] sha256, HttpRequest.BodyPublisher body) {
        return trial.hub()
                .send(trial.hub()
                        .request("/api/v1/attachments/sha256:" + HexFormat.of().formatHex(sha256))
                        .timeout(Duration.ofMinutes(60))
                        .header("Authorization", "Bearer " + trial.hub().secret("acceptance-platform-token"))
                        .PUT(body))
                .statusCode();
    }
}
