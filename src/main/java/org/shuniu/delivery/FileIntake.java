package org.shuniu.delivery;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.shuniu.batch.BatchFile;
import org.shuniu.batch.ReceivedFiles;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.channel.FileVisit;
import org.shuniu.channel.RemoteFile;
import org.shuniu.partner.FileExchange;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.Pools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the files that partners leave on their servers: whole ones only, kept as received before they are read, row by row
 * under keys that are the same however often a file comes, and deleted there once every row is kept here.
 */
public final class FileIntake implements AutoCloseable {

    /** Where files are looked for, and the epoch of the visit. */
    private record Place(Partner partner, FileExchange files, FileVisit visit, long epoch) {}

    private static final Logger LOG = LoggerFactory.getLogger(FileIntake.class);
    private static final int KEY_DIGITS = 32;

    private final ChannelAdapters adapters;
    private final PartnerDirectory partners;
    private final ReceivedFiles received;
    private final ReceivedAnswers answers;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final Visits visits;
    private final Map<ReceivedFiles.Found, Instant> incomplete = new ConcurrentHashMap<>();
    private final Set<ReceivedFiles.Found> told = ConcurrentHashMap.newKeySet();

    /** @param door the one through which files and answers are kept */
    public FileIntake(
            ChannelAdapters adapters,
            PartnerDirectory partners,
            ReceivedFiles received,
            ReceivedAnswers answers,
            Clock clock,
            Pools.Door door,
            boolean alone) {
        this.adapters = adapters;
        this.partners = partners;
        this.received = received;
        this.answers = answers;
        this.clock = clock;
        this.transaction = door.transaction();
        this.visits = new Visits(door.sql(), "files", alone);
    }

    /** Called by the polling routes, one call at a time for each partner. */
    public void receive(String partnerId) {
        Partner partner = partners.partner(partnerId);
        FileExchange files = partner.files().orElseThrow();
        visits.begin(partnerId, files.deadline()).ifPresent(epoch -> receive(partner, files, epoch));
    }

    private void receive(Partner partner, FileExchange files, long epoch) {
        readKept(partner, files);
        try (FileVisit visit = adapters.files(partner.id()).visit()) {
            List<RemoteFile> listed = visit.list(
                    files.receive().directory(),
                    name -> files.receive().wants(name) || files.receive().isMarker(name));
            Set<String> names = listed.stream().map(RemoteFile::name).collect(Collectors.toCollection(HashSet::new));
            for (RemoteFile file : listed) {
                if (files.receive().wants(file.name())) {
                    look(new Place(partner, files, visit, epoch), file, names);
                }
            }
            forget(partner, listed);
        } catch (IOException away) {
            LOG.warn(
                    "The files of {} cannot be fetched: {}",
                    partner.id(),
                    away.getClass().getSimpleName());
        }
    }

    private void look(Place place, RemoteFile file, Set<String> names) throws IOException {
        Partner partner = place.partner();
        FileExchange files = place.files();
        ReceivedFiles.Found found = new ReceivedFiles.Found(partner.id(), file.name(), file.size(), file.modified());
        Optional<String> marker = files.receive().marker().map(ending -> file.name() + ending);
        boolean marked = marker.isEmpty() || names.contains(marker.get());
        if (file.size() > files.receive().largest()) {
            tell(
                    found,
                    "a file of %d bytes; expected at most %d"
                            .formatted(file.size(), files.receive().largest()));
        } else if (marked) {
            fetch(place, file, found);
        } else if (received.looksRead(found)) {
            // Its marker went, and then the process or the line
            delete(place, file, found);
        } else {
            wait(files, found, "its marker is missing");
        }
    }

    /**
     * One that waits for a person is fetched at every visit: a file may be corrected in its place within the second that its
     * time is told in, and at the same size.
     */
    private void fetch(Place place, RemoteFile file, ReceivedFiles.Found found) throws IOException {
        Partner partner = place.partner();
        FileExchange files = place.files();
        byte[] body = place.visit().read(files.receive().directory(), file);
        if (body.length != file.size()) {
            wait(files, found, "it is being written");
        } else if (new BatchFile(files).read(body) instanceof BatchFile.Content.Incomplete half) {
            wait(files, found, half.reason());
        } else {
            received.keep(found, body);
            readKept(partner, files);
        }
        if (received.isRead(partner.id(), body)) {
            delete(place, file, found);
        }
    }

    /** The marker goes first: a later file of that name must not be taken for complete. Nobody else's marker may go. */
    private void delete(Place place, RemoteFile file, ReceivedFiles.Found found) throws IOException {
        String partner = place.partner().id();
        FileExchange.Receiving from = place.files().receive();
        if (!visits.goesOn(partner, place.epoch())) {
            return;
        }
        if (from.marker().isPresent()) {
            place.visit().delete(from.directory(), file.name() + from.marker().get());
        }
        place.visit()
                .deleteWhen(from.directory(), file, body -> received.isRead(partner, body))
                .ifPresent(left -> tell(found, "another file of that name came while it was read; it lies at " + left));
    }

    /** Also what an earlier process kept and did not get to read. */
    private void readKept(Partner partner, FileExchange files) {
        for (ReceivedFiles.Kept file : received.unread(partner.id())) {
            BatchFile.Content content = new BatchFile(files).read(file.body());
            if (content instanceof BatchFile.Content.Rows rows) {
                keepRows(file, rows.rows());
                received.read(file, rows.rows().size());
                LOG.info(
                        "File {} of {} is read: {} rows",
                        file.name(),
                        partner.id(),
                        rows.rows().size());
            } else {
                String reason = content instanceof BatchFile.Content.Wrong wrong
                        ? wrong.reason()
                        : ((BatchFile.Content.Incomplete) content).reason();
                park(file, reason);
            }
        }
    }

    /** A file that is parked is told of, or both are done again. */
    private void park(ReceivedFiles.Kept file, String reason) {
        transaction.executeWithoutResult(status -> {
            if (received.park(file, reason)) {
                park(file.partner(), file.body(), "file %s: %s".formatted(file.name(), reason));
            }
        });
    }

    private void keepRows(ReceivedFiles.Kept file, List<byte[]> rows) {
        String digest = HexFormat.of().formatHex(file.digest()).substring(0, KEY_DIGITS);
        for (int i = 0; i < rows.size(); i++) {
            String key = "file:%s:%d".formatted(digest, i + 1);
            answers.keepAndRead(file.partner(), "row", key, "application/octet-stream", rows.get(i));
        }
    }

    private void wait(FileExchange files, ReceivedFiles.Found found, String reason) {
        Instant since = incomplete.computeIfAbsent(found, file -> clock.instant());
        if (since.plus(files.receive().overdue()).isBefore(clock.instant())) {
            tell(
                    found,
                    "%s, for longer than %s".formatted(reason, files.receive().overdue()));
        }
    }

    /** Once for each file as it stands, a person is told; it is read all the same when it is whole one day. */
    private void tell(ReceivedFiles.Found found, String reason) {
        if (told.add(found)) {
            park(found.partner(), new byte[] {'{', '}'}, "file %s: %s".formatted(found.name(), reason));
        }
    }

    private void park(String partner, byte[] body, String reason) {
        LOG.warn("A file of {} waits for a person: {}", partner, reason);
        answers.park(partner, body, reason);
    }

    private void forget(Partner partner, List<RemoteFile> listed) {
        Set<ReceivedFiles.Found> there = listed.stream()
                .map(file -> new ReceivedFiles.Found(partner.id(), file.name(), file.size(), file.modified()))
                .collect(Collectors.toSet());
        incomplete.keySet().removeIf(file -> file.partner().equals(partner.id()) && !there.contains(file));
        told.removeIf(file -> file.partner().equals(partner.id()) && !there.contains(file));
    }

    @Override
    public void close() {
        visits.close();
    }
}
