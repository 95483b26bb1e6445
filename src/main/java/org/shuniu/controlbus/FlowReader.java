package org.shuniu.controlbus;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;

/** What operators see of the flows; ids, codes and reasons, never a document. */
public final class FlowReader {

    /**
     * How the deliveries of one partner stand.
     *
     * @param oldestSeconds age of the oldest pending delivery, 0 when there is none
     */
    public record Flow(
            String partner,
            boolean running,
            long waiting,
            long retrying,
            long held,
            long parked,
            long oldestSeconds,
            List<Map<String, Object>> pauses) {}

    /** Messages that wait for a person, at the same partner and for the same reason. */
    public record ParkedTogether(
            String partner,
            @Nullable String reason,
            @Nullable String fault,
            long messages,
            OffsetDateTime since) {}

    private static final String PARKED = """
            select d.id as delivery_id, d.message_id, d.receiver, d.document, d.case_no, d.reason, d.fault, d.settled_at,
                (select count(*) from delivery l where l.case_no = d.case_no and l.receiver = d.receiver
                    and l.state = 'pending' and l.held) as behind
            from delivery d where d.state = 'parked'
            union all
            select null, m.id, m.partner, m.document, m.case_no, m.parked_reason, 'receiver', m.accepted_at, 0
            from message m where m.parked_reason is not null
            union all
            select null, d.message_id, e.partner, d.document, e.case_no, 'no result yet, asked ' || e.tries || ' times',
                'receiver', e.overdue_at, 0
            from enquiry e join delivery d on d.id = e.delivery_id join case_file c on c.case_no = e.case_no
            where e.told and c.result_id is null
            """;
    private static final String PARKED_OF =
            "select * from (" + PARKED + ") p where ?::text is null or receiver = ? order by settled_at limit ?";
    private static final String PARKED_TOGETHER =
            "select receiver, reason, fault, count(*) as messages," + " min(settled_at) as since from (" + PARKED
                    + ") p group by receiver, reason, fault order by 4 desc limit ?";
    private static final String FLOWS = """
            select receiver, count(*) filter (where state = 'pending' and not held and spent = 0) as waiting,
                count(*) filter (where state = 'pending' and not held and spent > 0) as retrying,
                count(*) filter (where state = 'pending' and held) as held,
                count(*) filter (where state = 'parked') as parked,
                coalesce(extract(epoch from now() - min(created_at) filter (where state = 'pending')), 0) as oldest
            from (select receiver, state, held, spent, created_at from pending_delivery
                union all select receiver, state, held, spent, created_at from delivery where state = 'parked') d
            group by receiver
            """;

    private final JdbcTemplate sql;
    private final PartnerDirectory partners;

    public FlowReader(Pools pools, PartnerDirectory partners) {
        this.sql = pools.console().sql();
        this.partners = partners;
    }

    /** What reached a queue and names no delivery of this hub, newest first. */
    public List<Map<String, Object>> dead(int most) {
        return sql.query(
                "select id, queue, reason, arrived_at from dead_message order by id desc limit ?",
                (row, number) -> {
                    Map<String, Object> line = new LinkedHashMap<>();
                    line.put("id", row.getString("id"));
                    line.put("queue", row.getString("queue"));
                    line.put("reason", row.getString("reason"));
                    line.put("since", row.getObject("arrived_at", OffsetDateTime.class));
                    return line;
                },
                most);
    }

    /** What waits for a person, oldest first. */
    public List<Map<String, Object>> parked(int most) {
        return parked(null, most);
    }

    /**
     * What waits for a person, oldest first.
     *
     * @param partner whose, or null for all
     */
    public List<Map<String, Object>> parked(@Nullable String partner, int most) {
        return sql.query(PARKED_OF, (row, number) -> parked(row), partner, partner, most);
    }

    /** What waits for a person for the same reason, the most first. */
    public List<ParkedTogether> parkedTogether(int most) {
        return sql.query(
                PARKED_TOGETHER,
                (row, number) -> new ParkedTogether(
                        row.getString("receiver"),
                        row.getString("reason"),
                        row.getString("fault"),
                        row.getLong("messages"),
                        row.getObject("since", OffsetDateTime.class)),
                most);
    }

    private static Map<String, Object> parked(ResultSet row) throws SQLException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("deliveryId", row.getString("delivery_id"));
        line.put("messageId", row.getString("message_id"));
        line.put("partner", row.getString("receiver"));
        line.put("document", row.getString("document"));
        line.put("caseNo", row.getString("case_no"));
        line.put("reason", row.getString("reason"));
        line.put("fault", row.getString("fault"));
        line.put("since", row.getObject("settled_at", OffsetDateTime.class));
        line.put("waitingBehind", row.getLong("behind"));
        return line;
    }

    /** Every partner, the quiet ones included. */
    public List<Flow> flows() {
        Map<String, Flow> busy = new LinkedHashMap<>();
        sql.query(FLOWS, row -> {
            busy.put(
                    row.getString("receiver"),
                    flow(
                            row.getString("receiver"),
                            row.getLong("waiting"),
                            row.getLong("retrying"),
                            row.getLong("held"),
                            row.getLong("parked"),
                            row.getLong("oldest")));
        });
        return partners.all().stream()
                .map(partner -> busy.getOrDefault(partner.id(), flow(partner.id(), 0, 0, 0, 0, 0)))
                .toList();
    }

    private Flow flow(String partner, long waiting, long retrying, long held, long parked, long oldest) {
        List<Map<String, Object>> pauses = sql.queryForList(
                "select reason, until, paused_by as by, note, since from pause where partner = ? order by reason",
                partner);
        return new Flow(partner, pauses.isEmpty(), waiting, retrying, held, parked, oldest, pauses);
    }
}
