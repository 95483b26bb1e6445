package org.shuniu.exchange;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.shuniu.delivery.ReceivedAnswers;
import org.shuniu.intake.Acceptance;
import org.shuniu.intake.Cover;
import org.shuniu.intake.Covers;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.EventLog;
import org.shuniu.store.MessageStore;
import org.shuniu.store.Pools;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;

/**
 * Takes what a region says of a case that the hub sent there: key, receipt and envelope are one commit with the answer that
 * the route of its results reads.
 */
final class ReturnedMessages {

    private static final String EVIDENCE = "evidence";

    private final Pools.Door door;
    private final ExchangeStore store;
    private final MessageStore keys;
    private final CaseFiles files;
    private final ReceivedAnswers answers;
    private final ReceivedEvidence evidence;
    private final EventLog events;
    private final Clock clock;

    /** @param events in transactions of the same door */
    ReturnedMessages(Pools.Door door, Vault vault, ReceivedAnswers answers, EventLog events, Clock clock) {
        this.door = door;
        this.events = events;
        this.store = new ExchangeStore(door.sql(), vault);
        this.keys = new MessageStore(door.sql());
        this.files = new CaseFiles(door.sql());
        this.evidence = new ReceivedEvidence(door.sql(), clock);
        this.answers = answers;
        this.clock = clock;
    }

    /**
     * @param document {@code status}, {@code result} or {@code evidence}
     * @throws SubmissionRefused when the region may not say this
     */
    Acceptance accept(String document, SignedEnvelope signed) {
        String partner = signed.caller().partner();
        String caseNo = files.find(signed.envelope().subjectCase())
                .filter(file -> file.receiver().equals(partner))
                .map(CaseFile::caseNo)
                .orElseThrow(() -> SubmissionRefused.of("not-found", 404, "You have no case of this subject"));
        StoredMessage message = new StoredMessage(
                TimeOrderedId.next(),
                partner,
                document,
                caseNo,
                null,
                new byte[0],
                signed.digest(),
                clock.instant(),
                null);
        byte[] receipt = signed.receipt(message, List.of());
        MessageStore.Key key = new MessageStore.Key(partner, signed.envelope().id());
        Runnable read = door.transaction().execute(status -> take(key, message, receipt, signed));
        read.run();
        MessageStore.Kept kept = keys.kept(key).orElseThrow();
        if (!Arrays.equals(kept.digest(), signed.digest())) {
            throw SubmissionRefused.of(
                    "key-reused", 422, "This Idempotency-Key stands for another document; use a new key");
        }
        return new Acceptance(kept.receipt(), !kept.messageId().equals(message.id()));
    }

    private Runnable take(MessageStore.Key key, StoredMessage message, byte[] receipt, SignedEnvelope signed) {
        MessageStore.Kept mine =
                new MessageStore.Kept(key, message.id(), message.digest(), receipt, message.acceptedAt());
        if (keys.take(List.of(mine)).isEmpty()) {
            return () -> {};
        }
        List<Covers.Covered> covered = List.of(new Covers.Covered(message, signed));
        Map<Cover, SubmissionRefused> refused = store.refuse(covered);
        if (refused.containsKey(signed)) {
            throw refused.get(signed);
        }
        boolean said = !message.document().equals(EVIDENCE);
        Runnable read = said
                ? answers.keepWithin(key.partner(), "message", key.idempotencyKey(), "application/json", signed.body())
                : () -> {};
        store.keep(covered);
        if (!said) {
            events.record(evidence.keep(message.caseNo(), signed).stream()
                    .map(step -> event(message.caseNo(), step))
                    .toList());
        }
        return read;
    }

    /** The region's part of the case's life, in the hub's own words. */
    private static CaseEvent event(String caseNo, EvidenceLadder.Kept step) {
        return new CaseEvent(
                step.at(),
                caseNo,
                UUID.fromString(step.messageId()),
                null,
                "region-" + step.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                step.chain().partner(),
                null,
                step.receiver());
    }
}
