package org.shuniu.delivery;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            insert into pause (partner, reason, until, paused_by, note)
            values (?, 'hours', ?, 'hub', 'closed by its opening hours')
            on conflict (partner, reason) do update set until = excluded.until
            where pause.until is distinct from excluded.until
            """;
    private static final String DRAIN = """
            update delivery set sent_until = null
            where receiver = ? and state = 'pending' and claim_until is null and sent_until > now()
            """;

    private final Map<String, OpeningHours> hours = new HashMap<>();
    private final WorkingCalendar calendar;
    private final Clock clock;

    /** @param kept false where partners are simulated and never close */
    OpeningTimes(PartnerDirectory partners, WorkingCalendar calendar, Clock clock, boolean kept) {
        this.calendar = calendar;
        this.clock = clock;
        for (Partner partner : partners.all()) {
            if (kept && !partner.hours().isAlways()) {
                hours.put(partner.id(), partner.hours());
            }
        }
        if (!kept) {
            LOG.info("Opening hours are not kept (shuniu.delivery.keep-hours): every partner counts as open");
        }
    }

    /** Reports the years around today of which the calendar has no holidays; in December the next year counts too. */
    void reportMissingYears() {
        LocalDateTime today = now();
        warn(today.getYear());
        if (today.getMonth() == Month.DECEMBER) {
            warn(today.getYear() + 1);
        }
    }

    private void warn(int year) {
        if (!calendar.knows(year)) {
            LOG.warn("no calendar for year {}: weekends count as rest days (mappings/catalogue/calendar.csv)", year);
        }
    }

    boolean closed(String partner) {
        OpeningHours known = hours.get(partner);
        return known != null && !known.open(now(), calendar);
    }

    /** Writes the pause row of every closed partner, and lets the backlog of every opened one go. */
    void keep(JdbcTemplate sql) {
        hours.keySet().stream().filter(this::closed).forEach(partner -> sql.update(CLOSE, partner, opening(partner)));
        List<String> shown = sql.queryForList("select partner from pause where reason = 'hours'", String.class);
        for (String partner : shown) {
            if (!closed(partner)
                    && sql.update("delete from pause where partner = ? and reason = 'hours'", partner) == 1) {
                sql.update(DRAIN, partner);
            }
        }
    }

    private OffsetDateTime opening(String partner) {
        return hours.get(partner)
                .nextOpening(now(), calendar)
                .map(time -> time.atZone(CaseTimes.SHANGHAI).toOffsetDateTime())
                .orElse(null);
    }

    private LocalDateTime now() {
        return LocalDateTime.ofInstant(clock.instant(), CaseTimes.SHANGHAI);
    }
}
