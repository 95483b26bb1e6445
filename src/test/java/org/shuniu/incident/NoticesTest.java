package org.shuniu.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.context.support.ResourceBundleMessageSource;

class NoticesTest {

    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    Path directory;

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

    @ParameterizedTest
    @EnumSource(IncidentKind.class)
    void areOneShortMessageThatEveryGatewayCanWrite(IncidentKind kind) throws IOException {
        NoticeWords words = words();
        CharsetEncoder gateway = Charset.forName("GB2312").newEncoder();
        for (String event : List.of("opened", "urgent", "closed")) {
            for (int many : List.of(1, 12)) {
                List<Incident> incidents = Collections.nCopies(many, incident(kind, "disabled-federation"));

                String text = words.sms(new NoticeWords.News(ID, event, incidents, Instant.EPOCH));

                assertThat(text).startsWith("【枢纽】").hasSizeLessThanOrEqualTo(70);
                assertThat(gateway.canEncode(text)).as(text).isTrue();
                assertThat(text).as("it is of one incident").matches(many > 1 ? ".*12 项异常.*" : ".*异常 1234 .*");
            }
        }
    }

    @Test
    void nameAsMuchAsFitsIntoAShortMessage() throws IOException {
        // Of this letter each takes two places.
        String longName = "𬭊".repeat(60);

        String text = words().sms(new NoticeWords.News(
                ID, "opened", List.of(incident(IncidentKind.CIRCUIT, longName)), Instant.EPOCH));

        assertThat(text)
                .hasSizeBetween(68, 70)
                .endsWith("…；01-01 08:00 起，原因在对方")
                .startsWith("【枢纽】异常 1234 开始：𬭊");
        assertThat(StandardCharsets.UTF_16BE.newEncoder().canEncode(text)).isTrue();
    }

    /** What the gateway's form can't carry would keep the news from whoever is on duty. */
    @Test
    void findInEveryPartnerANameThatAShortMessageCanCarry() throws IOException {
        Pattern name = Pattern.compile("(?m)^name: \\{zh: ([^,]+),");
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.filter(path -> path.endsWith("partner.yaml")).toList()) {
                Matcher found = name.matcher(Files.readString(file));
                assertThat(found.find()).as("%s", file).isTrue();
                assertThat(Charset.forName("GB2312").newEncoder().canEncode(found.group(1)))
                        .as(found.group(1))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Night, 13900000000, 'sms.to: found Night, expected the name of a duty'",
        "night, 1380000000, 'sms.to.night: found 10 characters, expected a mobile number of 11 digits'",
        "night, 02112345678, 'sms.to.night: found 11 characters, expected a mobile number of 11 digits'",
    })
    void goToMobileTelephonesThatAreNamedByTheirDuty(String duty, String number, String problem) {
        assertThatThrownBy(() -> new OutsideProperties.Sms("gateway", Map.of(duty, number)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining(number);
        assertThatThrownBy(() -> new OutsideProperties.Sms("", Map.of("night", "13900000000")))
                .hasMessageContaining("expected partner beside to");
        assertThat(new OutsideProperties.Sms("gateway", Map.of("night", "13900000000")).toString())
                .contains("night")
                .doesNotContain("139");
    }

    private NoticeWords words() throws IOException {
        ResourceBundleMessageSource bundle = new ResourceBundleMessageSource();
        bundle.setBasename("console/messages");
        bundle.setDefaultEncoding("UTF-8");
        bundle.setFallbackToSystemLocale(false);
        Path none = Files.createDirectories(directory.resolve("routes"));
        return new NoticeWords(bundle, PartnerDirectory.load(none, text -> text), "http://hub/incidents");
    }

    private static Incident incident(IncidentKind kind, String partner) {
        return new Incident(
                1234,
                kind,
                partner,
                true,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null,
                null,
                10_000_000,
                10_000_000,
                "receiver",
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static OutsideProperties.Mail mail(int port, Duration deadline) {
        return new OutsideProperties.Mail(
                "127.0.0.1", port, "none", "", "", "hub@example.org", List.of("duty@example.org"), deadline);
    }

    private static Instant instant(LocalDateTime time) {
        return time.atZone(CaseTimes.SHANGHAI).toInstant();
    }
}
