package org.shuniu.conformance;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.shuniu.fault.Fault;

/**
 * How departments stand with the files that a hub goes by.
 *
 * @param required whether a record is asked for that their test systems have passed
 * @param untried of whom there is none, or that of other files, by their ids
 * @param passed whose test systems have passed with these files
 */
public record Standing(boolean required, Map<String, Untried> untried, Set<String> passed) {

    /** Nobody is asked for a record. */
    static final Standing FREE = new Standing(false, Map.of(), Set.of());

    /**
     * What is wrong with a record.
     *
     * @param files their digest, or null where they can't be read
     */
    record Untried(Fault fault, @Nullable String files) {}

    /** Why a department that was held may be sent to. */
    String whyFree(String partner) {
        if (!required) {
            return "no record is asked for any more that its test system has passed";
        }
        if (untried.containsKey(partner)) {
            return "an operator has answered for the files in force, with which its test system has not passed";
        }
        return passed.contains(partner)
                ? "its test system has passed with the files in force"
                : "by the files in force it has no contract or is not connected, and needs no record";
    }
}
