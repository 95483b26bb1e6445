package org.shuniu.rehearsal;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

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
            String mapping, String field, Kind kind, long count, String before, String after, List<String> messages) {

        private Finding with(Finding more) {
            return new Finding(
                    mapping,
                    field,
                    kind,
                    count + more.count,
                    before,
                    after,
                    Stream.concat(messages.stream(), more.messages.stream())
                            .limit(Tally.NAMED)
                            .toList());
        }
    }

    /** In the place of a field that was not told apart any more. */
    static final String OTHERS = "(others)";

    /**
     * The same in no more rows than may be kept of a rehearsal, which may go on for ever: whatever would be a row beyond that is added to
     * what others differ in.
     *
     * @param kept what has a row already
     * @param most rows
     */
    Findings within(Set<Tally.Key> kept, int most) {
        Map<Tally.Key, Finding> rows = new TreeMap<>();
        Set<Tally.Key> all = new HashSet<>(kept);
        for (Finding one : differences) {
            Tally.Key key = new Tally.Key(one.mapping(), one.field(), one.kind());
            if (all.contains(key) || all.size() < most) {
                all.add(key);
                rows.merge(key, one, Finding::with);
            } else {
                Finding other = new Finding(one.mapping(), OTHERS, one.kind(), one.count(), "", "", one.messages());
                rows.merge(new Tally.Key(one.mapping(), OTHERS, one.kind()), other, Finding::with);
            }
        }
        return new Findings(sums, List.copyOf(rows.values()), leftOut, unreadable);
    }

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
