package org.shuniu.controlbus;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shuniu.delivery.LimitChange;
import org.shuniu.delivery.LimitTable;
import org.shuniu.document.CaseState;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What operators see of the flows; ids, codes and reasons, never a document. */
public final class FlowReader {

    /**
     * How the deliveries of one partner stand.
     *
     * @param oldestSeconds age of the oldest pending delivery, 0 when there is none
     * @param triedSeconds age of the oldest that has been tried and goes on, 0 when there is none
     * @param limits by which it is called, or will be within moments
     */
    public record Flow(
            String partner,
            boolean running,
            long waiting,
            long retrying,
            long held,
            long parked,
            long oldestSeconds,
            long triedSeconds,
            List<Map<String, Object>> pauses,
            FlowLimits limits) {

        /** Of a partner that has nothing to do. */
        public static Flow quiet(Partner partner) {
            return new Flow(partner.id(), true, 0, 0, 0, 0, 0, 0, List.of(), FlowLimits.of(partner.delivery(), null));
        }
    }

    /**
     * What waits for a person, at the same partner and for the same reason.
     *
     * @param kind {@code delivery}, {@code answer} (the hub could not take it) or {@code question} (its result is overdue)
     */
    public record ParkedTogether(
            String kind,
            String partner,
            @Nullable String reason,
            @Nullable String fault,
            long messages,
            OffsetDateTime since) {}

    /**
     * Messages of one queue that nobody can read.
     *
     * @param messages of those that are counted at most
     * @param newest when the last of them came
     */
    public record DeadQueue(String queue, long messages, OffsetDateTime since, OffsetDateTime newest) {}

    /**
     * Files that did not get through to a partner's server.
     *
     * @param messages rows in them
     * @param next when the first is tried again
     * @param reason what the last try came to
     */
    public record UnsentFiles(
            String partner,
            long messages,
            OffsetDateTime since,
            OffsetDateTime next,
            @Nullable String reason) {}

    private static final int BEHIND = 1_000;
    /** More are as good as so many. */
    private static final int COUNTED = 100_000;

    private static final String OF_MESSAGES = """
            select 'answer' as kind, null::uuid as delivery_id, m.id as message_id, m.partner as receiver, m.document, m.case_no,
                m.parked_reason as reason, 'receiver' as fault, m.accepted_at as settled_at, null::uuid as question
            from message m where m.parked_reason is not null and m.parked_ended_at is null
            """;
    private static final String OF_ENQUIRIES = """
            select 'question' as kind, null::uuid as delivery_id, d.message_id, e.partner as receiver, d.document, e.case_no,
                'no result yet, asked ' || e.tries || ' times' as reason, 'receiver' as fault, e.overdue_at as settled_at,
                e.delivery_id as question
            from overdue_question e join delivery d on d.id = e.delivery_id where e.status in (%s)
            """.formatted(
                    Stream.of(CaseState.openCodes()).map("'%s'"::formatted).collect(Collectors.joining(", ")));
    private static final String DEAD_QUEUES = """
            select queue, count(*) as messages, min(arrived_at) as since, max(arrived_at) as newest
            from (select queue, arrived_at from dead_message where settled_at is null order by id desc limit ?) d
            group by queue order by queue
            """;
    /** The oldest of each partner by its index, whatever waits at others; only those that are shown are looked at further. */
    private static final String PARKED_OF = """
            with recursive places (partner) as (
                (select receiver from delivery where state = 'parked' order by receiver limit 1)
                union all
                select (select d.receiver from delivery d where d.state = 'parked' and d.receiver > places.partner
                    order by d.receiver limit 1) from places where places.partner is not null),
            whose (partner) as (
                select unnest(:whose::text[])
                union all select partner from places where :whose::text[] is null and partner is not null),
            found as (
                select * from (
                    select d.* from whose cross join lateral (
                        select 'delivery' as kind, id as delivery_id, message_id, receiver, document, case_no, reason, fault,
                            settled_at, null::uuid as question
                        from delivery where state = 'parked' and receiver = whose.partner
                        order by settled_at limit :most) d
                    union all
                    (%s and (:whose::text[] is null or m.partner = any(:whose)) order by m.accepted_at limit :most)
                    union all
                    (%s and (:whose::text[] is null or e.partner = any(:whose)) order by e.overdue_at limit :most)) p
                order by settled_at limit :most)
            select f.*, case when f.delivery_id is null then 0 else (select count(*) from (
                    select 1 from delivery l where l.case_no = f.case_no and l.receiver = f.receiver
                        and l.state = 'pending' and l.held limit :behind) few) end as behind
            from found f order by settled_at
            """.formatted(OF_MESSAGES, OF_ENQUIRIES);

    private static final String PARKED_TOGETHER = """
            select kind, receiver, reason, fault, messages, since from (
                select kind, receiver, reason, fault, count(*) as messages, min(settled_at) as since,
                    row_number() over (partition by receiver order by count(*) desc) as place
                from (select 'delivery' as kind, null::uuid as delivery_id, message_id, receiver, document, case_no, reason, fault,
                        settled_at, null::uuid as question
                    from delivery where state = 'parked' union all %s union all %s) p
                group by kind, receiver, reason, fault) t
            where place <= ? order by messages desc
            """.formatted(OF_MESSAGES, OF_ENQUIRIES);
    /** A file that is under way for the first time has not failed yet. */
    private static final String UNSENT = """
            select b.*, d.reason from (
                select partner, sum(rows) as messages, min(closed_at) as since, min(due_at) as next, min(number) as first
                from batch where state = 'closed' and tries > case when claim_owner is null then 0 else 1 end
                group by partner) b
            left join lateral (select d.reason from batch_row r join delivery d on d.id = r.id
                where r.partner = b.partner and r.number = b.first order by r.line limit 1) d on true
            order by b.partner
            """;

    private static final String FLOWS = """
            select receiver, count(*) filter (where state = 'pending' and not held and spent = 0) as waiting,
                count(*) filter (where state = 'pending' and not held and spent > 0) as retrying,
                count(*) filter (where state = 'pending' and held) as held,
                count(*) filter (where state = 'parked') as parked,
                coalesce(extract(epoch from now() - min(created_at) filter (where state = 'pending')), 0) as oldest,
                coalesce(extract(epoch from now()
                    - min(created_at) filter (where state = 'pending' and not held and spent > 0)), 0) as tried
            from (select receiver, state, held, spent, created_at from pending_delivery
                union all select receiver, state, held, spent, created_at from delivery where state = 'parked') d
            group by receiver
            """;

    private final JdbcTemplate sql;
    private final JdbcClient client;
    private final PartnerDirectory partners;

    public FlowReader(Pools pools, PartnerDirectory partners) {
        this.sql = pools.console().sql();
        this.client = pools.console().client();
        this.partners = partners;
    }

    /** The queues in which something was that nobody can read, and that nobody has settled yet. */
    public List<DeadQueue> deadQueues() {
        return sql.query(
                DEAD_QUEUES,
                (row, number) -> new DeadQueue(
                        row.getString("queue"),
                        row.getLong("messages"),
                        row.getObject("since", OffsetDateTime.class),
                        row.getObject("newest", OffsetDateTime.class)),
                COUNTED);
    }

    /** What reached a queue, names no delivery of this hub and is not settled, newest first. */
    public List<Map<String, Object>> dead(int most) {
        return sql.query(
                "select id, queue, reason, arrived_at from dead_message where settled_at is null order by id desc limit ?",
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
     * What waits for a person, oldest first; of what waits behind it, no more than 1001 are counted.
     *
     * @param whose the partners at whom, or null for all
     */
    public List<Map<String, Object>> parked(@Nullable Collection<String> whose, int most) {
        return client.sql(PARKED_OF)
                .param("whose", whose == null ? null : whose.toArray(String[]::new))
                .param("most", most)
                .param("behind", BEHIND + 1)
                .query((row, number) -> parked(row))
                .list();
    }

    /**
     * What waits for a person for the same reason, the most first.
     *
     * @param most reasons of each partner, so that no partner's hide another's
     */
    public List<ParkedTogether> parkedTogether(int most) {
        return sql.query(
                PARKED_TOGETHER,
                (row, number) -> new ParkedTogether(
                        row.getString("kind"),
                        row.getString("receiver"),
                        row.getString("reason"),
                        row.getString("fault"),
                        row.getLong("messages"),
                        row.getObject("since", OffsetDateTime.class)),
                most);
    }

    /** What is tried again and again to be laid on partners' servers. */
    public List<UnsentFiles> unsentFiles() {
        return sql.query(
                UNSENT,
                (row, number) -> new UnsentFiles(
                        row.getString("partner"),
                        row.getLong("messages"),
                        row.getObject("since", OffsetDateTime.class),
                        row.getObject("next", OffsetDateTime.class),
                        row.getString("reason")));
    }

    private static Map<String, Object> parked(ResultSet row) throws SQLException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("kind", row.getString("kind"));
        line.put("deliveryId", row.getString("delivery_id"));
        line.put("questionId", row.getString("question"));
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
        Map<String, LimitChange> changes = new LimitTable(sql).counting();
        sql.query(FLOWS, row -> {
            busy.put(
                    row.getString("receiver"),
                    flow(
                            row.getString("receiver"),
                            row.getLong("waiting"),
                            row.getLong("retrying"),
                            row.getLong("held"),
                            row.getLong("parked"),
                            row.getLong("oldest"),
                            row.getLong("tried"),
                            changes));
        });
        return partners.all().stream()
                .map(partner -> busy.getOrDefault(partner.id(), flow(partner.id(), 0, 0, 0, 0, 0, 0, changes)))
                .toList();
    }

    private Flow flow(
            String partner,
            long waiting,
            long retrying,
            long held,
            long parked,
            long oldest,
            long tried,
            Map<String, LimitChange> changes) {
        List<Map<String, Object>> pauses = sql.queryForList(
                "select reason, until, paused_by as by, note, since from pause where partner = ? order by reason",
                partner);
        FlowLimits limits = partners.find(partner)
                .map(known -> FlowLimits.of(known.delivery(), changes.get(partner)))
                .orElse(null);
        return new Flow(partner, pauses.isEmpty(), waiting, retrying, held, parked, oldest, tried, pauses, limits);
    }
}
