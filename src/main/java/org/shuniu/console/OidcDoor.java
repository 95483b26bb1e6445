package org.shuniu.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.AuditLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/**
 * Login by OpenID Connect: a link to the provider, the way back, and the page of whoever is turned away.
 *
 * <p>It is put together by hand and holds no bean of the framework's: none of them changes what programs come in by.
 */
final class OidcDoor {

    /** The link on the login page. */
    static final String BEGIN = "/login/to";

    /** The page of whoever is turned away. */
    static final String REFUSED = "/login/" + OidcProvider.ID + "/refused";

    private static final Logger LOG = LoggerFactory.getLogger(OidcDoor.class);

    /** How long a browser can show why. */
    private static final Duration AGE = Duration.ofMinutes(5);

    private static final String LOGGED_OUT = "/login?out";
    private static final String POLICY = "Content-Security-Policy";

    private final OidcProperties settings;
    private final OidcProvider provider;
    private final ProviderCalls calls;
    private final LoginUnderWay underWay;
    private final OidcSubjects subjects;
    private final AuditLog audit;
    private final Sessions sessions;
    private final SealedCookie why;

    OidcDoor(
            OidcProperties settings,
            OidcProvider provider,
            ProviderCalls calls,
            LoginUnderWay underWay,
            OidcSubjects subjects,
            AuditLog audit,
            Sessions sessions,
            SealedCookie.Jar jar) {
        this.settings = settings;
        this.provider = provider;
        this.calls = calls;
        this.underWay = underWay;
        this.subjects = subjects;
        this.audit = audit;
        this.sessions = sessions;
        // The provider's site leads back here.
        this.why = jar.cookie("shuniu-why", AGE, SealedCookie.Site.LAX);
    }

    /** Says in the log before the first login what is wrong with the provider; nobody waits for it. */
    @EventListener(ApplicationReadyEvent.class)
    void look() {
        Thread looking = new Thread(
                () -> {
                    try {
                        provider.decoder();
                    } catch (OidcRefused said) {
                        LOG.debug("The provider of OpenID Connect cannot be used yet", said);
                    }
                },
                "oidc-look");
        looking.setDaemon(true);
        looking.start();
    }

    /** @param content the policy of the pages, in which forms lead to the hub itself only */
    void into(HttpSecurity http, AuthenticationSuccessHandler trail, String content) {
        http.with(new Filters(trail), filters -> {})
                .logout(out -> out.logoutSuccessHandler(this::loggedOut))
                // A browser applies this to where a form is redirected to as well, as the one that logs out is.
                .headers(headers -> headers.addHeaderWriter((request, response) -> provider.logoutOrigin()
                        .ifPresent(origin -> response.setHeader(
                                POLICY, content.replace("form-action 'self'", "form-action 'self' " + origin)))));
    }

    String button(Locale language) {
        return language.getLanguage().equals(Locale.ENGLISH.getLanguage())
                ? settings.button().en()
                : settings.button().zh();
    }

    Optional<OidcProvider.Trouble> trouble() {
        return provider.trouble();
    }

    /** Why this browser was turned away last, as far as a page says it. */
    Optional<OidcRefused> why(HttpServletRequest request) {
        return why.read(request).map(OidcRefused::shown);
    }

    /** On a page of its own: the address that the provider sent people to is good for once. */
    private void refused(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        Throwable cause = failure instanceof OidcRefused ? failure : failure.getCause();
        OidcRefused refused = cause instanceof OidcRefused known
                ? known
                : new OidcRefused(OidcRefused.Reason.AGAIN, failure.getClass().getSimpleName());
        if (!why.write(request, response, refused.text())) {
            // Without so many groups it fits.
            why.write(request, response, new OidcRefused(refused.reason(), "").text());
        }
        response.sendRedirect(REFUSED);
    }

    /** The session here has ended; the one at the provider ends there, where it has a place for that. */
    private void loggedOut(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication who)
            throws IOException {
        Optional<String> there = who != null
                        && who.getPrincipal() instanceof ConsoleUser user
                        && user.isOfProvider()
                        && who.getCredentials() instanceof String idToken
                ? provider.logout(idToken, settings.baseUrl().replaceFirst("/$", "") + LOGGED_OUT)
                : Optional.empty();
        response.sendRedirect(there.orElse(LOGGED_OUT));
    }

    /** Puts the two filters where those of a login are. */
    private final class Filters extends AbstractHttpConfigurer<Filters, HttpSecurity> {

        private final AuthenticationSuccessHandler trail;

        Filters(AuthenticationSuccessHandler trail) {
            this.trail = trail;
        }

        @Override
        public void configure(HttpSecurity http) {
            OAuth2AuthorizationRequestRedirectFilter there = new OAuth2AuthorizationRequestRedirectFilter(
                    new DefaultOAuth2AuthorizationRequestResolver(provider, BEGIN));
            there.setAuthorizationRequestRepository(underWay);
            there.setAuthenticationFailureHandler(OidcDoor.this::refused);
            OidcAuthorizationCodeAuthenticationProvider exchange = new OidcAuthorizationCodeAuthenticationProvider(
                    calls.tokens(), person -> new DefaultOidcUser(List.of(), person.getIdToken()));
            exchange.setJwtDecoderFactory(registration -> provider.decoder());
            ByOidc back = new ByOidc(provider, underWay, new OidcGroups(settings), subjects, audit, sessions);
            back.setAuthenticationManager(new ProviderManager(exchange));
            back.setSecurityContextRepository(new HttpSessionSecurityContextRepository());
            SessionAuthenticationStrategy session = http.getSharedObject(SessionAuthenticationStrategy.class);
            if (session != null) {
                back.setSessionAuthenticationStrategy(session);
            }
            back.setAuthenticationSuccessHandler(trail);
            back.setAuthenticationFailureHandler(OidcDoor.this::refused);
            http.addFilterBefore(there, UsernamePasswordAuthenticationFilter.class)
                    .addFilterBefore(back, UsernamePasswordAuthenticationFilter.class);
        }
    }
}
