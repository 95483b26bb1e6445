package org.shuniu.workbench;

import java.time.Instant;

/**
 * A changed mapping that somebody wants others to look at.
 *
 * @param number which no other gets
 * @param mapping such as {@code application.out}
 * @param version of the partner's mappings in force, from which it differs
 */
public record Proposal(
        int number, String partner, String mapping, String author, Instant at, String reason, String version) {

    /** The name of the edited file. */
    public String file() {
        return mapping + ".yaml";
    }

    /** As commands name it. */
    public String name() {
        return partner + "/" + mapping;
    }

    /** By which the audit knows it. */
    public String mark() {
        return "proposal-" + number;
    }
}
