package org.shuniu.timelimit;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.WorkingCalendar;
import org.shuniu.store.Pools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Lets the last days of limits follow the notice of a year that was not known when they were reckoned. Every process does it, at its start
 * and when it goes by another calendar; what one has moved the next finds right.
 */
@Component
final class NoticedHolidays {

    private static final Logger LOG = LoggerFactory.getLogger(NoticedHolidays.class);
    /** Another process may have begun limits by the calendar before, or had one in hand. */
    private static final int ROUNDS = 2;

    private final TimeLimits limits;
    private final WorkingCalendar calendar;
    private @Nullable WorkingCalendar followed;
    private int left;

    NoticedHolidays(Pools pools, Catalogue catalogue, Clock clock) {
        this.limits = new TimeLimits(pools.settlement().sql(), catalogue, clock);
        this.calendar = catalogue.calendar();
    }

    @Scheduled(fixedDelay = 600_000, initialDelay = 60_000)
    void follow() {
        WorkingCalendar now = calendar.asNow();
        if (followed == null || !now.isSame(followed)) {
            left = ROUNDS;
        }
        try {
            int moved = left > 0 ? limits.recount() : 0;
            if (moved > 0) {
                LOG.info("The last days of {} time limits follow holidays that are known now", moved);
            }
            followed = now;
            left = Math.max(0, left - 1);
        } catch (DataAccessException | TransactionException away) {
            LOG.warn(
                    "Last days of time limits follow the calendar later: {}",
                    away.getClass().getSimpleName());
        }
    }
}
