package org.shuniu.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Which addresses are pages: those of the console, and whatever else a browser looks for that is no entry for programs. None that
 * is written in escapes: who reads it might read it otherwise than this. And none on the exchange's port.
 */
final class PageAddresses implements RequestMatcher {

    private static final Set<String> PAGES = Set.of(
            "",
            "login",
            "logout",
            "password",
            "live",
            "find",
            "cases",
            "messages",
            "deliveries",
            "partners",
            "parked",
            "incidents",
            "plans",
            "reports",
            "reports.csv",
            "reports.xlsx",
            "second",
            "workbench",
            "proposals",
            "audit",
            "audit.csv",
            "users",
            "docs",
            "console",
            "webjars");
    private static final Set<String> PROGRAMS = Set.of(
            "api",
            "ops",
            "callback",
            "partner",
            "actuator",
            "schemas",
            "openapi.yaml",
            "openapi.json",
            "chx-openapi.yaml",
            "api.html",
            "api.js",
            "api.css",
            "favicon.ico",
            "error");

    private final int exchangePort;

    PageAddresses(int exchangePort) {
        this.exchangePort = exchangePort;
    }

    @Override
    public boolean matches(HttpServletRequest request) {
        if (request.getRequestURI().indexOf('%') >= 0 || request.getLocalPort() == exchangePort) {
            return false;
        }
        String first = request.getRequestURI().replaceFirst("^/", "").split("[/;]", 2)[0];
        if (PROGRAMS.contains(first)) {
            return false;
        }
        String accept = request.getHeader("Accept");
        return PAGES.contains(first)
                || accept != null && Stream.of(accept.split(",")).anyMatch("text/html"::equals);
    }
}
