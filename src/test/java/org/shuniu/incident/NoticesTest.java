package org.shuniu.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shuniu.document.CaseTimes;

class NoticesTest {

    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);

    @ParameterizedTest
    @CsvSource({
        "2026-11-26T21:59, 2026-11-26T21:59",
        "2026-11-26T22:00, 2026-11-27T07:00",
        "2026-11-27T00:30, 2026-11-27T07:00",
        "2026-11-27T06:59, 2026-11-27T07:00",
        "2026-11-27T07:00, 2026-11-27T07:00",
    })
    void waitForTheEndOfQuietHours(LocalDateTime at, LocalDateTime due) {
        assertThat(QuietHours.of("22:00", "07:00").after(instant(at))).isEqualTo(instant(due));
        assertThat(QuietHours.of("", "").after(instant(at))).isEqualTo(instant(at));
    }

    @Test
    void areSignedAndShowTheirIdOnEveryTry() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", call -> {
            String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String time = call.getRequestHeaders().getFirst("X-Shuniu-Time");
            boolean signed = ("sha256=" + Webhook.sign("key", time + "." + body))
                    .equals(call.getRequestHeaders().getFirst("X-Shuniu-Signature"));
            seen.add("%s %s %s %s"
                    .formatted(
                            call.getRequestHeaders().getFirst("X-Shuniu-Notice"),
                            signed,
                            call.getRequestHeaders().getFirst("Authorization"),
                            body));
            call.sendResponseHeaders(seen.size() == 1 ? 503 : 204, -1);
            call.close();
        });
        server.start();
        try {
            URI url = URI.create(
                    "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort()));
            Webhook webhook = new Webhook(url, LONG, Optional.of("key"), Optional.of("token"));

            assertThatThrownBy(() -> webhook.send(ID, "{}"))
                    .isInstanceOf(Channel.NotTaken.class)
                    .hasMessage("HTTP 503");
            webhook.send(ID, "{}");

            assertThat(seen).hasSize(2).containsOnly(ID + " true Bearer token {}");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void giveUpOnWhoeverDoesNotAnswer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:%d/".formatted(silent.getLocalPort()));
            Webhook webhook = new Webhook(url, SHORT, Optional.empty(), Optional.empty());
            MailServer mail = new MailServer(mail(silent.getLocalPort(), SHORT), Optional.empty());

            assertThatThrownBy(() -> webhook.send(ID, "{}")).isInstanceOf(Channel.NotTaken.class);
            assertThatThrownBy(() -> mail.send(ID, "down")).isInstanceOf(Channel.NotTaken.class);
        }
    }

    @Test
    void areHandedToAMailServer() throws Exception {
        try (Mailbox mailbox = new Mailbox()) {
            new MailServer(mail(mailbox.port(), LONG), Optional.empty()).send(ID, "异常开始\n\n公安局接不通");

            String mail = mailbox.next();
            assertThat(mail)
                    .contains("Message-ID: <%s@shuniu>".formatted(ID), "To: duty@example.org", "Subject: =?UTF-8?")
                    .doesNotContain("异常");
        }
    }

    private static OutsideProperties.Mail mail(int port, Duration deadline) {
        return new OutsideProperties.Mail(
                "127.0.0.1", port, "none", "", "", "hub@example.org", List.of("duty@example.org"), deadline);
    }

    private static Instant instant(LocalDateTime time) {
        return time.atZone(CaseTimes.SHANGHAI).toInstant();
    }
}
