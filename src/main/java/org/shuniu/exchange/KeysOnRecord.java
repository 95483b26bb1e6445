package org.shuniu.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.shuniu.document.CaseTimes;
import org.shuniu.signature.SigningKey;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Json;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every key that the hub has signed by, and when: kept by the hub itself, so that nobody has to think of an old key for
 * receipts of earlier years to be verified.
 */
final class KeysOnRecord {

    private record Used(String keyid, String algorithm, String publicKey, Instant from, Instant until) {}

    /** A key that a process has not used for so long is used by none. */
    private static final Duration IN_USE = Duration.ofMinutes(2);

    private static final Duration BETWEEN = Duration.ofMinutes(1);

    /** A hub from before this table has signed by the key since its first receipt. */
    private static final String USE = """
            insert into exchange_hub_key (keyid, algorithm, public_key, used_from, used_until)
            values (?, ?, ?,
                coalesce((select min(e.at) from exchange_chain c join exchange_evidence e
                    on e.partner = c.partner and e.direction = c.direction and e.seq = 1
                    where c.direction = 'received' and not exists (select 1 from exchange_hub_key)), ?), ?)
            on conflict (keyid) do update set used_until = excluded.used_until
                where exchange_hub_key.public_key = excluded.public_key
            """;

    private static final String ALL = "select * from exchange_hub_key order by used_from, keyid";

    private final SigningKeys keys;
    private final JdbcTemplate sql;
    private final Clock clock;
    private String inUse = "";
    private Instant said = Instant.MIN;

    /** @throws IllegalStateException when the name stood for another key before: receipts of that one could not be verified */
    KeysOnRecord(SigningKeys keys, JdbcTemplate sql, Clock clock) {
        this.keys = keys;
        this.sql = sql;
        this.clock = clock;
        use();
        keys.announced(clock.instant()).ifPresent(next -> requireOwnName(next.key()));
    }

    /** Says, once a minute, that this process signs by its key. */
    synchronized void use() {
        Instant now = clock.instant();
        SigningKey key = keys.at(now);
        if (key.keyid().equals(inUse) && now.isBefore(said.plus(BETWEEN))) {
            return;
        }
        int known = sql.update(
                USE,
                key.keyid(),
                key.algorithm().id(),
                key.publicPem(),
                CaseFiles.utc(keys.since(now).orElse(now)),
                CaseFiles.utc(now));
        if (known == 0) {
            throw anotherKey(key.keyid());
        }
        inUse = key.keyid();
        said = now;
    }

    private void requireOwnName(SigningKey key) {
        boolean another = all().stream()
                .anyMatch(used ->
                        used.keyid().equals(key.keyid()) && !used.publicKey().equals(key.publicPem()));
        if (another) {
            throw anotherKey(key.keyid());
        }
    }

    private static IllegalStateException anotherKey(String keyid) {
        return new IllegalStateException(
                "shuniu.exchange: found the keyid %s for another key than before, expected a new keyid for a new key"
                        .formatted(keyid));
    }

    private List<Used> all() {
        return sql.query(ALL, KeysOnRecord::used);
    }

    private static Used used(ResultSet row, int number) throws SQLException {
        return new Used(
                row.getString("keyid"),
                row.getString("algorithm"),
                row.getString("public_key"),
                CaseFiles.instant(row, "used_from"),
                CaseFiles.instant(row, "used_until"));
    }

    /** The keys of earlier times, of now and of later, each with when it signs. */
    ArrayNode describe() {
        // What signs this very answer is among them.
        use();
        Instant now = clock.instant();
        ArrayNode array = Json.object().putArray("keys");
        String current = keys.at(now).keyid();
        for (Used key : all()) {
            ObjectNode json = key(array, key.keyid(), key.algorithm(), key.publicKey(), key.from());
            if (key.keyid().equals(current)) {
                keys.announced(now).ifPresent(next -> json.put("notAfter", CaseTimes.dateTime(next.from())));
            } else if (key.until().plus(IN_USE).isBefore(now)) {
                // What it signed between two words of a process counts.
                json.put("notAfter", CaseTimes.dateTime(key.until().plus(IN_USE)));
            }
        }
        keys.announced(now).ifPresent(next -> {
            SigningKey key = next.key();
            key(array, key.keyid(), key.algorithm().id(), key.publicPem(), next.from());
        });
        return array;
    }

    private static ObjectNode key(ArrayNode array, String keyid, String algorithm, String publicKey, Instant from) {
        return array.addObject()
                .put("keyid", keyid)
                .put("algorithm", algorithm)
                .put("publicKey", publicKey)
                .put("notBefore", CaseTimes.dateTime(from));
    }
}
