package org.shuniu.mapping;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One line of the decision what an answer means; the first that holds counts.
 *
 * @param when null holds always
 * @param reason text with paths in braces; only codes get through, since a partner's prose may name a person
 * @param document null when such an answer carries none
 */
record OutcomeLine(
        @Nullable Expression when,
        Verdict verdict,
        @Nullable String reason,
        @Nullable String document) {

    static final Pattern PLACE = Pattern.compile("\\{([^}]*)}");
    /** Eleven digits in a row may be a telephone or an identity number, and are no code. */
    static final Pattern CODE = Pattern.compile("(?!.*[0-9]{11})[A-Za-z0-9_.:-]{1,40}");

    boolean holds(Source source) {
        return when == null || when.holds(source);
    }

    String reason(JsonNode tree) {
        return reason == null ? null : PLACE.matcher(reason).replaceAll(place -> code(tree, place));
    }

    private static String code(JsonNode tree, MatchResult place) {
        String value = TreePath.of(place.group(1)).find(tree).asString("");
        return CODE.matcher(value).matches() ? value : "(withheld)";
    }
}
