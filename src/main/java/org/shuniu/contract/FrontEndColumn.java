package org.shuniu.contract;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column of a front-end database.
 *
 * @param type as the database has it
 * @param label what it is, with its codes
 * @param writer who gives its value
 */
public record FrontEndColumn(String table, String name, String type, boolean required, String label, Writer writer) {

    private static final Pattern LENGTH = Pattern.compile("varchar\\((\\d+)\\)");

    /** Who gives a value. */
    public enum Writer {
        HUB,
        OFFICE,
        /** By itself, as the row is written. */
        DATABASE,
        /** Whoever reads the row: the office those of the hub, the hub those of the office. */
        READER
    }

    /** Characters at most, of a text. */
    public OptionalInt most() {
        Matcher length = LENGTH.matcher(type);
        return length.matches() ? OptionalInt.of(Integer.parseInt(length.group(1))) : OptionalInt.empty();
    }
}
