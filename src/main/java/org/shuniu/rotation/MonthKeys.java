package org.shuniu.rotation;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Pools;
import org.shuniu.vault.BodyErased;
import org.shuniu.vault.Month;
import org.shuniu.vault.MonthSecrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The secrets of months as the database has them; one that was read once is asked for no more. */
public final class MonthKeys implements MonthSecrets {

    /**
     * A month that values were sealed in.
     *
     * @param name such as {@code 2026-11}
     * @param rule why its secret was destroyed
     * @param emptiedAt when nothing was left of what the secret opened
     * @param postponedSince since when the secret should have been destroyed, but deliveries of that time have not ended
     * @param postponedBy how many these were at the last look
     */
    public record Entry(
            int month,
            String name,
            @Nullable Instant destroyedAt,
            @Nullable String rule,
            @Nullable Instant emptiedAt,
            @Nullable Instant postponedSince,
            @Nullable Long postponedBy) {}

    private static final Logger LOG = LoggerFactory.getLogger(MonthKeys.class);
    private static final int LENGTH = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcTemplate sql;
    private final TransactionTemplate alone;
    private final Map<Integer, byte[]> known = new ConcurrentHashMap<>();

    /** A secret that a caller's transaction took back would have sealed values that nobody can open: so it has one of its own. */
    MonthKeys(Pools.Door door) {
        this.sql = door.sql();
        this.alone = new TransactionTemplate(door.transaction().getTransactionManager());
        alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public byte[] secret(int month) {
        byte[] found = find(month);
        if (found != null) {
            return found;
        }
        make(month);
        return Objects.requireNonNull(find(month));
    }

    @Override
    public byte @Nullable [] find(int month) {
        byte[] held = known.get(month);
        if (held != null) {
            return held;
        }
        byte[] read = read(month);
        if (read != null) {
            known.put(month, read);
        }
        return read;
    }

    private byte @Nullable [] read(int month) {
        List<byte[]> secrets = sql.query(
                "select secret, destroyed_at, rule from month_key where month = ?",
                (row, number) -> secret(row),
                month);
        return secrets.isEmpty() ? null : secrets.get(0);
    }

    private static byte[] secret(ResultSet row) throws SQLException {
        byte[] secret = row.getBytes("secret");
        if (secret == null) {
            throw new BodyErased(CaseFiles.instant(row, "destroyed_at"), row.getString("rule"));
        }
        return secret;
    }

    private void make(int month) {
        byte[] secret = new byte[LENGTH];
        RANDOM.nextBytes(secret);
        alone.executeWithoutResult(status -> sql.update(
                "insert into month_key (month, secret) values (?, ?) on conflict (month) do nothing", month, secret));
    }

    /** Has the secrets of this month and the next one before they are needed within anybody's transaction. */
    void ahead(Instant now) {
        int month = Month.of(now);
        secret(month);
        secret(month + 1);
    }

    public List<Entry> entries() {
        return sql.query(
                "select month, destroyed_at, rule, emptied_at, postponed_since, postponed_by from month_key order by month",
                (row, number) -> new Entry(
                        row.getInt("month"),
                        Month.name(row.getInt("month")),
                        CaseFiles.instant(row, "destroyed_at"),
                        row.getString("rule"),
                        CaseFiles.instant(row, "emptied_at"),
                        CaseFiles.instant(row, "postponed_since"),
                        row.getObject("postponed_by", Long.class)));
    }

    /** Until the caller's transaction ends, nothing of a month is sent again that was delivered. */
    public void hold(int month) {
        sql.queryForList("select 1 from month_key where month = ? for no key update", Integer.class, month);
    }

    /** Destroys a secret in the caller's transaction; it is over for this process once {@link KeyRotation#forget} was called. */
    public boolean destroy(int month, String rule) {
        return sql.update("""
                        update month_key set secret = null, destroyed_at = now(), rule = ?, postponed_since = null, postponed_by = null
                        where month = ? and destroyed_at is null
                        """, rule, month) == 1;
    }

    /** The secret is needed by so many deliveries that it is not destroyed yet. */
    public void postpone(int month, long deliveries) {
        sql.update("""
                update month_key set postponed_since = coalesce(postponed_since, now()), postponed_by = ?
                where month = ? and destroyed_at is null
                """, deliveries, month);
    }

    /** Writes the table anew, in which the row as it was would lie until something else took its place. */
    public void sweep() {
        try {
            sql.execute("vacuum full month_key");
        } catch (DataAccessException kept) {
            LOG.warn(
                    "A secret that was destroyed lies in the table's file until it is overwritten: {}",
                    kept.getMessage());
        }
    }

    /** Nothing is left of what the secret opened. */
    public void emptied(int month) {
        sql.update("update month_key set emptied_at = now() where month = ? and emptied_at is null", month);
    }

    void forget(int month) {
        known.remove(month);
    }

    List<Integer> destroyed() {
        return sql.queryForList("select month from month_key where secret is null", Integer.class);
    }
}
