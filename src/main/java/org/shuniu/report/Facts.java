package org.shuniu.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads the milestones of cases from the evidence: each line once, in the order of its chain. A chain's lines are numbered without gaps
 * and committed in that order, so none is missed that comes late; every method runs in the one transaction that counts.
 */
final class Facts {

    /** A milestone that a case has come to for the first time. */
    record Fact(Instant at, String caseNo, Milestone milestone) {}

    /**
     * What is new.
     *
     * @param whole whether nothing was left for the next time
     */
    record Found(List<Fact> facts, boolean whole) {}

    /** Lines of a chain that were not read before. */
    private record Stretch(int chain, long after, long upTo, boolean whole, boolean closed) {}

    private record Mark(String caseNo, boolean begins) {
        static Mark of(Fact fact) {
            return new Mark(fact.caseNo(), fact.milestone().begins());
        }
    }

    /** A chain's number may become visible after a higher one; never so late that as many chains were opened meanwhile. */
    private static final int CHAINS_BACK = 1_000;

    private static final String MEET_CHAINS = """
            insert into report_position (chain)
            select c.id from chain c where c.id > coalesce((select max(chain) from report_position), 0) - ?
                and not exists (select 1 from report_position p where p.chain = c.id)
            order by c.id limit ?
            """;
    /** All chains that have grown share alike in what may be read, so that none waits for another to be read to its end. */
    private static final String STRETCHES = """
            with grown as materialized (
                select p.chain, p.seq as after from report_position p where not p.ended
                    and exists (select 1 from event e where e.chain = p.chain and e.seq > p.seq) order by p.chain limit ?),
            share as materialized (select ? / greatest(count(*), 1) as lines from grown)
            select g.chain, g.after, l.last, least(g.after + share.lines, l.last) as up_to, c.closed_at is not null as closed
            from share cross join grown g join chain c on c.id = g.chain cross join lateral (
                select e.seq as last from event e where e.chain = g.chain order by e.seq desc limit 1) l
            """;

    private static final String BEGUN_OR_OVER = """
            select n.case_no, n.status from unnest(?::int[], ?::bigint[], ?::bigint[]) as s(chain, after, up_to)
            cross join lateral (
                select * from event e where e.chain = s.chain and e.seq > s.after and e.seq <= s.up_to
                    and e.kind = 'status' and e.status = any(?) and e.case_no is not null offset 0) n
            """;
    /** All that is on record of these cases, read before or not: which end is the first does not hang on what is read first. */
    private static final String MILESTONES = """
            select m.at, m.case_no, m.status, coalesce(m.seq <= p.seq, false) as counted
            from unnest(?::text[]) as c(case_no) cross join lateral (
                select * from event e where e.case_no = c.case_no and e.kind = 'status' and e.status = any(?) offset 0) m
            left join report_position p on p.chain = m.chain
            order by m.at, m.chain, m.seq
            """;

    private static final String MOVE = """
            update report_position p set seq = m.seq, ended = m.ended
            from unnest(?::int[], ?::bigint[], ?::boolean[]) as m(chain, seq, ended) where p.chain = m.chain
            """;
    /** Those that were closed after their last line was read. */
    private static final String END = """
            update report_position p set ended = true from chain c where c.id = p.chain and not p.ended
                and c.closed_at is not null and not exists (select 1 from event e where e.chain = p.chain and e.seq > p.seq)
            """;

    private final JdbcTemplate sql;
    private final int lines;

    /** @param lines that are read at once, of all chains together */
    Facts(JdbcTemplate sql, int lines) {
        this.sql = sql;
        this.lines = lines;
    }

    /** What no call has given before; given again only where the transaction fails. */
    Found next() {
        boolean allMet = sql.update(MEET_CHAINS, CHAINS_BACK, lines) < lines;
        List<Stretch> grown = sql.query(STRETCHES, Facts::stretch, lines, lines);
        List<Fact> facts = grown.isEmpty() ? List.of() : moved(grown);
        boolean whole = allMet && grown.size() < lines && grown.stream().allMatch(Stretch::whole);
        if (whole) {
            sql.update(END);
        }
        return new Found(facts, whole);
    }

    private static Stretch stretch(ResultSet row, int number) throws SQLException {
        long upTo = row.getLong("up_to");
        return new Stretch(
                row.getInt("chain"), row.getLong("after"), upTo, upTo == row.getLong("last"), row.getBoolean("closed"));
    }

    /** What was counted before is asked while the positions still say so. */
    private List<Fact> moved(List<Stretch> grown) {
        List<Fact> facts = first(marks(grown));
        sql.update(
                MOVE,
                chains(grown),
                grown.stream().map(Stretch::upTo).toArray(Long[]::new),
                grown.stream()
                        .map(stretch -> stretch.whole() && stretch.closed())
                        .toArray(Boolean[]::new));
        return facts;
    }

    private Set<Mark> marks(List<Stretch> stretches) {
        return new HashSet<>(sql.query(
                BEGUN_OR_OVER,
                (row, number) ->
                        new Mark(row.getString("case_no"), milestone(row).begins()),
                chains(stretches),
                stretches.stream().map(Stretch::after).toArray(Long[]::new),
                stretches.stream().map(Stretch::upTo).toArray(Long[]::new),
                statuses()));
    }

    /** Of each that was not counted before, the first by its time; a case that a person freed may come to an end again. */
    private List<Fact> first(Set<Mark> marks) {
        Map<Mark, Fact> first = new LinkedHashMap<>();
        Set<Mark> counted = new HashSet<>();
        sql.query(
                MILESTONES,
                row -> {
                    Fact fact = new Fact(CaseFiles.instant(row, "at"), row.getString("case_no"), milestone(row));
                    first.putIfAbsent(Mark.of(fact), fact);
                    if (row.getBoolean("counted")) {
                        counted.add(Mark.of(fact));
                    }
                },
                marks.stream().map(Mark::caseNo).distinct().toArray(String[]::new),
                statuses());
        first.keySet().retainAll(marks);
        first.keySet().removeAll(counted);
        return List.copyOf(first.values());
    }

    private static Milestone milestone(ResultSet row) throws SQLException {
        return Milestone.of(row.getString("status")).orElseThrow();
    }

    private static Integer[] chains(List<Stretch> stretches) {
        return stretches.stream().map(Stretch::chain).toArray(Integer[]::new);
    }

    private static String[] statuses() {
        return Milestone.STATUSES.toArray(String[]::new);
    }
}
