package org.shuniu.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.AuditLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;

/** Takes what the provider sends back with a person, who has the rights of this one token until the session ends. */
final class ByOidc extends OAuth2LoginAuthenticationFilter {

    private static final Logger LOG = LoggerFactory.getLogger(ByOidc.class);

    /** Codes that a browser's second try brings, or that somebody made up. */
    private static final Set<String> STALE =
            Set.of("authorization_request_not_found", "invalid_state_parameter", "invalid_request", "invalid_grant");

    private static final String ERROR = "error";
    private static final int LONGEST = 300;

    /** The hub calls nobody in a person's name: it keeps no token to do so. */
    private static final class Nowhere implements OAuth2AuthorizedClientRepository {
        @Override
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                String provider, Authentication who, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication who,
                HttpServletRequest request,
                HttpServletResponse response) {}

        @Override
        public void removeAuthorizedClient(
                String provider, Authentication who, HttpServletRequest request, HttpServletResponse response) {}
    }

    private final OidcProvider provider;
    private final LoginUnderWay underWay;
    private final OidcGroups groups;
    private final OidcSubjects subjects;
    private final AuditLog audit;
    private final Sessions sessions;

    ByOidc(
            OidcProvider provider,
            LoginUnderWay underWay,
            OidcGroups groups,
            OidcSubjects subjects,
            AuditLog audit,
            Sessions sessions) {
        super(provider, new Nowhere(), OidcProvider.CALLBACK);
        setAuthorizationRequestRepository(underWay);
        this.provider = provider;
        this.underWay = underWay;
        this.groups = groups;
        this.subjects = subjects;
        this.audit = audit;
        this.sessions = sessions;
    }

    @Override
    public Authentication attemptAuthentication(HttpServletRequest request, HttpServletResponse response) {
        String address = ByPassword.network(request.getRemoteAddr());
        String from = "OpenID Connect, from %s: ".formatted(address);
        try {
            if (!underWay.isOf(request)) {
                throw new OidcRefused(OidcRefused.Reason.AGAIN, "this browser began no such login");
            }
            Authentication named = provider.ask(address, () -> named(request, response));
            return come((OidcUser) Objects.requireNonNull(named.getPrincipal()), named.getDetails(), from, request);
        } catch (OidcRefused refused) {
            LOG.debug("Nobody came in by OpenID Connect", refused);
            if (refused.reason().isAudited()) {
                String who = refused.who();
                if (who != null) {
                    // What an older login gave ends with what the provider says now.
                    sessions.endAll(who);
                    subjects.endLogin(who);
                }
                audit.record("hub", "login-refused", who == null ? "console" : who, from + refused.getMessage());
            }
            throw refused;
        }
    }

    private Authentication named(HttpServletRequest request, HttpServletResponse response) {
        try {
            return super.attemptAuthentication(request, response);
        } catch (OAuth2AuthenticationException failure) {
            // Whoever has begun a login can write this parameter himself: nothing follows from its words.
            throw request.getParameter(ERROR) == null
                    ? refused(failure)
                    : new OidcRefused(OidcRefused.Reason.DENIED, "the provider sends an error");
        }
    }

    /** In the audit before the session knows of it; what an older login gave ends. */
    private Authentication come(OidcUser person, @Nullable Object details, String from, HttpServletRequest request) {
        provider.works();
        String issuer = person.getIssuer().toString();
        String claimed = groups.name(person.getClaims());
        String name = subjects.name(issuer, person.getSubject(), claimed);
        ConsoleUser named = groups.user(name, person.getClaims());
        if (!underWay.use(Objects.requireNonNull(request.getParameter(OAuth2ParameterNames.STATE)))) {
            throw new OidcRefused(OidcRefused.Reason.AGAIN, "this login has let somebody in before");
        }
        ConsoleUser user = named.ofLogin(subjects.keep(issuer, person.getSubject(), name));
        HttpSession session = request.getSession(false);
        if (session == null) {
            sessions.endAll(user.name());
        } else {
            sessions.endOthers(user.name(), session);
        }
        Set<String> partners = user.partners();
        audit.record(
                user.name(),
                "login",
                "console",
                from
                        + "subject %s%s, groups %s, roles %s, %s"
                                .formatted(
                                        cut(person.getSubject()),
                                        claimed.equals(name)
                                                ? ""
                                                : ", whom the provider calls %s now".formatted(claimed),
                                        groups.given(person.getClaims()).stream()
                                                .map(OidcProperties.Group::group)
                                                .toList(),
                                        user.roles().stream().map(Role::word).collect(Collectors.joining(" ")),
                                        partners == null ? "all partners" : String.join(" ", partners)));
        UsernamePasswordAuthenticationToken known = UsernamePasswordAuthenticationToken.authenticated(
                user, person.getIdToken().getTokenValue(), user.getAuthorities());
        known.setDetails(details);
        return known;
    }

    private OidcRefused refused(OAuth2AuthenticationException failure) {
        OAuth2Error error = failure.getError();
        String code = error.getErrorCode();
        boolean keys = failure.getCause() instanceof JwtException && !(failure.getCause() instanceof BadJwtException);
        if (code.equals("invalid_token_response") || code.equals("invalid_id_token") && keys) {
            return provider.troubled("its tokens or keys cannot be read");
        }
        if (code.equals("invalid_id_token") || code.equals("invalid_nonce")) {
            String words = error.getDescription();
            return new OidcRefused(OidcRefused.Reason.TOKEN, cut(words == null ? code : code + ": " + words));
        }
        if (STALE.contains(code)) {
            return new OidcRefused(OidcRefused.Reason.AGAIN, code);
        }
        if (code.equals("invalid_client") || code.equals("unauthorized_client")) {
            return provider.troubled(
                    "it does not know the hub by its client-id and the secret " + OidcProperties.SECRET);
        }
        return new OidcRefused(OidcRefused.Reason.DENIED, "the provider says no");
    }

    /** As a line of the audit holds it. */
    static String cut(@Nullable String text) {
        String line = String.valueOf(text).replaceAll("[\\p{Cntrl}]", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
    }
}
