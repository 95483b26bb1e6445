package org.shuniu.reconciliation;

import java.util.EnumMap;
import java.util.Map;

/** What a report comes to. */
final class Sums {

    int sent;
    int accepted;
    int finished;
    private final Map<Judgement, Integer> named = new EnumMap<>(Judgement.class);

    void name(Judgement judgement) {
        named.merge(judgement, 1, Integer::sum);
    }

    int named(Judgement judgement) {
        return named.getOrDefault(judgement, 0);
    }

    @Override
    public String toString() {
        return "sent %d, accepted %d, finished %d, missing %d, doubled %d, late %d, unrecorded %d, unreceived %d, unlisted %d, altered %d"
                .formatted(
                        sent,
                        accepted,
                        finished,
                        named(Judgement.LOST),
                        named(Judgement.DOUBLED),
                        named(Judgement.LATE),
                        named(Judgement.UNRECORDED),
                        named(Judgement.UNRECEIVED),
                        named(Judgement.UNLISTED),
                        named(Judgement.ALTERED));
    }
}
