package org.shuniu.exchange;

import java.time.Duration;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.springframework.boot.ssl.SslStoreBundle;

/** The exchange's own port, with client certificates. What it shows and whom it trusts is exchanged while it is open. */
final class ExchangePort {

    private static final int MOST_HEADERS = 60;
    private static final int LARGEST_HEADERS = 16 * 1024;
    private static final int MOST_CONNECTIONS = 2_000;
    /** Within a request, and between two of a connection. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

    private static final Duration LONGEST_REST = Duration.ofSeconds(60);

    private final Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
    private final AbstractHttp11Protocol<?> protocol = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();

    ExchangePort(String address, int port) {
        connector.setPort(port);
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        connector.setProperty("address", address);
        protocol.setMaxHttpRequestHeaderSize(LARGEST_HEADERS);
        protocol.setMaxHeaderCount(MOST_HEADERS);
        protocol.setMaxConnections(MOST_CONNECTIONS);
        protocol.setMaxSwallowSize(0);
        protocol.setConnectionTimeout((int) LONGEST_SILENCE.toMillis());
        protocol.setKeepAliveTimeout((int) LONGEST_REST.toMillis());
        // Who asks before he sends a body hears a refusal instead.
        protocol.setContinueResponseTiming("onRead");
    }

    Connector connector() {
        return connector;
    }

    /** Connections that stand go on with what they were opened with. */
    void show(SslStoreBundle stores) {
        SSLHostConfig tls = new SSLHostConfig();
        tls.setProtocols("+TLSv1.2+TLSv1.3");
        tls.setCertificateVerification("required");
        tls.setTrustStore(stores.getTrustStore());
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystore(stores.getKeyStore());
        // Kept in memory without one; its default would be another.
        certificate.setCertificateKeystorePassword("");
        tls.addCertificate(certificate);
        protocol.addSslHostConfig(tls, true);
    }
}
