package org.shuniu.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.DatabaseAway;
import org.shuniu.vault.BodyErased;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Says on a page what went wrong with one, with a number by which the log tells more. */
@Component
final class ConsoleErrors implements HandlerExceptionResolver, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleErrors.class);

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (request.getAttribute(PageGate.PAGE) == null) {
            return null;
        }
        if (response.isCommitted()) {
            throw new IllegalStateException("An answer broke off in its middle", failure);
        }
        if (failure instanceof PasswordIsDue) {
            return new ModelAndView("redirect:/password");
        }
        if (failure instanceof SessionIsOver) {
            return toLogin(request, response);
        }
        int status = status(failure);
        String trace = UUID.randomUUID().toString();
        if (status == HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            LOG.error("Page {} failed", trace, failure);
        } else {
            // A database's own words may quote what it was given.
            LOG.info(
                    "Page {} was answered {}: {}",
                    trace,
                    status,
                    failure.getClass().getSimpleName());
        }
        return page(status, DatabaseAway.tookTooLong(failure) ? "slow" : words(status), trace);
    }

    private static ModelAndView toLogin(HttpServletRequest request, HttpServletResponse response) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        try {
            ConsoleConfiguration.toLogin(request, response);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        return new ModelAndView();
    }

    static ModelAndView page(int status, String trace) {
        return page(status, words(status), trace);
    }

    private static String words(int status) {
        return status == 403 || status == 404 || status == 410 || status == 503 ? Integer.toString(status) : "other";
    }

    private static ModelAndView page(int status, String words, String trace) {
        return new ModelAndView(
                "console/error",
                Map.of("status", status, "words", words, "trace", trace),
                HttpStatusCode.valueOf(status));
    }

    private static int status(Exception failure) {
        if (failure instanceof AccessDeniedException) {
            return HttpStatus.FORBIDDEN.value();
        }
        if (failure instanceof NotHere || failure instanceof TypeMismatchException) {
            return HttpStatus.NOT_FOUND.value();
        }
        if (failure instanceof InvalidParameterException || DatabaseAway.holdsNoSuchText(failure)) {
            return HttpStatus.BAD_REQUEST.value();
        }
        if (failure instanceof BodyErased) {
            return HttpStatus.GONE.value();
        }
        if (failure instanceof DataAccessException || failure instanceof TransactionException) {
            return HttpStatus.SERVICE_UNAVAILABLE.value();
        }
        return failure instanceof ErrorResponse known
                ? known.getStatusCode().value()
                : HttpStatus.INTERNAL_SERVER_ERROR.value();
    }
}
