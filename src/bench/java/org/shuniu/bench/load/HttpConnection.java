package org.shuniu.bench.load;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;

/** One kept HTTP/1.1 connection on loopback that sends one request at a time and costs next to nothing. */
public final class HttpConnection implements Closeable {

    /**
     * An answer, whole.
     *
     * @param headers their lines
     */
    public record Answer(int status, List<String> headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private static final int DEADLINE_MILLIS = 30_000;

    /** Servers close what is idle for longer: what is sent just then is lost. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final SocketFactory sockets;
    private final int port;
    private Socket socket;
    private OutputStream out;
    private HttpWire in;
    private long usedAt;

    public HttpConnection(int port) {
        this(SocketFactory.getDefault(), port);
    }

    /** @param sockets of TLS, for instance */
    public HttpConnection(SocketFactory sockets, int port) {
        this.sockets = sockets;
        this.port = port;
    }

    public Answer post(String path, Map<String, String> headers, byte[] body) throws IOException {
        return exchange("POST", path, headers, body);
    }

    public Answer get(String path, Map<String, String> headers) throws IOException {
        return exchange("GET", path, headers, new byte[0]);
    }

    private Answer exchange(String method, String path, Map<String, String> headers, byte[] body) throws IOException {
        connect();
        try {
            out.write(head(method, path, headers, body.length));
            out.write(body);
            out.flush();
            return read();
        } catch (IOException broken) {
            close();
            throw broken;
        }
    }

    private static byte[] head(String method, String path, Map<String, String> headers, int length) {
        StringBuilder head = new StringBuilder(256);
        head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(length).append("\r\n\r\n");
        return head.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private Answer read() throws IOException {
        String status = in.line();
        if (status == null) {
            throw new IOException("The server on port %d closed the connection".formatted(port));
        }
        HttpWire.Headers headers = in.headers();
        byte[] body = in.body(headers);
        if (headers.closes()) {
            close();
        }
        usedAt = System.nanoTime();
        return new Answer(Integer.parseInt(status.substring(9, 12)), headers.lines(), body);
    }

    private void connect() throws IOException {
        if (System.nanoTime() - usedAt > IDLE_NANOS) {
            close();
        }
        if (socket == null) {
            socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(DEADLINE_MILLIS);
            out = new BufferedOutputStream(socket.getOutputStream(), 8192);
            InputStream bytes = socket.getInputStream();
            in = new HttpWire(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
