package org.shuniu.swap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.AuditLog;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Pools;
import org.shuniu.store.StoredMessage;
import org.springframework.dao.DuplicateKeyException;

/** Every version's files, which version came into force when and by whom, and by which each process goes. */
final class SwapStore {

    /** How a version came into force. */
    enum Kind {
        /** By the files that the hub found when it started. */
        START,
        /** By a person, from the hub's folders. */
        SWAP,
        /** By a person, from the versions that are kept; or by the hub, where a new one could not be taken up. */
        ROLLBACK;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A version came into force.
     *
     * @param seq the highest is in force
     */
    record Swap(
            long seq, String version, @Nullable String before, Kind kind, Instant at, String author, String reason) {}

    /**
     * By what a process goes.
     *
     * @param fault why it does not go by the version in force, or null
     */
    record Follower(
            UUID process,
            String place,
            long seq,
            String version,
            @Nullable String fault,
            Instant at,
            boolean alive) {}

    /** Somebody else was first. */
    static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Overtaken() {
            super("another process has swapped meanwhile; look at what is in force now", null, false, false);
        }
    }

    private static final String KEEP_TEXT =
            "insert into configuration_text (digest, content) values (?, ?) on conflict do nothing";
    private static final String KEEP_FILE =
            "insert into configuration_file (version, path, digest) values (?, ?, ?) on conflict do nothing";
    private static final String FILES = """
            select f.path, t.content from configuration_file f join configuration_text t using (digest) where f.version = ?
            """;
    private static final String KNOWN = "select exists (select 1 from configuration_file where version = ?)";
    private static final String IN_FORCE = "select * from configuration_swap order by seq desc limit ?";
    private static final String SWAP = """
            insert into configuration_swap (seq, version, before, kind, author, reason) values (?, ?, ?, ?, ?, ?)
            """;
    private static final String BEAT = """
            insert into configuration_follower (process, place, seq, version, fault, at) values (?, ?, ?, ?, ?, now())
            on conflict (process) do update
                set seq = excluded.seq, version = excluded.version, fault = excluded.fault, at = excluded.at
            """;
    private static final String FOLLOWERS = """
            select *, at > now() - interval '60 seconds' as alive from configuration_follower order by place, process
            """;
    private static final String FORGET = "delete from configuration_follower where at < now() - interval '1 day'";
    private static final String OTHERS = """
            select exists (select 1 from configuration_follower
                where process <> ? and place <> ? and at > now() - interval '10 seconds')
            """;
    private static final String OTHER_VERSIONS = """
            select exists (select 1 from configuration_follower
                where process <> ? and version <> ? and at > now() - interval '10 seconds')
            """;
    private static final String OPEN = """
            select (select count(*) from (select 1 from delivery where receiver = ? and state = 'pending' limit 1000) p)
                + (select count(*) from (select 1 from delivery where receiver = ? and state = 'parked' limit 1000) q)
                + (select count(*) from answer where read_at is null and partner = ?)
            """;

    private final Pools.Door door;
    private final AuditLog audit;

    SwapStore(Pools.Door door, AuditLog audit) {
        this.door = door;
        this.audit = audit;
    }

    /** Keeps the files of a version, where they are not kept. */
    void keep(ConfigurationFiles files) {
        if (Boolean.TRUE.equals(door.sql().queryForObject(KNOWN, Boolean.class, files.version()))) {
            return;
        }
        List<Object[]> texts = new ArrayList<>();
        List<Object[]> names = new ArrayList<>();
        files.files().forEach((path, content) -> {
            String digest = HexFormat.of().formatHex(StoredMessage.digestOf(content));
            texts.add(new Object[] {digest, content});
            names.add(new Object[] {files.version(), path, digest});
        });
        door.transaction().executeWithoutResult(status -> {
            door.sql().batchUpdate(KEEP_TEXT, texts);
            door.sql().batchUpdate(KEEP_FILE, names);
        });
    }

    /** The files of a version, where they are kept. */
    Optional<ConfigurationFiles> files(String version) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        door.sql()
                .query(
                        FILES,
                        row -> {
                            files.put(row.getString("path"), row.getBytes("content"));
                        },
                        version);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        ConfigurationFiles kept = ConfigurationFiles.of(files);
        if (!kept.version().equals(version)) {
            throw new IllegalStateException(
                    "the files that are kept as version %s are version %s".formatted(version, kept.version()));
        }
        return Optional.of(kept);
    }

    Optional<Swap> inForce() {
        return latest(1).stream().findFirst();
    }

    /** The newest, newest first. */
    List<Swap> latest(int most) {
        return door.sql().query(IN_FORCE, SwapStore::swap, most);
    }

    /**
     * Puts a version into force, with its line of the audit.
     *
     * @param now what is in force, or null before the first
     * @throws Overtaken when that is not so any more
     */
    Swap swap(@Nullable Swap now, String version, Kind kind, String author, String reason, String detail) {
        long seq = now == null ? 1 : now.seq() + 1;
        String before = now == null ? null : now.version();
        door.transaction().executeWithoutResult(status -> {
            try {
                door.sql().update(SWAP, seq, version, before, kind.word(), author, reason);
            } catch (DuplicateKeyException second) {
                throw new Overtaken();
            }
            audit.record(author, "configuration-" + kind.word(), version, detail);
        });
        return new Swap(seq, version, before, kind, Instant.now(), author, reason);
    }

    /** Says in the audit what did not come into force. */
    void tell(String author, String action, String version, String detail) {
        audit.record(author, action, version, detail);
    }

    void beat(UUID process, String place, long seq, String version, @Nullable String fault) {
        door.sql().update(BEAT, process, place, seq, version, fault);
        door.sql().update(FORGET);
    }

    void leave(UUID process) {
        door.sql().update("delete from configuration_follower where process = ?", process);
    }

    List<Follower> followers() {
        return door.sql()
                .query(
                        FOLLOWERS,
                        (row, number) -> new Follower(
                                row.getObject("process", UUID.class),
                                row.getString("place"),
                                row.getLong("seq"),
                                row.getString("version"),
                                row.getString("fault"),
                                Objects.requireNonNull(CaseFiles.instant(row, "at")),
                                row.getBoolean("alive")));
    }

    /** Whether a process runs elsewhere on this database. */
    boolean othersRun(UUID process, String place) {
        return Boolean.TRUE.equals(door.sql().queryForObject(OTHERS, Boolean.class, process, place));
    }

    /** Whether another process that lives goes by another version. */
    boolean othersGoByOther(UUID process, String version) {
        return Boolean.TRUE.equals(door.sql().queryForObject(OTHER_VERSIONS, Boolean.class, process, version));
    }

    /** How much waits for a partner, is parked, or is an answer of its own that nobody has read; up to some thousands. */
    long open(String partner) {
        Long open = door.sql().queryForObject(OPEN, Long.class, partner, partner, partner);
        return open == null ? 0 : open;
    }

    private static Swap swap(ResultSet row, int number) throws SQLException {
        return new Swap(
                row.getLong("seq"),
                row.getString("version"),
                row.getString("before"),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                Objects.requireNonNull(CaseFiles.instant(row, "at")),
                row.getString("author"),
                row.getString("reason"));
    }
}
