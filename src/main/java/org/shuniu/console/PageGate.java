package org.shuniu.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.shuniu.document.DocumentReader;
import org.shuniu.gateway.ArrivingPlaces;
import org.shuniu.workbench.Draft;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/** Marks requests for pages, ends sessions that are too old, and lets only few forms arrive at a time: whoever drips one keeps no thread from senders. */
final class PageGate extends OncePerRequestFilter {

    /** Set on every request for a page. */
    static final String PAGE = PageGate.class.getName();

    private static final int LARGEST = 16 * 1024;

    /** A whole document, in which each letter takes nine bytes; of more not all would be waited for. */
    private static final int LARGEST_DOCUMENT = DocumentReader.LARGEST;

    private static final Pattern DOCUMENT = Pattern.compile("/deliveries/[0-9a-f-]{36}/corrected");

    /** A mapping and its code tables with what they are tried on, with as many bytes for each letter. */
    static final int LARGEST_DRAFT = 9 * Draft.LARGEST_WITH_SAMPLE + LARGEST;

    private static final Pattern DRAFT = Pattern.compile("/workbench/[a-z]+");
    private static final int AT_A_TIME = 16;

    /** Nobody who is not known yet keeps those who are from their forms, no address all others from the login; and passwords cost a processor each. */
    private static final int LOGINS_AT_A_TIME = 4;

    private final Semaphore forms = new Semaphore(AT_A_TIME);
    private final ArrivingPlaces logins = new ArrivingPlaces(LOGINS_AT_A_TIME);
    private final Sessions sessions;

    PageGate(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Whether somebody has logged in. */
    static boolean isKnown(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null
                && session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY) != null;
    }

    private static int most(HttpServletRequest request) {
        if (!isKnown(request)) {
            return LARGEST;
        }
        String page = request.getRequestURI();
        return DOCUMENT.matcher(page).matches()
                ? LARGEST_DOCUMENT
                : DRAFT.matcher(page).matches() ? LARGEST_DRAFT : LARGEST;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        request.setAttribute(PAGE, true);
        HttpSession session = request.getSession(false);
        if (session != null && sessions.isTooOld(session)) {
            session.invalidate();
        }
        boolean known = isKnown(request) && !request.getRequestURI().equals("/login");
        String from = ByPassword.network(request.getRemoteAddr());
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            chain.doFilter(request, response);
        } else if (!isSmall(request)) {
            response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
        } else if (known ? forms.tryAcquire() : logins.tryAcquire(from)) {
            try {
                chain.doFilter(request, response);
            } finally {
                if (known) {
                    forms.release();
                } else {
                    logins.release(from);
                }
            }
        } else {
            response.setHeader("Retry-After", "5");
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    /** Nobody waits for a form of another size, or of none that is known. */
    static boolean isSmall(HttpServletRequest request) {
        return request.getContentLengthLong() >= 0 && request.getContentLengthLong() <= most(request);
    }
}
