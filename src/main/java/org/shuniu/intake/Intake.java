package org.shuniu.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shuniu.attachment.AttachmentMarks;
import org.shuniu.catalogue.FollowUp;
import org.shuniu.document.NamedAttachments;
import org.shuniu.enrichment.Enrichments;
import org.shuniu.followup.FollowUps;
import org.shuniu.joint.JointCases;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Delivery;
import org.shuniu.store.EventLog;
import org.shuniu.store.GroupCommit;
import org.shuniu.store.Json;
import org.shuniu.store.LineFull;
import org.shuniu.store.MessageStore;
import org.shuniu.store.Pools;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Makes submissions the hub's own: acceptances that arrive together are committed together. */
public final class Intake implements AutoCloseable {

    private sealed interface Verdict {
        record Accepted(Acceptance acceptance) implements Verdict {}

        record Refused(SubmissionRefused reason) implements Verdict {}
    }

    private final Pools.Door door;
    private final MessageStore store;
    private final Resends resends;
    private final EventLog events;
    private final CaseFiles files;
    private final FollowUps followUps;
    private final Enrichments enrichments;
    private final Covers covers;
    private final AttachmentMarks attachments;
    private final JointCases joint;
    private final Consumer<List<Delivery>> dispatch;
    private final Consumer<String> accepted;
    private final GroupCommit<RoutedSubmission, Verdict> line;

    /**
     * @param dispatch is handed what may travel, after the commit; it must not block
     * @param accepted is told the sender of every new message, after the commit
     */
    public Intake(
            Pools.Door door,
            MessageStore store,
            EventLog events,
            IntakeProperties limits,
            FollowUps followUps,
            Enrichments enrichments,
            Covers covers,
            JointCases joint,
            Consumer<List<Delivery>> dispatch,
            Consumer<String> accepted) {
        this.door = door;
        this.store = store;
        this.events = events;
        this.resends = new Resends(store);
        this.files = new CaseFiles(door.sql());
        this.followUps = followUps;
        this.enrichments = enrichments;
        this.covers = covers;
        this.attachments = new AttachmentMarks(door.sql());
        this.joint = joint;
        this.dispatch = dispatch;
        this.accepted = accepted;
        this.line = new GroupCommit<>(
                "intake-commit", limits.waitingLine(), limits.group(), limits.patience(), Duration.ZERO, this::commit);
    }

    /** Called by the intake route; returns after the commit. */
    public Acceptance accept(RoutedSubmission submission) {
        try {
            Verdict verdict = line.commit(submission);
            if (verdict instanceof Verdict.Refused refused) {
                throw refused.reason();
            }
            return ((Verdict.Accepted) verdict).acceptance();
        } catch (LineFull | DataAccessException | TransactionException overload) {
            throw SubmissionCheck.refused("overloaded", 503, "The hub cannot keep the document now; send it again");
        }
    }

    /** How many acceptances wait for their commit. */
    public int waiting() {
        return line.waiting();
    }

    private List<Verdict> commit(List<RoutedSubmission> group) {
        List<Delivery> travelling = new ArrayList<>();
        List<Verdict> verdicts = door.transaction().execute(status -> {
            travelling.clear();
            return write(group, travelling);
        });
        dispatch.accept(travelling);
        for (int i = 0; i < group.size(); i++) {
            if (verdicts.get(i) instanceof Verdict.Accepted fresh
                    && !fresh.acceptance().replayed()) {
                accepted.accept(group.get(i).message().partner());
            }
        }
        return verdicts;
    }

    private List<Verdict> write(List<RoutedSubmission> group, List<Delivery> travelling) {
        Map<RoutedSubmission, Verdict> verdicts = new IdentityHashMap<>();
        Map<MessageStore.Key, RoutedSubmission> first = new LinkedHashMap<>();
        group.forEach(submission -> first.putIfAbsent(key(submission), submission));
        List<RoutedSubmission> fresh =
                takeSenderCases(holdAttachments(takeKeys(first.values(), verdicts), verdicts), verdicts);
        fresh = checkAgainstCases(checkCovers(fresh, verdicts), verdicts);
        attachments.name(fresh.stream()
                .flatMap(submission -> named(submission)
                        .map(one ->
                                new AttachmentMarks.Named(one, submission.file().caseNo())))
                .toList());
        fresh.stream()
                .filter(submission -> !submission.parts().isEmpty())
                .forEach(submission -> joint.begin(submission.file().caseNo(), submission.parts()));
        Enrichments.Opened opened =
                enrichments.open(fresh.stream().flatMap(this::needs).toList(), Instant.now());
        store.save(Stream.concat(fresh.stream().map(RoutedSubmission::message), opened.messages().stream())
                .toList());
        keepCovers(fresh);
        travelling.addAll(store.open(opened.deliveries()));
        events.record(Stream.concat(
                        fresh.stream().flatMap(submission -> AcceptanceEvents.of(submission).stream()),
                        opened.events().stream())
                .toList());
        travelling.addAll(follow(fresh));
        fresh.forEach(submission ->
                verdicts.put(submission, new Verdict.Accepted(new Acceptance(submission.receipt(), false))));
        group.forEach(submission ->
                verdicts.computeIfAbsent(submission, twin -> twin(twin, first.get(key(twin)), verdicts)));
        return group.stream().map(verdicts::get).toList();
    }

    private List<RoutedSubmission> checkCovers(List<RoutedSubmission> fresh, Map<RoutedSubmission, Verdict> verdicts) {
        List<Covers.Covered> covered = covered(fresh);
        if (covered.isEmpty()) {
            return fresh;
        }
        Map<Cover, SubmissionRefused> refused = covers.refuse(covered);
        List<RoutedSubmission> rest = new ArrayList<>();
        for (RoutedSubmission submission : fresh) {
            SubmissionRefused reason =
                    refused.get(submission.checked().submission().cover());
            if (reason == null) {
                rest.add(submission);
            } else {
                refuse(submission, reason, verdicts);
            }
        }
        return rest;
    }

    /** What was there when it was checked may have been removed since, as one that no message named. */
    private List<RoutedSubmission> holdAttachments(
            List<RoutedSubmission> fresh, Map<RoutedSubmission, Verdict> verdicts) {
        Set<AttachmentMarks.Address> here =
                attachments.hold(fresh.stream().flatMap(Intake::named).toList());
        List<RoutedSubmission> rest = new ArrayList<>();
        for (RoutedSubmission submission : fresh) {
            if (named(submission).allMatch(here::contains)) {
                rest.add(submission);
            } else {
                refuse(submission, SubmissionCheck.attachmentMissing(List.of()), verdicts);
            }
        }
        return rest;
    }

    private static Stream<AttachmentMarks.Address> named(RoutedSubmission submission) {
        return NamedAttachments.of(submission.checked().content()).stream()
                .map(one -> new AttachmentMarks.Address(submission.message().partner(), one.digest()));
    }

    private void keepCovers(List<RoutedSubmission> fresh) {
        List<Covers.Covered> covered = covered(fresh);
        if (!covered.isEmpty()) {
            covers.keep(covered);
        }
    }

    private static List<Covers.Covered> covered(List<RoutedSubmission> submissions) {
        return submissions.stream()
                .filter(submission -> submission.checked().submission().cover() != null)
                .map(submission -> new Covers.Covered(
                        submission.message(), submission.checked().submission().cover()))
                .toList();
    }

    /** What follows from the statuses that these cases have come to already. */
    private List<Delivery> follow(List<RoutedSubmission> fresh) {
        List<FollowUps.Change> changes = new ArrayList<>();
        for (RoutedSubmission submission : fresh) {
            Set<String> wishes = submission.checked().wishes();
            if (!wishes.isEmpty()) {
                followUps.wishes(submission.file().caseNo(), wishes);
            }
            if (submission.checked().isPaper() && PaperPassage.wantsCourier(submission)) {
                changes.add(new FollowUps.Change(
                        FollowUp.Trigger.PAPER_POSTED,
                        submission.file().status(),
                        submission.file(),
                        submission.message().id(),
                        Json.object()));
            }
            for (String reached : submission.statuses()) {
                if (!reached.equals(submission.before())) {
                    changes.add(new FollowUps.Change(
                            FollowUp.Trigger.REACHED,
                            reached,
                            submission.file(),
                            submission.message().id(),
                            Json.object()));
                }
            }
        }
        FollowUps.Opened opened = followUps.open(changes, Instant.now());
        store.save(opened.messages());
        events.record(opened.events());
        return store.open(opened.deliveries());
    }

    private Stream<Enrichments.Need> needs(RoutedSubmission submission) {
        return submission.receivers().stream()
                .map(receiver -> Delivery.of(submission.message(), receiver, Delivery.WORK, submission.urgent()))
                .map(delivery ->
                        new Enrichments.Need(delivery, submission.checked().content(), submission.file()));
    }

    /** Whoever does not get the key is a resend or a reuse; no two of these have the same key. */
    private List<RoutedSubmission> takeKeys(
            Collection<RoutedSubmission> first, Map<RoutedSubmission, Verdict> verdicts) {
        Set<MessageStore.Key> taken =
                store.take(first.stream().map(Intake::kept).toList());
        List<RoutedSubmission> fresh = new ArrayList<>();
        for (RoutedSubmission submission : first) {
            if (taken.contains(key(submission))) {
                fresh.add(submission);
            } else {
                verdicts.put(
                        submission,
                        repeated(submission, store.kept(key(submission)).orElseThrow()));
            }
        }
        return fresh;
    }

    /** Decided last: what came beside the first of its key may be answered by a receipt only when the first is kept. */
    private Verdict twin(RoutedSubmission twin, RoutedSubmission first, Map<RoutedSubmission, Verdict> verdicts) {
        Optional<MessageStore.Kept> kept = store.kept(key(twin));
        if (kept.isPresent()) {
            return repeated(twin, kept.get());
        }
        return Arrays.equals(twin.message().digest(), first.message().digest()) && isOfOne(twin, first)
                ? verdicts.get(first)
                : new Verdict.Refused(SubmissionCheck.refused(
                        "overloaded", 503, "The hub could not look at the document now; send it again"));
    }

    private static boolean isOfOne(RoutedSubmission one, RoutedSubmission other) {
        Submission twin = one.checked().submission();
        Submission first = other.checked().submission();
        return twin.document().equals(first.document()) && Objects.equals(twin.caseNo(), first.caseNo());
    }

    private Verdict repeated(RoutedSubmission submission, MessageStore.Kept kept) {
        return resends.isSame(
                        submission.checked().submission(),
                        kept,
                        submission.message().digest())
                ? new Verdict.Accepted(new Acceptance(kept.receipt(), true))
                : new Verdict.Refused(SubmissionCheck.keyReused());
    }

    private List<RoutedSubmission> takeSenderCases(
            List<RoutedSubmission> fresh, Map<RoutedSubmission, Verdict> verdicts) {
        TreeMap<MessageStore.SenderCase, UUID> wanted = new TreeMap<>();
        fresh.forEach(submission -> senderCase(submission)
                .ifPresent(number ->
                        wanted.putIfAbsent(number, submission.message().id())));
        Map<MessageStore.SenderCase, UUID> owners = store.takeSenderCases(wanted);
        List<RoutedSubmission> rest = new ArrayList<>();
        for (RoutedSubmission submission : fresh) {
            UUID id = submission.message().id();
            UUID owner = senderCase(submission).map(owners::get).orElse(id);
            if (owner.equals(id)) {
                rest.add(submission);
            } else {
                refuse(submission, senderCaseReused(owner), verdicts);
            }
        }
        return rest;
    }

    private static Optional<MessageStore.SenderCase> senderCase(RoutedSubmission submission) {
        return Optional.ofNullable(submission.newCase() ? submission.checked().text("senderCaseNo") : null)
                .map(number -> new MessageStore.SenderCase(submission.message().partner(), number));
    }

    private static SubmissionRefused senderCaseReused(UUID owner) {
        return SubmissionCheck.refused(
                "sender-case-reused", 409, "This senderCaseNo belongs to message %s".formatted(owner));
    }

    /** The case may have moved since it was routed: what no longer fits is refused, what is new is written. */
    private List<RoutedSubmission> checkAgainstCases(
            List<RoutedSubmission> fresh, Map<RoutedSubmission, Verdict> verdicts) {
        Map<String, CaseFile> standing = files.lock(fresh.stream()
                .filter(submission -> !submission.newCase())
                .map(submission -> submission.file().caseNo())
                .collect(Collectors.toCollection(TreeSet::new)));
        List<RoutedSubmission> fitting = new ArrayList<>();
        Map<String, CaseFile> changed = new LinkedHashMap<>();
        for (RoutedSubmission submission : fresh) {
            CaseFile now = changed.getOrDefault(
                    submission.file().caseNo(), standing.get(submission.file().caseNo()));
            if (now == null || CaseProgress.fits(now, joint.parts(now.caseNo(), now.itemCode()), submission)) {
                changed.put(submission.file().caseNo(), CaseProgress.apply(now, submission));
                fitting.add(submission);
            } else {
                refuse(submission, RecipientList.conflict(now, "the status it had a moment ago"), verdicts);
            }
        }
        files.insert(changed.values().stream()
                .filter(file -> !standing.containsKey(file.caseNo()))
                .toList());
        files.update(changed.values().stream()
                .filter(file -> standing.containsKey(file.caseNo()))
                .toList());
        return fitting;
    }

    private void refuse(
            RoutedSubmission submission, SubmissionRefused reason, Map<RoutedSubmission, Verdict> verdicts) {
        store.giveBack(key(submission), submission.message().id());
        verdicts.put(submission, new Verdict.Refused(reason));
    }

    private static MessageStore.Key key(RoutedSubmission submission) {
        return new MessageStore.Key(
                submission.message().partner(),
                submission.checked().submission().idempotencyKey());
    }

    private static MessageStore.Kept kept(RoutedSubmission submission) {
        return new MessageStore.Kept(
                key(submission),
                submission.message().id(),
                submission.message().digest(),
                submission.receipt(),
                submission.message().acceptedAt());
    }

    @Override
    public void close() {
        line.close();
    }
}
