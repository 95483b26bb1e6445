package org.shuniu.catalogue;

import java.time.LocalDate;

/** A row of the catalogue that holds from one day to another, both included; {@link LocalDate#MAX} means still open. */
public interface Dated {
    LocalDate validFrom();

    LocalDate validTo();

    default boolean inForce(LocalDate on) {
        return !on.isBefore(validFrom()) && !on.isAfter(validTo());
    }

    default boolean overlaps(Dated other) {
        return !validFrom().isAfter(other.validTo()) && !other.validFrom().isAfter(validTo());
    }
}
