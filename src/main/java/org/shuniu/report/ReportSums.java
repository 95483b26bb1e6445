package org.shuniu.report;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.shuniu.catalogue.WorkingCalendar;
import org.shuniu.store.Pools;
import org.shuniu.timelimit.TimeLimit;
import org.shuniu.timelimit.TimeLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds what is new on record to the sums. The facts, how far they are read and what they add are one transaction, under one row's lock:
 * each is counted once, whichever process counts, and one that comes late is added to the day on which it was.
 */
final class ReportSums {

    private record Key(
            ReportPeriod period,
            String detail,
            LocalDate firstDay,
            String department,
            String item,
            String centre,
            String sender,
            String province) {

        Stream<Object> values() {
            return Stream.of(period.word(), detail, firstDay, department, item, centre, sender, province);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ReportSums.class);

    private static final String HOLD = "select now() from report_state for update skip locked";
    private static final String WHOLE = "update report_state set whole_at = ?";
    private static final String ADD = """
            insert into report_sum (period, detail, first_day, department, item, centre, sender, province, received, done, refused,
                ended, in_time, late, working_days, seconds, hours_spread, days_spread)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::int[], ?::int[])
            on conflict (period, detail, first_day, department, item, centre, sender, province) do update set %s, %s, %s
            """.formatted(
                    Stream.of("received", "done", "refused", "ended", "in_time", "late", "working_days", "seconds")
                            .map(column -> "%1$s = report_sum.%1$s + excluded.%1$s".formatted(column))
                            .collect(Collectors.joining(", ")),
                    added("hours_spread", Spread.HOURS),
                    added("days_spread", Spread.WORKING_DAYS));

    private final Pools.Door door;
    private final Facts facts;
    private final CountedCases cases;
    private final TimeLimits limits;
    private final WorkingCalendar calendar;

    ReportSums(Pools.Door door, Facts facts, CountedCases cases, TimeLimits limits, WorkingCalendar calendar) {
        this.door = door;
        this.facts = facts;
        this.cases = cases;
        this.limits = limits;
        this.calendar = calendar;
    }

    private static String added(String column, Spread spread) {
        return IntStream.rangeClosed(1, spread.slots())
                .mapToObj(slot -> "report_sum.%1$s[%2$d] + excluded.%1$s[%2$d]".formatted(column, slot))
                .collect(Collectors.joining(", ", column + " = array[", "]"));
    }

    /** Counts some of what is new; says whether all of it is counted, or another process counts. */
    boolean count() {
        return Boolean.TRUE.equals(door.transaction().execute(status -> {
            List<OffsetDateTime> now = door.sql().queryForList(HOLD, OffsetDateTime.class);
            return now.isEmpty() || countSince(now.get(0));
        }));
    }

    private boolean countSince(OffsetDateTime now) {
        Facts.Found found = facts.next();
        if (!found.facts().isEmpty()) {
            add(found.facts());
        }
        if (found.whole()) {
            door.sql().update(WHOLE, now);
        }
        return found.whole();
    }

    private void add(List<Facts.Fact> found) {
        Set<String> numbers = found.stream().map(Facts.Fact::caseNo).collect(Collectors.toCollection(HashSet::new));
        Map<String, CountedCase> known = cases.of(numbers);
        Map<String, TimeLimit> timed = limits.of(numbers);
        Map<Key, Sum> sums = new HashMap<>();
        for (Facts.Fact fact : found) {
            CountedCase one = known.get(fact.caseNo());
            if (one == null) {
                LOG.warn("Case {} has steps and no file: reports do not count it", fact.caseNo());
            } else {
                keys(fact, one).forEach(key -> {
                    Sum sum = sums.computeIfAbsent(key, added -> new Sum());
                    sum.add(fact.milestone());
                    if (fact.milestone().decides()) {
                        sum.addTime(one.receivedAt(), fact.at(), timed.get(fact.caseNo()), calendar);
                    }
                });
            }
        }
        List<Object[]> rows = new ArrayList<>();
        sums.forEach((key, sum) ->
                rows.add(Stream.concat(key.values(), Stream.of(sum.figures())).toArray()));
        door.sql().batchUpdate(ADD, rows);
    }

    private static List<Key> keys(Facts.Fact fact, CountedCase one) {
        LocalDate day = fact.at().atZone(ReportPeriod.CITY).toLocalDate();
        List<Key> keys = new ArrayList<>();
        for (ReportPeriod period : ReportPeriod.values()) {
            LocalDate first = period.firstDay(day);
            keys.add(key(period, "item", first, one, one.item(), ""));
            keys.add(key(period, "centre", first, one, "", one.centre()));
            keys.add(key(period, "both", first, one, one.item(), one.centre()));
            keys.add(new Key(period, "centre-alone", first, "", "", one.centre(), "", ""));
            keys.add(new Key(period, "centre-of-department", first, one.department(), "", one.centre(), "", ""));
            keys.add(new Key(period, "centre-of-sender", first, "", "", one.centre(), one.sender(), ""));
        }
        return keys;
    }

    private static Key key(
            ReportPeriod period, String detail, LocalDate first, CountedCase one, String item, String centre) {
        return new Key(period, detail, first, one.department(), item, centre, one.sender(), one.province());
    }
}
