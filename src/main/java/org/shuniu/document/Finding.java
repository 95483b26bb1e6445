package org.shuniu.document;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * One thing wrong with a document: where (JSON pointer), the rule, the kind of value found there, and what was expected.
 * It never carries the value itself, so it can be logged and sent back.
 */
public record Finding(String pointer, String rule, String found, String expected) {

    private static final Pattern INDEX = Pattern.compile("[0-9]{1,4}");

    /**
     * The pointer for people who may not read the document: its sender calls a field as he likes, and such a name may say as much as a
     * value.
     *
     * @param known names that are nobody's words
     */
    public String place(Set<String> known) {
        return Arrays.stream(pointer.split("/", -1))
                .map(step -> step.isEmpty()
                                || known.contains(step)
                                || INDEX.matcher(step).matches()
                        ? step
                        : "*")
                .collect(Collectors.joining("/"));
    }

    /** The kind of a value in words, such as {@code string of 17 characters}; {@code nothing} for a missing one. */
    public static String kindOf(JsonNode value) {
        if (value == null || value.isMissingNode()) {
            return "nothing";
        }
        return switch (value.getNodeType()) {
            case STRING -> kindOf(value.stringValue());
            case NUMBER -> "number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case ARRAY -> "array of " + value.size();
            case OBJECT -> "object with " + value.size() + " properties";
            default -> "a value that is not JSON";
        };
    }

    private static String kindOf(String text) {
        return "string of " + text.codePointCount(0, text.length()) + " characters";
    }
}
