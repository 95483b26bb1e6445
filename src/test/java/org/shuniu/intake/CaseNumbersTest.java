package org.shuniu.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

class CaseNumbersTest {

    /** Half past midnight of the next day in Shanghai. */
    private static final Instant AT = Instant.parse("2026-11-24T16:30:00Z");

    private final AtomicLong blocks = new AtomicLong(-1000);

    @Test
    void givesNoNumberTwiceAndTakesThemByTheThousand() {
        CaseNumbers numbers = new CaseNumbers(() -> blocks.addAndGet(1000));

        List<String> given = Stream.generate(() -> numbers.next(AT)).limit(2500).toList();

        assertThat(given)
                .doesNotHaveDuplicates()
                .startsWith("3120261125000000000")
                .endsWith("3120261125000002499");
        assertThat(blocks).hasValue(2000);
    }

    @Test
    void letsNobodyElseWaitBehindWhoWaitsForTheDatabase() throws InterruptedException {
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch back = new CountDownLatch(1);
        CaseNumbers numbers = new CaseNumbers(() -> {
            waits.countDown();
            return await(back);
        });
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> numbers.next(AT));
        waits.await();

        assertThatThrownBy(() -> numbers.next(AT)).isInstanceOf(CannotAcquireLockException.class);

        back.countDown();
        assertThat(first.join()).isEqualTo("3120261125000000007");
        assertThat(numbers.next(AT)).isEqualTo("3120261125000000008");
    }

    private static long await(CountDownLatch back) {
        try {
            back.await();
            return 7;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
