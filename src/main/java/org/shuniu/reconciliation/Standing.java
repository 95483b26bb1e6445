package org.shuniu.reconciliation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a message stands between the two records; each in one way only, the gravest. */
enum Standing {
    MISSING("lost"),
    DOUBLED("doubled"),
    UNRECORDED("unrecorded"),
    LATE("late"),
    UNRECEIVED("unreceived"),
    UNLISTED("unlisted"),
    ALTERED("altered"),
    /** The result of the application is here, or the partner refused it. */
    FINISHED(null),
    /** The partner did not want it, and the case goes on. */
    REFUSED(null),
    /** The partner counts it. */
    ACCEPTED(null),
    /** Nobody knows yet, or any more, whether the partner counts it. */
    UNCOUNTED(null);

    private final @Nullable String finding;

    Standing(@Nullable String finding) {
        this.finding = finding;
    }

    /** The kind of finding that names it, where one does. */
    Optional<String> finding() {
        return Optional.ofNullable(finding);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Standing> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /**
     * @param gravest open finding, or null
     * @param effects that the partner counts, or null where nobody knows
     */
    static Standing of(@Nullable String gravest, boolean finished, boolean refused, @Nullable Integer effects) {
        if (gravest != null) {
            return Arrays.stream(values())
                    .filter(one -> gravest.equals(one.finding))
                    .findFirst()
                    .orElseThrow();
        }
        if (finished || refused) {
            return finished ? FINISHED : REFUSED;
        }
        return effects != null && effects > 0 ? ACCEPTED : UNCOUNTED;
    }
}
