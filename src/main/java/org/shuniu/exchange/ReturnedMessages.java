package org.shuniu.exchange;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.shuniu.crossing.ToldSteps;
import org.shuniu.delivery.ReceivedAnswers;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.document.Finding;
import org.shuniu.intake.Acceptance;
import org.shuniu.intake.Cover;
import org.shuniu.intake.Covers;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.joint.JointCases;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.EventLog;
import org.shuniu.store.Json;
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

    /** What the side that handed a case in tells the one that decides it. */
    static final String STEP = "step";

    private static final String PROGRESS = "progress";
    private static final String EVIDENCE = "evidence";

    private final Pools.Door door;
    private final ExchangeStore store;
    private final MessageStore keys;
    private final CaseFiles files;
    private final ReceivedAnswers answers;
    private final ReceivedEvidence evidence;
    private final ToldSteps told;
    private final DocumentSchemas schemas;
    private final JointCases joint;
    private final EventLog events;
    private final Clock clock;

    /** @param events in transactions of the same door */
    ReturnedMessages(
            Pools.Door door,
            Vault vault,
            ReceivedAnswers answers,
            DocumentSchemas schemas,
            JointCases joint,
            EventLog events,
            Clock clock) {
        this.door = door;
        this.schemas = schemas;
        this.joint = joint;
        this.told = new ToldSteps(door.sql(), clock);
        this.events = events;
        this.store = new ExchangeStore(door.sql(), vault);
        this.keys = new MessageStore(door.sql());
        this.files = new CaseFiles(door.sql());
        this.evidence = new ReceivedEvidence(door.sql(), clock);
        this.answers = answers;
        this.clock = clock;
    }

    /**
     * @param document {@code status}, {@code result}, {@code evidence}, {@code progress}, or {@code step}
     * @throws SubmissionRefused when the region may not say this
     */
    Acceptance accept(String document, SignedEnvelope signed) {
        String partner = signed.caller().partner();
        MessageStore.Key key = new MessageStore.Key(partner, signed.envelope().id());
        // Whatever has become of the case since, and of what is checked: who sends again gets the receipt that he had.
        Optional<MessageStore.Kept> before = keys.kept(key);
        if (before.isPresent()) {
            return new Acceptance(receipt(before.get(), signed), true);
        }
        String caseNo = caseNo(document, partner, signed.envelope().subjectCase());
        if (isTold(document)) {
            requireShape(document, signed);
        }
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
        Runnable read = door.transaction().execute(status -> take(key, message, receipt, signed));
        read.run();
        MessageStore.Kept kept = keys.kept(key).orElseThrow();
        return new Acceptance(receipt(kept, signed), !kept.messageId().equals(message.id()));
    }

    private static byte[] receipt(MessageStore.Kept kept, SignedEnvelope signed) {
        if (!Arrays.equals(kept.digest(), signed.digest())) {
            throw SubmissionRefused.of(
                    "key-reused", 422, "This Idempotency-Key stands for another document; use a new key");
        }
        return kept.receipt();
    }

    /** A step may come before the case that it is of. */
    private String caseNo(String document, String partner, String number) {
        return document.equals(STEP)
                ? store.caseNo(partner, number).orElseThrow(() -> CaseOrder.gap("the one that began it is not here"))
                : files.find(number)
                        .filter(file -> file.receiver().equals(partner) || takesPart(partner, file))
                        .map(CaseFile::caseNo)
                        .orElseThrow(() -> SubmissionRefused.of("not-found", 404, "You have no case of this subject"));
    }

    private boolean takesPart(String partner, CaseFile file) {
        return joint.parts(file.caseNo(), file.itemCode()).stream()
                .anyMatch(part -> part.office().equals(partner));
    }

    private static boolean isTold(String document) {
        return document.equals(STEP) || document.equals(PROGRESS);
    }

    private void requireShape(String document, SignedEnvelope signed) {
        List<Finding> findings =
                schemas.check(document, Json.tree(signed.envelope().data()));
        if (!findings.isEmpty()) {
            throw new SubmissionRefused(
                    new Problem("schema-invalid", 422, "The document does not fit its schema", findings));
        }
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
        boolean said = !message.document().equals(EVIDENCE) && !isTold(message.document());
        Runnable read = said
                ? answers.keepWithin(key.partner(), "message", key.idempotencyKey(), "application/json", signed.body())
                : () -> {};
        // Cases are locked before chains, everywhere.
        List<CaseEvent> steps = isTold(message.document())
                ? told.keep(
                        message.caseNo(),
                        key.partner(),
                        Json.tree(signed.envelope().data()))
                : List.of();
        store.keep(covered);
        if (isTold(message.document())) {
            events.record(steps);
        } else if (!said) {
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
