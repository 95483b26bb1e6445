package org.shuniu.fuzz;

import java.util.List;
import java.util.Set;

/**
 * What reads at an entry of the hub.
 *
 * @param entry as the lines of a run call it
 * @param valid what it is given when all is well, each of which it takes
 * @param refusals how it may say that it does not take something; whatever else it throws would be a failure of the hub
 */
public record FuzzedReader(
        String entry, List<byte[]> valid, Reading reading, Set<Class<? extends Exception>> refusals) {

    /** Reads to the end. */
    @FunctionalInterface
    public interface Reading {
        void read(byte[] bytes) throws Exception;
    }

    public FuzzedReader {
        valid = List.copyOf(valid);
        refusals = Set.copyOf(refusals);
    }

    boolean refusesBy(Throwable thrown) {
        return refusals.contains(thrown.getClass());
    }

    @Override
    public String toString() {
        return entry;
    }
}
