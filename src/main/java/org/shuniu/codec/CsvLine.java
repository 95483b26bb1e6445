package org.shuniu.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of CSV as offices write it: quoted or not, and with quotes inside a quoted value that nobody doubled. A quote
 * ends its value only where a comma or the line's end follows.
 */
final class CsvLine {

    private final String line;
    private final List<String> fields = new ArrayList<>();
    private int at;

    private CsvLine(String line) {
        this.line = line;
    }

    static List<String> fields(String line) {
        return new CsvLine(line).read();
    }

    private List<String> read() {
        boolean more = true;
        while (more) {
            fields.add(at < line.length() && line.charAt(at) == '"' ? quoted() : plain());
            more = at < line.length();
            at++;
        }
        return fields;
    }

    private String plain() {
        int comma = line.indexOf(',', at);
        int end = comma < 0 ? line.length() : comma;
        String value = line.substring(at, end);
        at = end;
        return value;
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < line.length()) {
            char here = line.charAt(at);
            boolean doubled = here == '"' && at + 1 < line.length() && line.charAt(at + 1) == '"';
            if (here == '"' && ends(at + 1)) {
                at++;
                return value.toString();
            }
            value.append(here);
            at += doubled ? 2 : 1;
        }
        throw new Garbled("a quoted value without an end");
    }

    private boolean ends(int next) {
        return next == line.length() || line.charAt(next) == ',';
    }
}
