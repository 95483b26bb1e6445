package org.shuniu.console;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who asks now, with the rights of now: what was taken from a local user ends with the next page. */
final class Visitors {

    /** Whoever is limited to partners neither makes users nor reads what all did. */
    private static final Set<Right> OF_ALL = EnumSet.of(Right.USERS, Right.AUDIT);

    private final ConsoleUsers users;
    private final OidcSubjects subjects;

    Visitors(ConsoleUsers users, OidcSubjects subjects) {
        this.users = users;
        this.subjects = subjects;
    }

    /** @throws SessionIsOver when nobody, or nobody any more, is logged in */
    ConsoleUser self() {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        if (known == null || !(known.getPrincipal() instanceof ConsoleUser then)) {
            throw new SessionIsOver();
        }
        ConsoleUser user = now(then).orElseThrow(SessionIsOver::new);
        if (!user.equals(then)) {
            show(user, known);
        }
        return user;
    }

    /** What the page offers is by the rights of now as well; the session keeps the context that it has. */
    private static void show(ConsoleUser user, Authentication known) {
        SecurityContext now = SecurityContextHolder.createEmptyContext();
        now.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(user, null, known.getAuthorities()));
        SecurityContextHolder.setContext(now);
    }

    /**
     * @throws AccessDeniedException when this person has no such right any more, or never had
     * @throws SessionIsOver when nobody, or nobody any more, is logged in
     * @throws PasswordIsDue before the person has made a password of his own
     */
    ConsoleUser with(Right right) {
        ConsoleUser user = self();
        if (user.mustChange()) {
            throw new PasswordIsDue();
        }
        if (!user.may(right) || user.partners() != null && OF_ALL.contains(right)) {
            throw new AccessDeniedException("This needs the right " + right);
        }
        return user;
    }

    /** A new password ends the sessions of the old one. Of whoever is not kept here the token of the newest login is all there is. */
    private Optional<ConsoleUser> now(ConsoleUser then) {
        return then.isOfProvider()
                ? Optional.of(then).filter(subjects::lasts)
                : users.find(then.name())
                        .filter(ConsoleUser::enabled)
                        .filter(user -> then.password().equals(user.password()));
    }

    /** The same, for one partner's flow. */
    ConsoleUser with(Right right, String partner) {
        ConsoleUser user = with(right);
        if (!user.sees(partner)) {
            throw new AccessDeniedException("This flow is not for this person");
        }
        return user;
    }
}
