package org.shuniu.incident;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.shuniu.store.Pools;

/**
 * Notices that are to be sent: taken by one process at a time, and marked when they have arrived.
 *
 * <p>A process that ends between sending a notice and marking it leaves it taken; when that has lapsed it is sent again, under its
 * id and in the same words. Whoever knows it again by its id has been told once. Of other ways see {@link NoticeLine}.
 */
final class NoticeOutbox {

    /**
     * One of them.
     *
     * @param tries with this one
     * @param doubts earlier tries of which nobody knows whether they arrived
     */
    record Notice(UUID id, String body, int tries, int doubts) {}

    /** What nobody marks afterwards may have arrived: it is a doubt from the beginning. */
    private static final String TAKE = """
            update incident_notice set tries = tries + 1, doubts = doubts + 1, due_at = now() + ? * interval '1 millisecond'
            where id = (select n.id from incident_notice n
                where n.channel = ? and n.sent_at is null and n.given_up_at is null and n.due_at <= now()
                    and (n.kind = 'opened' or not exists (select 1 from incident_notice o
                        where o.channel = n.channel and o.sent_at is null and o.given_up_at is null and o.kind <> 'closed'
                            and o.kind <> n.kind and o.incidents && n.incidents))
                order by n.due_at limit 1 for update skip locked)
            returning id, body, tries, doubts - 1 as before
            """;

    private static final String SENT = "update incident_notice set sent_at = now(), problem = null where id = ?";
    private static final String TOLD = """
            update incident i set
                notified_open_at = case when n.kind = 'opened' then coalesce(i.notified_open_at, now()) else i.notified_open_at end,
                notified_close_at = case when n.kind = 'closed' then coalesce(i.notified_close_at, now()) else i.notified_close_at end
            from incident_notice n where n.id = ? and i.id = any(n.incidents)
            """;
    private static final String NOT_SENT = """
            update incident_notice set problem = ?, due_at = now() + ? * interval '1 millisecond',
                doubts = doubts - case when ? then 0 else 1 end,
                given_up_at = case when made_at < now() - ? * interval '1 millisecond' then now() end
            where id = ?
            """;
    private static final String GIVEN_UP = "update incident_notice set problem = ?, given_up_at = now() where id = ?";
    private static final String REPORTED = "update incident_notice set reported = ? where id = ?";

    private final Pools.Door door;
    private final Duration giveUp;

    /** @param giveUp after how long a notice that nobody takes is given up */
    NoticeOutbox(Pools.Door door, Duration giveUp) {
        this.door = door;
        this.giveUp = giveUp;
    }

    /**
     * The channel's next one; never before what it follows on: news of urgency comes after the opening, the all-clear last.
     *
     * @param hold for how long no other process takes it
     */
    Optional<Notice> take(String channel, Duration hold) {
        return door
                .sql()
                .query(
                        TAKE,
                        (row, number) -> new Notice(
                                row.getObject("id", UUID.class),
                                row.getString("body"),
                                row.getInt("tries"),
                                row.getInt("before")),
                        hold.toMillis(),
                        channel)
                .stream()
                .findFirst();
    }

    void sent(UUID id) {
        door.transaction().executeWithoutResult(status -> {
            door.sql().update(SENT, id);
            door.sql().update(TOLD, id);
        });
    }

    void notSent(UUID id, Channel.NotTaken why, Duration wait) {
        door.sql().update(NOT_SENT, why.getMessage(), wait.toMillis(), why.isInDoubt(), giveUp.toMillis(), id);
    }

    void giveUp(UUID id, String why) {
        door.sql().update(GIVEN_UP, why, id);
    }

    /** Keeps what was said of a notice after it had been sent; false when it is none. */
    boolean reported(UUID id, String state) {
        return door.sql().update(REPORTED, state, id) == 1;
    }
}
