package org.shuniu.console;

import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Which names of fields are shown of a document that is covered: a sender or a department may name a field after a person, and then
 * its name says as much as a value does.
 */
final class FieldNames {

    /** What stands in the place of any other. */
    private static final String OTHER = "*";

    /** Nobody's number, and no name in Chinese; one in Latin letters looks like any other. */
    private static final Pattern OF_A_PARTNER =
            Pattern.compile("(?!(?:.*[0-9]){6})[@#]?[A-Za-z_][A-Za-z0-9_.:-]{0,39}");

    private final Supplier<Set<String>> known;

    /** @param known that the schemas of the hub's documents and the authors of mappings have chosen */
    FieldNames(Supplier<Set<String>> known) {
        this.known = known;
    }

    /** Those of a document of the hub's own kind, as it is asked now. */
    Naming ofTheHub() {
        Set<String> now = known.get();
        return name -> now.contains(name) ? name : OTHER;
    }

    /** Those of what a partner gets or says, in its own form. */
    static Naming ofAPartner() {
        return name -> OF_A_PARTNER.matcher(name).matches() ? name : OTHER;
    }

    /** What is shown of a field's name. */
    @FunctionalInterface
    interface Naming {
        Naming ALL = name -> name;

        String of(String name);
    }
}
