package org.shuniu.document;

import tools.jackson.databind.JsonNode;

/**
 * One thing wrong with a document: where (JSON pointer), the rule, the kind of value found there, and what was expected.
 * It never carries the value itself, so it can be logged and sent back.
 */
public record Finding(String pointer, String rule, String found, String expected) {

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
