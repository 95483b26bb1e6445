package org.shuniu.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reports in the database; every method runs in its caller's transaction. */
final class ReportStore {

    /** Another process has taken the report over; whatever this one still wanted to write is that one's to write. */
    static final class TakenOver extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TakenOver() {
            super("the report is made by another process now", null, false, false);
        }
    }

    private static final String DUE = """
            insert into reconciliation (partner, day, from_at, until)
            select ?, ?, least(coalesce((select max(until) from reconciliation where partner = ? and day < ?), ?), w.until), w.until
            from (values (?::timestamptz)) as w(until)
            on conflict (partner, day) do update set until = greatest(excluded.until, reconciliation.until), state = 'due',
                next_at = now(), tries = 0
            where reconciliation.until < excluded.until or ?
            """;

    private static final String HOLD = """
            update reconciliation set owner = ?, epoch = epoch + 1, tries = tries + 1,
                lease_until = now() + ? * interval '1 millisecond'
            where (partner, day) in (select partner, day from reconciliation where state = 'due' and next_at <= now()
                and (lease_until is null or lease_until < now() or owner = ?)
                order by next_at limit 1 for update skip locked)
            returning *
            """;

    private static final String EXTEND = """
            update reconciliation set lease_until = now() + ? * interval '1 millisecond'
            where partner = ? and day = ? and owner = ? and epoch = ?
            """;

    private static final String POSTPONE = """
            update reconciliation set waits = ?, next_at = now() + ? * interval '1 millisecond', lease_until = null
            where partner = ? and day = ? and owner = ? and epoch = ?
            """;

    /** What has come to it meanwhile, by another process, is compared too: it is due again then. */
    private static final String END = """
            update reconciliation set state = case when until = ? then 'done' else 'due' end, waits = null, lease_until = null,
                ended_at = now(), sent = ?, accepted = ?, finished = ?, missing = ?, doubled = ?, late = ?, unrecorded = ?, unreceived = ?,
                unlisted = ?, altered = ?
            where partner = ? and day = ?
            """;

    private final JdbcTemplate sql;
    private final UUID owner;
    private final Duration lease;

    /** @param owner names this process */
    ReportStore(JdbcTemplate sql, UUID owner, Duration lease) {
        this.sql = sql;
        this.owner = owner;
        this.lease = lease;
    }

    /**
     * Makes a report due that covers everything since the one before.
     *
     * @param first from when on the first of a partner counts
     * @param anyway also where it was made up to this moment before
     */
    void due(String partner, LocalDate day, Instant first, Instant until, boolean anyway) {
        sql.update(DUE, partner, day, partner, day, CaseFiles.utc(first), CaseFiles.utc(until), anyway);
    }

    /** Whether a backup was restored and nobody was asked since; the next who asks is told no. */
    boolean takeRestored() {
        return sql.update("update restoration set counted_at = now() where counted_at is null") > 0;
    }

    /** Takes a report that is due; nobody else makes it before the lease is over. */
    Optional<Report> hold() {
        return sql.query(HOLD, Report::read, owner, lease.toMillis(), owner).stream()
                .findFirst();
    }

    /**
     * Keeps a report until the caller's transaction ends, and for another lease.
     *
     * @throws TakenOver when it is another process's
     */
    void keep(Report report) {
        int kept = sql.update(EXTEND, lease.toMillis(), report.partner(), report.day(), owner, report.epoch());
        if (kept == 0) {
            throw new TakenOver();
        }
    }

    void listed(Report report, long lines, byte[] digest) {
        sql.update(
                "update reconciliation set lines = ?, digest = ? where partner = ? and day = ?",
                lines,
                digest,
                report.partner(),
                report.day());
    }

    void postpone(Report report, String why, Duration wait) {
        sql.update(POSTPONE, why, wait.toMillis(), report.partner(), report.day(), owner, report.epoch());
    }

    void end(Report report, Sums sums) {
        sql.update(
                END,
                CaseFiles.utc(report.period().until()),
                sums.sent,
                sums.accepted,
                sums.finished,
                sums.named(Judgement.LOST),
                sums.named(Judgement.DOUBLED),
                sums.named(Judgement.LATE),
                sums.named(Judgement.UNRECORDED),
                sums.named(Judgement.UNRECEIVED),
                sums.named(Judgement.UNLISTED),
                sums.named(Judgement.ALTERED),
                report.partner(),
                report.day());
    }

    /** Leaves everything to whoever looks next. */
    void release() {
        sql.update("update reconciliation set lease_until = null where state = 'due' and owner = ?", owner);
    }
}
