package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shuniu.vault.Vault;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class SealedCookieTest {

    private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");
    private static final Duration AGE = Duration.ofMinutes(10);
    private static final String NAME = "shuniu-test";
    private static final byte[] INDEX = new byte[32];
    private static final byte[] FIRST = new byte[32];
    private static final byte[] SECOND = key();

    private final Vault vault = Vault.of(Map.of(1, FIRST), 1, INDEX);

    @Test
    void opensAtAnotherProcessWithTheSameKey() {
        String value = sealed("text");

        Vault other = Vault.of(Map.of(1, FIRST), 1, INDEX);

        assertThat(at(other, NOW, NAME).read(with(value))).hasValue("text");
        assertThat(value).doesNotContain("text");
    }

    @Test
    void opensUntilItsTimeIsOver() {
        String value = sealed("text");

        assertThat(at(vault, NOW.plus(AGE).minusMillis(1), NAME).read(with(value)))
                .isPresent();
        assertThat(at(vault, NOW.plus(AGE), NAME).read(with(value))).isEmpty();
    }

    @Test
    void doesNotOpenWhenItIsChangedOrOfAnotherName() {
        String value = sealed("text");

        for (int i = 0; i < value.length(); i++) {
            String changed = value.substring(0, i) + (value.charAt(i) == 'A' ? 'Q' : 'A') + value.substring(i + 1);
            assertThat(at(vault, NOW, NAME).read(with(changed))).as(changed).isEmpty();
        }
        for (String made : new String[] {"", "A", "no base64!", value.substring(4), "A".repeat(10_000)}) {
            assertThat(at(vault, NOW, NAME).read(with(made))).as(made).isEmpty();
        }
        MockHttpServletRequest moved = new MockHttpServletRequest();
        moved.setCookies(new Cookie("shuniu-other", value));
        assertThat(at(vault, NOW, "shuniu-other").read(moved)).isEmpty();
    }

    @Test
    void opensUnderAnOldKeyForAsLongAsItIsThere() {
        String value = sealed("text");

        vault.exchange(Map.of(1, FIRST, 2, SECOND), 2);
        assertThat(at(vault, NOW, NAME).read(with(value))).hasValue("text");
        String newer = sealed("newer");

        vault.exchange(Map.of(2, SECOND), 2);
        assertThat(at(vault, NOW, NAME).read(with(value))).isEmpty();
        assertThat(at(vault, NOW, NAME).read(with(newer))).hasValue("newer");
    }

    @Test
    void isOfThisHostAloneOverTls() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setSecure(true);
        MockHttpServletResponse response = new MockHttpServletResponse();
        SealedCookie cookie = at(vault, NOW, NAME);

        assertThat(cookie.write(request, response, "text")).isTrue();

        assertThat(response.getHeader("Set-Cookie"))
                .startsWith("__Host-shuniu-test=")
                .contains("; Path=/;", "; Secure", "; HttpOnly", "; SameSite=Strict", "; Max-Age=600")
                .doesNotContain("Domain");
        // A neighbour under the same domain could have set this one
        request.setCookies(new Cookie(NAME, sealed("text")));
        assertThat(cookie.read(request)).isEmpty();
    }

    @Test
    void isNoneWhenNoBrowserWouldKeepIt() {
        MockHttpServletResponse response = new MockHttpServletResponse();

        assertThat(at(vault, NOW, NAME).write(new MockHttpServletRequest(), response, "x".repeat(4_000)))
                .isFalse();

        assertThat(response.getHeader("Set-Cookie")).isNull();
    }

    private String sealed(String text) {
        MockHttpServletResponse response = new MockHttpServletResponse();
        at(vault, NOW, NAME).write(new MockHttpServletRequest(), response, text);
        return response.getHeader("Set-Cookie").split("[=;]")[1];
    }

    private static MockHttpServletRequest with(String value) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setCookies(new Cookie(NAME, value));
        return request;
    }

    private static SealedCookie at(Vault vault, Instant now, String name) {
        return new SealedCookie.Jar(vault, Clock.fixed(now, ZoneOffset.UTC), false)
                .cookie(name, AGE, SealedCookie.Site.STRICT);
    }

    private static byte[] key() {
        byte[] key = new byte[32];
        key[0] = 1;
        return key;
    }
}
