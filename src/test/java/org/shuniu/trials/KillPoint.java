package org.shuniu.trials;

import java.util.Arrays;
import java.util.List;

/** The named places at which a trial ends the hub's process, each a method of the hub that has just returned. */
enum KillPoint {
    AFTER_READ_BODY("org.shuniu.gateway.SubmissionController", "body", "the request was read"),
    BEFORE_COMMIT("org.shuniu.intake.Intake", "write", "all of the group is written, nothing committed"),
    DURING_RECEIPT_WRITE("org.shuniu.store.MessageStore", "take", "the receipt's row is written, not committed"),
    AFTER_COMMIT("org.shuniu.intake.Intake", "commit", "committed, no 202 sent"),
    AFTER_202("org.apache.catalina.connector.CoyoteAdapter", "service", "the answer has left"),
    AFTER_BROKER_SEND("org.shuniu.delivery.Dispatcher", "sendAll", "the broker has the deliveries"),
    AFTER_CLAIM("org.shuniu.delivery.Claims", "commit", "claimed, the department not called"),
    AFTER_CALL("org.shuniu.delivery.ChannelCall", "call", "the department was called, nothing is recorded"),
    DURING_SETTLEMENT("org.shuniu.delivery.SettlementGroup", "flush", "the outcome is written, not committed"),
    AFTER_SETTLEMENT("org.shuniu.delivery.Settlements", "commit", "the outcome is recorded, the broker not told");

    /** One on each side of each promise; every build tries these. */
    static final List<KillPoint> SHORT = List.of(BEFORE_COMMIT, AFTER_COMMIT, AFTER_BROKER_SEND, AFTER_CALL);

    private final String type;
    private final String method;
    private final String what;

    KillPoint(String type, String method, String what) {
        this.type = type;
        this.method = method;
        this.what = what;
    }

    String type() {
        return type;
    }

    String method() {
        return method;
    }

    String what() {
        return what;
    }

    /** A point whose method is gone would never be reached, and a trial would prove nothing. */
    void requireMethod() throws ClassNotFoundException {
        boolean there = Arrays.stream(Class.forName(type, false, KillPoint.class.getClassLoader())
                        .getDeclaredMethods())
                .anyMatch(declared -> declared.getName().equals(method));
        if (!there) {
            throw new AssertionError("Kill point %s: %s has no method %s any more; name where it went in KillPoint"
                    .formatted(this, type, method));
        }
    }
}
