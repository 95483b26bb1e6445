package org.shuniu.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a process that stood still sends when it goes on. */
class HttpExchangeTest {

    private static final int LONG = 300_000;

    private final List<Integer> worked = new CopyOnWriteArrayList<>();
    private final org.shuniu.channel.HttpExchange http = new org.shuniu.channel.HttpExchange(Duration.ofSeconds(5));

    private HttpServer office;

    @BeforeEach
    void open() throws IOException {
        office = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        office.createContext("/", this::work);
        office.start();
    }

    @AfterEach
    void close() {
        http.close();
        office.stop(0);
    }

    private void work(HttpExchange call) throws IOException {
        worked.add(call.getRequestBody().readAllBytes().length);
        call.sendResponseHeaders(200, -1);
        call.close();
    }

    @Test
    void isNothingOnceTheTimeOfTheCallIsOver() {
        Reply late = http.send(post(100), System.nanoTime() - 1);
        Reply inTime =
                http.send(post(LONG), System.nanoTime() + Duration.ofSeconds(60).toNanos());

        assertThat(late).isInstanceOf(Reply.Unavailable.class);
        assertThat(inTime).isInstanceOf(Reply.Answered.class);
        assertThat(worked).containsExactly(LONG);
    }

    @Test
    void isNotTheRestOfABodyEither() {
        long endBy = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                super.write(bytes, offset, length);
                standStill(endBy);
            }
        };
        TimelyEntity body = new TimelyEntity(new ByteArrayEntity(new byte[LONG], ContentType.APPLICATION_JSON), endBy);

        assertThatThrownBy(() -> body.writeTo(out)).isInstanceOf(TimelyEntity.NotWritten.class);
        assertThat(out.size()).isPositive().isLessThan(LONG);
    }

    private static void standStill(long until) {
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private HttpPost post(int length) {
        HttpPost post = new HttpPost("http://127.0.0.1:" + office.getAddress().getPort() + "/");
        post.setEntity(new ByteArrayEntity(new byte[length], ContentType.APPLICATION_JSON));
        return post;
    }
}
