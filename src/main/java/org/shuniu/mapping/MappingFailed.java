package org.shuniu.mapping;

/** One document can't be translated; names mapping, row, kind of value and what was expected, never a person's data. */
public final class MappingFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MappingFailed(String mapping, String target, String message) {
        super("%s, row %s: %s".formatted(mapping, target, message));
    }

    /** Of a mapping as a whole. */
    public MappingFailed(String mapping, String message) {
        super("%s: %s".formatted(mapping, message));
    }
}
