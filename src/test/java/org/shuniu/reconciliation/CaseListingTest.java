package org.shuniu.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each message has one verdict, the gravest, and a cursor says where a page ended. */
class CaseListingTest {

    @ParameterizedTest
    @CsvSource({
        "lost, false, false, 0, MISSING",
        "doubled, true, false, 2, DOUBLED",
        "late, false, false, 1, LATE",
        "unrecorded, false, false, 1, UNRECORDED",
        ", true, false, 1, FINISHED",
        ", true, true, 0, FINISHED",
        ", false, true, 0, REFUSED",
        ", false, false, 1, ACCEPTED",
        ", false, false, 0, UNCOUNTED",
        ", false, false, , UNCOUNTED"
    })
    void saysHowAMessageStands(String gravest, boolean finished, boolean refused, Integer effects, Standing expected) {
        assertThat(Standing.of(gravest, finished, refused, effects)).isEqualTo(expected);
    }

    @Test
    void goesOnWhereAPageEnded() {
        Place sent = new Place.Sent(Instant.parse("2026-11-24T02:15:30.123456Z"), UUID.randomUUID());
        Place named = new Place.Named("lost", "01940000-0000-7000-8000-000000000001");

        assertThat(Place.of(sent.cursor())).contains(sent);
        assertThat(Place.of(named.cursor())).contains(named);
        assertThat(Place.of(Place.Named.FIRST.cursor())).contains(Place.Named.FIRST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "?", "cyBub3cgaWQ", "eCBhIGI"})
    void knowsWhatIsNoCursor(String cursor) {
        assertThat(Place.of(cursor)).isEmpty();
    }
}
