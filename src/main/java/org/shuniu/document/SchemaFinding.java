package org.shuniu.document;

import com.networknt.schema.Error;
import tools.jackson.databind.JsonNode;

/** Turns a violation of a schema into a finding, with words of our own because the library's quote the value. */
final class SchemaFinding {
    private SchemaFinding() {}

    static Finding of(Error error, JsonNode document) {
        String at = error.getInstanceLocation().toString();
        if (error.getKeyword().equals("required")) {
            return new Finding(at + "/" + escape(error.getProperty()), "required", "nothing", "a value");
        }
        String found = Finding.kindOf(document.at(at));
        return new Finding(at, error.getKeyword(), found, expected(error));
    }

    private static String expected(Error error) {
        JsonNode wanted = error.getSchemaNode();
        String value = wanted == null ? "" : wanted.isString() ? wanted.stringValue() : wanted.toString();
        return switch (error.getKeyword()) {
            case "type" -> "a value of type " + value;
            case "enum" -> "one of " + value;
            case "pattern" -> "a string that matches " + value;
            case "format" -> "a string of format " + value;
            case "maxLength" -> "at most " + value + " characters";
            case "minLength" -> "at least " + value + " characters";
            case "minimum" -> "at least " + value;
            case "maximum" -> "at most " + value;
            case "maxItems" -> "at most " + value + " elements";
            default -> "what the schema says under " + error.getKeyword();
        };
    }

    private static String escape(String property) {
        return property.replace("~", "~0").replace("/", "~1");
    }
}
