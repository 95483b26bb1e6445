package org.shuniu.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.packaged.Openssl;
import org.shuniu.signature.SignatureAlgorithm;
import org.shuniu.signature.SigningKey;

class SigningKeysTest {

    private static final Instant FROM = Instant.parse("2027-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void signsByTheNextKeyFromItsMomentOnAndShowsItBefore() throws IOException {
        SigningKeys keys = SigningKeys.changing(key("a"), key("b"), FROM);

        assertThat(keys.at(FROM.minusMillis(1)).keyid()).isEqualTo("a");
        assertThat(keys.at(FROM).keyid()).isEqualTo("b");
        assertThat(keys.announced(FROM.minusMillis(1)))
                .hasValueSatisfying(next -> assertThat(next.key().keyid()).isEqualTo("b"));
        assertThat(keys.announced(FROM)).isEmpty();
        assertThat(SigningKeys.always(key("c")).announced(FROM)).isEmpty();
    }

    private SigningKey key(String name) throws IOException {
        Openssl.run(folder, "genpkey -algorithm ed25519 -out " + name);
        return SigningKey.of(name, SignatureAlgorithm.ED25519, Files.readString(folder.resolve(name)));
    }
}
