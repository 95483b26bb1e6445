package org.shuniu.rehearsal;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Shows values without what they say of anybody. */
final class Covered {

    private static final int LONGEST = 12;
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");
    /** Short enough to say nothing of anybody, and what codes look like. */
    private static final Pattern CODE = Pattern.compile("[0-9]{1,4}|[A-Z]{1,2}|[A-Z][0-9]{1,4}");
    /** Lengths and places tell messages apart that fail for one reason; what was expected does not. */
    private static final Pattern OF_ONE_MESSAGE = Pattern.compile(
            "(?<!at most |at least |expected )\\b\\d+(?= (?:characters|bytes|values|properties|lines))|(?<=line |column |/)\\d+");

    private Covered() {}

    /** No more of a value than how long it is, and that only when it is short. */
    static String value(JsonNode value) {
        if (value.isObject()) {
            return "{}";
        }
        if (value.isArray()) {
            return "[]";
        }
        return "*".repeat(Math.min(LONGEST, value.asString("").length()));
    }

    /**
     * Why something can't be translated, with no more of its values than short codes, and the same for every length.
     *
     * @param codes which texts are known as codes: a mapping that nobody has reviewed may quote a piece of anything
     */
    static String reason(String reason, Predicate<String> codes) {
        String covered = QUOTED.matcher(reason).replaceAll(found -> quoted(found.group(1), codes));
        return OF_ONE_MESSAGE.matcher(covered).replaceAll("some");
    }

    private static String quoted(String text, Predicate<String> codes) {
        return CODE.matcher(text).matches() && codes.test(text) ? "'" + text + "'" : "'***'";
    }
}
