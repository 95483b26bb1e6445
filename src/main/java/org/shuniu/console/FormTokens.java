package org.shuniu.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;

/**
 * By what a form is known to be the hub's own: the session once somebody has logged in, a sealed cookie before that, so that the form
 * of the login holds no place here and can be sent to any process. Sending it twice does no more than its password does.
 */
final class FormTokens implements CsrfTokenRepository {

    /** For whoever is called away from a form that is half filled in. */
    private static final Duration AGE = Duration.ofMinutes(30);

    private static final String HEADER = "X-CSRF-TOKEN";
    private static final String FIELD = "_csrf";

    private final HttpSessionCsrfTokenRepository ofSession = new HttpSessionCsrfTokenRepository();
    private final SealedCookie cookie;

    FormTokens(SealedCookie.Jar jar) {
        cookie = jar.cookie("shuniu-form", AGE, SealedCookie.Site.LAX);
    }

    /** Begins the cookie's time anew: a form that is shown now is good for all of it, one in another window too. */
    void renew(HttpServletRequest request, HttpServletResponse response) {
        if (!PageGate.isKnown(request)) {
            cookie.read(request).ifPresent(token -> cookie.write(request, response, token));
        }
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        return PageGate.isKnown(request)
                ? ofSession.generateToken(request)
                : token(UUID.randomUUID().toString());
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        if (PageGate.isKnown(request)) {
            ofSession.saveToken(token, request, response);
        } else if (token == null) {
            cookie.end(request, response);
        } else {
            cookie.write(request, response, token.getToken());
        }
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        return PageGate.isKnown(request)
                ? ofSession.loadToken(request)
                : cookie.read(request).map(FormTokens::token).orElse(null);
    }

    private static CsrfToken token(String value) {
        return new DefaultCsrfToken(HEADER, FIELD, value);
    }
}
