package org.shuniu.scenario;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.net.SocketFactory;

/** Connections to a database that break when a thread has committed, before it hears so: as often as a test asks for. */
public final class LosingSockets extends SocketFactory {

    private static final AtomicInteger LEFT = new AtomicInteger();
    private static final AtomicInteger LOST = new AtomicInteger();
    private static volatile String thread = "";

    /** Loses the answers to the next commits of threads whose names begin so. */
    static void lose(int times, String threads) {
        thread = threads;
        LOST.set(0);
        LEFT.set(times);
    }

    static int lost() {
        return LOST.get();
    }

    @Override
    public Socket createSocket() {
        return new Losing();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw connectsItself();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw connectsItself();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw connectsItself();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) {
        throw connectsItself();
    }

    /** The driver asks for a socket without an address and connects it: the other ways are never gone. */
    private static UnsupportedOperationException connectsItself() {
        return new UnsupportedOperationException("The driver connects its sockets itself");
    }

    private static final class Losing extends Socket {

        /** The driver prepares a COMMIT once under a name, and sends the name alone from then on. */
        private static final Pattern PREPARED = Pattern.compile("P[\\s\\S]{4}(S_\\d+)?\0COMMIT\0");

        private static final Pattern BOUND = Pattern.compile("B[\\s\\S]{4}\0(S_\\d+)\0");

        private final Set<String> commits = new HashSet<>();
        private boolean committing;

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    note(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
                    out.write(bytes, offset, length);
                }
            };
        }

        private void note(String sent) {
            boolean unnamed = PREPARED.matcher(sent).results().anyMatch(found -> {
                if (found.group(1) != null) {
                    commits.add(found.group(1));
                }
                return true;
            });
            committing = Thread.currentThread().getName().startsWith(thread)
                    && (unnamed || BOUND.matcher(sent).results().anyMatch(found -> commits.contains(found.group(1))));
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int read = in.read(bytes, offset, length);
                    if (committing && LEFT.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        LOST.incrementAndGet();
                        close();
                        throw new IOException("the answer is lost");
                    }
                    return read;
                }
            };
        }
    }
}
