package org.shuniu.mapping;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A code table as a mapping uses it on a day.
 *
 * @param table its name
 * @param missing codes that may come, and that it does not have
 * @param others mappings of the partner that use it too
 */
public record CodesInUse(String table, List<Row> rows, List<String> missing, Set<String> others) {

    /** Whether a row says anything to the mapping. */
    public enum Use {
        TRANSLATES,
        /** It is for what goes the other way. */
        OTHER_WAY,
        /** It holds on other days. */
        OTHER_DAY
    }

    /**
     * One row.
     *
     * @param line in the file
     * @param from the code that it finds, and {@code to} what it makes of it
     * @param days on which it holds; empty where always
     */
    public record Row(long line, String from, String to, String name, String days, Use use) {

        private static Row of(LocalCodes.Row row, boolean outgoing, LocalDate day) {
            boolean here = outgoing ? row.out() : row.in();
            return new Row(
                    row.line(),
                    outgoing ? row.hub() : row.local(),
                    outgoing ? row.local() : row.hub(),
                    row.name(),
                    days(row),
                    !here ? Use.OTHER_WAY : row.inForce(day) ? Use.TRANSLATES : Use.OTHER_DAY);
        }

        private static String days(LocalCodes.Row row) {
            boolean open = row.from().equals(LocalDate.MIN);
            boolean endless = row.until().equals(LocalDate.MAX);
            return open && endless ? "" : (open ? "" : row.from()) + " – " + (endless ? "" : row.until());
        }
    }

    public CodesInUse {
        rows = List.copyOf(rows);
        missing = List.copyOf(missing);
    }

    /** How many of its rows translate. */
    public long translating() {
        return rows.stream().filter(row -> row.use() == Use.TRANSLATES).count();
    }

    /** @param others mappings that use it too */
    static CodesInUse of(
            LocalCodes table, boolean outgoing, LocalDate day, List<Coverage.Untranslated> left, Set<String> others) {
        Set<String> missing = new TreeSet<>();
        left.stream().filter(row -> row.table().equals(table.name())).forEach(row -> missing.addAll(row.codes()));
        return new CodesInUse(
                table.name(),
                table.rows().stream().map(row -> Row.of(row, outgoing, day)).toList(),
                List.copyOf(missing),
                others);
    }
}
