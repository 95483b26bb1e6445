package org.shuniu.incident;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.shuniu.store.Pools;

/** Notices that are to be sent: taken by one process at a time, and marked when they have arrived. */
final class NoticeOutbox {

    /** One of them. */
    record Notice(UUID id, String channel, String body, int tries) {}

    private static final String TAKE = """
            update incident_notice set tries = tries + 1, due_at = now() + ? * interval '1 millisecond'
            where id = (select n.id from incident_notice n
                where n.sent_at is null and n.given_up_at is null and n.due_at <= now()
                    and (n.kind = 'opened' or not exists (select 1 from incident_notice o
                        where o.sent_at is null and o.given_up_at is null and o.kind = 'opened'
                            and o.channel = n.channel and o.incidents && n.incidents))
                order by n.due_at limit 1 for update skip locked)
            returning id, channel, body, tries
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
                given_up_at = case when made_at < now() - ? * interval '1 millisecond' then now() end
            where id = ?
            """;

    private final Pools.Door door;
    private final Duration giveUp;

    /** @param giveUp after how long a notice that nobody takes is given up */
    NoticeOutbox(Pools.Door door, Duration giveUp) {
        this.door = door;
        this.giveUp = giveUp;
    }

    /**
     * The next one; an all-clear never before what it clears.
     *
     * @param hold for how long no other process takes it
     */
    Optional<Notice> take(Duration hold) {
        return door
                .sql()
                .query(
                        TAKE,
                        (row, number) -> new Notice(
                                row.getObject("id", UUID.class),
                                row.getString("channel"),
                                row.getString("body"),
                                row.getInt("tries")),
                        hold.toMillis())
                .stream()
                .findFirst();
    }

    void sent(UUID id) {
        door.transaction().executeWithoutResult(status -> {
            door.sql().update(SENT, id);
            door.sql().update(TOLD, id);
        });
    }

    void notSent(UUID id, String problem, Duration wait) {
        door.sql().update(NOT_SENT, problem, wait.toMillis(), giveUp.toMillis(), id);
    }
}
