package org.shuniu.catalogue;

import java.time.LocalDate;

/**
 * How another system writes one of our codes, rightly or wrongly.
 *
 * @param standard the code that is meant, of the standard
 * @param local the code that the system writes for it
 * @param meaning what the system takes its code for where it takes it for something else, or empty
 * @param metBy {@code <partner>/<table>}, {@code <partner>/<mapping>.in}, {@code intake} which refuses it, or {@code nobody}
 */
public record Drift(
        Kind kind,
        String standard,
        String local,
        String meaning,
        String system,
        String metBy,
        LocalDate validFrom,
        LocalDate validTo)
        implements Dated {

    /** What the code is one of. */
    public enum Kind {
        ID_TYPE,
        DIVISION,
        OTHER
    }

    /** Says whether the partner's own table or mapping meets it. */
    public boolean isMetByAPartner() {
        return metBy.contains("/");
    }

    /** Says whether the code is another one than the standard's. */
    public boolean differs() {
        return !local.equals(standard);
    }
}
