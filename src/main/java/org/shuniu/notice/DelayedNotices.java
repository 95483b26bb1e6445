package org.shuniu.notice;

import org.shuniu.store.Pools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/** Looks for deliveries that wait for a receiver that is down for long; bounded, so that no storm of receipts begins. */
final class DelayedNotices {

    private static final Logger LOG = LoggerFactory.getLogger(DelayedNotices.class);

    private final Pools.Door door;
    private final Notices notices;
    private final int batch;

    DelayedNotices(Pools.Door door, Notices notices, int batch) {
        this.door = door;
        this.notices = notices;
        this.batch = batch;
    }

    @Scheduled(fixedDelayString = "${shuniu.notices.every}", initialDelayString = "${shuniu.notices.every}")
    void look() {
        try {
            for (String sender : notices.hearing()) {
                door.transaction().executeWithoutResult(status -> notices.delayed(sender, batch));
            }
        } catch (DataAccessException | TransactionException away) {
            LOG.warn(
                    "Notices wait for the database: {}",
                    NestedExceptionUtils.getMostSpecificCause(away).getMessage());
        }
    }
}
