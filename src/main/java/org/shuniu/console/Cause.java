package org.shuniu.console;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a reason, which the hub keeps in its own words, means to people: each has words of its own, and what can be done.
 * The first that fits counts.
 */
enum Cause {
    SERVER_KEY("UnknownServerKey"),
    LOGIN("LoginRefused"),
    UNSENT("^the batch could not be sent"),
    FILE("^file "),
    UNKNOWN_OUTCOME("^outcome unknown"),
    UNTRANSLATABLE("\\.out(, row |: )"),
    FOREIGN_CODE("\\.in, row "),
    UNREADABLE("\\.in: |no status that the hub knows|^the answer's .* does not fit"),
    OTHER_CASE(
            "speaks of another case|no such case, or the answer names a message of another|the answer names no case"),
    CONTRADICTION("^status .* may not follow"),
    CREDENTIALS("does not accept the hub's (credentials|account)"),
    TOKEN("token address gave no "),
    TOO_MANY("HTTP 429|flow control"),
    BUSY("\\bbusy\\b"),
    SOAP_FAULT("\\bfault "),
    SERVER_ERROR("HTTP 5\\d\\d"),
    NO_ANSWER("no complete answer within"),
    TLS("SSL\\w*Exception"),
    NO_CONNECTION("no connection: |is away \\(SQLSTATE"),
    CUT("the connection broke"),
    REQUEST("HTTP 4\\d\\d"),
    OVERDUE("^no result yet");

    private final Pattern reason;

    Cause(String reason) {
        this.reason = Pattern.compile(reason);
    }

    static Optional<Cause> of(@Nullable String reason) {
        return Optional.ofNullable(reason)
                .flatMap(text -> Arrays.stream(values())
                        .filter(cause -> cause.reason.matcher(text).find())
                        .findFirst());
    }

    /** Under which its words stand. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
