package org.shuniu.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Lanes keep the order of one case towards one receiver: a delivery takes the next number, and only the lowest open
 * number may travel. Every method runs in its caller's transaction, under the lock of the case.
 */
final class Lanes {

    /**
     * Consecutive numbers in a lane.
     *
     * @param lowestOpen the number that may travel
     */
    record Places(int first, int lowestOpen) {}

    private static final String TAKE = """
            insert into lane (case_no, receiver, next_no, lowest_open)
            select w.case_no, w.receiver, 1 + w.places, 1
            from unnest(?::text[], ?::text[], ?::int[]) as w(case_no, receiver, places)
            order by w.case_no, w.receiver
            on conflict (case_no, receiver) do update set next_no = lane.next_no + excluded.next_no - 1
            returning case_no, receiver, next_no, lowest_open
            """;
    /** Deliveries are looked at only where one of the lane is left. */
    private static final String RELEASE = """
            with advanced as (
                update lane set lowest_open = coalesce((select min(d.lane_no) from delivery d where d.case_no = lane.case_no
                    and d.receiver = lane.receiver and d.state in ('pending', 'parked')), lane.next_no)
                from unnest(?::text[], ?::text[]) as w(case_no, receiver)
                where lane.case_no = w.case_no and lane.receiver = w.receiver
                returning lane.case_no, lane.receiver, lane.lowest_open, lane.next_no)
            update delivery d set held = false, due_at = least(d.due_at, now()) from advanced a
            where a.lowest_open < a.next_no and d.case_no = a.case_no and d.receiver = a.receiver
                and d.lane_no = a.lowest_open and d.state = 'pending' and d.held and d.awaits = 0
            returning d.id, d.receiver, d.queue, d.attempt
            """;

    private final JdbcTemplate sql;

    Lanes(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** @param wanted how many places in each lane */
    Map<Lane, Places> take(SortedMap<Lane, Integer> wanted) {
        Map<Lane, Places> taken = new HashMap<>();
        sql.query(
                TAKE,
                row -> {
                    Lane lane = new Lane(row.getString("case_no"), row.getString("receiver"));
                    int first = row.getInt("next_no") - wanted.get(lane);
                    taken.put(lane, new Places(first, row.getInt("lowest_open")));
                },
                wanted.keySet().stream().map(Lane::caseNo).toArray(String[]::new),
                wanted.keySet().stream().map(Lane::receiver).toArray(String[]::new),
                wanted.values().toArray(Integer[]::new));
        return taken;
    }

    /** Lets the next of each lane travel; returns what was released. */
    List<Released> release(Collection<Lane> lanes) {
        TreeSet<Lane> sorted = new TreeSet<>(lanes);
        String[] cases = sorted.stream().map(Lane::caseNo).toArray(String[]::new);
        String[] receivers = sorted.stream().map(Lane::receiver).toArray(String[]::new);
        return sql.query(
                RELEASE,
                (row, number) -> new Released(
                        row.getObject("id", UUID.class),
                        row.getString("receiver"),
                        row.getString("queue"),
                        row.getInt("attempt")),
                cases,
                receivers);
    }
}
