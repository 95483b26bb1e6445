package org.shuniu.bench.exchange;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.shuniu.bench.subject.RunningSubject;

/**
 * The least that taking in can cost: the hub's own HTTP server and TLS with client certificates, a message in a file that is
 * flushed for all that arrive together, an upload in a plain file that is flushed at its end. Nothing is signed or checked.
 */
public final class ExchangeFloor extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int PIECE = 64 * 1024;

    private final transient Path data;
    private final transient FlushedFile messages;

    private ExchangeFloor(Path data) throws IOException {
        this.data = data;
        this.messages = FlushedFile.open(data.resolve("messages"));
    }

    /** @param arguments data directory, port, the server's PKCS #12, PEM of the clients' authority */
    public static void main(String[] arguments) throws Exception {
        Path data = Files.createDirectories(Path.of(arguments[0]));
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("floor-tomcat").toString());
        tomcat.setConnector(connector(Integer.parseInt(arguments[1]), arguments[2], Path.of(arguments[3])));
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "floor", new ExchangeFloor(data));
        context.addServletMappingDecoded("/*", "floor");
        tomcat.start();
        System.out.println(RunningSubject.READY);
    }

    private static Connector connector(int port, String certificate, Path authority)
            throws IOException, GeneralSecurityException {
        Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(port);
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxKeepAliveRequests", "-1");
        SSLHostConfig tls = new SSLHostConfig();
        tls.setProtocols("+TLSv1.2+TLSv1.3");
        tls.setCertificateVerification("required");
        tls.setTrustStore(Papers.trusted(authority));
        SSLHostConfigCertificate shown = new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
        shown.setCertificateKeystoreFile(certificate);
        shown.setCertificateKeystoreType("PKCS12");
        shown.setCertificateKeystorePassword(Papers.PASSWORD);
        tls.addCertificate(shown);
        ((AbstractHttp11Protocol<?>) connector.getProtocolHandler()).addSslHostConfig(tls);
        return connector;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        messages.append(request.getInputStream().readAllBytes()).join();
        UUID id = UUID.randomUUID();
        byte[] receipt =
                "{\"messageId\":\"%s\",\"caseNo\":\"F%1$s\"}".formatted(id).getBytes(StandardCharsets.US_ASCII);
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setContentType("application/json");
        response.setContentLength(receipt.length);
        response.getOutputStream().write(receipt);
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Path file = data.resolve("upload-" + UUID.randomUUID());
        try (InputStream body = request.getInputStream();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] piece = new byte[PIECE];
            for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
                channel.write(ByteBuffer.wrap(piece, 0, read));
            }
            channel.force(true);
        }
        response.setStatus(HttpServletResponse.SC_CREATED);
        response.setContentLength(0);
    }
}
