package org.shuniu.handout;

import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A way to write a time, as a regular expression that JSON Schema, XML Schema and CSVW read alike; without anchors. */
final class TimePattern {

    private static final Map<String, String> NAMED = Map.of(
            "hub", "[0-9]{8}T[0-9]{6}",
            "hub-date", "[0-9]{8}",
            "iso", "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})");
    private static final Map<String, String> LETTERS = Map.of(
            "yyyy", "[0-9]{4}",
            "uuuu", "[0-9]{4}",
            "MM", "(0[1-9]|1[0-2])",
            "dd", "(0[1-9]|[12][0-9]|3[01])",
            "HH", "([01][0-9]|2[0-3])",
            "mm", "[0-5][0-9]",
            "ss", "[0-5][0-9]",
            "SSS", "[0-9]{3}");
    private static final Pattern TOKEN = Pattern.compile("([A-Za-z])\\1*|'([^']*)'|.");
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9 :/_年月日时分秒-]*");

    private TimePattern() {}

    /** Nothing of a pattern with letters that are read by no fixed number of digits. */
    static Optional<String> regex(String pattern) {
        if (NAMED.containsKey(pattern)) {
            return Optional.of(NAMED.get(pattern));
        }
        StringBuilder regex = new StringBuilder();
        for (MatchResult token : TOKEN.matcher(pattern).results().toList()) {
            boolean letter = token.group(1) != null;
            String literal = token.group(2) == null ? token.group() : token.group(2);
            if (letter && LETTERS.containsKey(token.group())) {
                regex.append(LETTERS.get(token.group()));
            } else if (!letter && LITERAL.matcher(literal).matches()) {
                regex.append(literal);
            } else if (!letter && literal.equals(".")) {
                regex.append("[.]");
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(regex.toString());
    }
}
