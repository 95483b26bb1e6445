package org.shuniu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivingPlacesTest {

    private final ArrivingPlaces places = new ArrivingPlaces(8);

    @Test
    void keepsPlacesForOthersHoweverManyOneSenderWants() {
        assertThat(taken("drips", 10)).isEqualTo(6);
        assertThat(taken("other", 10)).isEqualTo(2);
    }

    @Test
    void givesAPlaceBackToWhoeverComesNext() {
        taken("drips", 6);

        places.release("drips");

        assertThat(taken("other", 10)).isEqualTo(3);
        assertThat(places.tryAcquire("drips")).isFalse();
    }

    private int taken(String sender, int wanted) {
        int taken = 0;
        for (int i = 0; i < wanted; i++) {
            taken += places.tryAcquire(sender) ? 1 : 0;
        }
        return taken;
    }
}
