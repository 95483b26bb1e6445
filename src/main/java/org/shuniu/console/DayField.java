package org.shuniu.console;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A day as forms send it, such as {@code 2026-11-24}. */
final class DayField {

    private DayField() {}

    /** @return nothing for what is left empty or is no day */
    static Optional<LocalDate> of(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(LocalDate.parse(text.strip()));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }
}
