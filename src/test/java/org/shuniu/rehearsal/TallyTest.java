package org.shuniu.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.Examples;
import org.shuniu.store.Json;

class TallyTest {

    private final Tally tally = new Tally();

    @Test
    void staysSmallHoweverMuchDiffers() {
        for (int i = 0; i < 10_000; i++) {
            tally.add(message(i), Optional.of(List.of(new Difference("field" + i, Kind.ADDED, "", "*"))));
        }

        Findings findings = tally.findings();
        assertThat(findings.differences()).hasSizeLessThan(400);
        assertThat(findings.differences().stream()
                        .mapToLong(Findings.Finding::count)
                        .sum())
                .isEqualTo(10_000);
        assertThat(findings.differences())
                .filteredOn(one -> one.field().equals("(others)"))
                .singleElement()
                .satisfies(one -> assertThat(one.messages()).hasSize(Tally.NAMED));
    }

    /** A rehearsal goes on for ever, and each process adds other fields at each look. */
    @Test
    void keepsNoMoreRowsOfARehearsalThanMayBe() {
        Set<Tally.Key> kept = new HashSet<>();
        long seen = 0;
        for (int look = 0; look < 50; look++) {
            Tally next = new Tally();
            for (int i = 0; i < 100; i++) {
                String field = "field%d-%d".formatted(look, i);
                next.add(message(i), Optional.of(List.of(new Difference(field, Kind.ADDED, "", "*"))));
            }
            Findings added = next.findings().within(kept, RehearsalStore.MOST_KEPT);
            added.differences().forEach(one -> kept.add(new Tally.Key(one.mapping(), one.field(), one.kind())));
            seen += added.differences().stream()
                    .mapToLong(Findings.Finding::count)
                    .sum();
        }

        assertThat(kept)
                .hasSize(RehearsalStore.MOST_KEPT + 1)
                .contains(new Tally.Key("application.out", "(others)", Kind.ADDED));
        assertThat(seen).isEqualTo(5_000);
    }

    @Test
    void countsEachMessageInOneWay() {
        tally.add(message(1), Optional.of(List.of()));
        tally.add(message(2), Optional.empty());
        tally.add(message(3), Optional.of(List.of(new Difference("why", Kind.FAILS, "", ""))));
        tally.add(message(4), Optional.of(List.of(new Difference("why", Kind.WORKS, "", ""))));
        tally.add(
                message(5),
                Optional.of(
                        List.of(new Difference("a", Kind.VALUE, "*", "*"), new Difference("b", Kind.VALUE, "*", "*"))));
        tally.leftOut(7);

        assertThat(tally.findings().sums()).containsExactly(new Findings.Sum("application.out", 5, 1, 1, 1, 1, 1));
        assertThat(tally.findings().leftOut()).isEqualTo(7);
        assertThat(tally.findings().failures()).isEqualTo(1);
    }

    private static Recorded message(int number) {
        return new OutgoingDocument("partner", "application", "m" + number, "", Json.object(), Days.of(Examples.DAY));
    }
}
