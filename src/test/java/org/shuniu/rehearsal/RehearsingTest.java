package org.shuniu.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.Mappings;
import org.shuniu.store.Json;

/** A candidate that is rehearsed, and what threads of messages have to do with it. */
class RehearsingTest {

    private static final Path FOLDER = Path.of("mappings");
    private static final String PARTNER = "economy";
    private static final String MAPPING = "application.out";
    private static final int ROOM = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private record Scripted(String id, Runnable script) implements Recorded {
        @Override
        public String mapping() {
            return MAPPING;
        }

        @Override
        public Translated by(Mappings mappings) {
            script.run();
            return new Translated.Done(Json.object().put("a", 1), new byte[0]);
        }
    }

    private final List<Findings> seen = new ArrayList<>();
    private Rehearsing rehearsing;

    @BeforeEach
    void begin() throws IOException {
        Mappings mappings = CandidateFiles.of(FOLDER.resolve(PARTNER)).read(PARTNER, FOLDER);
        Rivals rivals = new Rivals(PARTNER, mappings, mappings, DocumentSchemas.load(FOLDER));
        rehearsing = new Rehearsing(UUID.randomUUID(), PARTNER, rivals, ROOM, 1_000);
        rehearsing.start();
    }

    @AfterEach
    void end() {
        rehearsing.end();
    }

    @Test
    void countsWhatItSees() {
        rehearsing.offer(new Scripted("m1", () -> {}), 10);

        await().atMost(PATIENCE).until(() -> compared() == 1);
    }

    @Test
    void neverKeepsAThreadOfMessagesWaiting() {
        CountDownLatch endless = new CountDownLatch(1);
        for (int i = 0; i < 100; i++) {
            rehearsing.offer(new Scripted("m" + i, () -> awaitQuietly(endless)), 10);
        }

        assertThat(leftOut()).isGreaterThanOrEqualTo(100 - ROOM - 1);
        endless.countDown();
        await().atMost(PATIENCE).until(() -> compared() + leftOut() == 100);
    }

    @Test
    void leavesOutWhatIsTooBig() {
        rehearsing.offer(new Scripted("m1", () -> {}), 1_001);

        assertThat(leftOut()).isEqualTo(1);
    }

    @Test
    void outlivesACandidateThatFails() {
        rehearsing.offer(
                new Scripted("m1", () -> {
                    throw new IllegalStateException("测试甲");
                }),
                10);
        rehearsing.offer(
                new Scripted("m2", () -> {
                    throw new StackOverflowError();
                }),
                10);
        rehearsing.offer(new Scripted("m3", () -> {}), 10);

        await().atMost(PATIENCE).until(() -> compared() == 3);
        assertThat(seen.toString()).doesNotContain("测试甲");
    }

    @Test
    void endsInThisProcessWithACandidateThatTakesAllMemory() {
        rehearsing.offer(
                new Scripted("m1", () -> {
                    throw new OutOfMemoryError("planted");
                }),
                10);
        await().atMost(PATIENCE).until(() -> failures() == 1);

        rehearsing.offer(new Scripted("m2", () -> {}), 10);

        assertThat(leftOut()).isEqualTo(1);
    }

    private void look() {
        seen.add(rehearsing.take());
    }

    private long compared() {
        look();
        return seen.stream().mapToLong(Findings::compared).sum();
    }

    private long leftOut() {
        look();
        return seen.stream().mapToLong(Findings::leftOut).sum();
    }

    private long failures() {
        look();
        return seen.stream().mapToLong(Findings::failures).sum();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
