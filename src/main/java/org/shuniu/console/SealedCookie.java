package org.shuniu.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.shuniu.vault.Vault;
import org.shuniu.vault.VaultFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * What a browser keeps for the hub, which keeps nothing of whoever has not logged in: strangers have nothing to fill up.
 *
 * <p>The vault seals it, with the key that all processes on one database share: it outlasts a restart, opens at every process and
 * under every key that still opens what is stored. Nobody reads or changes it, and it has an end.
 */
final class SealedCookie {

    /** How far a browser sends it along when another site leads here. */
    enum Site {
        STRICT("Strict"),
        LAX("Lax");

        private final String word;

        Site(String word) {
            this.word = word;
        }
    }

    /** Makes them. */
    record Jar(Vault vault, Clock clock, boolean alwaysSecure) {

        SealedCookie cookie(String name, Duration age, Site site) {
            return new SealedCookie(this, name, age, site);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(SealedCookie.class);

    /** With this name a browser takes it over TLS from this very host only, and from no neighbour under the same domain. */
    private static final String HOST = "__Host-";

    /** Letters of a value; browsers keep 4,096 with all else. */
    private static final int LONGEST = 3_800;

    /** It is sealed for its name. */
    private static final UUID NO_ROW = new UUID(0, 0);

    private final Jar jar;
    private final String name;
    private final Duration age;
    private final Site site;

    private SealedCookie(Jar jar, String name, Duration age, Site site) {
        this.jar = jar;
        this.name = name;
        this.age = age;
        this.site = site;
    }

    Duration age() {
        return age;
    }

    /** Nothing where there is none, or none that this hub has sealed and whose time is not over. */
    Optional<String> read(HttpServletRequest request) {
        String wanted = name(request);
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Stream.of(cookies)
                        .filter(cookie -> cookie.getName().equals(wanted))
                        .flatMap(cookie -> opened(cookie.getValue()).stream())
                        .findFirst();
    }

    /** False for a text that no browser would keep; the browser then has what it had before. */
    boolean write(HttpServletRequest request, HttpServletResponse response, String text) {
        byte[] words = text.getBytes(StandardCharsets.UTF_8);
        long until = jar.clock().instant().plus(age).toEpochMilli();
        byte[] plain = ByteBuffer.allocate(Long.BYTES + words.length)
                .putLong(until)
                .put(words)
                .array();
        String value = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(jar.vault().sealUnbound(plain, place(), NO_ROW));
        if (value.length() > LONGEST) {
            return false;
        }
        set(request, response, value, age);
        return true;
    }

    void end(HttpServletRequest request, HttpServletResponse response) {
        set(request, response, "", Duration.ZERO);
    }

    private Optional<String> opened(String value) {
        if (value.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            ByteBuffer plain = ByteBuffer.wrap(
                    jar.vault().openUnbound(Base64.getUrlDecoder().decode(value), place(), NO_ROW));
            return jar.clock().millis() < plain.getLong()
                    ? Optional.of(StandardCharsets.UTF_8.decode(plain).toString())
                    : Optional.empty();
        } catch (VaultFailure | IllegalArgumentException notOurs) {
            LOG.debug("A cookie {} does not open", name, notOurs);
            return Optional.empty();
        }
    }

    private void set(HttpServletRequest request, HttpServletResponse response, String value, Duration lasts) {
        ResponseCookie cookie = ResponseCookie.from(name(request), value)
                .path("/")
                .maxAge(lasts)
                .httpOnly(true)
                .secure(isSecure(request))
                .sameSite(site.word)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    private String name(HttpServletRequest request) {
        return isSecure(request) ? HOST + name : name;
    }

    private boolean isSecure(HttpServletRequest request) {
        return jar.alwaysSecure() || request.isSecure();
    }

    private String place() {
        return "cookie." + name;
    }
}
