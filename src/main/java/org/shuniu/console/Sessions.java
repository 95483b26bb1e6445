package org.shuniu.console;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends sessions that are too old, however busy they are, and the oldest of too many. Whoever has not logged in yet takes no place
 * from those who have.
 */
final class Sessions implements HttpSessionListener {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final String VISIT = Sessions.class.getName();

    /** A session under its first name or its owner's; its id changes at the login, this does not. */
    private static final class Visit {
        final HttpSession session;
        final @Nullable String who;
        final Instant since;

        Visit(HttpSession session, @Nullable String who, Instant since) {
            this.session = session;
            this.who = who;
            this.since = since;
        }
    }

    private final ConsoleProperties limits;
    private final Clock clock;

    /** The oldest first. */
    private final Set<Visit> visits = new LinkedHashSet<>();

    Sessions(ConsoleProperties limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        begin(event.getSession(), null);
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        forget(event.getSession());
    }

    /** From now on the session is this person's. */
    void login(HttpSession session, String who) {
        begin(session, who);
    }

    boolean isTooOld(HttpSession session) {
        return session.getAttribute(VISIT) instanceof Visit visit
                && visit.since.plus(limits.sessionAge()).isBefore(clock.instant());
    }

    /** Ends all sessions of a person but one. */
    void endOthers(String who, HttpSession but) {
        end(who, but.getAttribute(VISIT));
    }

    /** Ends all sessions of a person. */
    void endAll(String who) {
        end(who, null);
    }

    private void end(String who, @Nullable Object but) {
        List<Visit> over;
        synchronized (this) {
            over = visits.stream()
                    .filter(visit -> visit != but && who.equals(visit.who))
                    .toList();
        }
        over.forEach(Sessions::end);
    }

    private void begin(HttpSession session, @Nullable String who) {
        List<Visit> over = new ArrayList<>();
        synchronized (this) {
            forget(session);
            Visit visit = new Visit(session, who, clock.instant());
            session.setAttribute(VISIT, visit);
            visits.add(visit);
            if (who != null) {
                over.addAll(surplus(other -> who.equals(other.who), limits.sessionsEach()));
            }
            over.addAll(surplus(other -> (who == null) == (other.who == null), limits.sessions()));
        }
        // Outside: the container tells this listener of each that ends.
        over.forEach(Sessions::end);
    }

    private List<Visit> surplus(Predicate<Visit> which, int most) {
        List<Visit> found = visits.stream().filter(which).toList();
        List<Visit> over = List.copyOf(found.subList(0, Math.max(0, found.size() - most)));
        over.forEach(visits::remove);
        return over;
    }

    private synchronized void forget(HttpSession session) {
        if (session.getAttribute(VISIT) instanceof Visit visit) {
            visits.remove(visit);
        }
    }

    private static void end(Visit visit) {
        try {
            visit.session.invalidate();
        } catch (IllegalStateException over) {
            LOG.debug("A session ended by itself meanwhile", over);
        }
    }
}
