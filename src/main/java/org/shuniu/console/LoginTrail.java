package org.shuniu.console;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.savedrequest.RequestCache;

/** Puts a login into the audit log before its first page, which is the one that was asked for. */
final class LoginTrail extends SavedRequestAwareAuthenticationSuccessHandler {

    private final ConsoleUsers users;

    LoginTrail(ConsoleUsers users, RequestCache returnTo) {
        this.users = users;
        setRequestCache(returnTo);
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication who)
            throws IOException, ServletException {
        users.succeeded(who.getName());
        super.onAuthenticationSuccess(request, response, who);
    }
}
