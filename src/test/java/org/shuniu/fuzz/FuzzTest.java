package org.shuniu.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.shuniu.channel.FuzzedChannels;
import org.shuniu.console.FuzzedPages;
import org.shuniu.exchange.FuzzedEnvelopes;
import org.shuniu.signature.FuzzedSignatures;

/**
 * H42: whatever is spoilt in a valid message or file, what reads it at the entry takes it or says no, in time and with nothing
 * left behind; anything else would be a 5xx, a thread that is gone or a memory that fills.
 *
 * <p>{@code mvn verify -Pfuzz} reads a million, {@code -Dfuzz.inputs} as many as it says; {@code -Dfuzz.seed} is the number of the
 * first.
 */
class FuzzTest {

    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final long INPUTS = Long.getLong("fuzz.inputs", 12_000);

    /** With fewer it does not tell how many of them were taken. */
    private static final long TELLING = 1_000;

    @Test
    void readersTakeWhatIsSpoiltOrSayNoAndNothingElse() throws InterruptedException {
        List<FuzzedReader> readers = Stream.of(
                        FuzzedDocuments.readers(),
                        FuzzedAnswers.readers(),
                        FuzzedFiles.readers(),
                        FuzzedEnvelopes.readers(),
                        FuzzedSignatures.readers(),
                        FuzzedChannels.readers(),
                        FuzzedPages.readers())
                .flatMap(List::stream)
                .toList();
        System.out.printf("fuzz: %d inputs from number %d to %d readers%n", INPUTS, SEED, readers.size());

        Map<String, FuzzRun.Tally> tallies = new FuzzRun(readers, SEED, INPUTS).run();

        tallies.forEach((entry, tally) -> System.out.printf("fuzz: %s: %s%n", entry, tally));
        if (INPUTS >= TELLING) {
            assertThat(sum(tallies, FuzzRun.Tally::taken)).as("taken").isGreaterThan(INPUTS / 20);
            assertThat(sum(tallies, FuzzRun.Tally::refused)).as("refused").isGreaterThan(INPUTS / 4);
        }
    }

    private static long sum(Map<String, FuzzRun.Tally> tallies, ToLongFunction<FuzzRun.Tally> of) {
        return tallies.values().stream().mapToLong(of).sum();
    }

    /** Without this a find could not be had again. */
    @Test
    void aNumberGivesTheSameInputAgain() {
        List<byte[]> valid = List.of("{\"a\":\"b\",\"c\":1}".getBytes(StandardCharsets.UTF_8));

        for (long number = 0; number < 500; number++) {
            assertThat(Mutation.of(number, valid)).isEqualTo(Mutation.of(number, valid));
        }
        long different = LongStream.range(0, 500)
                .mapToObj(number -> new String(Mutation.of(number, valid), StandardCharsets.ISO_8859_1))
                .distinct()
                .count();
        assertThat(different).isGreaterThan(250);
    }
}
