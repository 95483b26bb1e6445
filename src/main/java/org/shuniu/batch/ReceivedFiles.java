package org.shuniu.batch;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;

/** Files that came from partners: kept as received before anything is read, and each content once. */
public final class ReceivedFiles {

    /** How far a file has come. */
    public enum State {
        KEPT,
        READ,
        PARKED
    }

    /** A file as it is found on a partner's server. */
    public record Found(String partner, String name, long size, Instant modified) {}

    /** A file that is kept. */
    public record Kept(UUID id, String partner, String name, byte[] digest, byte[] body) {}

    private static final String COLUMN = "received_file.body";
    private static final String KEEP = """
            insert into received_file (id, partner, name, size, modified_at, digest, body) values (?, ?, ?, ?, ?, ?, ?)
            on conflict (partner, digest) do update set copies = received_file.copies + 1,
                name = excluded.name, size = excluded.size, modified_at = excluded.modified_at
            """;

    private final JdbcTemplate sql;
    private final Vault vault;

    public ReceivedFiles(JdbcTemplate sql, Vault vault) {
        this.sql = sql;
        this.vault = vault;
    }

    /** What became of this very file, so that it need not be fetched again; nothing when it is new or was changed. */
    public Optional<State> state(Found found) {
        return sql
                .queryForList("""
                        select state from received_file where partner = ? and name = ? and size = ? and modified_at = ?
                        order by received_at desc limit 1
                        """, String.class, found.partner(), found.name(), found.size(), time(found.modified()))
                .stream()
                .findFirst()
                .map(ReceivedFiles::state);
    }

    /** Commits a file's bytes. The same content again is the same file, under whatever name it comes. */
    public void keep(Found found, byte[] body) {
        UUID id = TimeOrderedId.next();
        sql.update(
                KEEP,
                id,
                found.partner(),
                found.name(),
                found.size(),
                time(found.modified()),
                StoredMessage.digestOf(body),
                vault.seal(body, COLUMN, id));
    }

    /** What is kept and was never read, oldest first. */
    public List<Kept> unread(String partner) {
        return sql.query(
                """
                select id, partner, name, digest, body from received_file where partner = ? and state = 'kept'
                order by received_at limit 20
                """,
                (row, number) -> {
                    UUID id = row.getObject("id", UUID.class);
                    return new Kept(
                            id,
                            row.getString("partner"),
                            row.getString("name"),
                            row.getBytes("digest"),
                            vault.open(row.getBytes("body"), COLUMN, id));
                },
                partner);
    }

    public void read(Kept file, int rows) {
        sql.update("update received_file set state = 'read', rows = ? where id = ?", rows, file.id());
    }

    public void park(Kept file, String reason) {
        sql.update("update received_file set state = 'parked', note = ? where id = ?", reason, file.id());
    }

    private static State state(String word) {
        return State.valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
