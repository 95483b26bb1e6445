package org.shuniu.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.shuniu.channel.Reply;
import org.shuniu.enrichment.Copies;
import org.shuniu.enrichment.Copy;
import org.shuniu.partner.Enquiry;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.EventLog;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;
import org.shuniu.vault.VaultFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Asks partners for the results that they owe: by ticket, or because the word they promised did not come. */
public final class ResultEnquiry {

    private static final Logger LOG = LoggerFactory.getLogger(ResultEnquiry.class);
    private static final int AT_ONCE = 50;

    private final Pools.Door door;
    private final EventLog events;
    private final PartnerDirectory partners;
    private final Vault vault;
    private final CallBudget budget;
    private final ChannelCall channel;
    private final Copies copies;
    private final Supplier<Instant> now;
    private final UUID owner = UUID.randomUUID();

    public ResultEnquiry(
            Pools.Door door,
            EventLog events,
            PartnerDirectory partners,
            Vault vault,
            DeliveryEngine engine,
            ChannelCall channel) {
        this.door = door;
        this.events = events;
        this.partners = partners;
        this.vault = vault;
        this.budget = engine.budget();
        this.channel = channel;
        this.copies = new Copies(door.sql());
        this.now = () -> engine.settlements().now();
    }

    /** Called by the asking routes: what is to be asked now, each as an attempt that asks first. */
    public List<Attempt> due(String id) {
        Partner partner = partners.partner(id);
        Enquiry policy = partner.enquiry().orElseThrow(() -> new IllegalStateException("no enquiry in " + id));
        if (!budget.hasShare(partner)) {
            return List.of();
        }
        return door
                .transaction()
                .execute(status -> {
                    Enquiries enquiries = new Enquiries(door.sql());
                    enquiries.drop(id);
                    tell(id, enquiries.late(id));
                    List<Enquiries.Due> due = enquiries.take(id, policy, AT_ONCE);
                    return due.isEmpty() ? enquiries.probe(id, policy, betweenProbes(partner)) : due;
                })
                .stream()
                .flatMap(due -> open(id, due).stream())
                .filter(attempt -> !deliversAnew(partner, attempt))
                .toList();
    }

    /** One that can't be opened is told and asked for again at its next time; the others are asked now. */
    private Optional<Attempt> open(String partner, Enquiries.Due due) {
        try {
            return Optional.of(attempt(partner, due, due.repeat() ? copies(due.deliveryId()) : List.of()));
        } catch (VaultFailure unreadable) {
            LOG.error("The result of delivery {} can't be asked for: its message can't be opened", due.deliveryId());
            CaseEvent told = new CaseEvent(
                    now.get(),
                    due.file().caseNo(),
                    null,
                    due.deliveryId(),
                    "not-asked",
                    partner,
                    null,
                    "the message can't be opened");
            door.transaction().executeWithoutResult(status -> events.record(List.of(told)));
            return Optional.empty();
        }
    }

    /** What is to be sent once more and names copies that have expired is a delivery again, which gets new ones first. */
    private boolean deliversAnew(Partner partner, Attempt attempt) {
        if (attempt.askFirst() || attempt.expiredCopies(now.get()).isEmpty()) {
            return false;
        }
        return Boolean.TRUE.equals(door.transaction().execute(status -> {
            boolean again =
                    new ReRequests(door.sql()).sendAgain(partner, attempt.deliveryId(), "not known there any more");
            if (again) {
                events.record(List.of(new CaseEvent(
                        now.get(),
                        attempt.file().caseNo(),
                        null,
                        attempt.deliveryId(),
                        "re-requested",
                        partner.id(),
                        null,
                        "not known there any more")));
            }
            return again;
        }));
    }

    /** No second question goes out while the first one may still be answered. */
    private static Duration betweenProbes(Partner partner) {
        Duration every = partner.delivery().circuit().probeEvery();
        return every.compareTo(partner.deadline()) > 0 ? every : partner.deadline();
    }

    /** What is sent once more names what was given for it, though the content is forgotten. */
    private List<Copy> copies(UUID delivery) {
        return copies.of(List.of(delivery)).getOrDefault(delivery, List.of()).stream()
                .map(copy -> copy.open(vault))
                .toList();
    }

    private void tell(String partner, List<Enquiries.Late> late) {
        if (!late.isEmpty()) {
            events.record(late.stream()
                    .map(one -> new CaseEvent(
                            Instant.now(), one.caseNo(), null, one.deliveryId(), "overdue", partner, null, null))
                    .toList());
        }
    }

    private Attempt attempt(String partner, Enquiries.Due due, List<Copy> given) {
        return new Attempt(
                due.deliveryId(),
                due.messageId(),
                due.document(),
                partner,
                due.tries(),
                0,
                !due.repeat(),
                due.ticket(),
                owner,
                due.acceptedAt(),
                due.file(),
                vault.open(due.sealedBody(), "message.body", due.messageId()),
                given,
                Attempt.Terms.USUAL.by(due.taken()),
                null);
    }

    /**
     * Called by the asking routes; a question takes its share of the partner's rate and parallel calls, and waits while the
     * partner's circuit is open.
     */
    public Attempts.Response call(Attempts.Request request) throws InterruptedException {
        Partner partner = partners.partner(request.attempt().receiver());
        if (!budget.take(partner, System.nanoTime() + partner.deadline().toNanos())) {
            return notAsked(request, "waited for its turn");
        }
        try {
            return mayCall(partner, request)
                    ? channel.call(request)
                    : notAsked(request, "calls of the partner are stopped, or nobody knows");
        } finally {
            budget.giveBack(partner);
        }
    }

    private boolean mayCall(Partner partner, Attempts.Request request) {
        try {
            return new Enquiries(door.sql())
                    .mayCall(partner.id(), request.attempt().deliveryId());
        } catch (DataAccessException away) {
            return false;
        }
    }

    private Attempts.Response notAsked(Attempts.Request request, String why) {
        try {
            new Enquiries(door.sql())
                    .notAsked(request.attempt().deliveryId(), !request.attempt().askFirst());
        } catch (DataAccessException away) {
            // It keeps the time that was written when it was taken.
        }
        return new Attempts.Response(
                request.attempt(),
                request.operation(),
                new Reply.NotBegun(why),
                request.channel(),
                request.attempt().terms().now());
    }
}
