package org.shuniu.bench.partners;

/** Finds one string field in JSON text that systems under test wrote; costs a scan and no parser. */
public final class Field {
    private Field() {}

    /**
     * The field's value.
     *
     * @throws IllegalArgumentException when the text has no such field
     */
    public static String of(String json, String name) {
        int at = json.indexOf('"' + name + '"');
        int colon = at < 0 ? -1 : json.indexOf(':', at + name.length() + 2);
        int from = colon < 0 ? -1 : json.indexOf('"', colon);
        int to = from < 0 ? -1 : json.indexOf('"', from + 1);
        if (to < 0) {
            throw new IllegalArgumentException("Expected a text field %s in what the system sent".formatted(name));
        }
        return json.substring(from + 1, to);
    }
}
