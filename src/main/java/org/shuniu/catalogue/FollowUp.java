package org.shuniu.catalogue;

import java.time.Duration;
import java.time.LocalDate;

/**
 * Something that the hub asks of another partner by itself because of what became of a case.
 *
 * @param status of the case, by set {@code hub} of {@code case-status.csv}; empty where it does not matter
 * @param wish what the application must ask for, or empty
 * @param fee whether only for items with a fee
 * @param delay after which it is sent
 * @param after the document that the receiver must have been sent for this case before, or empty
 * @param receiver a partner's id, or empty for the partner that decides the case
 * @param document what it is sent
 */
public record FollowUp(
        Trigger trigger,
        String status,
        String wish,
        boolean fee,
        Duration delay,
        String after,
        String receiver,
        String document,
        LocalDate validFrom,
        LocalDate validTo)
        implements Dated {

    /** What has to happen. */
    public enum Trigger {
        /** The case comes to this status. */
        REACHED,
        /** It is said of a case that had come to it before, and not word for word as before. */
        AGAIN,
        /** It is said of a case that is closed and can't come to it any more. */
        LATE,
        /** A centre gives the paper of the case away, whatever its status. */
        PAPER_POSTED
    }
}
