package org.shuniu.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a question.
 *
 * @param wholeAt what was on record then is counted; null while nothing ever was
 */
public record Report(
        List<Line> lines, Figures total, @Nullable Instant wholeAt) {

    /** @param key a first day, a partner's id, or a code; empty where it has none */
    public record Line(String key, Figures figures) {}
}
