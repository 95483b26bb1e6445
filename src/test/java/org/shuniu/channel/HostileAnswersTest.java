package org.shuniu.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** H20, H24: an answer leads the hub nowhere, unpacks into nothing, and is never longer than the hub takes. */
class HostileAnswersTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int LARGEST = 1024 * 1024;

    private final org.shuniu.channel.HttpExchange http = new org.shuniu.channel.HttpExchange(Duration.ofSeconds(30));
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer office;
    private ServerSocket inside;
    private int status = 200;
    private byte[] body = new byte[0];

    @BeforeEach
    void open() throws IOException {
        inside = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        inside.setSoTimeout(1);
        office = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        office.createContext("/", this::answer);
        office.start();
    }

    @AfterEach
    void nobodyElseWasCalled() throws IOException {
        office.stop(0);
        http.close();
        try (ServerSocket heard = inside) {
            assertThatThrownBy(heard::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private void answer(HttpExchange call) throws IOException {
        asked.add("%s %s cookies %s"
                .formatted(
                        call.getRequestMethod(),
                        call.getRequestURI(),
                        call.getRequestHeaders().getOrDefault("Cookie", List.of())));
        String elsewhere = "http://127.0.0.1:%d/latest/meta-data/".formatted(inside.getLocalPort());
        call.getResponseHeaders().set("Location", elsewhere);
        call.getResponseHeaders().set("Content-Location", elsewhere);
        call.getResponseHeaders().set("Refresh", "0; url=" + elsewhere);
        call.getResponseHeaders().set("Link", "<%s>; rel=\"next\"".formatted(elsewhere));
        call.getResponseHeaders().set("Set-Cookie", "a=b");
        call.getResponseHeaders().set("Content-Encoding", "gzip");
        call.sendResponseHeaders(status, body.length == 0 ? -1 : 0);
        try (OutputStream out = call.getResponseBody()) {
            out.write(body);
        }
    }

    private Reply call() {
        return http.send(
                new HttpPost("http://127.0.0.1:%d/apply"
                        .formatted(office.getAddress().getPort())),
                System.nanoTime() + DEADLINE.toNanos());
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 305, 307, 308})
    void isFollowedNowhere(int redirection) {
        status = redirection;

        assertThat(call()).isEqualTo(new Reply.Unknown("HTTP %d".formatted(redirection)));
        assertThat(call()).isInstanceOf(Reply.Unknown.class);

        assertThat(asked).hasSize(2).containsOnly("POST /apply cookies []");
    }

    @Test
    void staysPacked() throws IOException {
        body = packed(100 * LARGEST);

        Reply reply = call();

        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Answered.class,
                        answered -> assertThat(answered.body()).isEqualTo(body));
        assertThat(asked).hasSize(1);
    }

    @Test
    void isReadNoFurtherThanItMayBe() {
        body = new byte[8 * LARGEST];

        assertThat(call()).isEqualTo(new Reply.Unknown("the connection broke: ContentTooLongException"));
    }

    private static byte[] packed(int zeros) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (int left = zeros; left > 0; left -= LARGEST) {
                gzip.write(new byte[LARGEST]);
            }
        }
        return packed.toByteArray();
    }
}
