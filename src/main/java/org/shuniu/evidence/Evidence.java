package org.shuniu.evidence;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.EventLog;
import org.shuniu.store.Lease;
import org.shuniu.store.Pools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The chains of one run of the hub, and the seals over them. */
public final class Evidence implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);
    private static final int PATIENCE_SECONDS = 10;
    private static final int BEATS = 6;
    private static final Duration LEAST_ALIVE = Duration.ofSeconds(30);

    private final LineTable<CaseEvent> events = new EventTable();
    private final LineTable<AuditLine> acts = new AuditTable();
    private final EvidenceWriter<CaseEvent> intake;
    private final EvidenceWriter<CaseEvent> settlement;
    private final EvidenceWriter<CaseEvent> control;
    private final EvidenceWriter<AuditLine> audit;
    private final UUID process = UUID.randomUUID();
    private final Duration aliveFor;
    private final Lease alive;
    /** Where it has not been held on, the database was away, and for the others too: who lives is known at the next look. */
    private long heldAt = System.nanoTime();

    private final ChainEnds ends;
    private final RegionHeads regions;
    private final Sealer sealer;
    private final Map<String, Long> sealed = new HashMap<>();
    private final Map<String, String> due = new LinkedHashMap<>();
    private final ScheduledExecutorService clockwork;

    private Evidence(Pools pools, EvidenceProperties settings, SealKey key, Clock clock, boolean alone) {
        JdbcTemplate sql = pools.settlement().sql();
        TransactionTemplate transaction = pools.settlement().transaction();
        this.sealer = Sealer.open(sql, new SealFile(settings.directory()), key, clock);
        this.ends = new ChainEnds(sql, transaction);
        this.regions = new RegionHeads(sql);
        this.aliveFor = alive(settings.sealEvery());
        this.alive = new Lease(sql, "evidence/" + process, process, aliveFor);
        alive.hold();
        endLeft(alone ? ends.left() : ends.leftByNobody());
        long run = sql.queryForObject("select nextval('evidence_run')", Long.class);
        this.intake = writer("intake", 1, pools.intake().sql(), events, run);
        this.settlement = writer("settlement", 2, sql, events, run);
        this.control = writer("control", 3, sql, events, run);
        this.audit = writer(AuditTable.WRITER, 4, sql, acts, run);
        Adoption adoption = new Adoption(sql, transaction);
        adoption.adopt("event_unchained", (row, number) -> events.read(row), control::record);
        adoption.adopt("audit_unchained", (row, number) -> acts.read(row), audit::record);
        this.clockwork = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "evidence-seal");
            thread.setDaemon(true);
            return thread;
        });
        long every = settings.sealEvery().toMillis();
        clockwork.scheduleWithFixedDelay(this::sealOrWarn, every, every, TimeUnit.MILLISECONDS);
    }

    /**
     * Seals what earlier runs left, and opens the chains of this one.
     *
     * @param alone whether no other process of the hub works on this database; otherwise what one left that is gone is sealed once it
     *     has been silent for long enough
     */
    public static Evidence open(Pools pools, EvidenceProperties settings, SealKey key, Clock clock, boolean alone) {
        return new Evidence(pools, settings, key, clock, alone);
    }

    /** A process that could not say for some times that it lives is taken for gone; if it is not, it opens new chains. */
    private static Duration alive(Duration every) {
        Duration some = every.multipliedBy(BEATS);
        return some.compareTo(LEAST_ALIVE) > 0 ? some : LEAST_ALIVE;
    }

    private <T> EvidenceWriter<T> writer(String name, int order, JdbcTemplate sql, LineTable<T> table, long run) {
        return new EvidenceWriter<>(
                name, order, sql, table, process, run, () -> sealer.last().text());
    }

    /** For the committer of acceptances. */
    public EventLog intake() {
        return intake::record;
    }

    /** For the committer of settlements. */
    public EventLog settlement() {
        return settlement::record;
    }

    /** For everybody else: operators' calls, the redispatcher, whoever parks; in transactions of the settlement pool. */
    public EventLog control() {
        return control::record;
    }

    /** For the audit log, in transactions of the settlement pool. */
    public void act(AuditLine line) {
        audit.record(List.of(line));
    }

    private void endLeft(List<EvidenceWriter.Ended> left) {
        end(
                events,
                left.stream().filter(chain -> !AuditTable.owns(chain.name())).toList());
        end(acts, left.stream().filter(chain -> AuditTable.owns(chain.name())).toList());
        sealDue();
    }

    private <T> void end(LineTable<T> table, List<EvidenceWriter.Ended> chains) {
        if (!chains.isEmpty()) {
            ends.end(table, chains).forEach(head -> due.put(head.name(), head.sealed(true)));
        }
    }

    private void sealOrWarn() {
        try {
            seal();
        } catch (RuntimeException | Error failure) {
            LOG.warn("The heads of the evidence are not sealed, they will be later: {}", failure.toString());
        }
    }

    /** Seals the heads that moved since the last time, and what processes left that are gone. */
    public synchronized void seal() {
        boolean heldOn = System.nanoTime() - heldAt < aliveFor.toNanos();
        alive.hold();
        heldAt = System.nanoTime();
        if (heldOn) {
            endLeft(ends.leftByOthers(process));
        }
        for (EvidenceWriter<?> writer : List.of(intake, settlement, control, audit)) {
            endAbandoned(writer);
            writer.heads().forEach(this::sealWhereItMoved);
        }
        regions.heads().forEach(this::sealWhereItMoved);
        sealVisitors();
    }

    /** They count as ended once they are sealed: after a crash in between they are sealed again, which is harmless. */
    private void sealVisitors() {
        List<EvidenceWriter.Ended> visitors = ends.leftByVisitors();
        ends.lastOf(acts, visitors).forEach(head -> due.put(head.name(), head.sealed(true)));
        sealDue();
        ends.markEnded(visitors);
    }

    private void sealWhereItMoved(Head head) {
        if (sealed.getOrDefault(head.name(), 0L) < head.seq()) {
            due.put(head.name(), head.sealed(false));
            sealed.put(head.name(), head.seq());
        }
    }

    private <T> void endAbandoned(EvidenceWriter<T> writer) {
        List<EvidenceWriter.Ended> abandoned = writer.takeEnded();
        try {
            end(writer.table(), abandoned);
            abandoned.forEach(chain -> sealed.remove(chain.name()));
        } catch (RuntimeException failure) {
            writer.putBack(abandoned);
            throw failure;
        }
    }

    /** What could not be sealed stays due. */
    private void sealDue() {
        sealer.seal(new ArrayList<>(due.values()));
        due.clear();
    }

    /** Ends and seals the chains of this run; what can't be is done by the next. */
    @Override
    public void close() {
        clockwork.shutdown();
        try {
            if (!clockwork.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The last seal is still under way");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        List.of(intake, settlement, control, audit).forEach(EvidenceWriter::end);
        sealOrWarn();
        leave();
    }

    private void leave() {
        try {
            alive.release();
        } catch (DataAccessException away) {
            LOG.warn("That this process is gone is seen by itself: the database is away");
        }
    }
}
