package org.shuniu.rehearsal;

import java.util.List;

/**
 * In what a candidate differs from the mapping in force. It holds no value of a message.
 *
 * @param leftOut messages that were not compared, for want of room
 * @param unreadable messages that can't be opened any more
 */
record Findings(List<Sum> sums, List<Finding> differences, long leftOut, long unreadable) {

    /**
     * Of one mapping, such as {@code application.out}.
     *
     * @param different what both can translate, into different documents
     * @param onlyCandidateFails what the mapping in force can translate
     * @param onlyInForceFails what the candidate can translate
     * @param bothFail what nobody can translate
     */
    record Sum(
            String mapping,
            long compared,
            long equal,
            long different,
            long onlyCandidateFails,
            long onlyInForceFails,
            long bothFail) {}

    /**
     * One field that differs in one way; or, where its kind says so, one reason for which one of both can't translate.
     *
     * @param count messages in which it does
     * @param before an example of the mapping in force, covered
     * @param after the same of the candidate
     * @param messages the ids of the first few
     */
    record Finding(
            String mapping, String field, Kind kind, long count, String before, String after, List<String> messages) {}

    boolean isEmpty() {
        return sums.isEmpty() && differences.isEmpty() && leftOut == 0 && unreadable == 0;
    }

    long compared() {
        return sums.stream().mapToLong(Sum::compared).sum();
    }

    /** The messages for which the candidate can't be used, as far as the mapping in force can. */
    long failures() {
        return differences.stream()
                .filter(one -> one.kind() == Kind.FAILS)
                .mapToLong(Finding::count)
                .sum();
    }
}
