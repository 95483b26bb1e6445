package org.shuniu.timelimit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.Item;
import org.shuniu.catalogue.WorkingCalendar;
import org.shuniu.document.CaseTimes;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.Columns;
import org.shuniu.store.EventLog;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps the time limits of cases, each change in the transaction that changes the case's status. */
public final class TimeLimits {

    /** A case whose limit is near or over. */
    public record AtRisk(TimeLimit limit, String itemCode, String department, String status) {}

    /**
     * The cases of one department whose limit is near or over.
     *
     * @param first the most urgent ones
     */
    public record Late(String department, long cases, List<String> first) {}

    private record Followed(
            String caseNo,
            String itemCode,
            LocalDate receivedOn,
            @Nullable TimeLimit limit) {}

    private static final String FOLLOWED = """
            select c.case_no, c.item_code, c.received_at, l.working_days, l.accepted_on, l.due_on, l.stopped_on, l.ended_on
            from case_file c left join time_limit l on l.case_no = c.case_no where c.case_no = any(?)
            """;
    private static final String KEEP = """
            insert into time_limit (case_no, working_days, accepted_on, due_on, stopped_on, ended_on)
            select * from unnest(?::text[], ?::int[], ?::date[], ?::date[], ?::date[], ?::date[])
            on conflict (case_no) do update set due_on = excluded.due_on, stopped_on = excluded.stopped_on,
                ended_on = excluded.ended_on
            """;
    private static final String AT_RISK = """
            select l.*, c.item_code, c.receiver, c.status from time_limit l join case_file c on c.case_no = l.case_no
            where l.ended_on is null and l.stopped_on is null and l.due_on <= ? order by l.due_on, l.case_no limit ?
            """;
    private static final String LATE = """
            select c.receiver, count(*) as cases, (array_agg(l.case_no order by l.due_on, l.case_no))[1:3] as first
            from (select case_no, due_on from time_limit
                where ended_on is null and stopped_on is null and due_on <= ? and (due_on <= ? or accepted_on < ?)
                order by due_on limit ?) l
                join case_file c on c.case_no = l.case_no group by c.receiver order by c.receiver
            """;

    /** Whether the clock runs or stands: each has an index of its own. */
    private static final List<String> CLOCKS = List.of("stopped_on is null", "stopped_on is not null");

    private static final String AHEAD = """
            select distinct working_days, accepted_on, due_on from time_limit where ended_on is null and %s and due_on >= ?
            """;
    private static final String MOVE = """
            update time_limit set due_on = ?
            where ended_on is null and %s and due_on = ? and accepted_on = ? and working_days = ?
            """;

    /** A last day that many cases have in common. */
    private record LastDay(int workingDays, LocalDate acceptedOn, LocalDate dueOn) {}

    private final JdbcTemplate sql;
    private final Catalogue catalogue;
    private final Clock clock;

    /** @param sql on the data source of the callers' transactions */
    public TimeLimits(JdbcTemplate sql, Catalogue catalogue, Clock clock) {
        this.sql = sql;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** A log that also lets the limits follow what it is told of statuses. */
    public EventLog following(EventLog log) {
        return events -> {
            log.record(events);
            follow(events);
        };
    }

    private void follow(Collection<CaseEvent> events) {
        Map<String, CaseClock> clocks = new TreeMap<>();
        events.stream()
                .filter(event -> event.status() != null && event.caseNo() != null)
                .forEach(event -> clocks.put(event.caseNo(), CaseClock.in(event.status())));
        clocks.values().removeIf(CaseClock.NOT_BEGUN::equals);
        if (clocks.isEmpty()) {
            return;
        }
        LocalDate today = today();
        keep(
                sql
                        .query(FOLLOWED, (row, number) -> followed(row), (Object)
                                clocks.keySet().toArray(String[]::new))
                        .stream()
                        .map(followed -> moved(followed, Objects.requireNonNull(clocks.get(followed.caseNo())), today))
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** @return nothing where nothing changes */
    private Optional<TimeLimit> moved(Followed followed, CaseClock to, LocalDate today) {
        TimeLimit limit = followed.limit();
        if (limit != null) {
            return Optional.of(limit.moved(to, today, catalogue.calendar())).filter(moved -> !moved.equals(limit));
        }
        return to == CaseClock.ENDS
                ? Optional.empty()
                : catalogue
                        .itemOfCase(followed.itemCode(), followed.receivedOn())
                        .map(Item::limitWorkingDays)
                        .map(days -> TimeLimit.begin(followed.caseNo(), days, today, catalogue.calendar())
                                .moved(to, today, catalogue.calendar()));
    }

    private void keep(List<TimeLimit> limits) {
        if (!limits.isEmpty()) {
            sql.update(
                    KEEP,
                    Columns.texts(limits, TimeLimit::caseNo),
                    limits.stream().map(TimeLimit::workingDays).toArray(Integer[]::new),
                    Columns.texts(limits, TimeLimit::acceptedOn),
                    Columns.texts(limits, TimeLimit::dueOn),
                    Columns.texts(limits, TimeLimit::stoppedOn),
                    Columns.texts(limits, TimeLimit::endedOn));
        }
    }

    /** What a case's sender may know of its limit; empty before the limit begins. */
    public Map<String, Object> describe(String caseNo) {
        return sql.query("select * from time_limit where case_no = ?", (row, number) -> limit(row), caseNo).stream()
                .findFirst()
                .map(this::describe)
                .orElseGet(Map::of);
    }

    /** Those of these cases that have one, by the cases' numbers. */
    public Map<String, TimeLimit> of(Collection<String> caseNos) {
        return sql
                .query("select * from time_limit where case_no = any(?)", (row, number) -> limit(row), (Object)
                        caseNos.toArray(String[]::new))
                .stream()
                .collect(Collectors.toMap(TimeLimit::caseNo, limit -> limit));
    }

    Map<String, Object> describe(TimeLimit limit) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("workingDays", limit.workingDays());
        told.put("acceptedOn", limit.acceptedOn().toString());
        told.put("clock", limit.endedOn() != null ? "ended" : limit.stoppedOn() != null ? "stopped" : "running");
        told.put("dueOn", limit.dueOn().toString());
        told.put("daysLeft", limit.left(today(), catalogue.calendar()));
        return told;
    }

    /** Cases whose clock runs and whose last day comes within so many working days, or is past; the most urgent first. */
    public List<AtRisk> atRisk(int workingDays, int most) {
        return sql.query(
                AT_RISK,
                (row, number) -> new AtRisk(
                        limit(row), row.getString("item_code"), row.getString("receiver"), row.getString("status")),
                catalogue.calendar().after(today(), workingDays),
                most);
    }

    /**
     * The same by department, but for what was accepted today and has until another day: a limit of a single day is no risk at once.
     *
     * @param most cases looked at, the most urgent first
     */
    public List<Late> late(int workingDays, int most) {
        LocalDate today = today();
        return sql.query(
                LATE,
                (row, number) -> new Late(row.getString("receiver"), row.getLong("cases"), List.of((String[])
                        row.getArray("first").getArray())),
                catalogue.calendar().after(today, workingDays),
                today,
                today,
                most);
    }

    /**
     * Moves the last days of limits that were reckoned before this year's notice, or the next one's, was known. Where the clock has stood
     * and went on before that, nobody knows any more by which days: those stay. None comes earlier: one that stood may end on the day on
     * which it would have ended before the notice, and is right.
     *
     * @return how many were moved
     */
    int recount() {
        WorkingCalendar now = catalogue.calendar().asNow();
        int thisYear = today().getYear();
        return IntStream.of(thisYear, thisYear + 1)
                .filter(now::knows)
                .map(year -> recount(year, now, now.without(year)))
                .sum();
    }

    /** Those of one day are moved together: what takes long is nobody's to wait for. */
    private int recount(int year, WorkingCalendar now, WorkingCalendar before) {
        int moved = 0;
        for (String clock : CLOCKS) {
            List<LastDay> ahead = sql.query(
                    AHEAD.formatted(clock),
                    (row, number) -> new LastDay(
                            row.getInt("working_days"),
                            row.getObject("accepted_on", LocalDate.class),
                            row.getObject("due_on", LocalDate.class)),
                    LocalDate.of(year, 1, 1));
            for (LastDay day : ahead) {
                LocalDate due = now.after(day.acceptedOn(), day.workingDays());
                if (due.isAfter(day.dueOn())
                        && before.after(day.acceptedOn(), day.workingDays()).equals(day.dueOn())) {
                    moved += sql.update(MOVE.formatted(clock), due, day.dueOn(), day.acceptedOn(), day.workingDays());
                }
            }
        }
        return moved;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), CaseTimes.SHANGHAI);
    }

    private static Followed followed(ResultSet row) throws SQLException {
        LocalDate received = row.getObject("received_at", OffsetDateTime.class)
                .atZoneSameInstant(CaseTimes.SHANGHAI)
                .toLocalDate();
        return new Followed(
                row.getString("case_no"),
                row.getString("item_code"),
                received,
                row.getObject("due_on") == null ? null : limit(row));
    }

    private static TimeLimit limit(ResultSet row) throws SQLException {
        return new TimeLimit(
                row.getString("case_no"),
                row.getInt("working_days"),
                row.getObject("accepted_on", LocalDate.class),
                row.getObject("due_on", LocalDate.class),
                row.getObject("stopped_on", LocalDate.class),
                row.getObject("ended_on", LocalDate.class));
    }
}
