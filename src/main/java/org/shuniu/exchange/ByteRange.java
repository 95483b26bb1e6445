package org.shuniu.exchange;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.shuniu.intake.SubmissionRefused;

/** The bytes that a Range asks for, the last one included (RFC 9110, 14.1.2). */
record ByteRange(long first, long last) {

    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /**
     * @param field the value of Range, or null
     * @param length of the whole
     * @return empty when it is not about one range, so that the whole is the answer
     * @throws SubmissionRefused when there is nothing in the range
     */
    static Optional<ByteRange> of(String field, long length) {
        Matcher range = ONE.matcher(field == null ? "" : field.strip());
        if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
            return Optional.empty();
        }
        boolean fromTheEnd = range.group(1).isEmpty();
        long last = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2));
        long first = fromTheEnd ? Math.max(0, length - last) : Long.parseLong(range.group(1));
        if (!fromTheEnd && last < first) {
            return Optional.empty();
        }
        if (first >= length) {
            throw SubmissionRefused.of("range", 416, "The content has %d bytes".formatted(length));
        }
        return Optional.of(new ByteRange(first, fromTheEnd ? length - 1 : Math.min(last, length - 1)));
    }

    long length() {
        return last - first + 1;
    }

    /** As Content-Range says it. */
    String of(long length) {
        return "bytes %d-%d/%d".formatted(first, last, length);
    }
}
