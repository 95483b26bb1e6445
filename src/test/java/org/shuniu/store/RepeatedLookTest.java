package org.shuniu.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

/** Whatever one look meets, there is another, until it is stopped. */
class RepeatedLookTest {

    private final AtomicInteger times = new AtomicInteger();

    @Test
    void looksAgainAfterWhateverALookMet() {
        RepeatedLook looks = new RepeatedLook("test", () -> Duration.ofMillis(1), () -> {
            switch (times.incrementAndGet()) {
                case 1 -> throw new QueryTimeoutException("the database is away");
                case 2 -> throw new IllegalStateException("nobody thought of this");
                case 3 -> throw new StackOverflowError("of a tree that is too deep");
                default -> {}
            }
        });

        looks.start();

        await().until(() -> times.get() > 4);
        looks.stop(Duration.ofSeconds(10));
    }

    @Test
    void looksBeforeItsTimeWhenItIsWoken() {
        RepeatedLook looks = new RepeatedLook("test", () -> Duration.ofDays(1), times::incrementAndGet);
        looks.start();

        looks.wake();

        await().until(() -> times.get() == 1);
        looks.stop(Duration.ofSeconds(10));
    }

    @Test
    void endsTheLookThatIsUnderWayBeforeItStops() throws InterruptedException {
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        RepeatedLook looks = new RepeatedLook("test", () -> Duration.ZERO, () -> {
            underWay.countDown();
            end.await();
            times.incrementAndGet();
        });
        looks.start();
        underWay.await();
        new Thread(() -> {
                    await().until(() -> !looks.isRunning());
                    end.countDown();
                })
                .start();

        assertThat(looks.stop(Duration.ofSeconds(60))).isTrue();
        assertThat(times).hasValue(1);
    }

    @Test
    void saysWhenALookOutlastsThePatience() throws InterruptedException {
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        RepeatedLook looks = new RepeatedLook("test", () -> Duration.ZERO, () -> {
            underWay.countDown();
            end.await();
        });
        looks.start();
        underWay.await();

        assertThat(looks.stop(Duration.ofMillis(1))).isFalse();

        end.countDown();
        assertThat(looks.stop(Duration.ofSeconds(60))).isTrue();
    }
}
