package org.shuniu.recovery;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.delivery.Hearers;
import org.shuniu.document.CaseState;
import org.shuniu.joint.JointCases;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.recovery.SenderAnswers.Standing;
import org.shuniu.store.CaseFile;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whether a person may answer a case; it stands so for as long as its caller holds the lock of the case. */
final class Standings {

    /** A delivery of work on the case. */
    record Way(UUID id, String document, String receiver, String state, boolean held, boolean doubt) {
        boolean ended() {
            return state.equals("parked") || state.equals("undeliverable");
        }

        boolean waits() {
            return state.equals("parked") || state.equals("pending");
        }
    }

    private static final String WAYS = """
            select d.id, d.document, d.receiver, d.state, d.held,
                coalesce(d.claim_until > now(), false) or\s""" + PlanStore.DOUBLE + """
                 as doubt
            from delivery d where d.case_no = ? and d.queue = 'application'
                and d.document in ('application', 'supplement', 'withdrawal') order by d.id
            """;

    /** Of another case there may be one that nobody will ever read: it keeps this one waiting for a moment only. */
    private static final String UNREAD = """
            select exists (select 1 from answer where partner = ? and read_at is null
                and (received_at > now() - interval '2 minutes'
                    or delivery_id in (select id from delivery where case_no = ?)))
            """;

    private static final String SAID = """
            select exists (select 1 from message where case_no = ? and partner = ? and parked_reason is not null
                and parked_ended_at is null)
            """;

    /** What the answer gives up holds nothing up any more. */
    private static final String BEHIND = """
            select exists (select 1 from delivery where case_no = ? and receiver = any(?) and state = 'parked'
                and lane_no is not null and id <> all(?))
            """;

    private final JdbcTemplate sql;
    private final JointCases joint;
    private final PartnerDirectory partners;

    /** @param sql on the connection of its caller's transaction, or for people's questions */
    Standings(JdbcTemplate sql, Catalogue catalogue, PartnerDirectory partners) {
        this.sql = sql;
        this.joint = new JointCases(sql, catalogue);
        this.partners = partners;
    }

    Standing of(CaseFile file) {
        CaseState state = CaseState.of(file.status());
        if (!(state instanceof CaseState.Open) || file.resultId() != null) {
            return Standing.not("over");
        }
        if (partners.find(file.sender()).filter(Partner::isRegion).isPresent()) {
            return Standing.not("region");
        }
        if (!joint.parts(file.caseNo(), file.itemCode()).isEmpty()) {
            return Standing.not("joint");
        }
        List<Way> ways = ways(file.caseNo());
        Way last = ways.stream()
                .filter(way -> way.document().equals("application"))
                .reduce((earlier, later) -> later)
                .orElse(null);
        if (last == null || !last.ended()) {
            return Standing.not("moves");
        }
        String problem = problem(file, last.receiver(), ways);
        List<String> statuses = statuses(state);
        return !problem.isEmpty()
                ? Standing.not(problem)
                : statuses.isEmpty() ? Standing.not("status") : new Standing("", last.receiver(), statuses);
    }

    private String problem(CaseFile file, String receiver, List<Way> ways) {
        List<Way> there =
                ways.stream().filter(way -> way.receiver().equals(receiver)).toList();
        // What is held behind what is parked has never left, and is given up with it; what is held for a certificate
        // goes when that comes.
        boolean parked = there.stream().anyMatch(way -> way.state().equals("parked"));
        if (ways.stream()
                .anyMatch(way -> way.state().equals("pending")
                        && !(parked && way.held() && way.receiver().equals(receiver)))) {
            return "moves";
        }
        if (there.stream().anyMatch(way -> Set.of("delivered", "refused").contains(way.state()))) {
            return "reached";
        }
        if (there.stream().anyMatch(Way::doubt)) {
            return "doubt";
        }
        // The sender has asked for an end of its own, which the answer would give up with the rest.
        if (ways.stream().anyMatch(way -> way.document().equals("withdrawal") && way.waits())) {
            return "withdrawal";
        }
        if (is(UNREAD, receiver, file.caseNo())) {
            return "unread";
        }
        if (is(SAID, file.caseNo(), receiver)) {
            return "said";
        }
        String[] hearers = Hearers.of(file, partners).toArray(String[]::new);
        UUID[] givenUp = there.stream().map(Way::id).toArray(UUID[]::new);
        return is(BEHIND, file.caseNo(), hearers, givenUp) ? "behind" : "";
    }

    /** A person may end a case, and grant nothing. */
    private static List<String> statuses(CaseState state) {
        return state.next().stream()
                .filter(next ->
                        next instanceof CaseState.Closed && next.mayBeResult() && next != CaseState.Closed.DELIVERED)
                .map(CaseState::code)
                .sorted()
                .toList();
    }

    /** In their order. */
    List<Way> ways(String caseNo) {
        return sql.query(
                WAYS,
                (row, number) -> new Way(
                        row.getObject("id", UUID.class),
                        row.getString("document"),
                        row.getString("receiver"),
                        row.getString("state"),
                        row.getBoolean("held"),
                        row.getBoolean("doubt")),
                caseNo);
    }

    private boolean is(String question, Object... values) {
        return Boolean.TRUE.equals(sql.queryForObject(question, Boolean.class, values));
    }
}
