package org.shuniu.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnifiedDifferenceTest {

    private static final String FILE = "mappings/x/application.out.yaml";
    private static final Pattern HUNK = Pattern.compile("@@ -(\\d+),(\\d+) \\+(\\d+),(\\d+) @@\n");

    @Test
    void isNothingWhereNothingDiffers() {
        assertThat(UnifiedDifference.of(FILE, "a\n", "a\n")).isEmpty();
    }

    @Test
    void saysWhatPatchReads() {
        String before = lines(1, 12);
        String after = before.replace("line 6\n", "line six\n").replace("line 7\n", "");

        assertThat(UnifiedDifference.of(FILE, before, after)).isEqualTo("""
                --- a/mappings/x/application.out.yaml
                +++ b/mappings/x/application.out.yaml
                @@ -3,8 +3,7 @@
                 line 3
                 line 4
                 line 5
                -line 6
                -line 7
                +line six
                 line 8
                 line 9
                 line 10
                """);
    }

    @Test
    void saysWhereALastLineHasNoEnd() {
        assertThat(UnifiedDifference.of(FILE, "a\nb", "a\nb\n"))
                .endsWith("@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n");
    }

    @Test
    void ofAnEmptyTextBeginsAtNoLine() {
        assertThat(UnifiedDifference.of(FILE, "", "a\n")).endsWith("@@ -0,0 +1,1 @@\n+a\n");
        assertThat(UnifiedDifference.of(FILE, "a\n", "")).endsWith("@@ -1,1 +0,0 @@\n-a\n");
    }

    @Test
    void makesTheOneOfTheOtherWhateverTheyAre() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            String before = text(random);
            String after = random.nextInt(4) == 0 ? text(random) : changed(before, random);

            String difference = UnifiedDifference.of(FILE, before, after);

            assertThat(applied(before, difference)).as(difference).isEqualTo(after);
        }
    }

    private static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj("line %d\n"::formatted).collect(Collectors.joining());
    }

    private static String text(Random random) {
        return IntStream.range(0, random.nextInt(40))
                .mapToObj(i -> "line %d\n".formatted(random.nextInt(6)))
                .collect(Collectors.joining());
    }

    private static String changed(String text, Random random) {
        return text.lines()
                .filter(line -> random.nextInt(10) > 0)
                .map(line -> random.nextInt(10) == 0 ? line + "\nnew\n" : line + "\n")
                .collect(Collectors.joining());
    }

    /** As {@code patch} does it, with no line out of its place. */
    private static String applied(String before, String difference) {
        List<String> old = before.lines().toList();
        List<String> fresh = new ArrayList<>();
        int at = 0;
        Matcher hunk = HUNK.matcher(difference);
        while (hunk.find()) {
            int from = Integer.parseInt(hunk.group(1)) - (hunk.group(2).equals("0") ? 0 : 1);
            fresh.addAll(old.subList(at, from));
            at = from;
            int next = difference.indexOf("@@ -", hunk.end());
            String body = difference.substring(hunk.end(), next < 0 ? difference.length() : next);
            for (String line : body.lines().toList()) {
                if (line.charAt(0) != '+') {
                    assertThat(old.get(at++)).isEqualTo(line.substring(1));
                }
                if (line.charAt(0) != '-') {
                    fresh.add(line.substring(1));
                }
            }
        }
        fresh.addAll(old.subList(at, old.size()));
        return fresh.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
