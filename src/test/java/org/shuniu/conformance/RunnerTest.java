package org.shuniu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunnerTest {

    private static final Office NOBODY = null;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Runner runner = new Runner();

    @AfterEach
    void close() {
        runner.close();
    }

    @Test
    void waitsForNoTrialLongerThanItsTime() throws InterruptedException {
        Trial endless = Trial.of("application/twice", "an end", office -> {
            Thread.sleep(LONG.toMillis());
            return Judgement.passed("an end");
        });

        Judgement judgement = run(endless, Duration.ofSeconds(1));

        assertThat(judgement.end()).isEqualTo(End.FAILED);
        assertThat(judgement.came()).isEqualTo("it was not over within 1 s");
        assertThat(passes()).isTrue();
    }

    @Test
    void runsTrialsBesideEachOther() throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        Trial waiting = Trial.of("application/twice", "an end", office -> {
            both.countDown();
            return both.await(LONG.toSeconds(), TimeUnit.SECONDS)
                    ? Judgement.passed("an end")
                    : Judgement.failed(Whose.HUB, "alone");
        });

        Runner.Running one = runner.begin(waiting, NOBODY, LONG);
        Runner.Running other = runner.begin(waiting, NOBODY, LONG);

        assertThat(one.end().judgement().isPassed()).isTrue();
        assertThat(other.end().judgement().isPassed()).isTrue();
    }

    @Test
    void goesOnAfterAFailureThatNobodyExpected() throws InterruptedException {
        Trial broken = Trial.of("application/twice", "an end", office -> {
            throw new IllegalStateException("no such thing");
        });

        Judgement judgement = run(broken, LONG);

        assertThat(judgement.whose()).isEqualTo(Whose.HUB);
        assertThat(judgement.came()).contains("no such thing");
        assertThat(passes()).isTrue();
    }

    private boolean passes() throws InterruptedException {
        Trial usual = Trial.of("application/twice", "an end", office -> Judgement.passed("an end"));
        return run(usual, LONG).isPassed();
    }

    private Judgement run(Trial trial, Duration limit) throws InterruptedException {
        return runner.begin(trial, NOBODY, limit).end().judgement();
    }
}
