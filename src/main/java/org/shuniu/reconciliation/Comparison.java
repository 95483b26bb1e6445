package org.shuniu.reconciliation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.shuniu.document.CaseState;
import org.shuniu.partner.Partner;
import org.shuniu.reconciliation.Findings.Finding;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.EventLog;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Holds what a partner counted beside what the hub has on record, in pages that are a transaction each. It may be done twice,
 * and by another process: the same report comes of it.
 */
final class Comparison {

    /** A delivery as both sides have it. */
    private record Sent(
            UUID deliveryId,
            String messageId,
            String caseNo,
            boolean application,
            boolean refused,
            boolean hasResult,
            String status,
            Instant settledAt,
            int effects,
            boolean finished) {}

    private record Counted(String messageId, UUID deliveryId, String caseNo, String state) {}

    private static final UUID FIRST = new UUID(0, 0);
    private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9_.:-]{1,50}");

    /** A question has no effect that could be counted. */
    private static final String SENT = """
            select d.id, d.message_id::text as message_id, d.case_no, d.document, d.state, d.settled_at,
                c.result_id is not null as has_result, c.status, l.effects, l.finished
            from delivery d join case_file c on c.case_no = d.case_no
                cross join lateral (select count(*) as effects, coalesce(bool_or(finished), false) as finished
                    from reconciliation_line where partner = d.receiver and message_id = d.message_id::text) l
            where d.receiver = ? and d.queue = 'application' and d.state in ('delivered', 'refused')
                and d.document <> 'order-query'
                and (d.settled_at, d.id) > (?::timestamptz, ?) and d.settled_at < ?
            """;

    private static final String IN_ORDER = " order by d.settled_at, d.id limit ?";

    private static final String LATE = SENT + """
                and d.document = 'application' and d.state = 'delivered' and l.effects > 0
                and c.result_id is null and c.receiver = d.receiver and c.status = any(?)
            """ + IN_ORDER;

    private static final String COUNTED = """
            select l.message_id, coalesce(d.case_no, l.case_no) as case_no, d.id, d.state
            from (select message_id, min(case_no) as case_no from reconciliation_line
                    where partner = ? and day = ? and message_id > ? group by message_id order by message_id limit ?) l
                left join delivery d on d.receiver = ? and d.message_id = case
                    when l.message_id ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then l.message_id::uuid end
            order by l.message_id
            """;

    private static final String[] OPEN = CaseState.all().stream()
            .filter(CaseState.Open.class::isInstance)
            .map(CaseState::code)
            .toArray(String[]::new);

    /** It is the citizen's turn: the case is named all the same, since nobody looks at it again, but the partner is not blamed. */
    private static final Set<String> OF_THE_CITIZEN =
            Set.of(CaseState.Work.CORRECTION_ASKED.code(), CaseState.Work.WAITING_FOR_PAYMENT.code());

    private final Pools.Door door;
    private final ReportStore reports;
    private final Findings findings;
    private final int page;
    private final Report report;
    private final Partner partner;
    private final Instant now;
    private final Sums sums;

    Comparison(
            Pools.Door door,
            EventLog events,
            ReportStore reports,
            int page,
            Report report,
            Partner partner,
            Instant now,
            Sums sums) {
        this.door = door;
        this.reports = reports;
        this.findings = new Findings(door.sql(), events);
        this.page = page;
        this.report = report;
        this.partner = partner;
        this.now = now;
        this.sums = sums;
    }

    void compare() {
        door.transaction().executeWithoutResult(status -> {
            reports.keep(report);
            findings.heal(partner.id());
        });
        sent(report.period(), SENT + IN_ORDER, this::judgeSent);
        partner.counting()
                .orElseThrow()
                .resultWithin()
                .ifPresent(within -> sent(before(within), LATE, this::judgeLate));
        counted();
    }

    /** Each application is looked at once, when its time has passed. */
    private Period before(Duration within) {
        return new Period(
                report.period().from().minus(within), report.period().until().minus(within));
    }

    private void sent(Period period, String statement, Function<Sent, Optional<Finding>> judge) {
        Instant after = period.from();
        UUID last = FIRST;
        List<Sent> rows;
        do {
            rows = inOneStep(page(statement, period, after, last), judge);
            if (!rows.isEmpty()) {
                after = rows.get(rows.size() - 1).settledAt();
                last = rows.get(rows.size() - 1).deliveryId();
            }
        } while (rows.size() == page);
    }

    private Function<JdbcTemplate, List<Sent>> page(String statement, Period period, Instant after, UUID last) {
        List<Object> values =
                new ArrayList<>(List.of(partner.id(), CaseFiles.utc(after), last, CaseFiles.utc(period.until())));
        if (statement.equals(LATE)) {
            values.add(OPEN);
        }
        values.add(page);
        return sql -> sql.query(statement, Comparison::sent, values.toArray());
    }

    private <T> List<T> inOneStep(Function<JdbcTemplate, List<T>> read, Function<T, Optional<Finding>> judge) {
        return door.transaction().execute(status -> {
            reports.keep(report);
            List<T> rows = read.apply(door.sql());
            List<Finding> found =
                    rows.stream().map(judge).flatMap(Optional::stream).toList();
            found.forEach(finding -> sums.name(finding.judgement()));
            findings.name(partner.id(), report.day(), found, now);
            return rows;
        });
    }

    private Optional<Finding> judgeSent(Sent row) {
        sums.sent++;
        sums.accepted += row.effects() > 0 ? 1 : 0;
        sums.finished += row.application() && (row.refused() || row.hasResult()) ? 1 : 0;
        return Judgement.ofSent(row.refused(), row.effects()).map(judgement -> {
            String detail = judgement == Judgement.LOST
                    ? "taken, and not counted by the partner"
                    : "%d effects of one message".formatted(row.effects());
            return finding(judgement, row, detail);
        });
    }

    private Optional<Finding> judgeLate(Sent row) {
        String detail = "the partner is not done with it in time";
        if (row.finished()) {
            detail = "the partner is done with it, and its result is not here";
        } else if (OF_THE_CITIZEN.contains(row.status())) {
            detail = "the partner waits for the citizen, status " + row.status();
        }
        return Optional.of(finding(Judgement.LATE, row, detail));
    }

    private static Finding finding(Judgement judgement, Sent row, String detail) {
        return new Finding(judgement, row.messageId(), row.deliveryId(), row.caseNo(), detail, row.settledAt());
    }

    private void counted() {
        String after = "";
        List<Counted> rows;
        do {
            String last = after;
            rows = inOneStep(
                    sql -> sql.query(COUNTED, Comparison::row, partner.id(), report.day(), last, page, partner.id()),
                    this::judgeCounted);
            after = rows.isEmpty() ? after : rows.get(rows.size() - 1).messageId();
        } while (!rows.isEmpty());
    }

    private Optional<Finding> judgeCounted(Counted row) {
        return Judgement.ofCounted(row.state()).map(judgement -> {
            String detail = row.state() == null ? "no such message was sent" : "its delivery is " + row.state();
            // A number of the partner's own making might be anything.
            String id = SHOWN.matcher(row.messageId()).matches() ? row.messageId() : "(withheld)";
            return new Finding(
                    judgement, id, row.deliveryId(), row.deliveryId() == null ? null : row.caseNo(), detail, null);
        });
    }

    private static Sent sent(ResultSet row, int number) throws SQLException {
        return new Sent(
                row.getObject("id", UUID.class),
                row.getString("message_id"),
                row.getString("case_no"),
                row.getString("document").equals("application"),
                row.getString("state").equals("refused"),
                row.getBoolean("has_result"),
                row.getString("status"),
                row.getObject("settled_at", OffsetDateTime.class).toInstant(),
                row.getInt("effects"),
                row.getBoolean("finished"));
    }

    private static Counted row(ResultSet row, int number) throws SQLException {
        return new Counted(
                row.getString("message_id"),
                row.getObject("id", UUID.class),
                row.getString("case_no"),
                row.getString("state"));
    }
}
