package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sender that drips its bytes keeps nobody else waiting, and does not drip for ever. */
class SlowBodyTest {

    /** More than the server has threads. */
    private static final int DRIPPING = 300;

    @TempDir
    static Path directory;

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(directory, "--shuniu.intake.body-deadline=30s");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void leavesTheOthersTheirThreads() throws IOException {
        List<Socket> dripping = new ArrayList<>();
        try {
            for (int i = 0; i < DRIPPING; i++) {
                Socket socket = open();
                begin(socket, hub.secret("acceptance-platform-token"), body());
                socket.getOutputStream().write('{');
                dripping.add(socket);
            }

            assertThat(hub.apply(body()).statusCode()).isEqualTo(202);

            for (Socket socket : dripping) {
                assertThat(socket.getInputStream().available())
                        .as("what a dripping sender has been answered")
                        .isZero();
            }
        } finally {
            for (Socket socket : dripping) {
                socket.close();
            }
        }
    }

    /** The server would like to read what is left of their requests. */
    @Test
    void leavesTheOthersTheirThreadsWhenItRefusesStrangers() throws IOException {
        List<Socket> dripping = new ArrayList<>();
        try {
            for (int i = 0; i < DRIPPING; i++) {
                Socket socket = open();
                begin(socket, "nobodys-token", body());
                dripping.add(socket);
            }

            // The last first, and long before the server's patience with a connection is over
            Collections.reverse(dripping);
            for (Socket socket : dripping) {
                socket.setSoTimeout(20_000);
                assertThat(answer(socket)).startsWith("HTTP/1.1 401");
            }
            assertThat(hub.apply(body()).statusCode()).isEqualTo(202);
        } finally {
            for (Socket socket : dripping) {
                socket.close();
            }
        }
    }

    @Test
    void answers408ToABodyThatDoesNotCome() throws IOException {
        try (Socket socket = open()) {
            int messages = messages();
            begin(socket, hub.secret("acceptance-platform-token"), body());
            socket.getOutputStream().write('{');

            String answer = answer(socket);

            assertThat(answer).startsWith("HTTP/1.1 408").contains("urn:shuniu:problem:request-timeout");
            assertThat(messages()).isEqualTo(messages);
        }
    }

    @Test
    void takesABodyThatComesInPieces() throws IOException {
        try (Socket socket = open()) {
            String body = body();
            begin(socket, hub.secret("acceptance-platform-token"), body);
            OutputStream out = socket.getOutputStream();
            for (byte one : body.getBytes(StandardCharsets.UTF_8)) {
                out.write(one);
            }

            assertThat(answer(socket)).startsWith("HTTP/1.1 202").contains("caseNo");
        }
    }

    @Test
    void takesABodyInChunks() throws IOException {
        try (Socket socket = open()) {
            byte[] body = body().getBytes(StandardCharsets.UTF_8);
            head(socket, hub.secret("acceptance-platform-token"), "Transfer-Encoding: chunked");
            OutputStream out = socket.getOutputStream();
            out.write((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.write(body);
            out.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.UTF_8));

            assertThat(answer(socket)).startsWith("HTTP/1.1 202").contains("caseNo");
        }
    }

    @Test
    void stopsReadingABodyThatIsTooLarge() throws IOException {
        try (Socket socket = open()) {
            head(socket, hub.secret("acceptance-platform-token"), "Content-Length: 100000000");
            OutputStream out = socket.getOutputStream();
            out.write(new byte[256 * 1024 + 1]);

            assertThat(answer(socket)).startsWith("HTTP/1.1 413").contains("urn:shuniu:problem:too-large");
        }
    }

    @Test
    void answersAStrangerBeforeItsBody() throws IOException {
        try (Socket socket = open()) {
            begin(socket, "nobody", body());

            byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 401".length());

            assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 401");
        }
    }

    private static int messages() {
        return hub.sql().queryForObject("select count(*) from message where document = 'application'", Integer.class);
    }

    private static String body() {
        return Applications.online(Applications.ECONOMY);
    }

    private static Socket open() throws IOException {
        URI address = URI.create(hub.address());
        return new Socket(address.getHost(), address.getPort());
    }

    private static void begin(Socket socket, String token, String body) throws IOException {
        head(socket, token, "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
    }

    private static void head(Socket socket, String token, String length) throws IOException {
        String head = """
                POST /api/v1/applications HTTP/1.1
                Host: hub
                Authorization: Bearer %s
                Idempotency-Key: %s
                Content-Type: application/json
                Connection: close
                %s

                """.formatted(token, UUID.randomUUID(), length).replace("\n", "\r\n");
        socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
