package org.shuniu.conformance;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a trial ends. */
public enum End {
    PASSED,
    FAILED,
    /** It can say nothing about this office, for a reason that is told. */
    NOT_APPLICABLE;

    /** As reports and records have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<End> of(String word) {
        return Arrays.stream(values()).filter(end -> end.word().equals(word)).findFirst();
    }
}
