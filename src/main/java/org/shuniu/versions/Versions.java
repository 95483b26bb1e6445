package org.shuniu.versions;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** By which versions a document is written for its receiver. */
public enum Versions {
    /** The mapping as it is now, with the tables of the case's day: what happens unasked. */
    CASE_DAY,
    /** Mapping, tables and catalogue exactly as they were at the first attempt. */
    AS_FIRST,
    /** The mapping as it is now, with the tables of today. */
    CURRENT;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @return nothing for a word that is none */
    public static Optional<Versions> of(String word) {
        return Stream.of(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /** As a delivery keeps it: null for what happens unasked. */
    public String kept() {
        return this == CASE_DAY ? null : word();
    }

    /** @param kept as a delivery keeps it */
    public static Versions ofKept(String kept) {
        return kept == null ? CASE_DAY : of(kept).orElseThrow();
    }
}
