package org.shuniu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shuniu.access.AccessTokens;
import org.shuniu.conformance.Heard.Meaning;

class CallbackDoorTest {

    private static final String TOKEN = "the office's";

    private final Arrivals arrivals = new Arrivals();
    private CallbackDoor door;

    @BeforeEach
    void open() throws IOException {
        door = CallbackDoor.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                AgreedOffice.OFFICE,
                AccessTokens.digest(TOKEN),
                arrivals,
                (body, type) -> Heard.without(Meaning.TAKEN, new String(body, StandardCharsets.UTF_8)));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void takesCallbacksWhileOthersStallInTheMiddleOfTheirs() throws IOException, InterruptedException {
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                stalled.add(stall());
            }

            assertThat(call(TOKEN)).isEqualTo(202);

            assertThat(arrivals.all(heard -> true))
                    .extracting(one -> one.heard().said())
                    .containsExactly("whole");
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    @Test
    void saysHowManyCameByAnotherToken() throws IOException, InterruptedException {
        assertThat(call("another")).isEqualTo(401);

        assertThat(arrivals.all(heard -> true)).isEmpty();
        assertThat(arrivals.useless()).contains("1 came with another token");
    }

    private Socket stall() throws IOException {
        Socket socket = new Socket(door.address().getAddress(), door.address().getPort());
        socket.getOutputStream()
                .write(
                        "POST /callback/v1/%s HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer %s\r\nContent-Length: 9\r\n\r\nha"
                                .formatted(AgreedOffice.OFFICE, TOKEN)
                                .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    private int call(String token) throws IOException, InterruptedException {
        URI address = URI.create(
                "http://127.0.0.1:%d/callback/v1/%s".formatted(door.address().getPort(), AgreedOffice.OFFICE));
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofString("whole"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
