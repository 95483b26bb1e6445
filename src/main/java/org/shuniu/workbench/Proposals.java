package org.shuniu.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shuniu.partner.DurableFiles;
import org.shuniu.store.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Keeps proposals, a folder for each, in the hub's directory of data: the edited file, and how it differs from the one in force. Nothing
 * goes by them; others take them up where mappings are written. Each belongs to the process that keeps it.
 */
public final class Proposals {

    /** Takes a line into the audit. */
    @FunctionalInterface
    public interface Trail {
        void record(String who, String action, String target, String detail);
    }

    /**
     * What came of a wish to save.
     *
     * @param proposal null where there is a problem
     * @param problem as a word of the console; else empty
     */
    public record Saved(@Nullable Proposal proposal, String problem) {}

    /** Of all together. */
    static final int MOST = 100;
    /** Of one author. */
    static final int MOST_OF_ONE = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Proposals.class);
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    private static final String ABOUT = "proposal.json";
    private static final String DIFFERENCE = "difference.patch";
    /** The last number that was given. */
    private static final String LAST = "last-number";

    private final Path folder;
    private final Workbench bench;
    private final Trail audit;
    private final Clock clock;

    /** @param folder of its own, which is made when it is needed */
    public Proposals(Path folder, Workbench bench, Trail audit, Clock clock) {
        this.folder = folder;
        this.bench = bench;
        this.audit = audit;
        this.clock = clock;
    }

    /** Keeps a draft in which nothing is wrong. */
    public Saved save(String author, Draft draft, String reason) {
        if (draft.text().length() > Draft.LARGEST) {
            return new Saved(null, "large");
        }
        String inForce = bench.text(draft.partner(), draft.mapping());
        String text = draft.text().replace("\r\n", "\n");
        if (text.equals(inForce)) {
            return new Saved(null, "same");
        }
        try {
            return bench.faults(draft).isEmpty()
                    ? keep(author, draft, text, inForce, reason)
                    : new Saved(null, "faults");
        } catch (Apart.NoAnswer none) {
            return new Saved(null, none.word());
        }
    }

    private synchronized Saved keep(String author, Draft draft, String text, String inForce, String reason) {
        List<Proposal> all = all();
        long own = all.stream().filter(one -> one.author().equals(author)).count();
        if (all.size() >= MOST || own >= MOST_OF_ONE) {
            return new Saved(null, "many");
        }
        try {
            Proposal proposal = new Proposal(
                    next(all),
                    draft.partner(),
                    draft.mapping(),
                    author,
                    clock.instant(),
                    reason,
                    bench.version(draft.partner()));
            // First, so that there is none of which the audit does not know.
            audit.record(author, "mapping-proposed", proposal.mark(), proposal.name() + ": " + reason);
            String path = "mappings/%s/%s".formatted(proposal.partner(), proposal.file());
            DurableFiles.create(
                    place(proposal.number()),
                    Map.of(
                            ABOUT,
                            written(proposal),
                            proposal.file(),
                            text,
                            DIFFERENCE,
                            UnifiedDifference.of(path, inForce, text)));
            return new Saved(proposal, "");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** One that was dropped leaves its number to nobody. */
    private int next(List<Proposal> all) throws IOException {
        Path last = folder.resolve(LAST);
        int given = Files.exists(last) ? Integer.parseInt(Files.readString(last).strip()) : 0;
        int next = 1
                + Math.max(given, all.stream().mapToInt(Proposal::number).max().orElse(0));
        DurableFiles.put(last, next + "\n");
        return next;
    }

    private Path place(int number) {
        return folder.resolve(Integer.toString(number));
    }

    private static String written(Proposal proposal) {
        return Json.object()
                .put("number", proposal.number())
                .put("partner", proposal.partner())
                .put("mapping", proposal.mapping())
                .put("author", proposal.author())
                .put("at", proposal.at().toString())
                .put("reason", proposal.reason())
                .put("version", proposal.version())
                .toPrettyString();
    }

    /** The newest first. */
    public List<Proposal> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> places = Files.list(folder)) {
            return places.filter(place ->
                            NUMBER.matcher(place.getFileName().toString()).matches())
                    .flatMap(place -> read(place).stream())
                    .sorted(Comparator.comparingInt(Proposal::number).reversed())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public Optional<Proposal> find(int number) {
        return read(place(number));
    }

    private static Optional<Proposal> read(Path place) {
        Path about = place.resolve(ABOUT);
        if (!Files.isRegularFile(about)) {
            return Optional.empty();
        }
        try {
            JsonNode told = Json.tree(Files.readAllBytes(about));
            return Optional.of(new Proposal(
                    told.path("number").asInt(),
                    told.path("partner").asString(),
                    told.path("mapping").asString(),
                    told.path("author").asString(),
                    Instant.parse(told.path("at").asString()),
                    told.path("reason").asString(),
                    told.path("version").asString()));
        } catch (IOException | JacksonException | DateTimeParseException broken) {
            LOG.warn("{} is no proposal any more: {}", about, broken.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** The edited file, for somebody who takes it away. */
    public String text(String who, Proposal proposal) {
        return taken(who, proposal, proposal.file());
    }

    /** How it differs from the file in force when it was saved, as {@code patch} reads it. */
    public String difference(String who, Proposal proposal) {
        return taken(who, proposal, DIFFERENCE);
    }

    private String taken(String who, Proposal proposal, String file) {
        try {
            String text = Files.readString(place(proposal.number()).resolve(file));
            audit.record(who, "proposal-taken", proposal.mark(), proposal.name() + ": " + file);
            return text;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Removes one; false when somebody else has done so. */
    public synchronized boolean drop(String who, Proposal proposal, String reason) {
        Path place = place(proposal.number());
        if (!Files.isDirectory(place)) {
            return false;
        }
        audit.record(who, "proposal-dropped", proposal.mark(), proposal.name() + ": " + reason);
        try {
            Path dropped = folder.resolve(".dropped-" + proposal.number());
            DurableFiles.rename(place, dropped);
            try (Stream<Path> files = Files.walk(dropped)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
            return true;
        } catch (IOException stuck) {
            throw new UncheckedIOException(stuck);
        }
    }
}
