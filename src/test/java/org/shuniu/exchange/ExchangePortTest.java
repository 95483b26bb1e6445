package org.shuniu.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.junit.jupiter.api.Test;

/** H12, H33: what a stranger can hold at the port for regions before anybody knows him is bounded. */
class ExchangePortTest {

    private final AbstractHttp11Protocol<?> port = (AbstractHttp11Protocol<?>)
            new ExchangePort("127.0.0.1", 0).connector().getProtocolHandler();

    @Test
    void boundsConnectionsAndHowLongEachMayBeSilent() {
        assertThat(port.getMaxConnections()).isEqualTo(2_000);
        assertThat(port.getConnectionTimeout()).isEqualTo(20_000);
        assertThat(port.getKeepAliveTimeout()).isEqualTo(60_000);
        assertThat(port.getMaxSwallowSize()).isZero();
    }

    @Test
    void boundsWhatComesBeforeABody() {
        assertThat(port.getMaxHttpRequestHeaderSize()).isEqualTo(16 * 1024);
        assertThat(port.getMaxHeaderCount()).isEqualTo(60);
        assertThat(port.getMaxExtensionSize()).isLessThanOrEqualTo(8 * 1024);
        assertThat(port.getMaxTrailerSize()).isLessThanOrEqualTo(8 * 1024);
    }
}
