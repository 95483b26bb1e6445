package org.shuniu.console;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Compares passwords, and none at all for an address that guesses: comparing costs a processor. Names that nobody has are counted and
 * compared as the others are, so that neither words nor time tell them apart.
 */
final class ByPassword extends DaoAuthenticationProvider {

    /** As a gateway writes it in X-Forwarded-For: with groups left out. Nothing else is looked up as a name. */
    private static final Pattern IPV6 = Pattern.compile("(?i)[0-9a-f.]*:[0-9a-f:.]*");

    /** Bytes. */
    private static final int LENGTH = 16;

    /** Of the network, which are a half of the address. */
    private static final int GROUPS = 4;

    private final ConsoleUsers users;

    ByPassword(ConsoleUsers users) {
        super(users);
        this.users = users;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication typed) {
        if (!mayTry(typed)) {
            throw new LockedException("Too many failed logins");
        }
        return super.authenticate(typed);
    }

    private boolean mayTry(Authentication typed) {
        try {
            return users.mayTry(typed.getName(), address(typed.getDetails()));
        } catch (DataAccessException away) {
            throw new InternalAuthenticationServiceException("The database is away", away);
        }
    }

    /** Whether a password was compared, and in vain. */
    static boolean isCounted(AuthenticationException why) {
        return why instanceof BadCredentialsException || why instanceof DisabledException;
    }

    static String address(@Nullable Object details) {
        return details instanceof WebAuthenticationDetails web ? network(web.getRemoteAddress()) : "";
    }

    /** Whoever has an IPv6 address has as many as he likes, all of one network. */
    static String network(String address) {
        String plain = address.split("[%/]", 2)[0];
        if (!IPV6.matcher(plain).matches()) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(plain).getAddress();
            return bytes.length == LENGTH
                    ? IntStream.range(0, GROUPS)
                            .mapToObj(group ->
                                    "%x".formatted((bytes[2 * group] & 0xFF) << 8 | bytes[2 * group + 1] & 0xFF))
                            .collect(Collectors.joining(":", "", "::/64"))
                    : InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException none) {
            return address;
        }
    }
}
