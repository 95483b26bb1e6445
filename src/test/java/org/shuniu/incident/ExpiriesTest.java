package org.shuniu.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiriesTest {

    private static final Instant TODAY = Instant.parse("2026-11-26T04:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "60, within 60 d, false",
        "31, within 60 d, false",
        "30, within 30 d, false",
        "14, within 14 d, false",
        "8, within 14 d, false",
        "7, within 7 d, true",
        "1, within 1 d, true",
        "0, within 1 d, true",
        "-1, over, true",
    })
    void riseInUrgencyAsTheDayComesNear(int days, String level, boolean urgent) {
        assertThat(look(ending("anhui", days))).singleElement().satisfies(condition -> {
            assertThat(condition.said()).startsWith(level + ": key k" + days);
            assertThat(condition.urgent()).isEqualTo(urgent);
            assertThat(condition.fault()).isEqualTo("sender");
        });
    }

    @Test
    void areNoneOfWhatEndsLater() {
        assertThat(look(ending("anhui", 61))).isEmpty();
    }

    @Test
    void areOneForAllOfAPartner() {
        assertThat(look(ending("anhui", 20), ending("anhui", 5), ending(null, 50), ending("anhui", 400)))
                .hasSize(2)
                .anySatisfy(condition -> {
                    assertThat(condition.cases()).isEqualTo(2);
                    assertThat(condition.said()).startsWith("within 7 d: key k5");
                    assertThat(condition.next()).isEqualTo(TODAY.plus(Duration.ofDays(5)));
                })
                .anySatisfy(condition -> {
                    assertThat(condition.key().partner()).isNull();
                    assertThat(condition.fault()).isEqualTo("hub");
                });
    }

    private static List<Condition> look(Expiries.Ending... endings) {
        return new Expiries(() -> Stream.of(endings).toList(), Clock.fixed(TODAY, ZoneOffset.UTC)).look(TODAY);
    }

    private static Expiries.Ending ending(String partner, int days) {
        return new Expiries.Ending(partner, "key k" + days, TODAY.plus(Duration.ofDays(days)));
    }
}
