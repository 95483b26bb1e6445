package org.shuniu.reconciliation;

import java.util.List;
import org.shuniu.partner.Partner;

/** One way in which partners count. */
public interface Count {

    /** Takes a page of what a partner counts, before the next is asked for. */
    interface Sink {
        /** @param raw as received */
        void take(List<Entry> page, byte[] raw);

        /** Says that the count goes on, so that nobody takes it over: at least once a minute. */
        default void goesOn() {}

        /** Takes what the partner itself says otherwise than the hub's record. */
        default void differ(List<Difference> differences) {}
    }

    /** @throws CountFailed when the whole of it could not be had */
    void read(Partner partner, Period period, Sink sink) throws CountFailed, InterruptedException;
}
