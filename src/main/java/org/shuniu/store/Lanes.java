package org.shuniu.store;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Lanes keep the order of one case towards one receiver: a delivery takes the next number, and only the lowest open
 * number may travel. Every method runs in its caller's transaction, under the lock of the case.
 */
final class Lanes {

    /** A number in a lane, and whether lower ones are still open. */
    record Place(int number, boolean held) {}

    private static final String TAKE = """
            insert into lane (case_no, receiver, next_no, lowest_open) values (?, ?, 2, 1)
            on conflict (case_no, receiver) do update set next_no = lane.next_no + 1
            returning next_no - 1 as number, lowest_open
            """;
    private static final String ADVANCE = """
            update lane set lowest_open = coalesce((select min(lane_no) from delivery where case_no = lane.case_no
                and receiver = lane.receiver and state in ('pending', 'parked')), next_no)
            where case_no = ? and receiver = ?
            """;
    private static final String RELEASE = """
            update delivery d set held = false, due_at = least(d.due_at, now()) from lane l
            where l.case_no = ? and l.receiver = ? and d.case_no = l.case_no and d.receiver = l.receiver
                and d.lane_no = l.lowest_open and d.state = 'pending' and d.held returning d.id
            """;

    private final JdbcTemplate sql;

    Lanes(JdbcTemplate sql) {
        this.sql = sql;
    }

    Place take(String caseNo, String receiver) {
        return sql.queryForObject(
                TAKE,
                (row, number) -> new Place(row.getInt("number"), row.getInt("number") > row.getInt("lowest_open")),
                caseNo,
                receiver);
    }

    /** Lets the next of a lane travel; returns what was released. */
    List<UUID> release(String caseNo, String receiver) {
        sql.update(ADVANCE, caseNo, receiver);
        return sql.queryForList(RELEASE, UUID.class, caseNo, receiver);
    }
}
