package org.shuniu.workbench;

import java.util.ArrayList;
import java.util.List;

/** What differs between two texts, as {@code patch} and {@code git apply} read it. */
final class UnifiedDifference {

    /** A line of the one, of the other, or of both. */
    private record Line(char mark, String text) {}

    private static final int CONTEXT = 3;
    private static final String NO_END = "\\ No newline at end of file";
    /** Beyond this, what is between the first and the last difference counts as wholly new. */
    private static final long MOST_COMPARED = 4_000_000;

    private final List<String> before;
    private final List<String> after;
    private final List<Line> lines = new ArrayList<>();

    private UnifiedDifference(String before, String after) {
        this.before = split(before);
        this.after = split(after);
    }

    /**
     * The difference; empty where there is none.
     *
     * @param file its path in the project
     */
    static String of(String file, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        UnifiedDifference difference = new UnifiedDifference(before, after);
        difference.compare();
        return "--- a/%s\n+++ b/%s\n%s".formatted(file, file, difference.hunks());
    }

    /** Each with its end, which the last may not have. */
    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            lines.add(text.substring(from, end + 1));
            from = end + 1;
        }
        if (from < text.length()) {
            lines.add(text.substring(from));
        }
        return lines;
    }

    private void compare() {
        int same = 0;
        int shorter = Math.min(before.size(), after.size());
        while (same < shorter && before.get(same).equals(after.get(same))) {
            same++;
        }
        int end = 0;
        while (end < shorter - same && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        add(' ', before.subList(0, same));
        between(before.subList(same, before.size() - end), after.subList(same, after.size() - end));
        add(' ', before.subList(before.size() - end, before.size()));
    }

    private void add(char mark, List<String> texts) {
        texts.forEach(text -> lines.add(new Line(mark, text)));
    }

    private void between(List<String> old, List<String> fresh) {
        if ((long) old.size() * fresh.size() > MOST_COMPARED) {
            add('-', old);
            add('+', fresh);
            return;
        }
        int[][] common = common(old, fresh);
        int i = 0;
        int j = 0;
        while (i < old.size() || j < fresh.size()) {
            if (i < old.size() && j < fresh.size() && old.get(i).equals(fresh.get(j))) {
                lines.add(new Line(' ', old.get(i++)));
                j++;
            } else if (i < old.size() && (j == fresh.size() || common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line('-', old.get(i++)));
            } else {
                lines.add(new Line('+', fresh.get(j++)));
            }
        }
    }

    /** How many lines two ends have in common at most, by where they begin. */
    private static int[][] common(List<String> old, List<String> fresh) {
        int[][] common = new int[old.size() + 1][fresh.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = fresh.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(fresh.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private String hunks() {
        StringBuilder hunks = new StringBuilder();
        int at = next(0);
        while (at < lines.size()) {
            int from = Math.max(0, at - CONTEXT);
            int last = at;
            for (int other = next(at + 1);
                    other < lines.size() && other - last <= 2 * CONTEXT;
                    other = next(other + 1)) {
                last = other;
            }
            int to = Math.min(lines.size(), last + CONTEXT + 1);
            hunk(from, to, hunks);
            at = next(to);
        }
        return hunks.toString();
    }

    /** The next line that is not in both. */
    private int next(int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).mark() == ' ') {
            at++;
        }
        return at;
    }

    private void hunk(int from, int to, StringBuilder hunks) {
        hunks.append("@@ -%s +%s @@\n".formatted(range('+', from, to), range('-', from, to)));
        for (Line line : lines.subList(from, to)) {
            hunks.append(line.mark()).append(line.text());
            if (!line.text().endsWith("\n")) {
                hunks.append('\n').append(NO_END).append('\n');
            }
        }
    }

    /** Where a hunk is in one of the texts; that is the one which has no lines of the other's mark. */
    private String range(char others, int from, int to) {
        int before = count(others, 0, from);
        int length = count(others, from, to);
        return "%d,%d".formatted(length == 0 ? before : before + 1, length);
    }

    private int count(char others, int from, int to) {
        return (int) lines.subList(from, to).stream()
                .filter(line -> line.mark() != others)
                .count();
    }
}
