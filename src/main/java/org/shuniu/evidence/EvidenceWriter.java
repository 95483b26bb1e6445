package org.shuniu.evidence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes lines into chains of its own within its callers' transactions.
 *
 * <p>The heads are in memory and advance only after a commit that succeeded. Lines are chained at the very end of a
 * transaction, under a lock that lasts until its outcome: a transaction that waits for rows never holds it, and a writer
 * with a single committer never waits for it.
 *
 * @param <T> what a line says
 */
final class EvidenceWriter<T> {

    /** A chain that gets no further lines: its last line is one of these two, and which is for the database to say. */
    record Ended(int chain, String name, Head known, Head possible) {}

    private final String name;
    private final int order;
    private final JdbcTemplate sql;
    private final LineTable<T> table;
    private final @Nullable UUID process;
    private final Supplier<String> lastSeal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Sm3 sm3 = new Sm3();
    private final Map<String, Head> heads = new ConcurrentHashMap<>();
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private Long run;

    /**
     * @param order of the locks, where one transaction writes through several writers
     * @param sql on the data source of the callers' transactions
     * @param process that ends these chains itself while it lives; null where nobody does
     * @param run the process's run, as long as no commit's outcome is unknown
     * @param lastSeal names the newest seal, for opening lines
     */
    EvidenceWriter(
            String name,
            int order,
            JdbcTemplate sql,
            LineTable<T> table,
            @Nullable UUID process,
            long run,
            Supplier<String> lastSeal) {
        this.name = name;
        this.order = order;
        this.sql = sql;
        this.table = table;
        this.process = process;
        this.run = run;
        this.lastSeal = lastSeal;
    }

    LineTable<T> table() {
        return table;
    }

    /** The committed heads; safe for any thread. */
    Collection<Head> heads() {
        return heads.values();
    }

    /** Chains that were abandoned since the last call. */
    List<Ended> takeEnded() {
        List<Ended> taken = new ArrayList<>();
        for (Ended chain = ended.poll(); chain != null; chain = ended.poll()) {
            taken.add(chain);
        }
        return taken;
    }

    void putBack(List<Ended> taken) {
        ended.addAll(taken);
    }

    /** Ends all chains; what is recorded later opens new ones. */
    void end() {
        lock.lock();
        try {
            abandon(Map.of());
        } finally {
            lock.unlock();
        }
    }

    /** Adds lines to the transaction that this thread is in. */
    void record(Collection<T> lines) {
        if (lines.isEmpty()) {
            return;
        }
        requireTransaction();
        Pending pending = TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(other -> other instanceof EvidenceWriter<?>.Pending mine && mine.writer() == this)
                .map(this::own)
                .findFirst()
                .orElseGet(this::begin);
        pending.lines.addAll(lines);
    }

    private void requireTransaction() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.hasResource(Objects.requireNonNull(sql.getDataSource()))) {
            throw new IllegalStateException("A line of %s is written outside a transaction".formatted(name));
        }
    }

    @SuppressWarnings("unchecked")
    private Pending own(TransactionSynchronization pending) {
        return (Pending) pending;
    }

    private Pending begin() {
        Pending pending = new Pending();
        TransactionSynchronizationManager.registerSynchronization(pending);
        return pending;
    }

    private void abandon(Map<String, Head> possible) {
        Map<String, Head> known = new HashMap<>(heads);
        Map<String, Head> all = new HashMap<>(possible);
        all.putAll(known);
        run = null;
        heads.clear();
        all.forEach((partner, head) ->
                ended.add(new Ended(head.chain(), head.name(), known.get(partner), possible.get(partner))));
    }

    /** What one transaction adds. */
    private final class Pending implements TransactionSynchronization {

        private final List<T> lines = new ArrayList<>();
        private final Map<String, Head> after = new HashMap<>();
        private final List<Placed<T>> rows = new ArrayList<>();
        private boolean forked;

        EvidenceWriter<?> writer() {
            return EvidenceWriter.this;
        }

        @Override
        public int getOrder() {
            return order;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            lock.lock();
            requireTransaction();
            for (T line : lines) {
                place(table.partner(line), line);
            }
            try {
                sql.update(table.insert(), table.parameters(rows));
            } catch (DuplicateKeyException taken) {
                forked = true;
                // Nothing is wrong with the lines: the next try opens chains of its own.
                throw new ConcurrencyFailureException("A chain of %s was ended by another".formatted(name), taken);
            }
        }

        private void place(String partner, T line) {
            Head head = after.get(partner);
            if (head == null) {
                head = heads.get(partner);
            }
            add(partner, head == null ? open(partner) : head, line);
        }

        private void add(String partner, Head head, T line) {
            long seq = head.seq() + 1;
            byte[] hash = sm3.link(head.hash(), table.canonical(seq, line));
            Head next = new Head(head.chain(), head.name(), seq, hash);
            rows.add(new Placed<>(next, line));
            after.put(partner, next);
        }

        private Head open(String partner) {
            if (run == null) {
                run = sql.queryForObject("select nextval('evidence_run')", Long.class);
            }
            String chain = "%s/r%d/%s".formatted(partner, run, name);
            Integer id = sql.queryForObject(
                    "insert into chain (name, process) values (?, ?) returning id", Integer.class, chain, process);
            Head origin = new Head(Objects.requireNonNull(id), chain, 0, sm3.origin(chain));
            add(partner, origin, table.hubs(LineTable.OPENED, partner, "run %d, %s".formatted(run, lastSeal.get())));
            return after.get(partner);
        }

        @Override
        public void afterCompletion(int outcome) {
            if (!lock.isHeldByCurrentThread()) {
                return;
            }
            try {
                if (outcome == STATUS_COMMITTED) {
                    heads.putAll(after);
                } else if (outcome == STATUS_UNKNOWN) {
                    abandon(after);
                } else if (forked) {
                    abandon(Map.of());
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
