package org.shuniu.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jsmpp.extra.NegativeResponseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;
import org.shuniu.store.Json;

/** Short messages over a real session with a centre. */
class SmppAdapterTest {

    private static final String SERIAL = "01940000-0000-7000-8000-000000000001";
    private static final String SHORT = "【上海社区事务】您申请的“失业登记”已办结。";
    private static final String LONG = "请携带材料到社区事务受理服务中心办理。".repeat(9) + "𬭊";

    @TempDir
    Path directory;

    private final List<String> kept = new CopyOnWriteArrayList<>();
    private ShortMessageCentre centre;
    private ChannelAdapters adapters;

    @BeforeEach
    void open() throws IOException {
        centre = new ShortMessageCentre();
        adapters = adapters(ShortMessageCentre.PASSWORD);
    }

    @AfterEach
    void close() throws IOException {
        adapters.close();
        centre.close();
    }

    @Test
    void sendsOneMessageAndAnswersAsTheFormGatewayDoes() {
        Reply reply = send(SHORT);

        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Answered.class,
                        answered -> assertThat(Json.tree(answered.body()).toString())
                                .isEqualTo("{\"result\":\"0\",\"serial\":\"%s\",\"parts\":1}".formatted(SERIAL)));
        assertThat(centre.parts).containsExactly(SHORT);
    }

    @Test
    void sendsALongTextInPartsThatMakeTheTextAgain() {
        send(LONG);

        assertThat(centre.parts)
                .hasSize(3)
                .allSatisfy(part -> assertThat(part.length()).isLessThanOrEqualTo(67));
        assertThat(String.join("", centre.parts)).isEqualTo(LONG);
    }

    @Test
    void comesAgainAfterFlowControl() {
        centre.throttled.set(1);

        assertThat(send(SHORT)).isInstanceOf(Reply.Unavailable.class);
        assertThat(send(SHORT)).isInstanceOf(Reply.Answered.class);
        assertThat(centre.parts).hasSize(1);
    }

    @Test
    void saysThatNobodyKnowsWhenTheCentreIsSilent() {
        centre.silent = true;
        long begin = System.nanoTime();

        assertThat(send(SHORT)).isInstanceOf(Reply.Unknown.class);
        // Its time is 15 seconds, the centre's silence much longer; between them there is room for a busy machine.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(ShortMessageCentre.SILENCE.dividedBy(2));
    }

    @Test
    void isUnavailableWhereNobodyListensAndRefusedWhereItIsNotKnown() throws IOException {
        try (ChannelAdapters stranger = adapters("wrong")) {
            assertThat(stranger.of("sms").call(call(SHORT))).isInstanceOf(Reply.CredentialsRefused.class);
        }
        centre.close();
        assertThat(send(SHORT)).isInstanceOf(Reply.Unavailable.class);
    }

    @Test
    void keepsAReportUnderTheSerialOfItsMessageBeforeItIsAcknowledged() throws Exception {
        send(SHORT);

        assertThatThrownBy(() -> centre.report("ID1", "DELIVRD")).isInstanceOf(NegativeResponseException.class);
        adapters.keepReports((partner, key, report) -> kept.add(new String(report, StandardCharsets.UTF_8)));
        centre.report("ID1", "DELIVRD");

        assertThat(kept).containsExactly("{\"serial\":\"%s\",\"stat\":\"DELIVRD\"}".formatted(SERIAL));
        assertThatThrownBy(() -> centre.report("ID99", "DELIVRD")).isInstanceOf(NegativeResponseException.class);
    }

    @Test
    void saysNothingOfTwoMessagesToWhichTheCentreGaveOneNumber() throws Exception {
        centre.always = "7";
        adapters.keepReports((partner, key, report) -> kept.add(new String(report, StandardCharsets.UTF_8)));
        send(SHORT);
        send(SHORT);

        centre.report("7", "DELIVRD");

        assertThat(kept).isEmpty();
    }

    @Test
    void givesTheNumberOfAMessageThatIsOverToTheNext() throws Exception {
        centre.always = "7";
        adapters.keepReports((partner, key, report) -> kept.add(new String(report, StandardCharsets.UTF_8)));
        send(SHORT);
        centre.report("7", "ACCEPTD");
        centre.report("7", "DELIVRD");

        send(SHORT);
        centre.report("7", "UNDELIV");

        assertThat(kept)
                .extracting(report -> Json.tree(report.getBytes(StandardCharsets.UTF_8))
                        .path("stat")
                        .asString(""))
                .containsExactly("ACCEPTD", "DELIVRD", "UNDELIV");
    }

    @Test
    void refusesAtItsStartAPasswordThatSmppCannotCarry() {
        assertThatThrownBy(() -> adapters("123456789"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Partner sms: the secret sms-password has 9 bytes, SMPP 3.4 takes at most 8");
    }

    private Reply send(String text) {
        return adapters.of("sms").call(call(text));
    }

    private static Call call(String text) {
        byte[] body = Json.bytes(
                Json.object().put("serial", SERIAL).put("to", "13900000000").put("content", text));
        return new Call(
                UUID.fromString(SERIAL),
                UUID.randomUUID(),
                "notification",
                "SN1",
                body,
                "application/json",
                Duration.ofSeconds(15));
    }

    private ChannelAdapters adapters(String password) throws IOException {
        Path folder =
                Files.createDirectories(directory.resolve("routes-" + password).resolve("sms"));
        Files.writeString(folder.resolve("partner.yaml"), """
                partner: sms
                name: {zh: 短信, en: SMS}
                protocol: smpp
                address: smpp://127.0.0.1:%d
                operations: {notification: "10690000"}
                authentication: {kind: account, id: shuniu, password: sms-password}
                delivery: {deadline: 15s, connect: 12s}
                """.formatted(centre.port()));
        return new ChannelAdapters(
                PartnerDirectory.load(folder.getParent(), text -> text),
                Secrets.of(directory, Map.of("SHUNIU_SECRET_SMS_PASSWORD", password)),
                null,
                null);
    }
}
