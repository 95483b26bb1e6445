package org.shuniu.workbench;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.AuditLog;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.EditedMapping;
import org.shuniu.store.Pools;

/**
 * Keeps what somebody proposes: the edited files, and how they differ from those in force. Nothing goes by them; others take them up
 * where mappings are written. Each act is a line of the audit, in the transaction that does it.
 */
public final class Proposals {

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

    private final Pools.Door door;
    private final ProposalStore store;
    private final ProposalStore shown;
    private final Workbench bench;
    private final AuditLog audit;
    private final Clock clock;

    /**
     * Prepares their keeping.
     *
     * @param door of the audit
     * @param people by which people's questions are answered
     */
    Proposals(Pools.Door door, Pools.Door people, Workbench bench, AuditLog audit, Clock clock) {
        this.door = door;
        this.store = new ProposalStore(door);
        this.shown = new ProposalStore(people);
        this.bench = bench;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Keeps a draft in which nothing is wrong. What it leaves behind in other files is kept with it: a table or a declaration that
     * nobody reads any more goes when the proposal is taken up, or is wanted for another.
     */
    public Saved save(String author, Draft draft, String reason) {
        if (draft.hasTooLargeTexts()) {
            return new Saved(null, "large");
        }
        Changes changes = bench.changes(draft);
        if (changes.isNone()) {
            return new Saved(null, "same");
        }
        try {
            EditedMapping read = bench.read(draft, changes);
            return read.faults().isEmpty()
                    ? keep(author, draft, changes, read.left(), reason)
                    : new Saved(null, "faults");
        } catch (Apart.NoAnswer none) {
            return new Saved(null, none.word());
        }
    }

    private Saved keep(String author, Draft draft, Changes changes, List<Fault> left, String reason) {
        Proposal wanted = new Proposal(
                0,
                draft.partner(),
                draft.mapping(),
                List.copyOf(changes.texts().keySet()),
                author,
                clock.instant(),
                reason,
                bench.version(draft.partner()),
                left.stream().map(Fault::toString).toList());
        return told(() -> {
            store.lock();
            if (store.count() >= MOST || store.count(author) >= MOST_OF_ONE) {
                return new Saved(null, "many");
            }
            Proposal proposal = store.add(wanted, changes);
            audit.record(author, "mapping-proposed", proposal.mark(), proposal.name() + ": " + reason);
            return new Saved(proposal, "");
        });
    }

    private <T> T told(Supplier<T> act) {
        return door.transaction().execute(status -> act.get());
    }

    /** The newest first. */
    public List<Proposal> all() {
        return shown.all();
    }

    public Optional<Proposal> find(int number) {
        return shown.find(number);
    }

    /** An edited file, for somebody who takes it away; nothing where there is none of this name, or no proposal any more. */
    public Optional<String> text(String who, Proposal proposal, String file) {
        return taken(who, proposal, file, shown.text(proposal.number(), file));
    }

    /** How it differs from the files in force when it was saved, as {@code patch} reads it. */
    public Optional<String> difference(String who, Proposal proposal) {
        return taken(who, proposal, "difference", shown.difference(proposal.number()));
    }

    private Optional<String> taken(String who, Proposal proposal, String what, Optional<String> text) {
        text.ifPresent(there -> audit.record(who, "proposal-taken", proposal.mark(), proposal.name() + ": " + what));
        return text;
    }

    /** Removes one; false when somebody else has done so. */
    public boolean drop(String who, Proposal proposal, String reason) {
        return told(() -> {
            boolean dropped = store.drop(proposal.number());
            if (dropped) {
                audit.record(who, "proposal-dropped", proposal.mark(), proposal.name() + ": " + reason);
            }
            return dropped;
        });
    }
}
