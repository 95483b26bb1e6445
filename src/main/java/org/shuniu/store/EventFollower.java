package org.shuniu.store;

/** Writes what follows from the steps of cases, in the transaction in which they are recorded. */
@FunctionalInterface
public interface EventFollower {

    /** The same log, whose steps are followed. */
    EventLog following(EventLog log);
}
