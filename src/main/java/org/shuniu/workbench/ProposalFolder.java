package org.shuniu.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.shuniu.audit.AuditLog;
import org.shuniu.partner.DurableFiles;
import org.shuniu.store.Json;
import org.shuniu.store.Pools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Where a process of an earlier version kept the proposals that were made at it: they are taken into the database, once. */
final class ProposalFolder {

    private record Kept(Proposal proposal, Changes changes) {}

    private static final Logger LOG = LoggerFactory.getLogger(ProposalFolder.class);
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    private static final String ABOUT = "proposal.json";
    private static final String DIFFERENCE = "difference.patch";
    /** The last number that was given. */
    private static final String LAST = "last-number";

    private final Path folder;
    private final Pools.Door door;
    private final ProposalStore store;
    private final AuditLog audit;

    /** @param door of the audit */
    ProposalFolder(Path folder, Pools.Door door, AuditLog audit) {
        this.folder = folder;
        this.door = door;
        this.store = new ProposalStore(door);
        this.audit = audit;
    }

    /**
     * Takes all in, and gives the folder another name.
     *
     * @param now by which the folder is called from then on
     */
    void takeIn(Instant now) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            List<Kept> all = all();
            int last = all.stream().mapToInt(kept -> kept.proposal().number()).reduce(last(), Math::max);
            door.transaction().executeWithoutResult(status -> {
                store.lock();
                store.beginAfter(last);
                all.forEach(this::takeIn);
            });
            Path aside = folder.resolveSibling("%s-taken-in-%d".formatted(folder.getFileName(), now.getEpochSecond()));
            DurableFiles.rename(folder, aside);
            LOG.info("{} proposals of {} are in the database; the folder is {} now", all.size(), folder, aside);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Each process had numbers of its own: of two that are alike the second gets another. */
    private void takeIn(Kept kept) {
        Proposal proposal = kept.proposal();
        Optional<Proposal> there = store.find(proposal.number());
        if (there.isEmpty()) {
            store.keep(proposal, kept.changes());
        } else if (!there.get().equals(proposal)) {
            Proposal renumbered = store.add(proposal, kept.changes());
            audit.record(
                    proposal.author(),
                    "mapping-proposed",
                    renumbered.mark(),
                    "%s: %s (was %s at another process)"
                            .formatted(proposal.name(), proposal.reason(), proposal.mark()));
        }
        // Else the folder was taken in, and the start ended before it had another name.
    }

    private int last() throws IOException {
        Path last = folder.resolve(LAST);
        String given = Files.exists(last) ? Files.readString(last).strip() : "";
        return NUMBER.matcher(given).matches() ? Integer.parseInt(given) : 0;
    }

    private List<Kept> all() throws IOException {
        try (Stream<Path> places = Files.list(folder)) {
            return places.filter(place ->
                            NUMBER.matcher(place.getFileName().toString()).matches())
                    .sorted()
                    .flatMap(place -> read(place).stream())
                    .toList();
        }
    }

    private static Optional<Kept> read(Path place) {
        try {
            JsonNode told = Json.tree(Files.readAllBytes(place.resolve(ABOUT)));
            String mapping = told.path("mapping").asString();
            String file = mapping + ".yaml";
            Proposal proposal = new Proposal(
                    Integer.parseInt(place.getFileName().toString()),
                    told.path("partner").asString(),
                    mapping,
                    List.of(file),
                    told.path("author").asString(),
                    // As exact as the database.
                    Instant.parse(told.path("at").asString()).truncatedTo(ChronoUnit.MICROS),
                    told.path("reason").asString(),
                    told.path("version").asString(),
                    List.of());
            Map<String, String> texts = Map.of(file, Files.readString(place.resolve(file)));
            return Optional.of(
                    new Kept(proposal, new Changes(new TreeMap<>(texts), Files.readString(place.resolve(DIFFERENCE)))));
        } catch (IOException | JacksonException | DateTimeParseException broken) {
            LOG.warn(
                    "{} is no proposal any more and is not taken into the database: {}",
                    place,
                    broken.getClass().getSimpleName());
            return Optional.empty();
        }
    }
}
