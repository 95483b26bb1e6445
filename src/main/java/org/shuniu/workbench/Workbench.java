package org.shuniu.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.EditedMapping;
import org.shuniu.mapping.Effort;
import org.shuniu.mapping.Loss;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.RoundTrip;

/** Tries mappings that are being written: on one message at a time, beside all that is in force, and within bounds. */
public final class Workbench implements AutoCloseable {

    /**
     * What is lost between the hub and a partner by a draft.
     *
     * @param problem why that can't be told, as a word of the console; else empty
     */
    public record Lost(String problem, String detail, List<Loss> losses) {}

    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final long MOST_STEPS = 1_000_000;
    private static final long MOST_ROWS = 5_000;
    private static final long MOST_STEPS_OF_ROUND_TRIP = 20_000_000;
    private static final long MOST_ROWS_OF_ROUND_TRIP = 1_000_000;
    /** So many times as long as a trial. */
    private static final int ROUND_TRIP = 4;

    private static final String OUT = ".out";
    private static final String LARGE = "large";

    private final Supplier<Path> inForce;
    private final Path written;
    private final Mappings mappings;
    private final Catalogue catalogue;
    private final Samples samples;
    private final Duration longest;
    private final Apart apart = new Apart();

    /**
     * Prepares the bench.
     *
     * @param inForce folder of the mappings by which the hub translates
     * @param written folder of the mappings where people write them, with their examples
     */
    public Workbench(Supplier<Path> inForce, Path written, Mappings mappings, Catalogue catalogue) {
        this(inForce, written, mappings, catalogue, LONGEST);
    }

    /** @param longest for one trial */
    Workbench(Supplier<Path> inForce, Path written, Mappings mappings, Catalogue catalogue, Duration longest) {
        this.longest = longest;
        this.inForce = inForce;
        this.written = written;
        this.mappings = mappings;
        this.catalogue = catalogue;
        this.samples = new Samples(written, mappings);
    }

    /** The examples of its mappings. */
    public Samples samples() {
        return samples;
    }

    /** The text by which is translated now. */
    public String text(String partner, String mapping) {
        try {
            return Files.readString(inForce.get().resolve(partner).resolve(mapping + ".yaml"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Translates the sample of a draft, and says what the draft leaves out and what is wrong with it. */
    public Trial translate(Draft draft) {
        if (draft.isTooLarge()) {
            return Trial.none(LARGE, "", List.of());
        }
        try {
            return apart.ask(() -> translated(draft), patience(longest));
        } catch (Apart.NoAnswer none) {
            return Trial.none(none.word(), none.getMessage(), List.of());
        }
    }

    private Trial translated(Draft draft) {
        EditedMapping edited = edited(draft, Effort.of(longest, MOST_STEPS, MOST_ROWS));
        return new Tryout(inForce.get(), written, catalogue, draft, edited).trial();
    }

    /** What a draft loses between the hub and its partner, as the command {@code round-trip} says it of files. */
    public Lost lost(Draft draft) {
        if (draft.isTooLarge()) {
            return new Lost(LARGE, "", List.of());
        }
        try {
            return apart.ask(() -> roundTrip(draft), patience(ofRoundTrip()));
        } catch (Apart.NoAnswer none) {
            return new Lost(none.word(), none.getMessage(), List.of());
        }
    }

    private Lost roundTrip(Draft draft) {
        EditedMapping edited =
                edited(draft, Effort.of(ofRoundTrip(), MOST_STEPS_OF_ROUND_TRIP, MOST_ROWS_OF_ROUND_TRIP));
        if (!edited.faults().isEmpty()) {
            return new Lost("faults", "", List.of());
        }
        RoundTrip roundTrip = new RoundTrip(
                written, edited.mappings(), catalogue, draft.sample().day());
        if (!roundTrip.partners().contains(draft.partner())
                || !Set.of("application.out", "result.in").contains(draft.mapping())) {
            return new Lost("no-round-trip", "", List.of());
        }
        Loss.Way others = draft.mapping().endsWith(OUT) ? Loss.Way.IN : Loss.Way.OUT;
        try {
            return new Lost(
                    "",
                    "",
                    roundTrip.losses(draft.partner()).stream()
                            .filter(loss -> loss.way() != others)
                            .toList());
        } catch (MappingFailed | Effort.Spent failed) {
            return new Lost("failed", failed.getMessage(), List.of());
        }
    }

    /** It runs a mapping for each value of each place, and somebody has asked for just that. */
    private Duration ofRoundTrip() {
        return longest.multipliedBy(ROUND_TRIP);
    }

    /** Others may be before it, and what is no expression takes its time too. */
    private static Duration patience(Duration longest) {
        return longest.multipliedBy(2);
    }

    private EditedMapping edited(Draft draft, Effort effort) {
        return mappings.asNow().edited(draft.partner(), draft.mapping(), draft.text(), effort);
    }

    /** What is wrong with a draft, for whoever wants to propose it. */
    List<Fault> faults(Draft draft) throws Apart.NoAnswer {
        return apart.ask(
                () -> edited(draft, Effort.of(longest, MOST_STEPS, MOST_ROWS)).faults(), patience(longest));
    }

    /** The version of a partner's mappings in force. */
    String version(String partner) {
        return mappings.version(partner);
    }

    @Override
    public void close() {
        apart.close();
    }
}
