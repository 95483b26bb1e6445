package org.shuniu.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlacesTest {

    @Test
    void waitsForWhatIsTakenBeyondASmallerNumber() {
        Places places = new Places(3);
        assertThat(places.tryAcquire(3)).isTrue();

        places.resize(1);
        places.release(2);

        assertThat(places.tryAcquire())
                .as("one is still taken, and there is but one")
                .isFalse();
        places.release();
        assertThat(places.tryAcquire()).isTrue();
    }

    @Test
    void givesMoreAtOnce() {
        Places places = new Places(1);
        places.acquireUninterruptibly();

        places.resize(2);

        assertThat(places.tryAcquire()).isTrue();
        assertThat(places.tryAcquire()).isFalse();
    }
}
