package org.shuniu.simulator;

import java.time.Instant;

/** Sends a department's result by callback where a fault makes it late or doubles it. */
final class ResultPush {
    private final String partner;
    private final String contentType;
    private final HubCallbacks callbacks;

    ResultPush(String partner, String contentType, HubCallbacks callbacks) {
        this.partner = partner;
        this.contentType = contentType;
        this.callbacks = callbacks;
    }

    void push(String eventId, String body, Fault fault) {
        if (fault.is(FaultKind.LATE_RESULT)) {
            callbacks.push(callback(late(eventId), body, Instant.now().plus(fault.length())), fault);
        }
        if (fault.is(FaultKind.DUPLICATE_RESULT)) {
            callbacks.push(callback(eventId + "/1", body, Instant.now()), fault);
            callbacks.push(callback(eventId + "/2", body, Instant.now()), fault);
        }
    }

    boolean isLate(String eventId) {
        return callbacks.isWaiting(late(eventId));
    }

    private Callback callback(String key, String body, Instant due) {
        return new Callback(key, partner, contentType, body, due);
    }

    private static String late(String eventId) {
        return eventId + "/late";
    }
}
