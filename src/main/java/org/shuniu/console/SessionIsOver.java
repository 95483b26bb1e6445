package org.shuniu.console;

import org.springframework.security.access.AccessDeniedException;

/** What this session's login gave has ended, at this process or another one. */
final class SessionIsOver extends AccessDeniedException {

    private static final long serialVersionUID = 1L;

    SessionIsOver() {
        super("This session is over");
    }
}
