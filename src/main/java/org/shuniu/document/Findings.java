package org.shuniu.document;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The findings about one document, gathered while its checks run. */
final class Findings {
    private final JsonNode document;
    private final List<Finding> list = new ArrayList<>();

    Findings(JsonNode document) {
        this.document = document;
    }

    /** The text at the pointer, empty where there is none. */
    String text(String pointer) {
        return document.at(pointer).stringValue("");
    }

    /** Says whether there is text to check; what is missing or of another kind is the schema's to report. */
    boolean has(String pointer) {
        return document.at(pointer).isString();
    }

    boolean isObject(String pointer) {
        return document.at(pointer).isObject();
    }

    boolean holds(String pointer) {
        return !document.at(pointer).isMissingNode();
    }

    /** Of a list, 0 where there is none. */
    int size(String pointer) {
        return document.at(pointer).isArray() ? document.at(pointer).size() : 0;
    }

    void add(String pointer, String rule, String expected) {
        list.add(new Finding(pointer, rule, Finding.kindOf(document.at(pointer)), expected));
    }

    void unless(boolean good, String pointer, String rule, String expected) {
        if (!good) {
            add(pointer, rule, expected);
        }
    }

    List<Finding> list() {
        return List.copyOf(list);
    }
}
