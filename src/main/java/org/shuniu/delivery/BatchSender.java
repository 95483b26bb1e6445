package org.shuniu.delivery;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.shuniu.batch.Batch;
import org.shuniu.batch.BatchFile;
import org.shuniu.batch.BatchRow;
import org.shuniu.batch.Batches;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.channel.FileVisit;
import org.shuniu.channel.Turn;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.FileExchange;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.EventLog;
import org.shuniu.store.Pools;
import org.shuniu.store.StoredMessage;
import org.shuniu.vault.VaultFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes batches when their time has come and takes them to their partner; a delivery is delivered when the file that
 * holds it stands whole on the partner's server.
 *
 * <p>Each step is committed before the next, and each may be done twice: the same number is the same file.
 */
public final class BatchSender {

    private static final Logger LOG = LoggerFactory.getLogger(BatchSender.class);
    private static final Duration MARGIN = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);
    private static final int FILES_AT_ONCE = 20;
    private static final int SETTLED_AT_ONCE = 5_000;

    private final Pools.Door door;
    private final EventLog events;
    private final ChannelAdapters adapters;
    private final ChannelAdapters.Gathering gathering;
    private final Batches batches;
    private final PartnerDirectory partners;
    private final Settlements settlements;
    private final Clock clock;
    private final RandomGenerator random = RandomGenerator.getDefault();

    public BatchSender(
            Pools.Door door,
            EventLog events,
            ChannelAdapters adapters,
            ChannelAdapters.Gathering gathering,
            PartnerDirectory partners,
            DeliveryEngine engine) {
        this.door = door;
        this.events = events;
        this.adapters = adapters;
        this.gathering = gathering;
        this.batches = gathering.batches();
        this.partners = partners;
        this.settlements = engine.settlements();
        this.clock = gathering.clock();
    }

    /** Called by the sending routes, one call at a time for each partner. */
    public void send(String partnerId) {
        Partner partner = partners.partner(partnerId);
        FileExchange files = partner.files().orElseThrow();
        settleSent(partner);
        close(partner, files);
        Duration lease = files.deadline().multipliedBy(2).plus(MARGIN);
        for (int i = 0; i < FILES_AT_ONCE; i++) {
            Optional<Batch> batch = batches.claim(partner.id(), lease);
            if (batch.isEmpty() || !upload(partner, files, batch.get())) {
                break;
            }
        }
        settleSent(partner);
    }

    private void close(Partner partner, FileExchange files) {
        Instant now = clock.instant();
        LocalDateTime city = LocalDateTime.ofInstant(now, CaseTimes.SHANGHAI);
        gathering.times(partner).latest(city, gathering.calendar()).ifPresent(time -> {
            Instant before = time.atZone(CaseTimes.SHANGHAI).toInstant();
            Optional<Batch> closed;
            do {
                closed = batches.close(partner.id(), files.send(), before, now);
            } while (closed.isPresent());
        });
    }

    /** @return whether the next one may be tried */
    private boolean upload(Partner partner, FileExchange files, Batch batch) {
        byte[] file;
        try {
            file = new BatchFile(files).write(batch, batches.content(batch));
        } catch (VaultFailure unreadable) {
            failed(partner, batch, "a row of it can't be opened");
            return true;
        }
        try (FileVisit visit = adapters.files(partner.id()).visit()) {
            write(visit, files.send(), batch, file);
        } catch (Turn.Lost taken) {
            LOG.info("Batch {} of {} is taken there by another process", batch.name(), partner.id());
            return false;
        } catch (IOException away) {
            failed(partner, batch, away.getClass().getSimpleName());
            return false;
        }
        record(partner, batch, file);
        return true;
    }

    /** Once another has claimed it the partner may have taken the file already: it must not come a second time. */
    private void write(FileVisit visit, FileExchange.Sending sending, Batch batch, byte[] file) throws IOException {
        Turn turn = new Turn(batch.tries() + 1L, () -> batches.isClaimed(batch));
        visit.write(sending.directory(), batch.name(), file, turn);
        if (sending.marker().isPresent()) {
            visit.write(sending.directory(), batch.name() + sending.marker().get(), new byte[0], turn);
        }
    }

    private void record(Partner partner, Batch batch, byte[] file) {
        List<BatchRow> rows = batches.rows(batch);
        door.transaction().executeWithoutResult(status -> {
            if (batches.sent(batch, StoredMessage.digestOf(file))) {
                events.record(rows.stream().map(row -> sent(batch, row)).toList());
            }
        });
        LOG.info("Batch {} of {} is on its server with {} rows", batch.name(), partner.id(), rows.size());
    }

    private void failed(Partner partner, Batch batch, String why) {
        Duration scheduled = partner.delivery().delayAgain(batch.tries() + 1, random);
        Duration wait = scheduled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : scheduled;
        LOG.warn("Batch {} of {} could not be sent: {}", batch.name(), partner.id(), why);
        batches.failed(batch, "the batch could not be sent: " + why, wait);
    }

    private CaseEvent sent(Batch batch, BatchRow row) {
        String detail = "%s line %d".formatted(batch.name(), row.line());
        return new CaseEvent(
                clock.instant(), row.caseNo(), null, row.deliveryId(), "in-batch", batch.partner(), null, detail);
    }

    /** What a crash left unsettled is settled by the next look. */
    private void settleSent(Partner partner) {
        batches.endSettled(partner.id());
        batches.unsettled(partner.id(), SETTLED_AT_ONCE)
                .forEach(row -> settlements.settle(new Settlement(
                        row.deliveryId(), row.caseNo(), partner.id(), null, new Outcome.Delivered(null), null)));
    }
}
