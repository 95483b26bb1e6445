package org.shuniu.joint;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.joint.CasePart.State;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/** The parts of cases that several offices decide; every method runs in its caller's transaction, under the case's lock. */
public final class JointCases {

    /**
     * What an office's result means for the case.
     *
     * @param ends whether it is the case's: the last one that passed, or one that refuses
     * @param begin offices whose stage begins now
     * @param end offices that were at work and need not go on
     * @param next whose turn it is then, empty where the case is over
     */
    public record Said(boolean ends, List<String> begin, List<String> end, Optional<String> next) {}

    private static final String BEGIN = """
            insert into case_part (case_no, part, stage, office, state, since) values (?, ?, ?, ?, ?, ?) on conflict do nothing
            """;
    private static final String PARTS = "select * from case_part where case_no = ? order by stage, part";
    private static final String SAYS =
            "update case_part set status = ? where case_no = ? and office = ? and state = 'open'";
    private static final String DECIDES = """
            update case_part set state = ?, status = ?, since = ?, result_id = ?
            where case_no = ? and office = ? and state = 'open'
            """;
    private static final String FOLLOWS =
            "update case_part set state = ?, since = ? where case_no = ? and state = any(?) and (?::int is null or stage = ?)";

    private final JdbcTemplate sql;
    private final Catalogue catalogue;

    /** @param sql on the connections of its callers' transactions */
    public JointCases(JdbcTemplate sql, Catalogue catalogue) {
        this.sql = sql;
        this.catalogue = catalogue;
    }

    /** Opens the first stage of a new case. */
    public void begin(String caseNo, List<CasePart> parts) {
        parts.forEach(part -> sql.update(
                BEGIN,
                caseNo,
                part.part(),
                part.stage(),
                part.office(),
                part.state().word(),
                CaseFiles.utc(part.since())));
    }

    /** In their order; none where one office decides the case. Items that one office decides cost no look. */
    public List<CasePart> parts(String caseNo, String itemCode) {
        return catalogue.isJoint(itemCode) ? sql.query(PARTS, CasePart::read, caseNo) : List.of();
    }

    /** The offices that work on a case now. */
    public List<String> open(String caseNo, String itemCode) {
        return CasePart.open(parts(caseNo, itemCode));
    }

    /** Keeps how far an office is. */
    public void says(String caseNo, String office, String status) {
        sql.update(SAYS, status, caseNo, office);
    }

    /**
     * Keeps an office's word that ends its part, and says what follows.
     *
     * @param result its result, or null where it refuses by a status
     */
    public Said decides(
            List<CasePart> before,
            String caseNo,
            String office,
            boolean passed,
            String status,
            UUID result,
            Instant now) {
        State state = passed ? State.PASSED : State.REFUSED;
        sql.update(DECIDES, state.word(), status, CaseFiles.utc(now), result, caseNo, office);
        List<CasePart> others = before.stream()
                .filter(part -> !part.office().equals(office) || !part.is(State.OPEN))
                .toList();
        List<String> working = CasePart.open(others);
        if (!passed) {
            move(State.ENDED, now, caseNo, List.of(State.OPEN, State.WAITING), null);
            return new Said(true, List.of(), working, Optional.empty());
        }
        if (!working.isEmpty()) {
            return new Said(false, List.of(), List.of(), Optional.of(working.get(0)));
        }
        Optional<Integer> stage = others.stream()
                .filter(part -> part.is(State.WAITING))
                .map(CasePart::stage)
                .findFirst();
        if (stage.isEmpty()) {
            return new Said(true, List.of(), List.of(), Optional.empty());
        }
        move(State.OPEN, now, caseNo, List.of(State.WAITING), stage.get());
        List<String> begin = others.stream()
                .filter(part -> part.is(State.WAITING) && part.stage() == stage.get())
                .map(CasePart::office)
                .toList();
        return new Said(false, begin, List.of(), Optional.of(begin.get(0)));
    }

    private void move(State to, Instant now, String caseNo, List<State> from, Integer stage) {
        sql.update(
                FOLLOWS,
                to.word(),
                CaseFiles.utc(now),
                caseNo,
                from.stream().map(State::word).toArray(String[]::new),
                stage,
                stage);
    }
}
