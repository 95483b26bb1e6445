package org.shuniu.rehearsal;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Pools;
import org.shuniu.store.StoredMessage;

/** Rehearsals in the database: their candidates, and what every process has added up. */
final class RehearsalStore {

    /**
     * One rehearsal.
     *
     * @param state {@code running}, {@code dropped} or {@code promoted}
     * @param candidate its version
     * @param inForce the version beside which it began
     */
    record Rehearsal(
            UUID id,
            String partner,
            String state,
            String candidate,
            String inForce,
            String author,
            String reason,
            Instant startedAt,
            @Nullable String endedBy,
            @Nullable String endReason,
            @Nullable Instant endedAt,
            long leftOut) {}

    private static final String START = """
            insert into rehearsal (id, partner, state, candidate, in_force, author, reason)
            values (?, ?, 'running', ?, ?, ?, ?) on conflict do nothing
            """;
    private static final String KEEP_TEXT =
            "insert into mapping_text (digest, content) values (?, ?) on conflict do nothing";
    private static final String KEEP_FILE = "insert into rehearsal_file (rehearsal_id, path, digest) values (?, ?, ?)";
    private static final String FILES = """
            select f.path, t.content from rehearsal_file f join mapping_text t using (digest) where f.rehearsal_id = ?
            """;
    private static final String END =
            "update rehearsal set state = ?, ended_by = ?, end_reason = ?, ended_at = now() where id = ?";

    /** What is over takes no sums any more: what was decided on it stays what was seen. */
    private static final String IS_RUNNING =
            "select 1 from rehearsal where id = ? and state = 'running' for no key update";

    private static final String ADD_SUM = """
            insert into rehearsal_sum as s (rehearsal_id, mapping, compared, equal, different, candidate_fails, in_force_fails,
                both_fail) values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (rehearsal_id, mapping) do update set compared = s.compared + excluded.compared,
                equal = s.equal + excluded.equal, different = s.different + excluded.different,
                candidate_fails = s.candidate_fails + excluded.candidate_fails,
                in_force_fails = s.in_force_fails + excluded.in_force_fails, both_fail = s.both_fail + excluded.both_fail
            """;
    private static final String ADD_FINDING = """
            insert into rehearsal_finding as f (rehearsal_id, mapping, field, kind, count, before, after, messages)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (rehearsal_id, mapping, field, kind) do update set count = f.count + excluded.count,
                messages = (f.messages || excluded.messages)[1:%d]
            """.formatted(Tally.NAMED);
    private static final String LEFT_OUT = "update rehearsal set left_out = left_out + ? where id = ?";
    /** Rows of one rehearsal; those of what others differ in come on top of them. */
    static final int MOST_KEPT = 800;

    private static final int MOST = 1_000;
    private static final String KEPT = "select mapping, field, kind from rehearsal_finding where rehearsal_id = ?";
    private static final String FORGET = """
            delete from rehearsal_finding f using rehearsal r
            where r.id = f.rehearsal_id and r.ended_at < now() - ? * interval '1 second'
            """;

    private final Pools.Door door;

    RehearsalStore(Pools.Door door) {
        this.door = door;
    }

    /** False where one of the partner runs. */
    boolean start(UUID id, String partner, Rivals rivals, CandidateFiles files, String author, String reason) {
        int started = door.sql()
                .update(START, id, partner, rivals.candidateVersion(), rivals.inForceVersion(), author, reason);
        if (started == 1) {
            files.bytes().forEach((path, content) -> {
                String digest = HexFormat.of().formatHex(StoredMessage.digestOf(content));
                door.sql().update(KEEP_TEXT, digest, content);
                door.sql().update(KEEP_FILE, id, path, digest);
            });
        }
        return started == 1;
    }

    void end(UUID id, String state, String by, String reason) {
        door.sql().update(END, state, by, reason, id);
    }

    /** The running ones' partners. */
    Map<UUID, String> running() {
        Map<UUID, String> running = new LinkedHashMap<>();
        door.sql().query("select id, partner from rehearsal where state = 'running' order by started_at", row -> {
            running.put(row.getObject("id", UUID.class), row.getString("partner"));
        });
        return running;
    }

    /** The partner's last one, running or not. */
    Optional<Rehearsal> newest(String partner) {
        return first("select * from rehearsal where partner = ? order by started_at desc, id desc limit 1", partner);
    }

    /** The partner's last one in a state. */
    Optional<Rehearsal> latest(String partner, String state) {
        return first(
                "select * from rehearsal where partner = ? and state = ? order by started_at desc, id desc limit 1",
                partner,
                state);
    }

    /** Keeps it as it is until its caller's transaction ends. */
    Optional<Rehearsal> lockRunning(String partner) {
        return first("select * from rehearsal where partner = ? and state = 'running' for update", partner);
    }

    private Optional<Rehearsal> first(String query, Object... values) {
        return door.sql().query(query, RehearsalStore::rehearsal, values).stream()
                .findFirst();
    }

    CandidateFiles files(UUID id) {
        SortedMap<String, String> texts = new TreeMap<>();
        door.sql()
                .query(
                        FILES,
                        row -> {
                            texts.put(
                                    row.getString("path"), new String(row.getBytes("content"), StandardCharsets.UTF_8));
                        },
                        id);
        return new CandidateFiles(texts);
    }

    /** Adds what one process has seen; every process takes the rows in the same order. */
    void add(UUID id, Findings findings) {
        door.transaction().executeWithoutResult(status -> {
            if (door.sql().queryForList(IS_RUNNING, Integer.class, id).isEmpty()) {
                return;
            }
            door.sql().update(LEFT_OUT, findings.leftOut(), id);
            door.sql()
                    .batchUpdate(
                            ADD_SUM,
                            findings.sums().stream().map(sum -> row(id, sum)).toList());
            door.sql()
                    .batchUpdate(
                            ADD_FINDING,
                            findings.within(kept(id), MOST_KEPT).differences().stream()
                                    .map(one -> row(id, one))
                                    .toList());
        });
    }

    private Set<Tally.Key> kept(UUID id) {
        return new HashSet<>(door.sql()
                .query(
                        KEPT,
                        (row, number) -> new Tally.Key(
                                row.getString("mapping"), row.getString("field"), Kind.of(row.getString("kind"))),
                        id));
    }

    /** What was seen in detail, of rehearsals that are over for so long; their sums stay, by which was decided. */
    int forget(Duration over) {
        return door.sql().update(FORGET, over.toSeconds());
    }

    private static Object[] row(UUID id, Findings.Sum sum) {
        return new Object[] {
            id,
            sum.mapping(),
            sum.compared(),
            sum.equal(),
            sum.different(),
            sum.onlyCandidateFails(),
            sum.onlyInForceFails(),
            sum.bothFail()
        };
    }

    private static Object[] row(UUID id, Findings.Finding one) {
        return new Object[] {
            id,
            one.mapping(),
            one.field(),
            one.kind().word(),
            one.count(),
            one.before(),
            one.after(),
            one.messages().toArray(String[]::new)
        };
    }

    /** What all processes have added up. */
    Findings findings(Rehearsal of) {
        return new Findings(
                door.sql()
                        .query(
                                "select * from rehearsal_sum where rehearsal_id = ? order by mapping",
                                RehearsalStore::sum,
                                of.id()),
                door.sql()
                        .query(
                                "select * from rehearsal_finding where rehearsal_id = ? order by mapping, field, kind limit ?",
                                RehearsalStore::finding,
                                of.id(),
                                MOST),
                of.leftOut(),
                0);
    }

    private static Findings.Sum sum(ResultSet row, int number) throws SQLException {
        return new Findings.Sum(
                row.getString("mapping"),
                row.getLong("compared"),
                row.getLong("equal"),
                row.getLong("different"),
                row.getLong("candidate_fails"),
                row.getLong("in_force_fails"),
                row.getLong("both_fail"));
    }

    private static Findings.Finding finding(ResultSet row, int number) throws SQLException {
        return new Findings.Finding(
                row.getString("mapping"),
                row.getString("field"),
                Kind.of(row.getString("kind")),
                row.getLong("count"),
                row.getString("before"),
                row.getString("after"),
                List.of((String[]) row.getArray("messages").getArray()));
    }

    private static Rehearsal rehearsal(ResultSet row, int number) throws SQLException {
        return new Rehearsal(
                row.getObject("id", UUID.class),
                row.getString("partner"),
                row.getString("state"),
                row.getString("candidate"),
                row.getString("in_force"),
                row.getString("author"),
                row.getString("reason"),
                CaseFiles.instant(row, "started_at"),
                row.getString("ended_by"),
                row.getString("end_reason"),
                CaseFiles.instant(row, "ended_at"),
                row.getLong("left_out"));
    }
}
