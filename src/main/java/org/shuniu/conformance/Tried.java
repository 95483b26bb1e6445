package org.shuniu.conformance;

import java.util.Optional;

/**
 * One trial and its end.
 *
 * @param id such as {@code application/without-mobile}
 * @param expected what was agreed
 * @param came what came instead of it or as it; of one that is not applicable, why
 * @param whose who has to mend it
 * @param bytes folder with what went and came, where it is kept
 * @param millis how long it took
 */
public record Tried(
        String id, End end, String expected, String came, Whose whose, Optional<String> bytes, long millis) {}
