package org.shuniu.bench.search;

import java.io.IOException;
import java.util.function.BiPredicate;
import org.shuniu.bench.load.ConsoleVisit;
import org.shuniu.bench.load.HttpConnection;

/**
 * One kind of finding.
 *
 * @param isRight whether an answer is what the sample lets expect
 */
public record Question(String kind, Asking asking, BiPredicate<HttpConnection.Answer, Sample> isRight) {

    /** How it is asked. */
    @FunctionalInterface
    public interface Asking {
        HttpConnection.Answer ask(Askers askers, Sample sample) throws IOException;
    }

    /** Asks, and returns how long it took in nanoseconds. */
    public long ask(Askers askers, Sample sample) throws IOException {
        long from = System.nanoTime();
        HttpConnection.Answer answer = asking.ask(askers, sample);
        long time = System.nanoTime() - from;
        if (!isRight.test(answer, sample)) {
            throw new IOException("The question \"%s\" about case %s was answered with HTTP %d, %s"
                    .formatted(
                            kind,
                            sample.caseNo(),
                            answer.status(),
                            ConsoleVisit.location(answer).orElse("a page without that case")));
        }
        return time;
    }
}
