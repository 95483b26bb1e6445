package org.shuniu.trials;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A cable between two programs that can be cut: after the request went through, or before anything does. */
final class TcpProxy implements AutoCloseable {

    private static final long SILENT_NANOS = 20_000_000;

    private final ServerSocket door;
    private final int target;
    private final Queue<Socket> joined = new ConcurrentLinkedQueue<>();
    private final List<Long> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile int cutEvery;
    private volatile long cutAfter;
    private volatile boolean refusing;
    private volatile boolean silent;

    TcpProxy(int target) {
        this.target = target;
        try {
            door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        thread(this::accept);
    }

    String address() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    /** Cuts the line when every n-th answer arrives, so that the request was worked and its answer is lost. */
    void cutAnswers(int every) {
        cutEvery = every;
    }

    /** Cuts each line when an answer arrives after so many bytes of a request, of which a handshake has fewer. */
    void cutAnswersAfter(long bytes) {
        cutAfter = bytes;
    }

    int port() {
        return door.getLocalPort();
    }

    /** Cuts all lines that stand, whatever is on its way on them. */
    void cutAll() {
        joined.forEach(TcpProxy::end);
        joined.clear();
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int cuts() {
        return cuts.get();
    }

    /** Closes every new connection before a byte went through. */
    void refuse(boolean refuse) {
        refusing = refuse;
    }

    /** Lets nothing through and ends nothing, as a network does that loses all: neither side hears of it. */
    void silence(boolean silence) {
        silent = silence;
    }

    /** When connections were begun, in nanoseconds. */
    List<Long> connections() {
        return List.copyOf(connections);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                connections.add(System.nanoTime());
                if (refusing) {
                    near.close();
                } else {
                    join(near);
                }
            } catch (IOException closing) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(closing);
                }
            }
        }
    }

    private void join(Socket near) throws IOException {
        Socket far;
        try {
            far = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException nobodyThere) {
            near.close();
            return;
        }
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        joined.add(near);
        joined.add(far);
        AtomicLong asked = new AtomicLong();
        thread(() -> pump(near, far, false, asked));
        thread(() -> pump(far, near, true, asked));
    }

    private void pump(Socket from, Socket to, boolean answer, AtomicLong asked) {
        byte[] buffer = new byte[16_384];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (answer && isCut(asked.get())) {
                    return;
                }
                asked.addAndGet(answer ? 0 : count);
                while (silent) {
                    LockSupport.parkNanos(SILENT_NANOS);
                }
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException gone) {
            Thread.currentThread().interrupt();
        } finally {
            joined.remove(from);
        }
    }

    private boolean isCut(long asked) {
        int every = cutEvery;
        boolean due = every > 0 && answers.incrementAndGet() % every == 0;
        boolean cut = due || cutAfter > 0 && asked > cutAfter;
        if (cut) {
            cuts.incrementAndGet();
        }
        return cut;
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
