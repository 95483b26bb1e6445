package org.shuniu.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.codec.Garbled;
import org.shuniu.partner.Partner.Authentication.Signature;
import org.shuniu.partner.Secrets;
import org.shuniu.store.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SignedWrappingTest {

    private static final byte[] MESSAGE = "{\"xm\":\"测试甲\"}".getBytes(StandardCharsets.UTF_8);
    private static final String SECRET = "the-secret";
    private static final String KEY = "0123456789abcdeffedcba9876543210";

    @TempDir
    Path directory;

    private SignedWrapping wrapping;

    @BeforeEach
    void begin() throws Exception {
        Files.writeString(directory.resolve("sign"), SECRET);
        Files.writeString(directory.resolve("payload"), KEY);
        wrapping = wrapping(Optional.of("payload"));
    }

    private SignedWrapping wrapping(Optional<String> payloadKey) {
        return new SignedWrapping(
                "somebody", new Signature("shuniu", "sign", payloadKey), Secrets.of(directory, Map.of()));
    }

    @Test
    void showsNothingOfTheMessageAndOpensWhatThePartnerClosed() {
        byte[] wrapped = wrapping.wrap(MESSAGE, UUID.randomUUID());

        assertThat(new String(wrapped, StandardCharsets.UTF_8)).doesNotContain("xm", "测试甲");
        JsonNode opened = Json.tree(wrapping.unwrap(wrapped));
        assertThat(opened.path("data").path("xm").asString()).isEqualTo("测试甲");
        assertThat(opened.has("sign")).isFalse();
    }

    @Test
    void sendsTheMessageAsItIsWhereNothingEncrypts() {
        byte[] wrapped = wrapping(Optional.empty()).wrap(MESSAGE, UUID.randomUUID());

        assertThat(Json.tree(wrapped).path("data").asString()).isEqualTo(new String(MESSAGE, StandardCharsets.UTF_8));
    }

    @Test
    void believesNothingThatWasChangedOrNotSigned() {
        ObjectNode changed = (ObjectNode) Json.tree(wrapping.wrap(MESSAGE, UUID.randomUUID()));
        changed.put("requestId", UUID.randomUUID().toString());

        assertThatThrownBy(() -> wrapping.unwrap(Json.bytes(changed))).isInstanceOf(Garbled.class);
        assertThatThrownBy(() -> wrapping.unwrap("{\"code\":\"0\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Garbled.class)
                .hasMessage("the signature is not the partner's");
        assertThatThrownBy(() -> wrapping.unwrap("<html>".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Garbled.class);
    }

    @Test
    void takesTheClockFromASignedRefusalOnly() {
        Instant theirs = Instant.now().plus(Duration.ofMinutes(10));
        ObjectNode unsigned = Json.object().put("code", "1").put("timestamp", Long.toString(theirs.toEpochMilli()));

        assertThat(wrapping.renew(Json.bytes(unsigned))).isFalse();
        assertThat(wrapping.renew(signed(unsigned))).isTrue();
        assertThat(ahead()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
        assertThat(wrapping.renew(signed(unsigned))).isFalse();
    }

    @Test
    void followsNoClockThatIsFarAway() {
        Instant theirs = Instant.now().plus(Duration.ofDays(1));

        assertThat(wrapping.renew(
                        signed(Json.object().put("code", "1").put("timestamp", Long.toString(theirs.toEpochMilli())))))
                .isFalse();
    }

    @Test
    void takesUpAKeyThatWasReplacedAndKeepsTheOldOneWhereTheNewIsNone() throws Exception {
        assertThat(wrapping.renew(new byte[0])).isFalse();

        Files.writeString(directory.resolve("payload"), "no key");
        assertThat(wrapping.renew(new byte[0])).isFalse();

        Files.writeString(directory.resolve("payload"), KEY.replace('0', '1'));
        assertThat(wrapping.renew(new byte[0])).isTrue();
    }

    private Duration ahead() {
        long sent = Json.tree(wrapping.wrap(MESSAGE, UUID.randomUUID()))
                .path("timestamp")
                .asLong();
        return Duration.between(Instant.now(), Instant.ofEpochMilli(sent));
    }

    private static byte[] signed(ObjectNode answer) {
        String text = "code=%s&timestamp=%s"
                .formatted(
                        answer.path("code").asString(), answer.path("timestamp").asString());
        return Json.bytes(answer.put("sign", HexFormat.of().withUpperCase().formatHex(HmacSm3.of(text, SECRET))));
    }
}
