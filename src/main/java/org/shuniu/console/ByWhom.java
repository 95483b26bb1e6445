package org.shuniu.console;

/**
 * Who changes a user, and why.
 *
 * @param name as the audit log has it
 * @param reason in words that stay in the audit log; empty where none were asked for
 */
public record ByWhom(String name, String reason) {

    boolean is(String user) {
        return name.equals(user);
    }

    /** What the audit log says of an act. The person's own words stand last: nothing that they say can be taken for what was done. */
    String detail(String done) {
        return done.isEmpty() || reason.isEmpty() ? done + reason : "%s; %s".formatted(done, reason);
    }
}
