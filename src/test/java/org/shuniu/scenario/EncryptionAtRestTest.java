package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Looks for personal data in everything the hub leaves on disk: database with its write-ahead log, broker, attachments,
 * ledgers and logs.
 *
 * <p>Only departments that are called take part: a front-end database holds clear data because its protocol needs it, and
 * in the demo it shares the hub's database server and its log. The message that nobody can read holds no personal data
 * here, because the test and not the hub writes it to the broker.
 */
class EncryptionAtRestTest {

    private static final DiskScan PERSONAL =
            new DiskScan(List.of(Applications.NAME, Applications.ID_NUMBER, Applications.MOBILE));

    static Stream<byte[]> forms() {
        String text = "{\"applicant\":\"%s\"}".formatted(Applications.NAME);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                utf8,
                text.getBytes(StandardCharsets.UTF_16LE),
                text.getBytes(StandardCharsets.UTF_16BE),
                text.getBytes(Charset.forName("GB18030")),
                ("number=" + Applications.ID_NUMBER).getBytes(StandardCharsets.US_ASCII),
                ("mobile=" + Applications.MOBILE).getBytes(StandardCharsets.UTF_16LE),
                Base64.getEncoder().encode(utf8),
                Base64.getEncoder().encode((" " + text).getBytes(StandardCharsets.UTF_8)),
                Base64.getEncoder().encode(("  " + text).getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void findsWhatIsPlanted(byte[] planted, @TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("planted"), planted);

        assertThat(PERSONAL.holders(directory)).containsExactly(file);
    }

    @Test
    void leavesNoPersonalDataOnDisk(@TempDir Path directory) throws JMSException {
        try (RunningHub hub = RunningHub.start(directory)) {
            retry(hub);
            hub.awaitStatus(hub.caseOf(Applications.online(Applications.HEALTHCARE)), "60");
            park(hub);
            refuse(hub);
            deadLetter(hub);
            callBack(hub);
            upload(hub);
            hub.apply(Applications.online(
                    Applications.ECONOMY, (Applications.NAME + Applications.ID_NUMBER).repeat(4_000)));
            assertThat(hub.operate("/search", "{\"idNumber\":\"%s\"}".formatted(Applications.ID_NUMBER))
                            .body())
                    .contains("caseNo")
                    .doesNotContain(Applications.ID_NUMBER, Applications.NAME);
            assertThat(hub.operate("/search", Applications.ID_NUMBER + "x").statusCode())
                    .isEqualTo(400);

            // When the hub has written everything out
            hub.stop();

            // Then nothing of it can be read
            assertThat(PERSONAL.holders(directory)).isEmpty();
            assertThat(directory.resolve("data")).isNotEmptyDirectory();
        }
    }

    private static void retry(RunningHub hub) {
        hub.fault("economy", "{\"fault\":\"error\",\"count\":1}", 200);
        hub.awaitStatus(hub.caseOf(Applications.online(Applications.ECONOMY)), "60");
    }

    private static void park(RunningHub hub) {
        hub.fault("economy", "garbage");
        hub.caseOf(Applications.online(Applications.ECONOMY));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !hub.operatorSees("/parked").isEmpty());
        hub.fault("economy", "none");
    }

    private static void refuse(RunningHub hub) {
        String good = Applications.online(Applications.ECONOMY);
        for (String bad : List.of(
                good.replace("002X", "0021"),
                good.replace("\"channel\":\"2\"", "\"channel\":\"%s\"".formatted(Applications.NAME)),
                good.substring(0, good.length() - 1),
                good.replace(Applications.ECONOMY, Applications.ID_NUMBER))) {
            HttpResponse<String> answer = hub.apply(bad);
            assertThat(answer.statusCode()).isBetween(400, 422);
            assertThat(answer.body()).doesNotContain(Applications.NAME, Applications.MOBILE);
        }
    }

    private static void deadLetter(RunningHub hub) throws JMSException {
        try (Connection connection = hub.bean(ConnectionFactory.class).createConnection();
                Session session = connection.createSession()) {
            session.createProducer(session.createQueue("economy.application"))
                    .send(session.createTextMessage("nothing of ours"));
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !hub.operatorSees("/dead").isEmpty());
    }

    private static void callBack(RunningHub hub) {
        String body = "{\"caseNo\":\"none\",\"name\":\"%s\",\"idNumber\":\"%s\"}"
                .formatted(Applications.NAME, Applications.ID_NUMBER);
        hub.send(hub.request("/callback/v1/economy", "economy-callback-token")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static void upload(RunningHub hub) {
        byte[] content =
                (Applications.ID_NUMBER + Applications.MOBILE).repeat(5_000).getBytes(StandardCharsets.UTF_8);
        assertThat(hub.send(hub.request("/api/v1/attachments/" + digest(content), "acceptance-platform-token")
                                .PUT(HttpRequest.BodyPublishers.ofByteArray(content)))
                        .statusCode())
                .isEqualTo(201);
    }

    static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
