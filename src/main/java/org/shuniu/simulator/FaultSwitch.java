package org.shuniu.simulator;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The fault of one partner; can be switched while it runs, which also ends every wait. */
final class FaultSwitch {

    private static final int FOR_EVER = -1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition switched = lock.newCondition();
    private Fault fault = Fault.NONE;
    private int remaining = FOR_EVER;
    private int seconds;
    private int version;

    void set(Fault newFault, int newSeconds, int count) {
        lock.lock();
        try {
            fault = newFault;
            seconds = newSeconds;
            remaining = count > 0 ? count : FOR_EVER;
            version++;
            switched.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The fault of the next call, which it uses up if it holds for a number of calls. */
    Fault take() {
        lock.lock();
        try {
            Fault taken = remaining == 0 ? Fault.NONE : fault;
            remaining = remaining > 0 ? remaining - 1 : remaining;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    Fault current() {
        lock.lock();
        try {
            return remaining == 0 ? Fault.NONE : fault;
        } finally {
            lock.unlock();
        }
    }

    int remaining() {
        return remaining;
    }

    int seconds(int otherwise) {
        return seconds > 0 ? seconds : otherwise;
    }

    /** Waits until the time is over or somebody switches. */
    void pause(int otherwise) {
        lock.lock();
        try {
            int before = version;
            long left = TimeUnit.SECONDS.toNanos(seconds(otherwise));
            while (version == before && left > 0) {
                left = switched.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
