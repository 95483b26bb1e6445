package org.shuniu.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Consumer;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;

/** Puts a login into the audit log before its first page, which is the one that was asked for; the session now lasts. */
final class LoginTrail implements AuthenticationSuccessHandler {

    private static final int SESSION_SECONDS = 30 * 60;

    private final Consumer<Authentication> record;
    private final Sessions sessions;
    private final RequestCache returnTo;

    /** @param record puts a login into the audit log */
    LoginTrail(Consumer<Authentication> record, Sessions sessions, RequestCache returnTo) {
        this.sessions = sessions;
        this.record = record;
        this.returnTo = returnTo;
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication who)
            throws IOException {
        record.accept(who);
        sessions.login(request.getSession(), who.getName());
        request.getSession().setMaxInactiveInterval(SESSION_SECONDS);
        SavedRequest asked = returnTo.getRequest(request, response);
        returnTo.removeRequest(request, response);
        response.sendRedirect(asked == null ? "/" : asked.getRedirectUrl());
    }
}
