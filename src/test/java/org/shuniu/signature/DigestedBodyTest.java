package org.shuniu.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigestedBodyTest {

    private static final byte[] BODY = "abc".repeat(100_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    @Test
    void takesWhatItsDigestsSay() throws IOException {
        String sm3 = ContentDigest.field("sm3", ContentDigest.sm3(BODY));

        for (String field : List.of(ContentDigest.of(BODY), sm3, sm3 + ", " + ContentDigest.of(BODY))) {
            DigestedBody body = new DigestedBody(List.of(field), new ByteArrayInputStream(BODY));
            assertThat(body.readAllBytes()).isEqualTo(BODY);
            assertThatCode(body::check).doesNotThrowAnyException();
        }
    }

    @Test
    void refusesAnotherBodyAndOneThatWasNotReadWhole() throws IOException {
        DigestedBody part = new DigestedBody(List.of(ContentDigest.of(BODY)), new ByteArrayInputStream(BODY));
        part.readNBytes(BODY.length - 1);
        assertThatThrownBy(part::check).isInstanceOf(SignatureRefused.class);

        DigestedBody other = new DigestedBody(
                List.of(ContentDigest.of(BODY) + ", " + ContentDigest.field("sm3", new byte[32])),
                new ByteArrayInputStream(BODY));
        other.readAllBytes();
        assertThatThrownBy(other::check).isInstanceOf(SignatureRefused.class);
    }

    @Test
    void refusesADigestThatNobodyKnowsBeforeItReads() {
        assertThatThrownBy(() ->
                        new DigestedBody(List.of("md5=:1B2M2Y8AsgTpgAmY7PhCfg==:"), new ByteArrayInputStream(BODY)))
                .isInstanceOf(SignatureRefused.class);
    }
}
