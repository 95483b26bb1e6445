package org.shuniu.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;

/** The page that was asked for before the login, and never a part of one; the browser keeps it. */
final class AskedPage implements RequestCache {

    private static final Duration AGE = Duration.ofMinutes(30);

    private final SealedCookie cookie;

    AskedPage(SealedCookie.Jar jar) {
        // The provider's site leads back here.
        cookie = jar.cookie("shuniu-page", AGE, SealedCookie.Site.LAX);
    }

    @Override
    public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
        if (request.getMethod().equals("GET") && request.getHeader(ConsoleConfiguration.OF_HTMX) == null) {
            String query = request.getQueryString();
            // One that is too long is the start page.
            cookie.write(
                    request, response, query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query);
        }
    }

    /** By its address without host and scheme, which whoever stands before the hub knows better. */
    @Override
    public @Nullable SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
        return cookie.read(request).map(SimpleSavedRequest::new).orElse(null);
    }

    /** A page that is asked for again is asked for as it is. */
    @Override
    public @Nullable HttpServletRequest getMatchingRequest(HttpServletRequest request, HttpServletResponse response) {
        return null;
    }

    @Override
    public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
        if (cookie.read(request).isPresent()) {
            cookie.end(request, response);
        }
    }
}
