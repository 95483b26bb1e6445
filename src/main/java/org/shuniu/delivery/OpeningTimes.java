package org.shuniu.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.WorkingCalendar;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.OpeningHours;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Knows which partners are closed now, and shows each as a pause row until its next opening.
 *
 * <p>Nothing is claimed for a closed partner even before its row is written; a call that is under way at closing time may
 * end. Waiting costs no attempt.
 */
final class OpeningTimes {

    private static final Logger LOG = LoggerFactory.getLogger(OpeningTimes.class);
    private static final String CLOSE = """
            insert into pause (partner, reason, until, paused_by, note) values (?, 'hours', ?, ?, ?)
            on conflict (partner, reason) do update
                set until = excluded.until, paused_by = excluded.paused_by, note = excluded.note
            where (pause.until, pause.paused_by, pause.note)
                is distinct from (excluded.until, excluded.paused_by, excluded.note)
            """;
    private static final String DRAIN = """
            update delivery set sent_until = null
            where receiver = ? and state = 'pending' and claim_until is null and sent_until > now()
            """;

    private final PartnerDirectory partners;
    private final boolean kept;
    private final WorkingCalendar calendar;
    private final Clock clock;
    private final LimitsInForce limits;

    /** @param kept false where partners are simulated and never close */
    OpeningTimes(PartnerDirectory partners, WorkingCalendar calendar, Clock clock, boolean kept, LimitsInForce limits) {
        this.partners = partners;
        this.kept = kept;
        this.calendar = calendar;
        this.clock = clock;
        this.limits = limits;
        if (!kept) {
            LOG.info("Opening hours are not kept (shuniu.delivery.keep-hours): every partner counts as open");
        }
    }

    /** Reports the years around today of which the calendar has no holidays; in December the next year counts too. */
    void reportMissingYears() {
        calendar.yearsMissing(now().toLocalDate())
                .forEach(year -> LOG.warn(
                        "no calendar for year {}: weekends count as rest days (mappings/catalogue/calendar.csv)",
                        year));
    }

    boolean closed(String partner) {
        LimitChange change = limits.change(partner);
        return closedFor(change) || !hours(partner, change).open(now(), calendar);
    }

    private OpeningHours hours(String partner, @Nullable LimitChange change) {
        OpeningHours known = kept
                ? partners.find(partner).map(Partner::hours).orElseGet(OpeningHours::always)
                : OpeningHours.always();
        return change != null && change.openAllDay() ? known.allDay() : known;
    }

    private boolean closedFor(@Nullable LimitChange change) {
        return change != null && change.closes(clock.instant());
    }

    /** Writes the pause row of every closed partner, and lets the backlog of every opened one go. */
    void keep(JdbcTemplate sql) {
        Set<String> mayClose = new HashSet<>();
        if (kept) {
            partners.all().stream()
                    .filter(partner -> !partner.hours().isAlways())
                    .forEach(partner -> mayClose.add(partner.id()));
        }
        mayClose.addAll(limits.otherHours());
        mayClose.stream().filter(this::closed).forEach(partner -> close(sql, partner));
        List<String> shown = sql.queryForList("select partner from pause where reason = 'hours'", String.class);
        for (String partner : shown) {
            if (!closed(partner)
                    && sql.update("delete from pause where partner = ? and reason = 'hours'", partner) == 1) {
                sql.update(DRAIN, partner);
            }
        }
    }

    private void close(JdbcTemplate sql, String partner) {
        LimitChange change = limits.change(partner);
        OffsetDateTime opening = opening(partner, change);
        if (closedFor(change)) {
            sql.update(CLOSE, partner, opening, change.by(), "closed for a time: " + change.reason());
        } else {
            sql.update(CLOSE, partner, opening, "hub", "closed by its opening hours");
        }
    }

    /** What an operator has closed opens at the end of that, if it is open then by its hours. */
    private @Nullable OffsetDateTime opening(String partner, @Nullable LimitChange change) {
        LocalDateTime at = closedFor(change) ? city(change.closedTo()) : now();
        return hours(partner, change)
                .nextOpening(at, calendar)
                .map(time -> time.atZone(CaseTimes.SHANGHAI).toOffsetDateTime())
                .orElse(null);
    }

    private LocalDateTime now() {
        return city(clock.instant());
    }

    private static LocalDateTime city(Instant at) {
        return LocalDateTime.ofInstant(at, CaseTimes.SHANGHAI);
    }
}
