package org.shuniu.console;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.shuniu.audit.AuditLog;
import org.shuniu.audit.People;
import org.shuniu.store.Pools;
import org.shuniu.store.TimeOrderedId;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who has looked at as much as one may in an hour asks for as much again, and another person allows it for an hour or does not. */
final class LookRequests {

    /** One that waits for its second person. */
    record Request(UUID id, String askedBy, OffsetDateTime askedAt, String reason) {}

    private static final int MOST = 200;
    private static final String ASK = "insert into look_request (id, asked_by, reason) values (?, ?, ?)";
    private static final String GRANTED = """
            select count(*) from look_request where asked_by = ? and state = 'granted' and decided_at > now() - interval '1 hour'
            """;
    private static final String DECIDE = """
            update look_request set state = ?, decided_by = ?, decided_at = now() where id = ? and state = 'asked'
            """;

    private final Pools.Door door;
    private final JdbcTemplate shown;
    private final AuditLog audit;
    private final People people;

    /** @param pools of which acts take the settlements' door, and what people see comes by their own */
    LookRequests(Pools pools, AuditLog audit) {
        this.door = pools.settlement();
        this.shown = pools.console().sql();
        this.audit = audit;
        this.people = new People(door.sql());
    }

    /** How often somebody was allowed as much again, for now. */
    int granted(String who) {
        Integer granted = door.sql().queryForObject(GRANTED, Integer.class, who);
        return granted == null ? 0 : granted;
    }

    /** False when the same person's last one still waits. */
    boolean ask(String who, String reason) {
        try {
            door.transaction().executeWithoutResult(status -> {
                UUID id = TimeOrderedId.next();
                door.sql().update(ASK, id, who, reason);
                audit.record(who, "looks-asked", id.toString(), reason);
            });
            return true;
        } catch (DuplicateKeyException waits) {
            return false;
        }
    }

    /** Oldest first. */
    List<Request> open() {
        return shown.query(
                "select * from look_request where state = 'asked' order by asked_at limit ?",
                (row, number) -> new Request(
                        row.getObject("id", UUID.class),
                        row.getString("asked_by"),
                        row.getObject("asked_at", OffsetDateTime.class),
                        row.getString("reason")),
                MOST);
    }

    /** @return why not: {@code own} or {@code decided}; or nothing */
    String decide(String who, UUID id, boolean grant) {
        return door.transaction().execute(status -> {
            List<String> asked = door.sql()
                    .queryForList(
                            "select asked_by from look_request where id = ? and state = 'asked' for update",
                            String.class,
                            id);
            if (asked.isEmpty()) {
                return "decided";
            }
            if (people.mayBeOne(asked.get(0), who)) {
                return "own";
            }
            door.sql().update(DECIDE, grant ? "granted" : "refused", who, id);
            audit.record(who, grant ? "looks-granted" : "looks-refused", id.toString(), "to " + asked.get(0));
            return "";
        });
    }
}
