package org.shuniu.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The line between platform and hub is bad. */
class NetworkTrial {

    private static final int SLOW = 300;
    private static final int CUT = 50;

    @Test
    void repeatsTheReceiptWhenTheFirstWasLost() {
        int cuts = Trial.count(1000, 30);
        try (Trial trial = Trial.of(
                                "F3", "answers are cut off after the request went through, %d times".formatted(cuts))
                        .ready();
                TcpProxy line = new TcpProxy(URI.create(trial.hub().address()).getPort())) {
            line.cutAnswers(2);
            LoadDriver platform = trial.driver(line::address);
            while (line.cuts() < cuts) {
                platform.send(20, 8);
            }
            assertThat(platform.faults()).isEmpty();
            assertThat(platform.answers("200")).as("replayed receipts").isPositive();
            trial.note("answers cut", line.cuts())
                    .note("answers through the bad line", platform.answers())
                    .prove();
        }
    }

    @Test
    void keepsNothingOfAHalfRequestAndStarvesNobody() throws Exception {
        String what = "%d requests are cut in the body, %d send a byte a second".formatted(CUT, SLOW);
        try (Trial trial = Trial.of("F4", what).ready()) {
            for (int i = 0; i < CUT; i++) {
                try (Socket half = halfRequest(trial)) {
                    half.setSoLinger(i % 2 == 0, 0);
                }
            }
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < SLOW; i++) {
                slow.add(halfRequest(trial));
            }
            Duration length = Trial.length(Duration.ofSeconds(300), Duration.ofSeconds(40));
            CompletableFuture<Integer> dripping = CompletableFuture.supplyAsync(() -> drip(slow, length));
            long begin = System.nanoTime();
            trial.platform().send(60, 8);
            Duration others = Duration.ofNanos(System.nanoTime() - begin);
            boolean beside = !dripping.isDone() || dripping.join() == SLOW;
            if (!beside) {
                trial.blame("nobody else was answered while %d slow requests dripped".formatted(SLOW));
            }
            if (dripping.join() < SLOW) {
                trial.blame("the hub ended %d of %d requests that sent a byte a second for %d s"
                        .formatted(dripping.join(), SLOW, length.toSeconds()));
            }
            trial.note("60 applications beside the slow ones took ms", others.toMillis())
                    .prove();
        }
    }

    /** Headers that promise a whole application, and a part of it. */
    private static Socket halfRequest(Trial trial) throws IOException {
        URI hub = URI.create(trial.hub().address());
        String body = trial.newSeed().application(LoadDriver.ECONOMY);
        String head = """
            POST /api/v1/applications HTTP/1.1\r
            Host: %s\r
            Authorization: Bearer %s\r
            Idempotency-Key: %s\r
            Content-Type: application/json\r
            Content-Length: %d\r
            \r
            """.formatted(
                        hub.getAuthority(),
                        trial.hub().secret("acceptance-platform-token"),
                        UUID.randomUUID(),
                        body.getBytes(StandardCharsets.UTF_8).length);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.getPort());
        socket.setTcpNoDelay(true);
        OutputStream out = socket.getOutputStream();
        out.write((head + body.substring(0, 20)).getBytes(StandardCharsets.UTF_8));
        out.flush();
        return socket;
    }

    /** Adds a byte a second to each; returns how many the hub has ended. */
    private static int drip(List<Socket> sockets, Duration length) {
        int ended = 0;
        for (long end = System.nanoTime() + length.toNanos(); System.nanoTime() < end && ended < sockets.size(); ) {
            Crashes.live(Duration.ofSeconds(1));
            ended = 0;
            for (Socket socket : sockets) {
                ended += addByte(socket) ? 0 : 1;
            }
        }
        sockets.forEach(NetworkTrial::close);
        return ended;
    }

    private static boolean addByte(Socket socket) {
        try {
            if (socket.isClosed() || socket.getInputStream().available() > 0) {
                return false;
            }
            socket.getOutputStream().write(' ');
            return true;
        } catch (IOException ended) {
            return false;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
