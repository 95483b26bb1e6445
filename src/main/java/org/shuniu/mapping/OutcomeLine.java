package org.shuniu.mapping;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One line of the decision what an answer means; the first that holds counts.
 *
 * @param number among the lines, from 1
 * @param line where it stands in its file, from 1
 * @param when null holds always
 * @param reason text with paths in braces; only codes get through, since a partner's prose may name a person
 * @param document null when such an answer carries none
 */
record OutcomeLine(
        int number,
        long line,
        @Nullable Expression when,
        Verdict verdict,
        @Nullable String reason,
        @Nullable String document) {

    static final Pattern PLACE = Pattern.compile("\\{([^}]*)}");
    /** Eleven digits in a row may be a telephone or an identity number, and are no code. */
    static final Pattern CODE = Pattern.compile("(?!.*[0-9]{11})[A-Za-z0-9_.:-]{1,40}");

    /**
     * Whether it counts, where none before it does.
     *
     * @param mapping in which it stands
     * @throws MappingFailed when its condition can't be told of this answer: then nobody knows what a later line would decide
     */
    boolean holds(Source source, String mapping) {
        try {
            return when == null || when.holds(source);
        } catch (IllegalArgumentException failed) {
            throw new MappingFailed(
                    "%s.yaml:%d".formatted(mapping, line),
                    "outcome %d: when: %s; expected true or false of every answer"
                            .formatted(number, failed.getMessage().replaceFirst("; expected less$", "")));
        }
    }

    String reason(JsonNode tree) {
        return reason == null ? null : PLACE.matcher(reason).replaceAll(place -> code(tree, place));
    }

    private static String code(JsonNode tree, MatchResult place) {
        String value = TreePath.of(place.group(1)).find(tree).asString("");
        return CODE.matcher(value).matches() ? value : "(withheld)";
    }
}
