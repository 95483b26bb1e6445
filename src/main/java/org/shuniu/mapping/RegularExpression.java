package org.shuniu.mapping;

import java.util.Set;

/**
 * Finds a regular expression between slashes, as the expression language itself reads: it begins where a value is expected, and a
 * division where one has just ended.
 */
final class RegularExpression {

    /** Operators where a value has ended, and names of fields where one is expected. */
    private static final Set<String> WORDS = Set.of("and", "or", "in");

    private final String text;
    private int at;
    private boolean afterValue;

    private RegularExpression(String text) {
        this.text = text;
    }

    static boolean isIn(String expression) {
        return new RegularExpression(expression).isFound();
    }

    private boolean isFound() {
        while (at < text.length()) {
            if (text.startsWith("/*", at)) {
                at = end("*/", at + 2);
            } else if (text.charAt(at) == '/' && !afterValue) {
                return true;
            } else {
                pass(text.charAt(at));
            }
        }
        return false;
    }

    private void pass(char next) {
        if (Character.isWhitespace(next)) {
            at++;
        } else if (next == '"' || next == '\'') {
            passText(next);
        } else if (next == '`') {
            at = end("`", at + 1);
            afterValue = true;
        } else if (isOfName(next)) {
            passName();
        } else {
            passSign(next);
        }
    }

    private void passText(char quote) {
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
        afterValue = true;
    }

    private void passName() {
        int from = at;
        while (at < text.length() && isOfName(text.charAt(at))) {
            at++;
        }
        afterValue = !(afterValue && WORDS.contains(text.substring(from, at)));
    }

    /** A star or a per cent sign stands for fields where a value is expected, and reckons where one has ended. */
    private void passSign(char sign) {
        boolean field = sign == '*' || sign == '%';
        at += text.startsWith("**", at) ? 2 : 1;
        afterValue = ")]}".indexOf(sign) >= 0 || field && !afterValue;
    }

    private static boolean isOfName(char sign) {
        return Character.isLetterOrDigit(sign) || Character.isSurrogate(sign) || sign == '_' || sign == '$';
    }

    private int end(String sign, int from) {
        int found = text.indexOf(sign, from);
        return found < 0 ? text.length() : found + sign.length();
    }
}
