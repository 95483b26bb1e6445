package org.shuniu.console;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;

/** Nobody came in by OpenID Connect, and why; what is said of it holds nothing that the provider said of a person. */
final class OidcRefused extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, in the words of the login's page. */
    enum Reason {
        /** The login was begun in another session, too long ago, or twice. */
        AGAIN,
        /** The provider let nobody in. */
        DENIED,
        /** What the provider sent is not what a login of now and here has. */
        TOKEN,
        /** It names nobody in a way that the hub can write down. */
        NAME,
        /** The name is another person's. */
        TAKEN,
        /** None of the person's groups gives a role. */
        GROUP,
        /** The person's groups have no partner in common. */
        PARTNER,
        /** The provider does not answer, or not as one does. */
        AWAY;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the provider vouched for something: what strangers send by themselves fills no audit log. */
        boolean isAudited() {
            return this == TOKEN || this == NAME || this == TAKEN || this == GROUP || this == PARTNER;
        }

        HttpStatus status() {
            return this == AWAY ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.FORBIDDEN;
        }
    }

    private final Reason reason;
    private final @Nullable String who;
    private final List<String> groups;

    OidcRefused(Reason reason, String words) {
        this(reason, words, null, List.of());
    }

    /**
     * @param who the audit log's name of the person, or null
     * @param groups of which the person would need one
     */
    OidcRefused(Reason reason, String words, @Nullable String who, List<String> groups) {
        super(words);
        this.reason = reason;
        this.who = who;
        this.groups = List.copyOf(groups);
    }

    /** What of it a page shows. */
    String text() {
        return Stream.concat(Stream.of(reason.name()), groups.stream()).collect(Collectors.joining("\n"));
    }

    /** @param text of another one */
    static OidcRefused shown(String text) {
        List<String> lines = List.of(text.split("\n"));
        return new OidcRefused(Reason.valueOf(lines.get(0)), "", null, lines.subList(1, lines.size()));
    }

    Reason reason() {
        return reason;
    }

    @Nullable
    String who() {
        return who;
    }

    List<String> groups() {
        return groups;
    }
}
