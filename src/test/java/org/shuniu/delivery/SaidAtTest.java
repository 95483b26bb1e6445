package org.shuniu.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.shuniu.delivery.DeliveryStore.SaidAt;

class SaidAtTest {

    @Test
    void goesByTheReceiversOwnTime() {
        assertThat(pushed("10:00:03Z", "10:05:00.1Z")).isGreaterThan(pushed("10:00:02Z", "10:06:00.1Z"));
    }

    @Test
    void goesByTheOrderOfReceiptWithinASecond() {
        assertThat(pushed("10:00:03Z", "10:00:04.2Z")).isGreaterThan(pushed("10:00:03Z", "10:00:04.1Z"));
    }

    /** A clock that is ahead would make all that comes after it older. */
    @Test
    void isNoLaterThanItsReceipt() {
        assertThat(pushed("10:20:00Z", "10:00:03.5Z")).isLessThan(pushed("10:00:04Z", "10:00:04.2Z"));
    }

    /** The hub dates both, to the second, and the reply by its call's beginning. */
    @Test
    void isNewerWhereItCameDuringACall() {
        SaidAt reply = SaidAt.of(at("10:00:03Z"), at("10:00:05.5Z"), at("10:00:03.5Z"));

        assertThat(pushed("10:00:03Z", "10:00:03.9Z")).isGreaterThan(reply);
    }

    @Test
    void goesByTheReceiversOwnTimeInAReplyToo() {
        SaidAt reply = SaidAt.of(at("10:00:07Z"), at("10:00:08.1Z"), at("10:00:00.2Z"));

        assertThat(pushed("10:00:04Z", "10:00:20.1Z")).isLessThan(reply);
    }

    private static SaidAt pushed(String said, String received) {
        return SaidAt.of(at(said), at(received), at(received));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-24T" + time);
    }
}
