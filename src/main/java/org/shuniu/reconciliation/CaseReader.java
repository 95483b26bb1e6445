package org.shuniu.reconciliation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A day's report case by case, as it stands now; ids, counts and times, never a document. However rare what is looked for may
 * be, one page looks at a bounded number of rows.
 */
final class CaseReader {

    /**
     * One message that was sent, or that the report names.
     *
     * @param sentAt when the hub had the partner's word, or null where it has none now
     * @param accepted whether the partner counts it, or null where nobody knows
     * @param effects that the partner counts, or null where nobody knows
     * @param finished whether the application's result is here, or the partner refused it
     * @param finishedThere whether the partner says that it is done with it
     * @param requestedAt when operators asked for it again, or null
     */
    record Line(
            @Nullable String caseNo,
            String messageId,
            @Nullable String deliveryId,
            @Nullable String document,
            @Nullable OffsetDateTime sentAt,
            @Nullable Boolean accepted,
            @Nullable Integer effects,
            boolean finished,
            boolean finishedThere,
            String verdict,
            @Nullable OffsetDateTime requestedAt) {}

    /**
     * A page, which may be short or empty.
     *
     * @param next by which the listing goes on, or null at its end
     */
    record Page(
            String partner,
            LocalDate day,
            String state,
            OffsetDateTime from,
            OffsetDateTime until,
            List<Line> cases,
            @Nullable String next) {}

    /** @param counted whether what is not among the partner's lines is surely not counted */
    private record Day(
            String partner, LocalDate day, String state, OffsetDateTime from, OffsetDateTime until, boolean counted) {
        boolean covers(@Nullable OffsetDateTime time) {
            return time != null && !time.isBefore(from) && time.isBefore(until);
        }
    }

    /**
     * @param kind of the finding by which it was read, or null
     * @param sent whether it is among what was sent in the report's time
     */
    private record Row(
            Place place,
            Line line,
            Standing standing,
            @Nullable String kind,
            boolean sent) {
        boolean isWanted(Optional<Standing> wanted) {
            boolean again = kind != null
                    && (wanted.isEmpty() && sent || !standing.finding().equals(Optional.of(kind)));
            return !again && (wanted.isEmpty() || wanted.get() == standing);
        }
    }

    private static final UUID FIRST = new UUID(0, 0);

    /** Lines are kept for some days after the newest report. */
    private static final String DAY = """
            select state, from_at, until, state = 'done'
                and day >= (select max(day) from reconciliation where partner = ?) - ?::int as counted
            from reconciliation where partner = ? and day = ?
            """;

    private static final String SENT = """
            select d.id, d.message_id::text as message_id, d.case_no, d.document, d.queue, d.state, d.settled_at,
                null as kind, d.receiver as partner, ?::date as day
            from delivery d where d.receiver = ? and d.queue = 'application' and d.state in ('delivered', 'refused')
                and d.document <> 'order-query'
                and (d.settled_at, d.id) > (?::timestamptz, ?) and d.settled_at < ?
            order by d.settled_at, d.id limit ?
            """;

    private static final String NAMED = """
            select d.id, f.message_id, f.case_no, d.document, d.queue, d.state, d.settled_at, f.kind, f.partner, f.day
            from reconciliation_finding f left join delivery d on d.id = f.delivery_id
            where f.partner = ? and f.day = ? and f.healed_at is null and (f.kind, f.message_id) > (?, ?)
            """;

    private static final String STANDING = """
            select m.*, c.result_id is not null as has_result, l.effects, l.finished, g.kind as gravest, g.requested_at
            from (%s) m left join case_file c on c.case_no = m.case_no
                cross join lateral (select count(*) as effects, coalesce(bool_or(finished), false) as finished
                    from reconciliation_line where partner = m.partner and message_id = m.message_id) l
                left join lateral (select kind, requested_at from reconciliation_finding
                    where partner = m.partner and day = m.day and message_id = m.message_id and healed_at is null
                    order by array_position(array['lost', 'doubled', 'unrecorded', 'late', 'unreceived', 'unlisted', 'altered'],
                        kind) limit 1) g on true
            order by %s
            """;

    private final JdbcTemplate sql;
    private final int most;
    private final int keep;

    /**
     * @param most rows that are looked at where not each is wanted
     * @param keep how many days a partner's lines are kept
     */
    CaseReader(Pools pools, int most, int keep) {
        this.sql = pools.console().sql();
        this.most = most;
        this.keep = keep;
    }

    /**
     * A page of a report, or nothing where there is none.
     *
     * @param wanted only these
     * @param after where the page before ended
     */
    Optional<Page> page(String partner, LocalDate date, Optional<Standing> wanted, Optional<Place> after, int limit) {
        return day(partner, date).map(day -> {
            List<Line> lines = new ArrayList<>();
            Optional<Place> place = Optional.of(after.orElseGet(() -> first(day, wanted)));
            // What was sent may end, and what was named besides begin, within one page.
            for (int step = 0; step < 2 && place.isPresent() && lines.size() < limit; step++) {
                place = step(day, wanted, place.get(), limit, lines);
            }
            String next = place.map(Place::cursor).orElse(null);
            return new Page(partner, date, day.state(), day.from(), day.until(), lines, next);
        });
    }

    private static Place first(Day day, Optional<Standing> wanted) {
        return wanted.flatMap(Standing::finding).isPresent()
                ? Place.Named.FIRST
                : new Place.Sent(day.from().toInstant(), FIRST);
    }

    private Optional<Place> step(Day day, Optional<Standing> wanted, Place from, int limit, List<Line> lines) {
        boolean sent = from instanceof Place.Sent;
        int rows = sent == wanted.isPresent() ? most : limit;
        Place place = from;
        List<Row> found = rows(day, wanted, from, rows);
        for (Row row : found) {
            if (lines.size() == limit) {
                return Optional.of(place);
            }
            place = row.place();
            if (row.isWanted(wanted)) {
                lines.add(row.line());
            }
        }
        if (found.size() == rows) {
            return Optional.of(place);
        }
        return sent && wanted.isEmpty() ? Optional.of(Place.Named.FIRST) : Optional.empty();
    }

    private List<Row> rows(Day day, Optional<Standing> wanted, Place from, int rows) {
        if (from instanceof Place.Sent after) {
            return sql.query(
                    STANDING.formatted(SENT, "m.settled_at, m.id"),
                    (row, number) -> row(day, row),
                    day.day(),
                    day.partner(),
                    CaseFiles.utc(after.settledAt()),
                    after.deliveryId(),
                    day.until(),
                    rows);
        }
        Place.Named after = (Place.Named) from;
        List<Object> values = new ArrayList<>(List.of(day.partner(), day.day(), after.kind(), after.messageId()));
        Optional<String> kind = wanted.flatMap(Standing::finding);
        kind.ifPresent(values::add);
        values.add(rows);
        String only = (kind.isPresent() ? " and f.kind = ?" : "") + " order by f.kind, f.message_id limit ?";
        return sql.query(
                STANDING.formatted(NAMED + only, "m.kind, m.message_id"),
                (row, number) -> row(day, row),
                values.toArray());
    }

    private Optional<Day> day(String partner, LocalDate day) {
        return sql
                .query(
                        DAY,
                        (row, number) -> new Day(
                                partner,
                                day,
                                row.getString("state"),
                                row.getObject("from_at", OffsetDateTime.class),
                                row.getObject("until", OffsetDateTime.class),
                                row.getBoolean("counted")),
                        partner,
                        keep,
                        partner,
                        day)
                .stream()
                .findFirst();
    }

    private static Row row(Day day, ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        String state = row.getString("state");
        OffsetDateTime settledAt = row.getObject("settled_at", OffsetDateTime.class);
        boolean refused = "refused".equals(state);
        boolean sent = "application".equals(row.getString("queue"))
                && (refused || "delivered".equals(state))
                && day.covers(settledAt);
        Integer effects = day.counted() || row.getInt("effects") > 0 ? row.getInt("effects") : null;
        boolean finished = "application".equals(row.getString("document")) && (refused || row.getBoolean("has_result"));
        Standing standing = Standing.of(row.getString("gravest"), finished, refused, effects);
        Line line = new Line(
                row.getString("case_no"),
                row.getString("message_id"),
                row.getString("id"),
                row.getString("document"),
                settledAt,
                effects == null ? null : effects > 0,
                effects,
                finished,
                row.getBoolean("finished"),
                standing.word(),
                row.getObject("requested_at", OffsetDateTime.class));
        Place place = kind == null
                ? new Place.Sent(settledAt.toInstant(), UUID.fromString(line.deliveryId()))
                : new Place.Named(kind, line.messageId());
        return new Row(place, line, standing, kind, sent);
    }
}
