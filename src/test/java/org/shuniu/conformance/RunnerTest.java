package org.shuniu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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

        Judgement judgement = runner.run(endless, NOBODY, Duration.ofSeconds(1));

        assertThat(judgement.end()).isEqualTo(End.FAILED);
        assertThat(judgement.came()).isEqualTo("it was not over within 1 s");
        assertThat(passes()).isTrue();
    }

    @Test
    void goesOnAfterAFailureThatNobodyExpected() throws InterruptedException {
        Trial broken = Trial.of("application/twice", "an end", office -> {
            throw new IllegalStateException("no such thing");
        });

        Judgement judgement = runner.run(broken, NOBODY, LONG);

        assertThat(judgement.whose()).isEqualTo(Whose.HUB);
        assertThat(judgement.came()).contains("no such thing");
        assertThat(passes()).isTrue();
    }

    private boolean passes() throws InterruptedException {
        Trial usual = Trial.of("application/twice", "an end", office -> Judgement.passed("an end"));
        return runner.run(usual, NOBODY, LONG).isPassed();
    }
}
