package org.shuniu.report;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

    private record Stretch(int chain, long after, @Nullable Long upTo, boolean closed) {}

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
            """;
    private static final String STRETCHES = """
            select p.chain, p.seq, c.closed_at is not null as closed, (select max(line.seq) from (
                select e.seq from event e where e.chain = p.chain and e.seq > p.seq order by e.seq limit ?) line) as up_to
            from report_position p join chain c on c.id = p.chain where not p.ended order by p.chain
            """;
    private static final String MILESTONES = """
            select e.at, e.case_no, e.status from unnest(?::int[], ?::bigint[], ?::bigint[]) as s(chain, after, up_to)
            cross join lateral (
                select * from event n where n.chain = s.chain and n.seq > s.after and n.seq <= s.up_to
                    and n.kind = 'status' and n.status = any(?) and n.case_no is not null offset 0) e
            order by e.at, e.chain, e.seq
            """;
    /** Of these cases, what was counted before. */
    private static final String COUNTED = """
            select distinct f.case_no, f.status from unnest(?::text[]) as c(case_no) cross join lateral (
                select e.case_no, e.status from event e join report_position p on p.chain = e.chain and e.seq <= p.seq
                where e.case_no = c.case_no and e.kind = 'status' and e.status = any(?) offset 0) f
            """;

    private static final String MOVE = """
            update report_position p set seq = m.seq from unnest(?::int[], ?::bigint[]) as m(chain, seq) where p.chain = m.chain
            """;
    private static final String END = "update report_position set ended = true where chain = any(?)";

    private final JdbcTemplate sql;
    private final int lines;

    /** @param lines of one chain that are read at once */
    Facts(JdbcTemplate sql, int lines) {
        this.sql = sql;
        this.lines = lines;
    }

    /** What no call has given before; given again only where the transaction fails. */
    Found next() {
        sql.update(MEET_CHAINS, CHAINS_BACK);
        List<Stretch> all = sql.query(
                STRETCHES,
                (row, number) -> new Stretch(
                        row.getInt("chain"),
                        row.getLong("seq"),
                        row.getObject("up_to", Long.class),
                        row.getBoolean("closed")),
                lines);
        List<Stretch> grown =
                all.stream().filter(stretch -> stretch.upTo() != null).toList();
        List<Fact> facts = grown.isEmpty() ? List.of() : moved(grown);
        end(all.stream()
                .filter(stretch -> stretch.closed() && stretch.upTo() == null)
                .toList());
        return new Found(facts, grown.stream().noneMatch(stretch -> stretch.upTo() - stretch.after() >= lines));
    }

    /** What was counted before is asked while the positions still say so. */
    private List<Fact> moved(List<Stretch> grown) {
        List<Fact> facts = first(milestones(grown));
        sql.update(MOVE, chains(grown), grown.stream().map(Stretch::upTo).toArray(Long[]::new));
        return facts;
    }

    private List<Fact> milestones(List<Stretch> stretches) {
        return sql.query(
                MILESTONES,
                (row, number) -> new Fact(
                        CaseFiles.instant(row, "at"),
                        row.getString("case_no"),
                        Milestone.of(row.getString("status")).orElseThrow()),
                chains(stretches),
                stretches.stream().map(Stretch::after).toArray(Long[]::new),
                stretches.stream().map(Stretch::upTo).toArray(Long[]::new),
                statuses());
    }

    /** A case that a person freed may come to an end again: that is not counted again. */
    private List<Fact> first(List<Fact> found) {
        Set<Mark> marks = new HashSet<>(sql.query(
                COUNTED,
                (row, number) -> new Mark(
                        row.getString("case_no"),
                        Milestone.of(row.getString("status")).orElseThrow().begins()),
                found.stream().map(Fact::caseNo).distinct().toArray(String[]::new),
                statuses()));
        return found.stream().filter(fact -> marks.add(Mark.of(fact))).toList();
    }

    private void end(List<Stretch> over) {
        if (!over.isEmpty()) {
            sql.update(END, (Object) chains(over));
        }
    }

    private static Integer[] chains(List<Stretch> stretches) {
        return stretches.stream().map(Stretch::chain).toArray(Integer[]::new);
    }

    private static String[] statuses() {
        return Milestone.STATUSES.toArray(String[]::new);
    }
}
