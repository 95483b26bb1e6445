package org.shuniu.mapping;

import java.util.List;

/**
 * What a mapping leaves out.
 *
 * @param unread fields of its source that go nowhere, those of the message that was looked at first
 * @param unfilled places that the document must have, and no row writes
 * @param untranslated codes that may come, and that the tables of its rows do not have
 */
public record Coverage(List<Unread> unread, List<String> unfilled, List<Untranslated> untranslated) {

    /** Of something that could not be read. */
    public static final Coverage UNKNOWN = new Coverage(List.of(), List.of(), List.of());

    /**
     * A field that no row, condition or line names.
     *
     * @param field names joined by dots; elements of lists are one field
     * @param name what the standard calls it; empty where no schema says it
     * @param inMessage whether the message that was looked at has it
     * @param mayLeave whether anybody has declared that it may go to the partner; true of what comes from one
     */
    public record Unread(String field, String name, boolean inMessage, boolean mayLeave) {}

    /**
     * Codes that a row can't translate.
     *
     * @param target of the row
     * @param codes of the hub in what goes out, of the partner in what comes in
     */
    public record Untranslated(String target, String table, List<String> codes) {

        public Untranslated {
            codes = List.copyOf(codes);
        }
    }

    public Coverage {
        unread = List.copyOf(unread);
        unfilled = List.copyOf(unfilled);
        untranslated = List.copyOf(untranslated);
    }

    /** Whether nothing is left out. */
    public boolean isWhole() {
        return unread.isEmpty() && unfilled.isEmpty() && untranslated.isEmpty();
    }
}
