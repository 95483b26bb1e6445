package org.shuniu.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.AuditLog;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.store.Pools;
import org.shuniu.store.TimeOrderedId;
import tools.jackson.databind.node.ObjectNode;

/** Starts, shows and ends rehearsals; each act is a line of the audit, in the transaction that does it. */
final class Rehearsals {

    private static final String DROPPED = "dropped";
    private static final String PROMOTED = "promoted";

    private final Pools.Door door;
    private final RehearsalStore store;
    private final RehearsalStore shown;
    private final Comparisons comparisons;
    private final AuditLog audit;
    private final RehearsalProperties settings;
    private final Runnable wake;

    /**
     * @param door of the audit
     * @param people by which people's questions are answered
     * @param wake has this process look which rehearsals there are
     */
    Rehearsals(
            Pools.Door door,
            Pools.Door people,
            Comparisons comparisons,
            AuditLog audit,
            RehearsalProperties settings,
            Runnable wake) {
        this.door = door;
        this.store = new RehearsalStore(door);
        this.shown = new RehearsalStore(people);
        this.comparisons = comparisons;
        this.audit = audit;
        this.settings = settings;
        this.wake = wake;
    }

    /** Begins to rehearse a candidate in every process, within moments. */
    ObjectNode start(String operator, String partner, CandidateFiles files, String reason) {
        Rivals rivals = comparisons.rivals(partner, files);
        if (rivals.candidateVersion().equals(rivals.inForceVersion())) {
            throw new SubmissionRefused(Problem.of(
                    "check-failed", 422, "These files are those in force, version " + rivals.inForceVersion()));
        }
        door.transaction().executeWithoutResult(status -> {
            if (store.running().size() >= settings.most()) {
                throw conflict("As many rehearsals run as may; expected at most %d".formatted(settings.most()));
            }
            if (!store.start(TimeOrderedId.next(), partner, rivals, files, operator, reason)) {
                throw conflict(
                        "Another candidate of this partner is rehearsed; expected that it is dropped or promoted");
            }
            String what =
                    "candidate %s beside %s; %s".formatted(rivals.candidateVersion(), rivals.inForceVersion(), reason);
            audit.record(operator, "rehearsal-started", partner, what);
        });
        wake.run();
        return show(partner);
    }

    /** The partner's rehearsal that runs, or else the last one. */
    ObjectNode show(String partner) {
        RehearsalStore.Rehearsal newest = shown.newest(partner).orElseThrow(Rehearsals::none);
        return told(newest, shown.findings(newest));
    }

    /** Those that run. */
    List<ObjectNode> running() {
        List<ObjectNode> running = new ArrayList<>();
        shown.running().values().forEach(partner -> running.add(show(partner)));
        return running;
    }

    /** Ends it, whatever was seen. */
    ObjectNode drop(String operator, String partner, String reason) {
        door.transaction().executeWithoutResult(status -> {
            RehearsalStore.Rehearsal rehearsal = store.lockRunning(partner).orElseThrow(Rehearsals::none);
            store.end(rehearsal.id(), DROPPED, operator, reason);
            audit.record(operator, "rehearsal-dropped", partner, "%s; %s".formatted(seen(rehearsal), reason));
        });
        wake.run();
        return show(partner);
    }

    /**
     * Ends it as fit to take the place of the mapping in force, and hands the candidate out; who asks again gets it again. Nothing
     * translates by it before its files are where the hub reads its mappings.
     *
     * @param accept why it may be promoted though messages fail only under it, or null
     */
    ObjectNode promote(String operator, String partner, String reason, @Nullable String accept) {
        RehearsalStore.Rehearsal promoted =
                Objects.requireNonNull(door.transaction().execute(status -> {
                    Optional<RehearsalStore.Rehearsal> running = store.lockRunning(partner);
                    running.ifPresent(one -> promote(operator, one, reason, accept));
                    // Whoever begins another meanwhile gets his own.
                    return store.latest(partner, PROMOTED).orElseThrow(Rehearsals::none);
                }));
        wake.run();
        ObjectNode told = told(promoted, shown.findings(promoted));
        Map<String, String> files = new TreeMap<>(store.files(promoted.id()).texts());
        ObjectNode handed = told.putObject("files");
        files.forEach(handed::put);
        return told;
    }

    private void promote(String operator, RehearsalStore.Rehearsal rehearsal, String reason, @Nullable String accept) {
        Findings findings = store.findings(rehearsal);
        requireFit(rehearsal, findings, accept);
        store.end(rehearsal.id(), PROMOTED, operator, reason);
        String what =
                "%s; %s%s".formatted(seen(rehearsal), reason, accept == null ? "" : "; failures accepted: " + accept);
        audit.record(operator, "rehearsal-promoted", rehearsal.partner(), what);
    }

    private void requireFit(RehearsalStore.Rehearsal rehearsal, Findings findings, @Nullable String accept) {
        if (findings.compared() < settings.enough()) {
            throw conflict(
                    "It has seen %d messages; expected %d or more".formatted(findings.compared(), settings.enough()));
        }
        if (findings.failures() > 0 && accept == null) {
            throw conflict(
                    "%d messages fail only under the candidate; expected none, or accept with the reason why that is well"
                            .formatted(findings.failures()));
        }
        String now = comparisons.inForce(rehearsal.partner());
        if (!now.equals(rehearsal.inForce())) {
            throw conflict("It began beside version %s, and now %s is in force; expected another rehearsal"
                    .formatted(rehearsal.inForce(), now));
        }
    }

    private String seen(RehearsalStore.Rehearsal rehearsal) {
        Findings findings = store.findings(rehearsal);
        return "candidate %s beside %s: %d messages compared, %d left out, %d fields differ, %d failures of the candidate alone"
                .formatted(
                        rehearsal.candidate(),
                        rehearsal.inForce(),
                        findings.compared(),
                        findings.leftOut(),
                        findings.differences().stream()
                                .filter(one -> !one.kind().isOfWhole())
                                .count(),
                        findings.failures());
    }

    private static ObjectNode told(RehearsalStore.Rehearsal rehearsal, Findings findings) {
        ObjectNode told = Told.of(rehearsal.partner(), rehearsal.inForce(), rehearsal.candidate(), findings)
                .put("id", rehearsal.id().toString())
                .put("state", rehearsal.state())
                .put("author", rehearsal.author())
                .put("reason", rehearsal.reason())
                .put("startedAt", rehearsal.startedAt().toString());
        if (rehearsal.endedAt() != null) {
            told.put("endedBy", rehearsal.endedBy())
                    .put("endReason", rehearsal.endReason())
                    .put("endedAt", rehearsal.endedAt().toString());
        }
        return told;
    }

    private static SubmissionRefused none() {
        return new SubmissionRefused(Problem.of("not-found", 404, "No candidate of this partner is rehearsed"));
    }

    private static SubmissionRefused conflict(String why) {
        return new SubmissionRefused(Problem.of("state-conflict", 409, why));
    }
}
