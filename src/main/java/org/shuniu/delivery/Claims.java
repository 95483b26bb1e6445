package org.shuniu.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.GroupCommit;
import org.shuniu.store.Pools;

/** Claims deliveries before their calls, in groups; a copy that cannot be claimed travels no further. */
final class Claims implements AutoCloseable {

    /** What became of a broker's copy. */
    sealed interface Outcome {}

    /**
     * This process may call, and nobody else before the claim lapses.
     *
     * @param sealedBody as carried by the broker or read with the claim
     * @param deadline of the call, for which the claim was made: the partner's may be another by then
     * @param beginBefore {@link System#nanoTime} after which a call might outlive the claim
     */
    record Claimed(ClaimedRows.Row row, UUID owner, byte[] sealedBody, Duration deadline, long beginBefore)
            implements Outcome {
        boolean mayBegin() {
            return System.nanoTime() - beginBefore < 0;
        }
    }

    /** The copy is behind the record: a double, a paused partner's, or one of an older broker. */
    record Dropped() implements Outcome {}

    /** The copy names no delivery or no partner of this hub. */
    record Unknown(String why) implements Outcome {}

    private static final int LINE = 4_000;
    private static final int GROUP = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Dropped DROPPED = new Dropped();

    private final Pools.Door door;
    private final ClaimedRows rows;
    private final PartnerDirectory partners;
    private final Duration margin;
    private final Incarnation incarnation;
    private final OpeningTimes opening;
    private final UUID owner = UUID.randomUUID();
    private final GroupCommit<BrokerCopy, Outcome> line;

    /** @param margin what a claim may outlive the call's own deadline by */
    Claims(Pools.Door door, PartnerDirectory partners, Duration margin, Incarnation incarnation, OpeningTimes opening) {
        this.door = door;
        this.rows = new ClaimedRows(door.sql());
        this.partners = partners;
        this.margin = margin;
        this.incarnation = incarnation;
        this.opening = opening;
        this.line = new GroupCommit<>("claim-commit", LINE, GROUP, PATIENCE, Duration.ZERO, this::commit);
    }

    /** Completed after the commit, or with the failure that kept the claim from it. */
    CompletableFuture<Outcome> claim(BrokerCopy copy) {
        boolean old = !incarnation.current().equals(copy.incarnation());
        if (old || opening.closed(copy.receiver())) {
            return CompletableFuture.completedFuture(DROPPED);
        }
        return partners.find(copy.receiver()).isEmpty()
                ? CompletableFuture.completedFuture(new Unknown("The message names no partner of this hub"))
                : line.submit(copy);
    }

    private List<Outcome> commit(List<BrokerCopy> group) {
        long now = System.nanoTime();
        Map<String, Duration> deadlines = new HashMap<>();
        group.forEach(copy -> deadlines.computeIfAbsent(copy.receiver(), this::deadline));
        List<ClaimedRows.Wanted> wanted = new ArrayList<>();
        Set<UUID> once = new HashSet<>();
        group.stream()
                .filter(copy -> once.add(copy.deliveryId()))
                .forEach(copy -> wanted.add(new ClaimedRows.Wanted(
                        copy.deliveryId(),
                        copy.attempt(),
                        lease(deadlines.get(copy.receiver())),
                        copy.body() == null)));
        Map<UUID, ClaimedRows.Row> claimed = new HashMap<>();
        Set<UUID> known = new HashSet<>();
        // One transaction: a claim whose look-up failed would be known to nobody and lapse.
        door.transaction().executeWithoutResult(status -> {
            claimed.clear();
            claimed.putAll(rows.claim(wanted, owner));
            known.clear();
            known.addAll(known(group, claimed));
        });
        return group.stream()
                .map(copy -> outcome(
                        copy,
                        Optional.ofNullable(claimed.remove(copy.deliveryId())),
                        known,
                        deadlines.get(copy.receiver()),
                        now))
                .toList();
    }

    private Outcome outcome(
            BrokerCopy copy, Optional<ClaimedRows.Row> row, Set<UUID> known, Duration deadline, long claimedAt) {
        if (row.isPresent()) {
            // What was corrected since goes before what the broker still holds.
            byte[] body = row.get().body() == null ? copy.body() : row.get().body();
            return new Claimed(row.get(), owner, body, deadline, claimedAt + deadline.toNanos());
        }
        return known.contains(copy.deliveryId()) ? DROPPED : new Unknown("The message names no delivery of this hub");
    }

    private Set<UUID> known(List<BrokerCopy> group, Map<UUID, ClaimedRows.Row> claimed) {
        List<UUID> others = group.stream()
                .map(BrokerCopy::deliveryId)
                .filter(id -> !claimed.containsKey(id))
                .toList();
        Set<UUID> known = others.isEmpty() ? new HashSet<>() : rows.known(others);
        known.addAll(claimed.keySet());
        return known;
    }

    /** A call begins within one deadline of the claim and ends within another. */
    private Duration lease(Duration deadline) {
        return deadline.multipliedBy(2).plus(margin);
    }

    private Duration deadline(String receiver) {
        return partners.find(receiver).map(Partner::deadline).orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        line.close();
    }
}
