package org.shuniu.recovery;

import java.util.List;
import java.util.UUID;
import org.shuniu.mapping.Mappings;
import org.springframework.jdbc.core.JdbcTemplate;

/** Says how many deliveries a receiver can take now: a plan does not pile up work before a closed door. */
final class ReceiverGate {

    /**
     * What a receiver can take.
     *
     * @param room for how many deliveries
     * @param closed why it can take none until something changes, or null
     */
    record Opening(int room, String closed) {}

    private static final String PAUSES = "select reason from pause where partner = ? order by reason";
    /** Empty where it is written as it was first, which does not change with the mappings. */
    private static final String VERSION = """
            select case when p.versions = 'as-first' then '' else r.mapping_version end
            from plan_receiver r join plan p on p.id = r.plan_id where r.plan_id = ? and r.receiver = ? limit 1
            """;

    private static final String BACKLOG = """
            select count(*) from (select 1 from delivery where receiver = ? and state = 'pending' and not held
                and claim_until is null limit ?) d
            """;

    private final JdbcTemplate sql;
    private final Mappings mappings;
    private final int backlog;

    /** @param backlog how many deliveries of one receiver may wait */
    ReceiverGate(JdbcTemplate sql, Mappings mappings, int backlog) {
        this.sql = sql;
        this.mappings = mappings;
        this.backlog = backlog;
    }

    Opening of(UUID plan, String receiver) {
        String approved = sql.queryForObject(VERSION, String.class, plan, receiver);
        if (!approved.isEmpty() && !approved.equals(mappings.version(receiver))) {
            return new Opening(0, "%s: its mappings have changed since the preview".formatted(receiver));
        }
        List<String> pauses = sql.queryForList(PAUSES, String.class, receiver);
        if (!pauses.isEmpty()) {
            return new Opening(0, "%s: paused (%s)".formatted(receiver, String.join(", ", pauses)));
        }
        int waiting = sql.queryForObject(BACKLOG, Integer.class, receiver, backlog);
        return new Opening(backlog - waiting, null);
    }
}
