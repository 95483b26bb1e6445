package org.shuniu.handout;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Texts of others as Markdown that says just these texts. */
final class Markdown {

    private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");
    private static final Pattern PLAIN_CODE = Pattern.compile("[\\p{L}\\p{N} _./:{}+*,;=<>()\\[\\]@#?&$!~^%'\"-]+");

    private Markdown() {}

    static String text(String text) {
        return PUNCTUATION.matcher(text.replaceAll("\\s+", " ").strip()).replaceAll("\\\\$0");
    }

    /** What stands in a message just so; nothing of nothing. */
    static String code(String text) {
        return text.isBlank() ? "" : PLAIN_CODE.matcher(text).matches() ? "`" + text.strip() + "`" : text(text);
    }

    static String heading(int level, String text) {
        return "#".repeat(level) + " " + text;
    }

    /** A table; its cells are Markdown already. Columns in which nothing stands are left out. */
    static String table(List<String> header, List<List<String>> rows) {
        List<Integer> used = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            int column = i;
            if (rows.isEmpty() || rows.stream().anyMatch(row -> !row.get(column).isEmpty())) {
                used.add(i);
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(header, used));
        lines.add("|" + "---|".repeat(used.size()));
        rows.forEach(row -> lines.add(line(row, used)));
        return String.join("\n", lines);
    }

    private static String line(List<String> cells, List<Integer> used) {
        StringBuilder line = new StringBuilder("|");
        used.forEach(i -> line.append(' ').append(cells.get(i)).append(" |"));
        return line.toString();
    }

    static String bullets(List<String> lines) {
        return String.join("\n", lines.stream().map(line -> "- " + line).toList());
    }
}
