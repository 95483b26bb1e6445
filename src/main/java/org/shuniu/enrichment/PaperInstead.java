package org.shuniu.enrichment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.shuniu.notice.Notices;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.EventLog;
import org.shuniu.store.Lane;
import org.shuniu.store.MessageStore;
import org.shuniu.store.Pools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/** Lets items whose rule says so go on with paper when a certificate has not come within the rule's patience. */
public final class PaperInstead {

    private static final Logger LOG = LoggerFactory.getLogger(PaperInstead.class);
    private static final int AT_ONCE = 100;
    private static final String REASON = "the library did not answer in time; the paper is looked at instead";

    private final Pools.Door door;
    private final EventLog events;
    private final Enrichments enrichments;
    private final Notices notices;
    private final Runnable wake;

    /** @param wake calls the redispatcher */
    public PaperInstead(Pools.Door door, EventLog events, Enrichments enrichments, Notices notices, Runnable wake) {
        this.door = door;
        this.events = events;
        this.enrichments = enrichments;
        this.notices = notices;
        this.wake = wake;
    }

    @Scheduled(fixedDelayString = "${shuniu.enrichment.every}", initialDelayString = "${shuniu.enrichment.every}")
    void look() {
        try {
            if (Boolean.TRUE.equals(door.transaction().execute(status -> goOn()))) {
                wake.run();
            }
        } catch (DataAccessException | TransactionException away) {
            LOG.warn(
                    "Items that may go on with paper wait for the database: {}",
                    NestedExceptionUtils.getMostSpecificCause(away).getMessage());
        }
    }

    /** The lock of the case decides between this and an answer that comes now. */
    private boolean goOn() {
        CertificateUses uses = new CertificateUses(door.sql());
        List<CertificateUse> late = uses.forPaper(AT_ONCE);
        if (late.isEmpty()) {
            return false;
        }
        new CaseFiles(door.sql())
                .lock(late.stream().map(CertificateUse::caseNo).collect(Collectors.toCollection(TreeSet::new)));
        Instant now = Instant.now();
        List<CaseEvent> steps = new ArrayList<>();
        List<Lane> lanes = new ArrayList<>();
        List<UUID> told = new ArrayList<>();
        for (CertificateUse use : late) {
            List<UUID> stopped = uses.stopAsking(use, REASON);
            if (!stopped.isEmpty()) {
                steps.addAll(enrichments.onPaper(use, REASON, now));
                lanes.add(new Lane(use.caseNo(), use.library()));
                told.addAll(stopped);
            }
        }
        events.record(steps);
        notices.onPaper(told);
        new MessageStore(door.sql()).releaseNext(lanes);
        return !steps.isEmpty();
    }
}
