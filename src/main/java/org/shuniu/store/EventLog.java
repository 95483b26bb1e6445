package org.shuniu.store;

import java.util.Collection;

/** Where the steps of cases are written; each is kept by the transaction in which it is recorded, or not at all. */
@FunctionalInterface
public interface EventLog {

    /** @throws IllegalStateException outside a transaction */
    void record(Collection<CaseEvent> events);
}
