package org.shuniu.simulator;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * A page of what a partner had in a time.
 *
 * @param next by which the page after it is asked for
 */
record CountPage(List<Ledger.Worked> worked, Optional<String> next) {

    private static final int ROWS = 200;

    static CountPage of(Ledger ledger, String from, String until, DateTimeFormatter form, String cursor) {
        List<Ledger.Worked> all;
        try {
            all = ledger.worked(
                    LocalDateTime.parse(from, form).atZone(CityTime.ZONE).toOffsetDateTime(),
                    LocalDateTime.parse(until, form).atZone(CityTime.ZONE).toOffsetDateTime());
        } catch (DateTimeParseException wrong) {
            return new CountPage(List.of(), Optional.empty());
        }
        int first = cursor.matches("[0-9]{1,9}") ? Math.min(Integer.parseInt(cursor), all.size()) : 0;
        int end = Math.min(first + ROWS, all.size());
        return new CountPage(
                all.subList(first, end), end < all.size() ? Optional.of(Integer.toString(end)) : Optional.empty());
    }
}
