package org.shuniu.controlbus;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;

/** Says of every delivery that waits: why, since when, whose fault it is and when it is tried next. */
public final class WaitingReader {

    private static final String COLUMNS = """
            select d.*, d.due_at > now() as later, d.claim_until is not null as under_way,
                (select count(*) from delivery before where before.case_no = d.case_no and before.receiver = d.receiver
                    and before.lane_no < d.lane_no and before.state in ('pending', 'parked')) as before,
                p.reason as pause_reason, p.until as pause_until, e.library, e.library_due, e.library_reason
            from pending_delivery d left join lateral (select u.library, s.reason as library_reason,
                    case when not exists (select 1 from pause where partner = u.library and until is null)
                        then greatest(s.due_at, (select max(until) from pause where partner = u.library)) end as library_due
                from certificate_use u join delivery s on s.message_id = u.step_id
                where d.awaits > 0 and u.delivery_id = d.id and u.state = 'open' order by u.id limit 1) e on true
            left join lateral (select reason, until from pause where partner = d.receiver
                order by array_position(array['operator', 'untried', 'hours', 'certificate', 'circuit'], reason) limit 1) p on true
            where true
            """;
    private static final String OLDEST =
            COLUMNS + " and (?::text is null or d.receiver = ?) order by d.created_at, d.id limit ?";
    private static final String OF_MESSAGE = COLUMNS + " and d.message_id = ? order by d.id";

    private final JdbcTemplate sql;
    private final Predicate<String> waitsForRate;

    /** @param waitsForRate whether calls of a partner wait for its rate now */
    public WaitingReader(Pools pools, Predicate<String> waitsForRate) {
        this.sql = pools.console().sql();
        this.waitsForRate = waitsForRate;
    }

    /**
     * What waits, oldest first.
     *
     * @param partner whom it waits for, or null for all
     */
    public List<Waiting> waiting(String partner, int most) {
        return sql.query(OLDEST, this::read, partner, partner, most);
    }

    /** What waits of one message, by receiver. */
    public List<Waiting> ofMessage(UUID message) {
        return sql.query(OF_MESSAGE, this::read, message);
    }

    private Waiting read(ResultSet row, int number) throws SQLException {
        WaitsFor waitsFor = waitsFor(row);
        return new Waiting(
                row.getString("id"),
                row.getString("message_id"),
                row.getString("case_no"),
                row.getString("receiver"),
                row.getString("document"),
                row.getBoolean("urgent"),
                row.getObject("created_at", OffsetDateTime.class),
                row.getInt("attempt"),
                row.getInt("spent"),
                row.getString("reason"),
                row.getString("fault") == null ? waitsFor.fault() : row.getString("fault"),
                waitsFor);
    }

    /** The first thing that stands in the way, as the claim would meet it. */
    private WaitsFor waitsFor(ResultSet row) throws SQLException {
        OffsetDateTime due = row.getObject("due_at", OffsetDateTime.class);
        if (row.getBoolean("under_way")) {
            return new WaitsFor.Answer();
        }
        if (row.getString("library") != null) {
            return new WaitsFor.Certificate(
                    row.getString("library"),
                    row.getString("library_reason"),
                    row.getObject("library_due", OffsetDateTime.class));
        }
        if (row.getBoolean("held")) {
            return new WaitsFor.Order(row.getInt("before"));
        }
        String pause = row.getString("pause_reason");
        if (pause != null) {
            return new WaitsFor.Pause(pause, row.getObject("pause_until", OffsetDateTime.class), due);
        }
        if (row.getBoolean("later")) {
            return new WaitsFor.Schedule(due);
        }
        return waitsForRate.test(row.getString("receiver")) ? new WaitsFor.Rate() : new WaitsFor.Send();
    }
}
