package org.shuniu.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.mapping.EditedMapping;
import org.shuniu.mapping.EditedTexts;
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
    private static final String YAML = ".yaml";
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
        return inForce(partner, mapping + YAML);
    }

    private String inForce(String partner, String path) {
        try {
            return Files.readString(inForce.get().resolve(partner).resolve(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * The code tables that can be written with a draft, by their names: those that its mapping uses, as the draft has them or else as
     * they are in force. What would make it too large is left out.
     */
    public SortedMap<String, String> tables(Draft draft) {
        SortedMap<String, String> tables = new TreeMap<>();
        int letters = 0;
        for (String table : mappings.tables(draft.partner(), draft.mapping(), draft.text())) {
            String text = draft.tables().containsKey(table)
                    ? draft.tables().get(table)
                    : inForce(draft.partner(), table(table));
            letters += text.length();
            if (letters <= Draft.LARGEST_TABLES) {
                tables.put(table, text);
            }
        }
        return tables;
    }

    private static String table(String name) {
        return "codes/%s.csv".formatted(name);
    }

    /** What a draft changes of the files in force; what it has of tables that are not its mapping's is nothing. */
    Changes changes(Draft draft) {
        Map<String, String> texts = new HashMap<>(Map.of(draft.mapping() + YAML, draft.text()));
        Set<String> known = mappings.tables(draft.partner(), draft.mapping(), draft.text());
        draft.tables().forEach((name, text) -> {
            if (known.contains(name)) {
                texts.put(table(name), text);
            }
        });
        Map<String, String> before = new HashMap<>(texts);
        before.replaceAll((path, text) -> inForce(draft.partner(), path));
        return Changes.of(draft.partner(), before, texts);
    }

    /** Translates the sample of a draft, and says what the draft leaves out and what is wrong with it. */
    public Trial translate(Draft draft) {
        if (draft.isTooLarge()) {
            return Trial.none(LARGE, "");
        }
        try {
            return apart.ask(() -> translated(draft), longest);
        } catch (Apart.NoAnswer none) {
            return Trial.none(none.word(), none.getMessage());
        }
    }

    private Trial translated(Draft draft) {
        Effort effort = Effort.of(longest, MOST_STEPS, MOST_ROWS);
        Changes changes = changes(draft);
        EditedMapping edited = edited(draft, changes, effort);
        return new Tryout(inForce.get(), written, catalogue, draft, edited, changes.difference()).trial();
    }

    /** What a draft loses between the hub and its partner, as the command {@code round-trip} says it of files. */
    public Lost lost(Draft draft) {
        if (draft.isTooLarge()) {
            return new Lost(LARGE, "", List.of());
        }
        try {
            return apart.ask(() -> roundTrip(draft), ofRoundTrip());
        } catch (Apart.NoAnswer none) {
            return new Lost(none.word(), none.getMessage(), List.of());
        }
    }

    private Lost roundTrip(Draft draft) {
        EditedMapping edited = edited(
                draft, changes(draft), Effort.of(ofRoundTrip(), MOST_STEPS_OF_ROUND_TRIP, MOST_ROWS_OF_ROUND_TRIP));
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

    private EditedMapping edited(Draft draft, Changes changes, Effort effort) {
        Map<String, String> tables = new HashMap<>();
        draft.tables().forEach((name, text) -> {
            if (changes.texts().containsKey(table(name))) {
                tables.put(name, text);
            }
        });
        EditedTexts texts = new EditedTexts(draft.partner(), draft.mapping(), draft.text(), tables);
        return mappings.asNow().edited(texts, catalogue, effort);
    }

    /** A draft as it was read, for whoever wants to propose it. */
    EditedMapping read(Draft draft, Changes changes) throws Apart.NoAnswer {
        return apart.ask(() -> edited(draft, changes, Effort.of(longest, MOST_STEPS, MOST_ROWS)), longest);
    }

    /** The version of a partner's mappings in force. */
    public String version(String partner) {
        return mappings.version(partner);
    }

    @Override
    public void close() {
        apart.close();
    }
}
