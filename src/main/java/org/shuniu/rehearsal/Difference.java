package org.shuniu.rehearsal;

/**
 * One field that differs.
 *
 * @param field its names joined by dots, as the partner's format or the canonical document calls it; {@code []} is any element of a list
 * @param before what the mapping in force makes, covered
 * @param after what the candidate makes, covered
 */
record Difference(String field, Kind kind, String before, String after) {}
