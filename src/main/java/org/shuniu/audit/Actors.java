package org.shuniu.audit;

import java.util.Locale;

/** The names that the audit log knows people by. */
public final class Actors {

    /** Before the name of whoever came by OpenID Connect; no local user, partner or program has a colon in its name. */
    public static final String BY_OIDC = "oidc:";

    /** Before the account of the machine at which somebody ran a command. */
    public static final String BY_COMMAND = "command:";

    private Actors() {}

    /**
     * Whether two names may be one human's as far as the names tell.
     *
     * <p>What can be known: a name is itself, and a local name is taken for the same human's as that name at the provider, with or
     * without the provider's domain; who is wrongly taken for one human can ask a third. What cannot: a human with a local name and
     * another one at the provider, or with two numbers there. Whoever comes by OpenID Connect should have no local user, and names
     * at the provider must be neither chosen by their owners nor given twice.
     */
    static boolean mayBeOne(String one, String other) {
        if (one.startsWith(BY_OIDC) == other.startsWith(BY_OIDC)) {
            return one.equalsIgnoreCase(other);
        }
        return bare(one).equals(bare(other));
    }

    private static String bare(String name) {
        String whole = name.toLowerCase(Locale.ROOT);
        return whole.startsWith(BY_OIDC) ? whole.substring(BY_OIDC.length()).split("@", 2)[0] : whole;
    }
}
