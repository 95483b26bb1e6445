package org.shuniu.console;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.Actors;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * A person who uses the console.
 *
 * @param name as the audit log has it
 * @param password as it is kept, never as it is typed; of whoever came by OpenID Connect what the login is known by
 * @param partners whose flows this person sees, or null for all
 * @param lockedUntil when the last address may try again that failed too often, or null
 * @param mustChange whether somebody else made the password
 */
record ConsoleUser(
        String name,
        String password,
        Set<Role> roles,
        @Nullable Set<String> partners,
        boolean enabled,
        @Nullable Instant lockedUntil,
        boolean mustChange)
        implements UserDetails {

    private static final long serialVersionUID = 1L;

    /** What everybody has who came in by the console's own door. */
    static final String DOOR = "CONSOLE";

    boolean may(Right right) {
        return roles.stream().anyMatch(role -> role.grants(right));
    }

    /** Known by OpenID Connect, for one session, and not by a password of this hub. */
    boolean isOfProvider() {
        return name.startsWith(Actors.BY_OIDC);
    }

    ConsoleUser ofLogin(UUID login) {
        return new ConsoleUser(name, login.toString(), roles, partners, enabled, lockedUntil, mustChange);
    }

    boolean sees(@Nullable String partner) {
        return partners == null || partner != null && partners.contains(partner);
    }

    String @Nullable [] partnersOrAll() {
        return partners == null ? null : partners.toArray(String[]::new);
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return List.of(new SimpleGrantedAuthority("ROLE_" + DOOR));
    }

    @Override
    public String getPassword() {
        return password;
    }

    @Override
    public String getUsername() {
        return name;
    }

    /** For one address at least; others may log in. */
    public boolean isLockedSomewhere() {
        return lockedUntil != null && lockedUntil.isAfter(Instant.now());
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public String toString() {
        return name;
    }
}
