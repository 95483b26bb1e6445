package org.shuniu.batch;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;

/** Files that came from partners: kept as received before anything is read, and each content once. */
public final class ReceivedFiles {

    /** A file as it is found on a partner's server. */
    public record Found(String partner, String name, long size, Instant modified) {}

    /** A file that is kept. */
    public record Kept(UUID id, String partner, String name, byte[] digest, byte[] body) {}

    private static final String COLUMN = "received_file.body";
    private static final String KEEP = """
            insert into received_file (id, partner, name, size, modified_at, digest, body) values (?, ?, ?, ?, ?, ?, ?)
            on conflict (partner, digest) do update set copies = received_file.copies + 1,
                name = excluded.name, size = excluded.size, modified_at = excluded.modified_at
                where (received_file.name, received_file.size, received_file.modified_at)
                    is distinct from (excluded.name, excluded.size, excluded.modified_at)
            """;

    private final JdbcTemplate sql;
    private final Vault vault;

    public ReceivedFiles(JdbcTemplate sql, Vault vault) {
        this.sql = sql;
        this.vault = vault;
    }

    /** Whether a file of this name, size and time was read. Another of the same second may look like it. */
    public boolean looksRead(Found found) {
        return Boolean.TRUE.equals(sql.queryForObject(
                """
                select exists (select 1 from received_file
                    where partner = ? and name = ? and size = ? and modified_at = ? and state = 'read')
                """, Boolean.class, found.partner(), found.name(), found.size(), time(found.modified())));
    }

    /** Whether this very content was read, so that its file may go. */
    public boolean isRead(String partner, byte[] body) {
        return Boolean.TRUE.equals(sql.queryForObject(
                "select exists (select 1 from received_file where partner = ? and digest = ? and state = 'read')",
                Boolean.class,
                partner,
                StoredMessage.digestOf(body)));
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

    /** @return whether nobody did so before, or read it */
    public boolean park(Kept file, String reason) {
        return sql.update(
                        "update received_file set state = 'parked', note = ? where id = ? and state = 'kept'",
                        reason,
                        file.id())
                == 1;
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
