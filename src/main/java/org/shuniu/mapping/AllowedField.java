package org.shuniu.mapping;

import java.time.LocalDate;
import java.util.Set;

/**
 * A line of {@code allowed-fields.csv}: what one receiver may have of a document, and why.
 *
 * @param field names joined by dots, from {@code message}, {@code delivery}, {@code case} or {@code document} on; a name of parts
 *     stands for those that the canonical schemas list, and for no other
 * @param items the codes of the items for which it may leave; empty for all
 * @param purpose what the receiver needs it for
 * @param basis the law and article, standard or agreement that it rests on
 * @param validFrom the first day, {@link LocalDate#MIN} while it is open
 * @param validTo the last day, {@link LocalDate#MAX} while it is open
 * @param line in its file
 */
public record AllowedField(
        String field,
        Set<String> items,
        String purpose,
        String basis,
        LocalDate validFrom,
        LocalDate validTo,
        long line) {

    public AllowedField {
        items = Set.copyOf(items);
    }

    /** @param item a code, or empty for what concerns no item */
    boolean holds(String item, LocalDate day) {
        return inForce(day) && isFor(item);
    }

    /** Whether it may leave for an item on any day. */
    public boolean isFor(String item) {
        return items.isEmpty() || items.contains(item);
    }

    private boolean inForce(LocalDate day) {
        return !day.isBefore(validFrom) && !day.isAfter(validTo);
    }

    /** Whether both say for some item and day what may become of a field. */
    boolean meets(AllowedField other) {
        boolean sameItem =
                items.isEmpty() || other.items.isEmpty() || items.stream().anyMatch(other.items::contains);
        return sameItem && !validFrom.isAfter(other.validTo) && !other.validFrom.isAfter(validTo);
    }
}
