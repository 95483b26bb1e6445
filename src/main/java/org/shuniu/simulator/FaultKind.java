package org.shuniu.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The ways in which a simulated partner can misbehave, with the seconds each takes when none are given. */
enum FaultKind {
    NONE(0),
    DOWN(0),
    SLOW(3),
    TIMEOUT_AFTER_WORK(30),
    ERROR(0),
    GARBAGE(0),
    UNAUTHORIZED(0),
    DUPLICATE_RESULT(0),
    LATE_RESULT(3),
    LOST_CALLBACK(0),
    EARLY_CALLBACK(0),
    OUT_OF_ORDER(0),
    EXTRA_FIELDS(0),
    FORGOTTEN(0),
    PENDING(0),
    TICKET_EXPIRED(0),
    CLOCK_SKEW(0),
    KEY_ROTATED(0),
    TOO_MANY(1),
    WRONG_CHARSET(0),
    NO_CHARSET(0),
    OTHER_CHARSET(0),
    CONTROL_CHARACTERS(0),
    HALF_WRITTEN(3),
    WRONG_COUNT(3),
    PADDED_BY_CHARACTERS(0),
    SHORT_LINES(0),
    NO_MARKER(3),
    EXCEL(0),
    RAW_QUOTES(0),
    FAULT_UNDER_200(0),
    MONTH_END(20),
    CLOSED(0),
    CRASH_BEFORE_ACK(0),
    WRONG_CORRELATION(0),
    LARGE_ANSWER(0),
    OVERSIZED_ANSWER(0),
    FLOW_CONTROL(0),
    DUPLICATE_SERIAL(0),
    CALLBACK_LOST(0),
    PAID_TWICE(0),
    LATE_PAYMENT(5),
    TRACKING_OUT_OF_ORDER(0),
    NOBODY_GOES_THERE(0),
    LOSES(0),
    WORKS_TWICE(0);

    private final double usualSeconds;

    FaultKind(double usualSeconds) {
        this.usualSeconds = usualSeconds;
    }

    double usualSeconds() {
        return usualSeconds;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<FaultKind> of(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
    }

    static String ids() {
        return Arrays.stream(values()).map(FaultKind::id).collect(Collectors.joining(", "));
    }
}
