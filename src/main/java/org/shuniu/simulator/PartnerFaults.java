package org.shuniu.simulator;

/** The misbehaviour of one partner: which one, and for how many calls more. */
final class PartnerFaults {
    static final int FOR_EVER = -1;

    private Fault current = Fault.none();
    private int remaining = FOR_EVER;
    private int met;

    synchronized void set(Fault fault, int calls) {
        current.lift();
        current = fault;
        remaining = calls;
        met = 0;
    }

    synchronized Fault next() {
        if (remaining == 0) {
            return Fault.none();
        }
        if (remaining > 0) {
            remaining--;
        }
        met++;
        return current;
    }

    synchronized boolean isDown() {
        return shown() == FaultKind.DOWN;
    }

    synchronized FaultKind shown() {
        return remaining == 0 ? FaultKind.NONE : current.kind();
    }

    synchronized int remaining() {
        return remaining;
    }

    /** How many calls, rows or files have met the fault that was set last. */
    synchronized int met() {
        return met;
    }

    /** Sets a fault unless there is one; says whether it did. */
    synchronized boolean setWhereNone(Fault fault, int calls) {
        boolean none = shown() == FaultKind.NONE;
        if (none) {
            set(fault, calls);
        }
        return none;
    }

    /** Ends this fault, if it is the one that is on. */
    synchronized void lift(Fault fault) {
        if (current == fault) {
            lift();
        }
    }

    void lift() {
        set(Fault.none(), FOR_EVER);
    }
}
