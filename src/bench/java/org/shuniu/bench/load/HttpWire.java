package org.shuniu.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads HTTP/1.1 messages from a stream: lines, the few headers that matter, bodies of known length or in chunks. */
public final class HttpWire {

    /**
     * What the headers say about the message.
     *
     * @param length of the body in bytes, or -1 when it comes in chunks
     * @param lines as they came
     */
    public record Headers(int length, boolean closes, List<String> lines) {}

    private final InputStream stream;
    private final byte[] buffer = new byte[16 * 1024];
    private int next;
    private int end;

    public HttpWire(InputStream stream) {
        this.stream = stream;
    }

    /** The next line without its end, or null when the stream has ended. */
    public String line() throws IOException {
        StringBuilder line = new StringBuilder(80);
        while (true) {
            int character = read();
            if (character < 0) {
                return null;
            }
            if (character == '\n') {
                return line.toString();
            }
            if (character != '\r') {
                line.append((char) character);
            }
        }
    }

    public Headers headers() throws IOException {
        int length = 0;
        boolean closes = false;
        List<String> lines = new ArrayList<>(16);
        for (String line = line(); line != null && !line.isEmpty(); line = line()) {
            lines.add(line);
            if (is(line, "content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            } else if (is(line, "transfer-encoding:")) {
                length = -1;
            } else if (is(line, "connection:")) {
                closes = line.substring(11).strip().equalsIgnoreCase("close");
            }
        }
        return new Headers(length, closes, lines);
    }

    private static boolean is(String line, String name) {
        return line.regionMatches(true, 0, name, 0, name.length());
    }

    public byte[] body(Headers headers) throws IOException {
        return headers.length() >= 0 ? exactly(headers.length()) : chunks();
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line().strip(), 16);
            body.writeBytes(exactly(size));
            line();
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] body = new byte[length];
        int have = Math.min(length, end - next);
        System.arraycopy(buffer, next, body, 0, have);
        next += have;
        if (stream.readNBytes(body, have, length - have) < length - have) {
            throw new EOFException("The other side closed in the middle of a body");
        }
        return body;
    }

    private int read() throws IOException {
        if (next == end) {
            next = 0;
            end = stream.read(buffer);
            if (end <= 0) {
                end = 0;
                return -1;
            }
        }
        return buffer[next++];
    }
}
