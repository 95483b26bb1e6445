package org.shuniu.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.packaged.Openssl;
import org.shuniu.packaged.Workplace;
import org.springframework.boot.ssl.SslBundle;

/** What the hub shows, on its port and in calls, follows its files while both go on. */
class TlsRenewalTest {

    @TempDir
    private static Path papers;

    @TempDir
    private Path files;

    private final List<String> told = new ArrayList<>();
    private final int number = Workplace.freePort();
    private Tomcat server;
    private TlsRenewal renewal;
    private ShownCertificate shown;

    @BeforeAll
    static void makePapers() {
        Openssl.authority(papers, "ca");
        for (String name : List.of("old", "fresh")) {
            Openssl.certificate(papers, name, "ca", "serverAuth,clientAuth");
        }
        Openssl.certificate(papers, "region", "ca", "clientAuth");
    }

    @BeforeEach
    void open() throws Exception {
        Files.copy(papers.resolve("ca.pem"), files.resolve("ca.pem"));
        put("old.crt", "hub.pem");
        put("old.key", "hub.key");
        TlsFiles hub = new TlsFiles(files.resolve("hub.pem"), files.resolve("hub.key"), files.resolve("ca.pem"));
        ExchangePort port = new ExchangePort("127.0.0.1", number);
        renewal = new TlsRenewal("port", hub, port::show, this::tell);
        shown = new ShownCertificate(hub, this::tell);
        server = new Tomcat();
        server.setBaseDir(files.toString());
        server.getService().addConnector(port.connector());
        server.addContext("", files.toString());
        server.start();
    }

    private void tell(String action, String target, String detail) {
        told.add(action + " " + target + " " + detail);
    }

    @AfterEach
    void close() throws Exception {
        server.stop();
        server.destroy();
    }

    @Test
    void takesUpARenewedCertificateOnThePortAndInCalls() throws IOException {
        assertThat(shownByThePort()).isEqualTo("CN=old");
        assertThat(shownInCalls()).isEqualTo("CN=old");
        renewal.look();
        put("fresh.crt", "hub.pem");
        put("fresh.key", "hub.key");

        renewal.look();
        shown.look();

        assertThat(shownByThePort()).isEqualTo("CN=fresh");
        assertThat(shownInCalls()).isEqualTo("CN=fresh");
        assertThat(told)
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("exchange-certificate port SHA-256 "))
                .anySatisfy(line -> assertThat(line).startsWith("exchange-certificate calls SHA-256 "));
    }

    @Test
    void keepsTheOldOneUntilBothFilesAreNew() throws IOException {
        put("fresh.crt", "hub.pem");
        renewal.look();
        renewal.look();

        assertThat(shownByThePort()).isEqualTo("CN=old");
        assertThat(told)
                .singleElement()
                .asString()
                .contains("exchange-certificate-refused port", "the key is not the certificate's");

        put("fresh.key", "hub.key");
        renewal.look();

        assertThat(shownByThePort()).isEqualTo("CN=fresh");
    }

    @Test
    void keepsTheOldOneWhenAFileIsGoneOrNoPem() throws IOException {
        Files.delete(files.resolve("hub.key"));
        renewal.look();
        Files.writeString(files.resolve("hub.key"), "half a ke");
        renewal.look();

        assertThat(shownByThePort()).isEqualTo("CN=old");
        assertThat(told)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("exchange-certificate-refused port"));
    }

    @Test
    void doesNotStartWithAKeyThatDoesNotFit() throws IOException {
        put("fresh.crt", "hub.pem");

        assertThatThrownBy(() -> new ShownCertificate(
                        new TlsFiles(files.resolve("hub.pem"), files.resolve("hub.key"), files.resolve("ca.pem")),
                        this::tell))
                .hasMessageContaining("hub.pem and its key can't be used: the key is not the certificate's");
    }

    private void put(String paper, String file) throws IOException {
        Files.copy(papers.resolve(paper), files.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    private String shownByThePort() throws IOException {
        TlsFiles region =
                new TlsFiles(papers.resolve("region.crt"), papers.resolve("region.key"), papers.resolve("ca.pem"));
        SSLSession session = session(SslBundle.of(region.read().stores()).createSslContext());
        return name((X509Certificate) session.getPeerCertificates()[0]);
    }

    private String shownInCalls() throws IOException {
        return name((X509Certificate) session(shown.context()).getLocalCertificates()[0]);
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private SSLSession session(SSLContext context) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", number)) {
            socket.startHandshake();
            return socket.getSession();
        }
    }
}
