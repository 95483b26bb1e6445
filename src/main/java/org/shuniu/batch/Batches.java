package org.shuniu.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.FileExchange;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Aggregator: gathers the rows of deliveries, one each, until their batch is closed, and remembers which file took them.
 *
 * <p>Every method is one transaction and none of them waits for a partner.
 */
public final class Batches {

    /** How far a row has come. */
    public enum Place {
        /** It waits for the next batch. */
        OPEN,
        /** It stands in a batch that is not yet on the partner's server. */
        CLOSED,
        /** The partner has it. */
        SENT
    }

    private static final String COLUMN = "batch_row.body";
    private static final String ADD = """
            insert into batch_row (id, partner, case_no, format, body, added_at) values (?, ?, ?, ?, ?, ?)
            on conflict (id) do update set body = excluded.body, format = excluded.format, number = null, line = null,
                added_at = case when batch_row.number is null then batch_row.added_at else excluded.added_at end,
                rejected_at = null
            where batch_row.number is null or batch_row.rejected_at is not null and batch_row.body is null
            """;
    private static final String PLACE = """
            select b.state from batch_row r left join batch b on b.partner = r.partner and b.number = r.number
            where r.id = ?
            """;
    private static final String NUMBER = """
            select greatest(extract(epoch from now())::bigint, coalesce(max(number) + 1, 0)) from batch where partner = ?
            """;
    /** Rows of deliveries that a person has taken out of the way stay behind. */
    private static final String CLOSE = """
            with waiting as (
                select r.id, r.format, r.added_at from batch_row r join delivery d on d.id = r.id
                where r.partner = ? and r.number is null and r.added_at < ? and d.state = 'pending' and not d.held),
            chosen as (
                select id, row_number() over (order by added_at, id) as line from waiting
                where format = (select format from waiting order by added_at, id limit 1)
                order by added_at, id limit ?)
            update batch_row r set number = ?, line = c.line from chosen c where r.id = c.id and r.number is null
            """;

    private static final String CLAIM = """
            update batch set claim_owner = ?, claim_until = now() + ? * interval '1 millisecond', tries = tries + 1
            where (partner, number) in (select partner, number from batch
                where partner = ? and state = 'closed' and due_at <= now()
                    and (claim_until is null or claim_until < now())
                    and not exists (select 1 from pause p where p.partner = batch.partner)
                order by number limit 1 for update skip locked)
            returning partner, number, name, rows, closed_at, tries - 1 as tries
            """;
    private static final String FAILED = """
            update batch set claim_owner = null, claim_until = null, due_at = now() + ? * interval '1 millisecond'
            where partner = ? and number = ? and claim_owner = ? and tries = ? and state = 'closed'
            """;
    private static final String CLAIMED = """
            select exists (select 1 from batch where partner = ? and number = ? and claim_owner = ? and tries = ?
                and state = 'closed' and claim_until > now())
            """;
    /** A row that waits because its receiver can't be reached counts as tried: its sender is told in time. */
    private static final String TELL = """
            with waiting as (
                select d.id from delivery d join batch_row r on r.id = d.id
                where r.partner = ? and r.number = ? and d.state = 'pending' order by d.id for update of d)
            update delivery d set reason = ?, fault = 'receiver', spent = greatest(spent, 1) from waiting w where d.id = w.id
            """;

    private static final String SENT = """
            update batch set state = 'sent', sent_at = now(), digest = ?, claim_owner = null, claim_until = null
            where partner = ? and number = ? and state = 'closed'
            """;
    private static final String OPEN_DELIVERIES = """
            select r.id, r.case_no, r.line from batch b
                join batch_row r on r.partner = b.partner and r.number = b.number
                join delivery d on d.id = r.id
            where b.partner = ? and b.state = 'sent' and d.state in ('pending', 'parked') and r.rejected_at is null
            order by r.number, r.line limit ?
            """;
    private static final String SETTLED = """
            update batch b set state = 'settled' where b.partner = ? and b.state = 'sent' and not exists (
                select 1 from batch_row r join delivery d on d.id = r.id
                where r.partner = b.partner and r.number = b.number and d.state in ('pending', 'parked')
                    and r.rejected_at is null)
            """;

    private final Pools.Door door;
    private final JdbcTemplate sql;
    private final Vault vault;
    private final UUID owner = UUID.randomUUID();

    public Batches(Pools.Door door, Vault vault) {
        this.door = door;
        this.sql = door.sql();
        this.vault = vault;
    }

    /**
     * Adds the row of a delivery, or writes it anew while no file has it.
     *
     * @param format equal for rows that may stand in one file
     * @param at on the hub's clock
     */
    public Place add(String partner, UUID deliveryId, String caseNo, byte[] format, byte[] row, Instant at) {
        byte[] sealed = vault.seal(row, COLUMN, deliveryId);
        return door.transaction().execute(status -> {
            sql.update(ADD, deliveryId, partner, caseNo, format, sealed, time(at));
            String state = sql.queryForObject(PLACE, String.class, deliveryId);
            return state == null ? Place.OPEN : state.equals("closed") ? Place.CLOSED : Place.SENT;
        });
    }

    /**
     * Closes a batch of what was added before a time; nothing where nothing was.
     *
     * @param now on the hub's clock, for the file's name
     */
    public Optional<Batch> close(String partner, FileExchange.Sending sending, Instant before, Instant now) {
        return door.transaction().execute(status -> {
            sql.query("select pg_advisory_xact_lock(hashtext(?))", row -> {}, "batch:" + partner);
            long number = sql.queryForObject(NUMBER, Long.class, partner);
            int rows = sql.update(CLOSE, partner, time(before), sending.mostRows(), number);
            if (rows == 0) {
                return Optional.empty();
            }
            String name = sending.name().write(number, rows, city(now));
            sql.update(
                    "insert into batch (partner, number, name, rows, closed_at) values (?, ?, ?, ?, ?)",
                    partner,
                    number,
                    name,
                    rows,
                    time(now));
            return Optional.of(new Batch(partner, number, name, rows, now, 0));
        });
    }

    /** Takes the oldest batch that is to be uploaded; nobody else uploads it before the lease is over. */
    public Optional<Batch> claim(String partner, Duration lease) {
        return door.transaction()
                .execute(status -> sql
                        .query(
                                CLAIM,
                                (row, number) -> new Batch(
                                        row.getString("partner"),
                                        row.getLong("number"),
                                        row.getString("name"),
                                        row.getInt("rows"),
                                        row.getObject("closed_at", OffsetDateTime.class)
                                                .toInstant(),
                                        row.getInt("tries")),
                                owner,
                                lease.toMillis(),
                                partner)
                        .stream()
                        .findFirst());
    }

    /** The rows of a batch as their partner will read them, in their order. */
    public List<byte[]> content(Batch batch) {
        return sql.query(
                "select id, body from batch_row where partner = ? and number = ? order by line",
                (row, number) -> vault.open(row.getBytes("body"), COLUMN, row.getObject("id", UUID.class)),
                batch.partner(),
                batch.number());
    }

    /** The deliveries of a batch, in the order of its lines. */
    public List<BatchRow> rows(Batch batch) {
        return sql.query(
                "select id, case_no, line from batch_row where partner = ? and number = ? order by line",
                Batches::row,
                batch.partner(),
                batch.number());
    }

    /** An upload that surely or perhaps failed: the same file again after a while. */
    public void failed(Batch batch, String reason, Duration wait) {
        door.transaction().executeWithoutResult(status -> {
            int claimed =
                    sql.update(FAILED, wait.toMillis(), batch.partner(), batch.number(), owner, batch.tries() + 1);
            if (claimed == 1) {
                sql.update(TELL, batch.partner(), batch.number(), reason);
            }
        });
    }

    /** Whether its upload is still to be finished by whoever claimed it, and nobody has taken it over. */
    public boolean isClaimed(Batch batch) {
        return Boolean.TRUE.equals(
                sql.queryForObject(CLAIMED, Boolean.class, batch.partner(), batch.number(), owner, batch.tries() + 1));
    }

    /** The partner has the file; runs in its caller's transaction and says whether this is news. */
    public boolean sent(Batch batch, byte[] digest) {
        boolean news = sql.update(SENT, digest, batch.partner(), batch.number()) == 1;
        sql.update(
                "update batch_row set body = null where partner = ? and number = ?", batch.partner(), batch.number());
        return news;
    }

    /** Deliveries whose row the partner has and which nobody has settled yet. */
    public List<BatchRow> unsettled(String partner, int most) {
        return sql.query(OPEN_DELIVERIES, Batches::row, partner, most);
    }

    /**
     * Lets a row that the partner lost stand in a batch once more; runs in its caller's transaction. That it was sent before
     * stays in the life of its case.
     */
    public static void gatherAnew(JdbcTemplate sql, UUID deliveryId) {
        sql.update("delete from batch_row where id = ? and number is not null and body is null", deliveryId);
    }

    /**
     * Notes that the partner sent the row back: its file settles it no more, and if it is gathered once more it stands in
     * another one. Runs in its caller's transaction.
     */
    public static void rejected(JdbcTemplate sql, UUID deliveryId) {
        sql.update("update batch_row set rejected_at = now() where id = ? and number is not null", deliveryId);
    }

    /** Those of these deliveries whose row was sent back and not gathered anew. */
    public static Set<UUID> rejected(JdbcTemplate sql, Collection<UUID> deliveries) {
        return Set.copyOf(sql.queryForList(
                "select id from batch_row where id = any(?) and rejected_at is not null", UUID.class, (Object)
                        deliveries.toArray(UUID[]::new)));
    }

    /** Ends what has nothing left to settle. */
    public void endSettled(String partner) {
        sql.update(SETTLED, partner);
    }

    private static BatchRow row(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new BatchRow(row.getObject("id", UUID.class), row.getString("case_no"), row.getInt("line"));
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    static LocalDateTime city(Instant at) {
        return LocalDateTime.ofInstant(at, CaseTimes.SHANGHAI);
    }
}
