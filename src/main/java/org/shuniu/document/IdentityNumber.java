package org.shuniu.document;

import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/** A citizen's number by GB 11643: 18 characters with a check character, or the old 15 digits without one. */
record IdentityNumber(String text) {
    private static final Pattern EIGHTEEN = Pattern.compile("[1-9][0-9]{16}[0-9X]");
    private static final Pattern FIFTEEN = Pattern.compile("[1-9][0-9]{14}");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK_CHARACTERS = "10X98765432";

    boolean wellFormed() {
        return EIGHTEEN.matcher(text).matches() || old();
    }

    boolean checked() {
        return old() || text.charAt(17) == CHECK_CHARACTERS.charAt(weightedSum() % 11);
    }

    /** The century of an old number is the twentieth; those born before it were given their numbers outside the scheme. */
    Optional<LocalDate> birthDate() {
        return CaseTimes.parseDate(old() ? "19" + text.substring(6, 12) : text.substring(6, 14));
    }

    boolean male() {
        return (text.charAt(old() ? 14 : 16) - '0') % 2 == 1;
    }

    @Override
    public String toString() {
        return "identity number of " + text.length() + " characters";
    }

    private boolean old() {
        return FIFTEEN.matcher(text).matches();
    }

    private int weightedSum() {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (text.charAt(i) - '0');
        }
        return sum;
    }
}
