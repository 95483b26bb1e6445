package org.shuniu.rotation;

import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which keys stored values may need; asked at every start instead of the values themselves. */
final class KeyRegister {

    /**
     * A key that once sealed.
     *
     * @param needed whether a stored value or a copy in the broker may need it
     */
    record Entry(int id, byte[] fingerprint, Instant retiredAt, Instant cleanSince, boolean needed) {}

    /** A broker may hold copies of what was opened before the values were moved. */
    private static final String ENTRIES = """
            select *, clean_since is null or exists (
                select 1 from pending_delivery where created_at < clean_since) as needed
            from vault_key order by id
            """;

    private final JdbcTemplate sql;

    KeyRegister(JdbcTemplate sql) {
        this.sql = sql;
    }

    List<Entry> entries() {
        return sql.query(ENTRIES, KeyRegister::entry);
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        return new Entry(
                row.getInt("id"),
                row.getBytes("fingerprint"),
                instant(row, "retired_at"),
                instant(row, "clean_since"),
                row.getBoolean("needed"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** The key by which values are sealed, as the process said that took it up last. */
    Optional<Integer> sealing() {
        return sql
                .queryForList("select id from vault_key where retired_at is null order by id desc", Integer.class)
                .stream()
                .findFirst();
    }

    /** @throws KeysRefused when a key that values need is missing or another one */
    void check(MasterKeys keys) {
        for (Entry entry : entries()) {
            if (entry.needed()) {
                check(entry, keys);
            }
        }
    }

    private static void check(Entry entry, MasterKeys keys) {
        String secret = MasterKeys.secret(entry.id());
        if (!keys.byId().containsKey(entry.id())) {
            throw new KeysRefused(
                    "The secret %s is missing, but stored values need key %d: give it back; it may go once POST /ops/v1/vault/reseal has ended and GET /ops/v1/vault says that it is not needed"
                            .formatted(secret, entry.id()));
        }
        if (entry.fingerprint() != null && !MessageDigest.isEqual(entry.fingerprint(), keys.fingerprint(entry.id()))) {
            throw new KeysRefused(
                    "The secret %s holds another key than the one that sealed stored values: give back the old one under this name, and a new one under a new number"
                            .formatted(secret));
        }
    }

    /** Says that a key seals from now on, before it does. */
    void use(int id, MasterKeys keys) {
        sql.update("""
                insert into vault_key (id, fingerprint) values (?, ?)
                on conflict (id) do update set fingerprint = excluded.fingerprint, retired_at = null, clean_since = null
                """, id, keys.fingerprint(id));
        sql.update("update vault_key set retired_at = now() where id <> ? and retired_at is null", id);
    }

    /** Says that no stored value needed another key than this one since the given time. */
    void clean(int current, Instant since) {
        sql.update(
                "update vault_key set clean_since = ? where id <> ? and clean_since is null",
                since.atOffset(ZoneOffset.UTC),
                current);
    }
}
