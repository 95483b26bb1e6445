package org.shuniu.console;

import java.util.Optional;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who asks now, with the rights of now: what was taken from a person ends with the next page. */
final class Visitors {

    private final ConsoleUsers users;

    Visitors(ConsoleUsers users) {
        this.users = users;
    }

    /** @throws AccessDeniedException when this person has no such right any more, or never had */
    ConsoleUser with(Right right) {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return (known == null ? Optional.<ConsoleUser>empty() : users.find(known.getName()))
                .filter(ConsoleUser::enabled)
                .filter(user -> user.may(right))
                .orElseThrow(() -> new AccessDeniedException("This needs the right " + right));
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
