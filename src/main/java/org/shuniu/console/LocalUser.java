package org.shuniu.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user of the console as others may know him.
 *
 * @param roles in words
 * @param partners whose flows this person sees, or null for all
 * @param enabled whether this person may log in
 * @param locked whether failed logins keep out an address now
 * @param mustChange whether somebody else made the password
 */
public record LocalUser(
        String name,
        List<String> roles,
        @Nullable List<String> partners,
        boolean enabled,
        boolean locked,
        boolean mustChange) {

    static LocalUser of(ConsoleUser user) {
        return new LocalUser(
                user.name(),
                user.roles().stream().map(Role::word).sorted().toList(),
                user.partners() == null
                        ? null
                        : user.partners().stream().sorted().toList(),
                user.enabled(),
                user.isLockedSomewhere(),
                user.mustChange());
    }
}
