package org.shuniu.simulator;

import java.util.Arrays;
import java.util.Locale;

/** What a message made happen at a simulated partner. */
enum Effect {
    APPLICATION,
    SUPPLEMENT,
    WITHDRAWAL,
    STATUS,
    RESULT,
    RECEIPT,
    CENTRE_TASK,
    NOTIFICATION,
    ORDER,
    CANCELLATION,
    REFUND,
    PAYMENT,
    CERTIFICATE_USE,
    CERTIFICATE_COPY;

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Effect of(String id) {
        return Arrays.stream(values())
                .filter(effect -> effect.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Ledger effect " + id + " is none that this reads"));
    }
}
