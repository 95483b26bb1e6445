package org.shuniu.console;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Compares passwords, and none at all for an address that guesses: comparing costs a processor. */
final class ByPassword extends DaoAuthenticationProvider {

    private static final int GROUPS = 8;
    private static final int OF_NETWORK = 4;

    private final ConsoleUsers users;

    ByPassword(ConsoleUsers users) {
        super(users);
        this.users = users;
    }

    @Override
    protected void additionalAuthenticationChecks(UserDetails user, UsernamePasswordAuthenticationToken typed) {
        if (!users.mayTry(user.getUsername(), address(typed.getDetails()))) {
            throw new LockedException("Too many failed logins");
        }
        super.additionalAuthenticationChecks(user, typed);
    }

    static String address(@Nullable Object details) {
        return details instanceof WebAuthenticationDetails web ? network(web.getRemoteAddress()) : "";
    }

    /** Whoever has an IPv6 address has as many as he likes, all of one network. */
    static String network(String address) {
        String[] groups = address.split("[%/]", 2)[0].split(":");
        return groups.length == GROUPS
                ? Stream.of(groups).limit(OF_NETWORK).collect(Collectors.joining(":", "", "::/64"))
                : address;
    }
}
