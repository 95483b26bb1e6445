package org.shuniu.exchange;

/** Where the hub's own doings are recorded: the audit. */
@FunctionalInterface
interface Told {
    void record(String action, String target, String detail);
}
