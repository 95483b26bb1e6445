package org.shuniu.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.partner.Partner;
import org.shuniu.reconciliation.Difference;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Columns;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * Holds how far a region says that messages are beside the steps that were signed of them. The region's newest step may be any
 * receiver's; so only what none of them can be at is named.
 */
final class StateDifferences {

    private static final String EVIDENCE = "evidence";
    private static final String ACCEPTED = EvidenceLadder.Kind.ACCEPTED.name();

    /** A step that was signed later may be on its way to the other side. */
    private static final Duration ON_ITS_WAY = Duration.ofHours(1);

    /** Of several processes with a clock each. */
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    /** Whether the step that the region lists is known, any other was taken before, and any receiver was still at RELAYED. */
    private static final String STEPS = """
            cross join lateral (
                select coalesce(bool_or(e.kind = w.state), false) as known,
                    coalesce(bool_or(e.kind <> 'ACCEPTED' and e.at < ?), false) as further,
                    coalesce(bool_or(e.kind = 'RELAYED' and not exists (
                        select 1 from exchange_evidence f where f.partner = e.partner and f.direction = e.direction
                            and f.message_id = e.message_id and f.receiver = e.receiver
                            and f.kind not in ('ACCEPTED', 'RELAYED') and f.at < ?)), false) as under_way
                from exchange_evidence e where e.partner = ? and e.direction = ? and e.message_id = %s) k
            """;

    private static final String BEHIND =
            "(w.state = 'ACCEPTED' and k.further or w.state = 'RELAYED' and k.known and not k.under_way)";

    /** The hub's messages; the region signs, and nobody but it knows the step before. */
    private static final String OF_THE_HUB = """
            select s.message_id::text as id, s.case_no, w.state, k.known
            from unnest(?::text[], ?::text[]) as w(id, state) join exchange_sent s on s.partner = ? and s.message_id = case
                when w.id ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then w.id::uuid end
            """ + STEPS.formatted("s.message_id::text") + "where " + BEHIND + """
             or ?::boolean and w.state <> 'ACCEPTED' and not k.known and s.accepted_at < ?
            """;

    /** The region's messages; the hub signs, and the region knows no step that it did not. */
    private static final String OF_THE_REGION = """
            select x.idempotency_key as id, m.case_no, w.state, k.known
            from unnest(?::text[], ?::text[]) as w(id, state)
                join exchange_message x on x.partner = ? and x.idempotency_key = w.id left join message m on m.id = x.id
            """ + STEPS.formatted("x.idempotency_key")
            + "where w.state <> 'ACCEPTED' and not k.known or ?::boolean and "
            + BEHIND + """
             and not exists (select 1 from delivery d where d.case_no = m.case_no and d.receiver = x.partner
                and d.document = 'evidence' and d.state <> 'delivered')
            """;

    private final JdbcTemplate sql;

    StateDifferences(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** @param asked before the region was asked for any of it */
    List<Difference> ofAccepted(Partner partner, List<RegionManifest.Said> page, Instant asked) {
        return differences(
                OF_THE_HUB,
                difference("has signed for a further step", "its signed word for that is not here"),
                page,
                partner,
                EvidenceLadder.Direction.SENT,
                asked.minus(CLOCKS),
                tells(partner),
                CaseFiles.utc(asked.minus(ON_ITS_WAY)));
    }

    /** @param asked before the region was asked for any of it */
    List<Difference> ofSent(Partner partner, List<RegionManifest.Said> page, Instant asked) {
        return differences(
                OF_THE_REGION,
                difference("has taken the hub's word for a further step", "the hub has signed no such step"),
                page,
                partner,
                EvidenceLadder.Direction.RECEIVED,
                asked.minus(ON_ITS_WAY),
                hears(partner));
    }

    /**
     * @param before when the steps were here that count
     * @param rest what this statement asks beside
     */
    private List<Difference> differences(
            String statement,
            RowMapper<Difference> as,
            List<RegionManifest.Said> page,
            Partner partner,
            EvidenceLadder.Direction direction,
            Instant before,
            Object... rest) {
        List<RegionManifest.Said> said = withState(page);
        Object here = CaseFiles.utc(before);
        List<Object> values = new ArrayList<>(List.of(
                Columns.texts(said, RegionManifest.Said::messageId),
                Columns.texts(said, RegionManifest.Said::state),
                partner.id(),
                here,
                here,
                partner.id(),
                direction.word()));
        values.addAll(List.of(rest));
        return sql.query(statement, as, values.toArray());
    }

    /** What a later version of the protocol calls a state is left alone. */
    private static List<RegionManifest.Said> withState(List<RegionManifest.Said> page) {
        return page.stream().filter(said -> !said.state().isEmpty()).toList();
    }

    /** What is ahead of the record heals when the record has come there. */
    private static RowMapper<Difference> difference(String behind, String ahead) {
        return (row, number) -> {
            String state = row.getString("state");
            boolean isBehind = row.getBoolean("known") || state.equals(ACCEPTED);
            return new Difference(
                    Difference.Kind.ALTERED,
                    row.getString("id"),
                    row.getString("case_no"),
                    "the region lists it as %s, and %s".formatted(state, isBehind ? behind : ahead),
                    isBehind ? null : state);
        };
    }

    /** Whether it was agreed that the region hears of each step. */
    private static boolean hears(Partner partner) {
        return partner.operations().containsKey(EVIDENCE);
    }

    /** Whether it was agreed that the hub hears of each step, by messages of the same type. */
    private static boolean tells(Partner partner) {
        return hears(partner)
                && partner.exchange()
                        .map(ExchangeProfile::allowed)
                        .filter(allowed ->
                                allowed.containsKey(partner.operations().get(EVIDENCE)))
                        .isPresent();
    }
}
