package org.shuniu.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApartTest {

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Apart apart = new Apart();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        end.countDown();
        apart.close();
    }

    @Test
    void givesAnAnswer() throws Apart.NoAnswer {
        assertThat(apart.ask(() -> "an answer", LONG)).isEqualTo("an answer");
    }

    @Test
    void tellsWhoeverWorksTooLongThatItIsSlow() {
        assertThatExceptionOfType(Apart.NoAnswer.class)
                .isThrownBy(() -> apart.ask(this::endless, SHORT))
                .satisfies(none -> assertThat(none.word()).isEqualTo("slow"));
    }

    /** It did not take that time itself. */
    @Test
    void tellsWhoeverWaitsForAnotherThatOthersAreBusy() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            try {
                apart.ask(
                        () -> {
                            begun.countDown();
                            return endless();
                        },
                        LONG);
            } catch (Apart.NoAnswer none) {
                throw new IllegalStateException(none);
            }
        });
        begun.await();

        assertThatExceptionOfType(Apart.NoAnswer.class)
                .isThrownBy(() -> apart.ask(() -> "an answer", SHORT))
                .satisfies(none -> assertThat(none.word()).isEqualTo("busy"));

        end.countDown();
        assertThat(other).succeedsWithin(LONG);
    }

    @Test
    void namesOnlyTheKindOfAFailure() {
        assertThatExceptionOfType(Apart.NoAnswer.class)
                .isThrownBy(() -> apart.ask(
                        () -> {
                            throw new IllegalStateException("a value");
                        },
                        LONG))
                .withMessage("IllegalStateException")
                .satisfies(none -> assertThat(none.word()).isEqualTo("failed"));
    }

    private String endless() throws InterruptedException {
        end.await();
        return "";
    }
}
