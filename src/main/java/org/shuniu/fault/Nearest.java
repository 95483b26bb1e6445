package org.shuniu.fault;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** Which of the words that are known was meant by one that is not. */
public final class Nearest {

    private static final int LETTERS_PER_MISTAKE = 4;

    private Nearest() {}

    /** As what is expected instead: the word that was probably meant, and all others that would do. */
    public static String among(String word, Collection<String> known) {
        TreeSet<String> all = new TreeSet<>(known);
        return to(word, all)
                .map(meant -> "%s, or another of %s".formatted(meant, all))
                .orElseGet(() -> "one of " + all);
    }

    private static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .filter(other -> mistakes(word, other) <= Math.max(1, word.length() / LETTERS_PER_MISTAKE))
                .min(Comparator.comparingInt(other -> mistakes(word, other)));
    }

    /** Letters to be changed, put in or left out. */
    private static int mistakes(String word, String other) {
        int[] row = new int[other.length() + 1];
        for (int i = 0; i <= word.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = i == 0 ? j : diagonal + (word.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = i == 0 ? j : Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
