package org.shuniu.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.check.ContractCheck;
import org.shuniu.codec.Garbled;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractFile;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.AnswerGarbled;
import org.shuniu.mapping.Coverage;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.EditedMapping;
import org.shuniu.mapping.Effort;
import org.shuniu.mapping.Examples;
import org.shuniu.mapping.Explanation;
import org.shuniu.mapping.Loss;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.RoundTrip;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

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
        TrialRows rows = new TrialRows(draft.text(), draft.file(), edited.faults());
        boolean isTried = edited.translates() && !draft.sample().text().isBlank();
        if (!isTried) {
            return Trial.none(edited.translates() ? "no-source" : "", "", edited.faults())
                    .withRows(rows.of(List.of()));
        }
        JsonNode message;
        JsonNode context;
        try {
            message = message(draft.sample(), edited);
            context = draft.sample().context().isBlank()
                    ? Examples.CONTEXT
                    : StrictJson.object(draft.sample().context());
        } catch (JacksonException malformed) {
            return Trial.none("source", malformed.getOriginalMessage(), edited.faults())
                    .withRows(rows.of(List.of()));
        } catch (Garbled | IllegalArgumentException malformed) {
            return Trial.none("source", malformed.getMessage(), edited.faults()).withRows(rows.of(List.of()));
        }
        Explanation explained = explained(edited, message, context, Days.of(draft.sample().day()));
        return new Trial(
                "",
                "",
                edited.faults(),
                rows.of(explained.rows()),
                explained.outcome(),
                explained.result(),
                coverage(edited, message, draft.sample()),
                agreed(edited),
                examples(edited));
    }

    private static JsonNode message(Sample sample, EditedMapping edited) {
        if (sample.isRead() || edited.mapping().endsWith(OUT)) {
            return StrictJson.object(sample.text());
        }
        return edited.message(sample.text());
    }

    private static Explanation explained(EditedMapping edited, JsonNode message, JsonNode context, Days days) {
        try {
            return edited.explain(message, context, days);
        } catch (AnswerGarbled | Effort.Spent nothing) {
            return new Explanation(List.of(), nothing.getMessage(), "");
        }
    }

    private Coverage coverage(EditedMapping edited, JsonNode message, Sample sample) {
        return edited.coverage(message, catalogue, contract(edited.partner()), sample.day());
    }

    /** What was agreed with a partner, if anything was; what is wrong with that is said by the command {@code check}. */
    private @Nullable Contract contract(String partner) {
        Path file = ContractFile.of(inForce.get(), partner);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            return ContractFile.read(file, new ArrayList<>()).orElse(null);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private List<Fault> agreed(EditedMapping edited) {
        Contract contract = contract(edited.partner());
        String document = edited.mapping().replaceFirst("\\.(out|in)$", "");
        return contract != null
                        && edited.mapping().endsWith(OUT)
                        && Contract.DOCUMENTS.contains(document)
                ? ContractCheck.unwritten(inForce.get(), contract, document, edited.mappings())
                : List.of();
    }

    private List<Trial.Example> examples(EditedMapping edited) {
        Examples examples = new Examples(written, edited.mappings());
        return samples.of(edited.partner(), edited.mapping()).stream()
                .map(example -> ended(examples, example))
                .toList();
    }

    private static Trial.Example ended(Examples examples, Examples.Example example) {
        try {
            return new Trial.Example(example.name(), examples.translate(example).asItsTargetSays(), "");
        } catch (MappingFailed | AnswerGarbled | Garbled | Effort.Spent failed) {
            return new Trial.Example(example.name(), false, String.valueOf(failed.getMessage()));
        }
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
        EditedMapping edited = edited(
                draft, Effort.of(ofRoundTrip(), MOST_STEPS_OF_ROUND_TRIP, MOST_ROWS_OF_ROUND_TRIP));
        if (!edited.faults().isEmpty()) {
            return new Lost("faults", "", List.of());
        }
        RoundTrip roundTrip =
                new RoundTrip(written, edited.mappings(), catalogue, draft.sample().day());
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
        return apart.ask(() -> edited(draft, Effort.of(longest, MOST_STEPS, MOST_ROWS)).faults(), patience(longest));
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
