package org.shuniu.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.shuniu.audit.AuditLog;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Pools;

/** The processes of the hub that run, and those that are gone without an end; times are the database's. */
public final class HubProcesses {

    private static final String BEAT = """
            update hub_process set beat_at = now(), free_bytes = ?, total_bytes = ?, drift_millis = ?,
                steady_since = case when beat_at < now() - ? * interval '1 millisecond' then now() else steady_since end
            where id = ?
            """;
    private static final String COME = """
            insert into hub_process (id, place, started_at, steady_since, beat_at, free_bytes, total_bytes, drift_millis)
            values (?, ?, now(), now(), now(), ?, ?, ?)
            """;
    /** Who runs where another was that is silent has taken its place. */
    private static final String PUT_AWAY = """
            delete from hub_process where id <> ? and (place = ? and beat_at < now() - ? * interval '1 millisecond'
                or beat_at < now() - ? * interval '1 millisecond')
            """;

    private static final String GONE = """
            select p.* from hub_process p where p.beat_at < now() - ? * interval '1 millisecond' and not exists (
                select 1 from hub_process r where r.place = p.place and r.beat_at >= now() - ? * interval '1 millisecond')
            order by p.beat_at
            """;
    /** One that is back, or has never been gone, stays. */
    private static final String END = """
            delete from hub_process where id = ? and beat_at < now() - ? * interval '1 millisecond' returning place
            """;

    private final Pools.Door door;
    private final AuditLog audit;
    private final IncidentProperties.Processes bounds;
    private final Set<UUID> left = ConcurrentHashMap.newKeySet();

    HubProcesses(Pools.Door door, AuditLog audit, IncidentProperties.Processes bounds) {
        this.door = door;
        this.audit = audit;
        this.bounds = bounds;
    }

    /** Those that run and those that are gone, by place. */
    public List<HubProcess> all() {
        return door.sql().query("select * from hub_process order by place, started_at", HubProcesses::read);
    }

    /** Those that are gone without an end, and whose place no other has taken. */
    public List<HubProcess> gone() {
        long silent = bounds.silent().toMillis();
        return door.sql().query(GONE, HubProcesses::read, silent, silent);
    }

    /** Says that one which is gone does not come back; false when it is none. */
    public boolean end(String who, UUID id, String reason) {
        return Boolean.TRUE.equals(door.transaction().execute(status -> {
            List<String> places = door.sql()
                    .queryForList(END, String.class, id, bounds.silent().toMillis());
            places.forEach(
                    place -> audit.record(who, "process-ended", id.toString(), "%s; %s".formatted(place, reason)));
            return !places.isEmpty();
        }));
    }

    /**
     * Keeps what a process says of itself, and puts away whose place it has taken and who was gone for too long. A beat that the
     * database holds up until its process has left does not bring that back.
     */
    void beat(UUID id, String place, Machine.State state) {
        long silent = bounds.silent().toMillis();
        Long free = state.freeBytes();
        Long total = state.totalBytes();
        long drift = state.drift().toMillis();
        if (door.sql().update(BEAT, free, total, drift, silent, id) == 0 && !left.contains(id)) {
            door.sql().update(COME, id, place, free, total, drift);
        }
        door.sql().update(PUT_AWAY, id, place, silent, bounds.forgotten().toMillis());
    }

    /** An end in order. */
    void leave(UUID id) {
        left.add(id);
        door.sql().update("delete from hub_process where id = ?", id);
    }

    private static HubProcess read(ResultSet row, int number) throws SQLException {
        return new HubProcess(
                row.getObject("id", UUID.class),
                row.getString("place"),
                Objects.requireNonNull(CaseFiles.instant(row, "started_at")),
                Objects.requireNonNull(CaseFiles.instant(row, "steady_since")),
                Objects.requireNonNull(CaseFiles.instant(row, "beat_at")),
                row.getObject("free_bytes", Long.class),
                row.getObject("total_bytes", Long.class),
                Duration.ofMillis(row.getLong("drift_millis")));
    }
}
