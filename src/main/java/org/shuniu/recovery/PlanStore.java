package org.shuniu.recovery;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.shuniu.versions.Versions;
import org.springframework.jdbc.core.JdbcTemplate;

/** Recovery plans in the database; every method runs in its caller's transaction. */
final class PlanStore {

    /** How many deliveries of one kind go to one receiver, and by which mappings. */
    record Share(String receiver, String document, int total, String mappingVersion) {}

    /** One of a plan's deliveries. */
    record Sampled(UUID delivery, String caseNo) {}

    private static final String MAKE = """
            insert into plan (id, state, filter, conditions, per_second, total, doubles, made_by, versions, reason)
            values (?, 'preview', ?, ?, ?, 0, 0, ?, ?, ?)
            """;
    /**
     * Whether the receiver of a delivery {@code d} may have its effect already: an attempt's outcome is unknown, an answer came
     * that the hub could not use, the receiver has answered the message otherwise, or it stands in a file that goes as it is.
     */
    static final String DOUBLE = """
            (d.outcome_unknown
                or d.fault is distinct from 'receiver'
                    and exists (select 1 from answer a where a.delivery_id = d.id and a.note is not null)
                or exists (select 1 from message s where s.case_no = d.case_no and s.cause = d.message_id
                    and s.partner = d.receiver)
                or exists (select 1 from batch_row r where r.id = d.id and r.number is not null and r.rejected_at is null))""";
    /** To freeze a million takes longer than a transaction usually may; unknown before PostgreSQL 17. */
    private static final String PATIENT =
            "select set_config(name, '0', true) from pg_settings where name = 'transaction_timeout'";

    /** Oldest first, which is the lanes' order too. */
    private static final String FREEZE = """
            insert into plan_delivery (plan_id, receiver, number, delivery_id, case_no, parked_at, doubles)
            select ?, d.receiver, row_number() over (partition by d.receiver order by d.urgent desc, d.created_at, d.id),
                d.id, d.case_no, d.settled_at,\s""" + DOUBLE + """

            from delivery d where d.state = 'parked' and\s""";

    /** What wrote the deliveries of a receiver first. */
    private static final String FIRST = """
            select string_agg(distinct coalesce(t.mapping_version, 'not yet written'), ', ')
            from plan_delivery p join delivery d on d.id = p.delivery_id left join translation t on t.id = d.first_translation
            where p.plan_id = ? and p.receiver = ?
            """;

    private static final String SHARES = """
            select p.receiver, d.document, count(*) as total, '' as mapping_version
            from plan_delivery p join delivery d on d.id = p.delivery_id where p.plan_id = ?
            group by p.receiver, d.document order by p.receiver, d.document
            """;

    /** All of a plan but its filter, which may be longer than all the rest together. */
    private static final String PLAN = """
            select id, state, conditions, per_second, total, doubles, sent, skipped, waits, worked_ms, made_by, made_at,
                approved_by, approved_at, ended_at, versions, reason from plan\s""";

    private static final String NEWEST = PLAN + """
            where (?::timestamptz is null or made_at < ?) and (?::text[] is null or not exists
                (select 1 from plan_receiver r where r.plan_id = plan.id and r.receiver <> all(?)))
            order by made_at desc limit ?
            """;

    private final JdbcTemplate sql;

    PlanStore(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** Freezes the set of deliveries that fit now; returns how many. */
    int make(
            UUID plan,
            String madeBy,
            PlanFilter filter,
            int perSecond,
            Versions versions,
            String reason,
            UnaryOperator<String> mappingVersion) {
        sql.update(MAKE, plan, filter.text(), filter.shown(), perSecond, madeBy, versions.word(), reason);
        List<Object> values = new ArrayList<>();
        values.add(plan);
        values.addAll(filter.values());
        sql.queryForList(PATIENT, String.class);
        int total = sql.update(FREEZE + filter.sql(), values.toArray());
        sql.batchUpdate(
                "insert into plan_receiver (plan_id, receiver, document, total, mapping_version) values (?, ?, ?, ?, ?)",
                sql.query(SHARES, PlanStore::share, plan).stream()
                        .map(share -> new Object[] {
                            plan,
                            share.receiver(),
                            share.document(),
                            share.total(),
                            versions == Versions.AS_FIRST
                                    ? sql.queryForObject(FIRST, String.class, plan, share.receiver())
                                    : mappingVersion.apply(share.receiver())
                        })
                        .toList());
        sql.update("""
                update plan set total = ?,
                    doubles = (select count(*) from plan_delivery where plan_id = plan.id and doubles) where id = ?
                """, total, plan);
        return total;
    }

    Optional<Plan> find(UUID plan) {
        return sql.query(PLAN + "where id = ?", Plan::read, plan).stream().findFirst();
    }

    Optional<Plan> lock(UUID plan) {
        return sql.query(PLAN + "where id = ? for update", Plan::read, plan).stream()
                .findFirst();
    }

    /** What was asked for, as a whole. */
    Optional<String> filter(UUID plan) {
        return sql.queryForList("select filter from plan where id = ?", String.class, plan).stream()
                .findFirst();
    }

    /**
     * The newest first.
     *
     * @param only receivers beside which a plan may have no other, or null for every plan
     * @param before of those that were made before this time, or null for all
     */
    List<Plan> newest(String @Nullable [] only, @Nullable OffsetDateTime before, int most) {
        return sql.query(NEWEST, Plan::read, before, before, only, only, most);
    }

    List<Plan> running() {
        return sql.query(PLAN + "where state = 'running' order by made_at", Plan::read);
    }

    List<Share> shares(UUID plan) {
        return sql.query(
                "select * from plan_receiver where plan_id = ? order by receiver, document", PlanStore::share, plan);
    }

    private static Share share(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new Share(
                row.getString("receiver"),
                row.getString("document"),
                row.getInt("total"),
                row.getString("mapping_version"));
    }

    /** The first of a plan's deliveries, of all or of those that may be doubles. */
    List<Sampled> sample(UUID plan, boolean doublesOnly, int most) {
        return sql.query(
                """
                select delivery_id, case_no from plan_delivery where plan_id = ? %s
                order by receiver, number limit ?
                """.formatted(doublesOnly ? "and doubles" : ""),
                (row, number) -> new Sampled(row.getObject("delivery_id", UUID.class), row.getString("case_no")),
                plan,
                most);
    }

    void approve(UUID plan, String by) {
        sql.update("update plan set state = 'running', approved_by = ?, approved_at = now() where id = ?", by, plan);
    }

    void move(UUID plan, Plan.State state) {
        boolean ends = state == Plan.State.ABORTED;
        sql.update(
                "update plan set state = ?, waits = null, ended_at = case when ? then now() end where id = ?",
                state.word(),
                ends,
                plan);
    }

    /** Which receivers still have deliveries in a plan that wait to be sent. */
    List<String> receiversLeft(UUID plan) {
        return sql.queryForList("""
                select receiver from (select distinct receiver from plan_receiver where plan_id = ?) r
                where exists (select 1 from plan_delivery p where p.plan_id = ? and p.receiver = r.receiver
                    and p.state = 'waiting') order by receiver
                """, String.class, plan, plan);
    }
}
