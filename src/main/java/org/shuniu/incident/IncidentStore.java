package org.shuniu.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/** Incidents as they are kept. */
final class IncidentStore {

    private static final String OPEN = "select * from incident where closed_at is null and " + IncidentKind.KNOWN;
    private static final String OF = " and (?::text[] is null or partner = any(?))";
    private static final String CLOSED = "select * from incident where closed_at is not null and " + IncidentKind.KNOWN;
    private static final String OLDER = """
             and (?::bigint is null or (closed_at, id) < (select closed_at, id from incident where id = ?))
            order by closed_at desc, id desc limit ?
            """;
    private static final String TOLD =
            "select * from incident_notice where incidents && ?::bigint[] order by made_at, channel, kind";
    private static final String INSERT = """
            insert into incident (kind, partner, urgent, opened_at, last_seen_at, since, cases, most_cases, fault, said, next_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (kind, coalesce(partner, '')) where closed_at is null do nothing returning id
            """;
    /** What becomes urgent is told once more. */
    private static final String GOES_ON = """
            update incident set last_seen_at = ?, gone_since = null,
                told_open_at = case when urgent or not ? or notified_open_at is null then told_open_at end, urgent = urgent or ?, cases = ?,
                most_cases = greatest(most_cases, ?), fault = ?, said = ?, next_at = ?, since = least(since, ?)
            where id = ? and closed_at is null
            """;

    private static final String CLOSE =
            "update incident set closed_at = ?, next_at = null where id = ? and closed_at is null";
    private static final String ACKNOWLEDGE = """
            update incident set acknowledged_by = ?, acknowledged_at = now()
            where id = ? and closed_at is null and acknowledged_by is null
            """;

    private static final String ASSIGN = """
            update incident i set assigned_to = ? from (select id, assigned_to from incident where id = ? for update) old
            where i.id = old.id and i.closed_at is null returning coalesce(old.assigned_to, '')
            """;

    private final JdbcTemplate sql;

    IncidentStore(JdbcTemplate sql) {
        this.sql = sql;
    }

    List<Incident> open() {
        return sql.query(OPEN, IncidentStore::read);
    }

    /** At whom one of a kind is open. */
    Set<String> partnersOf(IncidentKind kind) {
        return Set.copyOf(sql.queryForList(
                "select partner from incident where closed_at is null and kind = ? and partner is not null",
                String.class,
                kind.word()));
    }

    /** @param partners whose, or null for all and the hub's own */
    List<Incident> open(String @Nullable [] partners) {
        return sql.query(OPEN + OF, IncidentStore::read, partners, partners);
    }

    /**
     * The newest first.
     *
     * @param before the one after which the list goes on, or null for its beginning
     */
    List<Incident> closed(String @Nullable [] partners, @Nullable Long before, int most) {
        return sql.query(CLOSED + OF + OLDER, IncidentStore::read, partners, partners, before, before, most);
    }

    /** The notices that tell of any of these, in the order in which they were written. */
    List<Told> told(Collection<Long> ids) {
        return sql.query(TOLD, Told::read, (Object) ids.toArray(Long[]::new));
    }

    /** Whether a process looks for incidents now. */
    boolean isWatched() {
        return Boolean.TRUE.equals(
                sql.queryForObject("select exists (select 1 from incident_lease where until > now())", Boolean.class));
    }

    Optional<Incident> find(long id) {
        return sql
                .query("select * from incident where id = ? and " + IncidentKind.KNOWN, IncidentStore::read, id)
                .stream()
                .findFirst();
    }

    /** @return nothing when there is one already */
    Optional<Long> open(Condition seen, Instant now) {
        return sql
                .queryForList(
                        INSERT,
                        Long.class,
                        seen.key().kind().word(),
                        seen.key().partner(),
                        seen.urgent(),
                        CaseFiles.utc(now),
                        CaseFiles.utc(now),
                        CaseFiles.utc(seen.since()),
                        seen.cases(),
                        seen.cases(),
                        seen.fault(),
                        seen.said(),
                        CaseFiles.utc(seen.next()))
                .stream()
                .findFirst();
    }

    void goesOn(long id, Condition seen, Instant now) {
        sql.update(
                GOES_ON,
                CaseFiles.utc(now),
                seen.urgent(),
                seen.urgent(),
                seen.cases(),
                seen.cases(),
                seen.fault(),
                seen.said(),
                CaseFiles.utc(seen.next()),
                CaseFiles.utc(seen.since()),
                id);
    }

    void notSeen(long id, Instant now) {
        sql.update("update incident set gone_since = ? where id = ?", CaseFiles.utc(now), id);
    }

    boolean close(long id, Instant now) {
        return sql.update(CLOSE, CaseFiles.utc(now), id) == 1;
    }

    boolean acknowledge(long id, String who) {
        return sql.update(ACKNOWLEDGE, who, id) == 1;
    }

    /** @return who saw to it before, empty for nobody; nothing when it is over */
    Optional<String> assign(long id, String to) {
        return sql.queryForList(ASSIGN, String.class, to, id).stream().findFirst();
    }

    Instant now() {
        return sql.query("select now() as at", (row, number) -> CaseFiles.instant(row, "at"))
                .get(0);
    }

    static Incident read(ResultSet row, int number) throws SQLException {
        return new Incident(
                row.getLong("id"),
                IncidentKind.of(row.getString("kind")),
                row.getString("partner"),
                row.getBoolean("urgent"),
                CaseFiles.instant(row, "opened_at"),
                CaseFiles.instant(row, "last_seen_at"),
                CaseFiles.instant(row, "gone_since"),
                CaseFiles.instant(row, "closed_at"),
                CaseFiles.instant(row, "since"),
                row.getLong("cases"),
                row.getLong("most_cases"),
                row.getString("fault"),
                row.getString("said"),
                CaseFiles.instant(row, "next_at"),
                row.getString("acknowledged_by"),
                CaseFiles.instant(row, "acknowledged_at"),
                row.getString("assigned_to"),
                CaseFiles.instant(row, "notified_open_at"),
                CaseFiles.instant(row, "notified_close_at"));
    }
}
