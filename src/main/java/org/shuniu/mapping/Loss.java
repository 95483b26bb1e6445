package org.shuniu.mapping;

import java.util.Set;

/**
 * What does not come through between the hub and a partner.
 *
 * @param items the codes of the items of which it is true; empty for all of the partner's
 * @param field a place of the canonical document, of the partner's answer, or a code of a table
 * @param what what becomes of it, for people
 */
public record Loss(String partner, Set<String> items, Way way, String field, Kind kind, String what) {

    /** Where it is lost. */
    public enum Way {
        /** In {@code application.out}. */
        OUT,
        /** In {@code result.in}. */
        IN,
        /** Between both. */
        ROUND
    }

    /** How it is lost; the last three are faults and no losses. */
    public enum Kind {
        /** It does not reach the partner. */
        NOT_CARRIED,
        /** A value that the schema allows can't be written, and its application is parked. */
        REFUSED,
        /** The end of a long text is missing. */
        CUT,
        /** Values that differ are the same for the partner. */
        COARSER,
        /** Characters are others. */
        CHANGED,
        /** The partner says it, and nobody reads it. */
        DROPPED,
        /** The canonical document has a place for it, and the partner never fills it. */
        NEVER_COMES,
        /** A code comes back as another. */
        RETURNS_AS_ANOTHER,
        /** What identifies message or case does not come back. */
        KEY_LOST,
        /** What identifies message or case comes back as something else. */
        KEY_CHANGED
    }

    public Loss {
        items = Set.copyOf(items);
    }

    /** Whether it must be mended, and is no property of the partner's system. */
    public boolean isFault() {
        return kind == Kind.RETURNS_AS_ANOTHER || kind == Kind.KEY_LOST || kind == Kind.KEY_CHANGED;
    }

    Loss of(Set<String> others) {
        return new Loss(partner, others, way, field, kind, what);
    }
}
