package org.shuniu.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.shuniu.delivery.DeliveryStore.SaidAt;

class SaidAtTest {

    @Test
    void goesByTheReceiversOwnTime() {
        assertThat(SaidAt.of(at("10:00:03Z"), at("10:05:00.1Z")))
                .isGreaterThan(SaidAt.of(at("10:00:02Z"), at("10:06:00.1Z")));
    }

    @Test
    void goesByTheHubsTimeWithinASecond() {
        assertThat(SaidAt.of(at("10:00:03Z"), at("10:00:04.2Z")))
                .isGreaterThan(SaidAt.of(at("10:00:03Z"), at("10:00:04.1Z")));
    }

    /** A clock that is ahead would make all that comes after it older. */
    @Test
    void isNoLaterThanTheHubKnows() {
        assertThat(SaidAt.of(at("10:20:00Z"), at("10:00:03.5Z")))
                .isLessThan(SaidAt.of(at("10:00:04Z"), at("10:00:04.2Z")));
    }

    /** The reply to a call that began before it came; both are dated by the hub, to the second. */
    @Test
    void isNewerWhereItCameDuringACall() {
        SaidAt reply = SaidAt.of(at("10:00:05Z"), at("10:00:03.5Z"));
        SaidAt meanwhile = SaidAt.of(at("10:00:03Z"), at("10:00:03.9Z"));

        assertThat(meanwhile).isGreaterThan(reply);
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-24T" + time);
    }
}
