package org.shuniu.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ArrivingContentTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong arrived = new AtomicLong();

    @Test
    void breaksOffWhoDrips() {
        InputStream content = dripping(10, 100);

        assertThatThrownBy(content::readAllBytes).isInstanceOf(IOException.class);
        assertThat(arrived.get()).isEqualTo(400);
    }

    @Test
    void waitsForWhoIsSlowButComes() throws IOException {
        assertThat(dripping(1, 100).readAllBytes()).hasSize(10_000);
        assertThat(arrived.get()).isEqualTo(10_000);
    }

    @Test
    void doesNotHoldTheHubsOwnDiskAgainstTheSender() throws IOException {
        InputStream content = dripping(0, 100);
        for (int i = 0; i < 100; i++) {
            nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
            assertThat(content.readNBytes(100)).hasSize(100);
        }
    }

    /** @param pause seconds before each piece */
    private InputStream dripping(int pause, int piece) {
        InputStream slow = new ByteArrayInputStream(new byte[10_000]) {
            @Override
            public synchronized int read(byte[] target, int offset, int most) {
                nanos.addAndGet(TimeUnit.SECONDS.toNanos(pause));
                return super.read(target, offset, Math.min(most, piece));
            }
        };
        return new ArrivingContent(slow, 50, arrived::addAndGet, nanos::get);
    }
}
