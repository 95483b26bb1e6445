package org.shuniu.trials;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares what the platform was promised, what the hub's record says and what the departments' ledgers hold. */
final class Oracle {

    private record Delivery(String messageId, String caseNo, String receiver, String state, int lane) {
        boolean settledWell() {
            return state.equals("delivered") || state.equals("refused");
        }
    }

    private static final int SHOWN = 5;

    private final HubProcess hub;
    private final HubDatabase database;
    private final Departments departments;
    private final Journal journal;
    private final Map<String, Object> counts = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    Oracle(HubProcess hub, HubDatabase database, Departments departments, Journal journal) {
        this.hub = hub;
        this.database = database;
        this.departments = departments;
        this.journal = journal;
    }

    /** Checks the invariants I1 to I7; the hub must run. */
    Oracle check() {
        Set<String> promised =
                journal.read().stream().map(Journal.Receipt::messageId).collect(Collectors.toCollection(HashSet::new));
        List<Delivery> deliveries = deliveries();
        Map<String, List<Departments.Effect>> ledgers = new TreeMap<>();
        Departments.ALL.forEach(partner -> ledgers.put(partner, departments.ledger(partner)));
        sameReceipts();
        nothingLost(promised, deliveries, ledgers);
        nothingInvented(promised, deliveries, ledgers);
        nothingTwice(ledgers);
        orderKept(deliveries, ledgers);
        faults.addAll(new Chains(hub).broken(counts));
        faults.addAll(new Sums(hub, database).different(counts));
        faults.addAll(new Leaks(hub.directory()).found(counts));
        return this;
    }

    private List<Delivery> deliveries() {
        return database.rows("select message_id, case_no, receiver, state, coalesce(lane_no, 0) from delivery").stream()
                .map(row -> new Delivery(row.get(0), row.get(1), row.get(2), row.get(3), Integer.parseInt(row.get(4))))
                .filter(delivery -> Departments.ALL.contains(delivery.receiver()))
                .toList();
    }

    /** One key stands for one receipt, byte for byte. */
    private void sameReceipts() {
        Map<String, Set<String>> byKey = new HashMap<>();
        List<Journal.Receipt> receipts = journal.read();
        receipts.forEach(receipt -> byKey.computeIfAbsent(receipt.key(), key -> new LinkedHashSet<>())
                .add(receipt.bytes()));
        counts.put("receipts", receipts.size());
        counts.put(
                "of them resends",
                receipts.stream().filter(receipt -> receipt.status() == 200).count());
        report(
                "I1: keys with two receipts",
                byKey.entrySet().stream()
                        .filter(entry -> entry.getValue().size() > 1)
                        .map(Map.Entry::getKey)
                        .toList());
        Map<String, String> kept = new HashMap<>();
        database.rows("select idempotency_key, convert_from(receipt, 'UTF8') from message_key where partner ="
                        + " 'acceptance-platform'")
                .forEach(row -> kept.put(row.get(0), row.get(1)));
        report(
                "I1: receipts that the hub does not remember",
                receipts.stream()
                        .filter(receipt -> !receipt.bytes().equals(kept.get(receipt.key())))
                        .map(Journal.Receipt::messageId)
                        .toList());
    }

    private void nothingLost(
            Set<String> promised, List<Delivery> deliveries, Map<String, List<Departments.Effect>> ledgers) {
        // Regions have ledgers of their own, which their trials compare.
        Set<String> forwarded = ids("select message_id from delivery where queue = 'application'");
        Set<String> parkedMessages = ids("select id from message where parked_reason is not null");
        report(
                "I1: accepted and gone",
                promised.stream()
                        .filter(id -> !forwarded.contains(id) && !parkedMessages.contains(id))
                        .toList());
        Map<String, Set<String>> effects = new HashMap<>();
        ledgers.forEach((partner, ledger) -> effects.put(
                partner, ledger.stream().map(Departments.Effect::messageId).collect(Collectors.toSet())));
        report(
                "I1: settled without effect",
                deliveries.stream()
                        .filter(Delivery::settledWell)
                        .filter(delivery -> !effects.get(delivery.receiver()).contains(delivery.messageId()))
                        .map(delivery -> delivery.receiver() + " " + delivery.messageId())
                        .toList());
        report(
                "I1: waiting or given up without a reason",
                database
                        .rows("select id from delivery where state in ('parked', 'undeliverable') and reason is null")
                        .stream()
                        .map(row -> row.get(0))
                        .toList());
        counts.put("accepted messages", promised.size());
        counts.put("deliveries", deliveries.size());
        counts.put(
                "deliveries by state",
                deliveries.stream()
                        .collect(Collectors.groupingBy(Delivery::state, TreeMap::new, Collectors.counting())));
    }

    private void nothingInvented(
            Set<String> promised, List<Delivery> deliveries, Map<String, List<Departments.Effect>> ledgers) {
        Set<String> known = deliveries.stream()
                .map(delivery -> delivery.receiver() + " " + delivery.messageId())
                .collect(Collectors.toSet());
        report(
                "I2: effects nobody ordered",
                ledgers.values().stream()
                        .flatMap(Collection::stream)
                        .map(effect -> effect.partner() + " " + effect.messageId())
                        .filter(effect -> !known.contains(effect))
                        .toList());
        Set<String> taken = ids("select id from message where partner = 'acceptance-platform'");
        taken.removeAll(promised);
        report("I2: messages without a receipt", taken);
    }

    private void nothingTwice(Map<String, List<Departments.Effect>> ledgers) {
        Map<String, Integer> sizes = new TreeMap<>();
        ledgers.forEach((partner, ledger) -> {
            Set<String> seen = new HashSet<>();
            sizes.put(partner, ledger.size());
            report(
                    "I3: effects of %s done twice".formatted(partner),
                    ledger.stream()
                            .map(Departments.Effect::messageId)
                            .filter(id -> !seen.add(id))
                            .toList());
        });
        counts.put("effects by ledger", sizes);
    }

    private void orderKept(List<Delivery> deliveries, Map<String, List<Departments.Effect>> ledgers) {
        Map<String, Integer> lanes = new HashMap<>();
        deliveries.forEach(delivery -> lanes.put(delivery.receiver() + " " + delivery.messageId(), delivery.lane()));
        List<String> broken = new ArrayList<>();
        Map<String, Integer> last = new HashMap<>();
        ledgers.values().stream().flatMap(Collection::stream).forEach(effect -> {
            int lane = lanes.getOrDefault(effect.partner() + " " + effect.messageId(), 0);
            if (lane == 0) {
                // Receipts have no lane: they come when they come.
                return;
            }
            Integer before = last.put(effect.partner() + " " + effect.caseNo(), lane);
            if (before != null && before > lane) {
                broken.add(effect.partner() + " " + effect.caseNo());
            }
        });
        report("I4: cases out of order", broken);
        counts.put("lanes compared", last.size());
        counts.put(
                "of them with several messages",
                ledgers.values().stream()
                        .flatMap(Collection::stream)
                        .collect(Collectors.groupingBy(
                                effect -> effect.partner() + effect.caseNo(), Collectors.counting()))
                        .values()
                        .stream()
                        .filter(count -> count > 1)
                        .count());
    }

    private Set<String> ids(String query) {
        return database.rows(query).stream().map(row -> row.get(0)).collect(Collectors.toCollection(HashSet::new));
    }

    private void report(String fault, Collection<String> culprits) {
        if (!culprits.isEmpty()) {
            faults.add("%s: %d, such as %s"
                    .formatted(
                            fault,
                            culprits.size(),
                            culprits.stream().limit(SHOWN).toList()));
        }
    }

    Map<String, Object> counts() {
        return counts;
    }

    List<String> faults() {
        return faults;
    }
}
