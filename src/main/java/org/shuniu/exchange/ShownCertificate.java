package org.shuniu.exchange;

import javax.net.ssl.SSLContext;
import org.springframework.boot.ssl.SslBundle;

/** What the hub shows regions that it calls, and whom it trusts there, as the files have it. */
final class ShownCertificate {

    private final TlsRenewal renewal;
    private volatile SSLContext context;

    ShownCertificate(TlsFiles files, Told told) {
        this.renewal = new TlsRenewal(
                "calls", files, stores -> context = SslBundle.of(stores).createSslContext(), told);
    }

    void look() {
        renewal.look();
    }

    SSLContext context() {
        return context;
    }
}
