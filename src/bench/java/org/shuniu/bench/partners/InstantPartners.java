package org.shuniu.bench.partners;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.shuniu.bench.load.HttpWire;

/**
 * The economy commission and the acceptance platform, answering at once: what a system under test does is all that takes
 * time.
 *
 * <p>The same two addresses serve every system, each with its own request; only the names of three fields matter.
 */
public final class InstantPartners implements AutoCloseable {

    private static final DateTimeFormatter SPACED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int BACKLOG = 256;

    private final ServerSocket server;
    private final Lives lives;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    public InstantPartners(Lives lives) throws IOException {
        this.lives = lives;
        this.server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        daemon("partners-accept", this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                daemon("partner-" + socket.getPort(), () -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 4096);
            HttpWire in = new HttpWire(socket.getInputStream());
            for (String line = in.line(); line != null; line = in.line()) {
                byte[] body = in.body(in.headers());
                out.write(reply(line, body));
                out.flush();
            }
        } catch (IOException gone) {
            lives.connectionLost();
        } finally {
            open.remove(socket);
        }
    }

    private byte[] reply(String requestLine, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        String path = requestLine.split(" ", 3)[1];
        if (path.startsWith("/economy/oauth")) {
            return json("{\"access_token\":\"bench\",\"token_type\":\"Bearer\",\"expires_in\":86400}");
        }
        if (path.startsWith("/economy/") && text.contains("\"requestId\"")) {
            return json(decision(Field.of(text, "requestId"), Field.of(text, "applyNo")));
        }
        if (path.startsWith("/acceptance-platform/events")) {
            if (text.contains("\"result\"")) {
                lives.delivered(Field.of(text, "messageId"), Field.of(text, "caseNo"));
            }
            return json("{\"received\":true}");
        }
        return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    }

    private String decision(String requestId, String applyNo) {
        lives.decided(requestId, applyNo);
        String tail = requestId.substring(Math.max(0, requestId.length() - 12));
        return """
                {"success":true,"code":"200","message":"ok","data":{"requestId":"%s","applyNo":"%s",\
                "acceptNo":"JX2026%s","state":"DONE","resultText":"办理成功","finishTime":"%s","handler":"经办一",\
                "certName":"办理结果电子凭证","certNo":"JX-C-%s"}}""".formatted(requestId, applyNo, tail, LocalDateTime.now().format(SPACED), tail);
    }

    private static byte[] json(String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] reply = new byte[head.length + body.length];
        System.arraycopy(head, 0, reply, 0, head.length);
        System.arraycopy(body, 0, reply, head.length, body.length);
        return reply;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
