package org.shuniu.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shuniu.access.AccessTokens;
import org.shuniu.store.Pools;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/**
 * A login that was sent to the provider: its state, nonce and proof in one sealed cookie, so that none goes without the others. Any
 * process takes what comes back. The table has only logins that let somebody in: whoever just begins them fills nothing.
 */
final class LoginUnderWay implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

    /** For whoever types a password and a second factor at the provider. */
    private static final Duration AGE = Duration.ofMinutes(10);

    private static final String USE = """
            insert into console_used_login (digest, until) values (?, now() + ?::bigint * interval '1 millisecond')
            on conflict do nothing
            """;
    private static final String FORGET = "delete from console_used_login where until < now()";

    private record Begun(String state, String nonce, String proof) {

        String text() {
            return String.join("\n", state, nonce, proof);
        }

        static Optional<Begun> of(String text) {
            String[] parts = text.split("\n", -1);
            return parts.length == 3 ? Optional.of(new Begun(parts[0], parts[1], parts[2])) : Optional.empty();
        }
    }

    private final OidcProvider provider;
    private final SealedCookie cookie;
    private final Pools.Door door;

    LoginUnderWay(OidcProvider provider, SealedCookie.Jar jar, Pools.Door door) {
        this.provider = provider;
        this.door = door;
        // The provider's site leads back here.
        this.cookie = jar.cookie("shuniu-oidc", AGE, SealedCookie.Site.LAX);
    }

    /** Whether this browser began the login that it comes back from; nobody else is worth a call of the provider. */
    boolean isOf(HttpServletRequest request) {
        return begun(request).isPresent();
    }

    /** False for a login that has let somebody in before, at whichever process. */
    boolean use(String state) {
        door.sql().update(FORGET);
        // The hub's clock ends the cookie, the database's the row.
        long kept = AGE.multipliedBy(2).toMillis();
        return door.sql().update(USE, AccessTokens.digest(state), kept) == 1;
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        return begun(request).map(this::asked).orElse(null);
    }

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest asked, HttpServletRequest request, HttpServletResponse response) {
        if (asked == null) {
            cookie.end(request, response);
            return;
        }
        Begun begun = new Begun(
                asked.getState(),
                asked.getAttribute(OidcParameterNames.NONCE),
                asked.getAttribute(PkceParameterNames.CODE_VERIFIER));
        if (!cookie.write(request, response, begun.text())) {
            throw new IllegalStateException("A login's state, nonce and proof do not fit into a cookie");
        }
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        OAuth2AuthorizationRequest asked = loadAuthorizationRequest(request);
        if (asked != null) {
            cookie.end(request, response);
        }
        return asked;
    }

    private Optional<Begun> begun(HttpServletRequest request) {
        String state = request.getParameter(OAuth2ParameterNames.STATE);
        return state == null
                ? Optional.empty()
                : cookie.read(request).flatMap(Begun::of).filter(begun -> isSame(begun.state(), state));
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** As it was asked, of which the rest is the provider's and the settings'. */
    private OAuth2AuthorizationRequest asked(Begun begun) {
        ClientRegistration known = provider.registration();
        return OAuth2AuthorizationRequest.authorizationCode()
                .clientId(known.getClientId())
                .authorizationUri(known.getProviderDetails().getAuthorizationUri())
                .redirectUri(known.getRedirectUri())
                .scopes(known.getScopes())
                .state(begun.state())
                .attributes(Map.of(
                        OAuth2ParameterNames.REGISTRATION_ID, OidcProvider.ID,
                        OidcParameterNames.NONCE, begun.nonce(),
                        PkceParameterNames.CODE_VERIFIER, begun.proof()))
                .build();
    }
}
