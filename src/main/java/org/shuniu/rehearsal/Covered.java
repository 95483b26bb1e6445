package org.shuniu.rehearsal;

import java.util.regex.MatchResult;
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

    /** Why something can't be translated, with no more of its values than short codes, and the same for every length. */
    static String reason(String reason) {
        String codes = QUOTED.matcher(reason).replaceAll(Covered::quoted);
        return OF_ONE_MESSAGE.matcher(codes).replaceAll("some");
    }

    private static String quoted(MatchResult found) {
        return CODE.matcher(found.group(1)).matches() ? "'" + found.group(1) + "'" : "'***'";
    }
}
