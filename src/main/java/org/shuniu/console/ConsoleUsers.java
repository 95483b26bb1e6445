package org.shuniu.console;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.AuditLog;
import org.shuniu.partner.Secrets;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Pools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The people who use the console; every change of them is in the audit log. */
final class ConsoleUsers implements UserDetailsService {

    /** What a name may be. */
    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{1,39}");

    /** The secret that gives the first user of a role, {@code console-<role>-password}. */
    private static final String FIRST = "console-%s-password";

    private static final int SHORTEST = 12;
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleUsers.class);

    private static final String ADD = """
            insert into console_user (name, password, roles, partners, made_by) values (?, ?, ?, ?, ?)
            on conflict do nothing
            """;
    private static final String FAILED = """
            update console_user set failures = case when failures + 1 >= ? then 0 else failures + 1 end,
                locked_until = case when failures + 1 >= ? then now() + ?::bigint * interval '1 millisecond' end
            where name = ? and (locked_until is null or locked_until <= now()) returning locked_until is not null
            """;

    private final Pools.Door door;
    private final AuditLog audit;
    private final PasswordEncoder passwords;
    private final Secrets secrets;
    private final ConsoleProperties limits;
    private volatile boolean begun;

    ConsoleUsers(
            Pools.Door door, AuditLog audit, PasswordEncoder passwords, Secrets secrets, ConsoleProperties limits) {
        this.door = door;
        this.audit = audit;
        this.passwords = passwords;
        this.secrets = secrets;
        this.limits = limits;
    }

    Optional<ConsoleUser> find(String name) {
        return door.sql().query("select * from console_user where name = ?", ConsoleUsers::read, name).stream()
                .findFirst();
    }

    List<ConsoleUser> all() {
        return door.sql().query("select * from console_user order by name", ConsoleUsers::read);
    }

    @Override
    public UserDetails loadUserByUsername(String name) {
        begin();
        return find(name).orElseThrow(() -> new UsernameNotFoundException("There is no such user"));
    }

    /** The first login finds the users that secrets name; once there is anybody, secrets make nobody. */
    private synchronized void begin() {
        if (begun) {
            return;
        }
        if (all().isEmpty()) {
            for (Role role : Role.values()) {
                secrets.find(FIRST.formatted(role.word())).ifPresent(password -> first(role, password));
            }
        }
        begun = true;
    }

    private void first(Role role, String password) {
        if (password.length() < SHORTEST) {
            LOG.warn(
                    "The secret {} is shorter than {} characters and makes no user",
                    FIRST.formatted(role.word()),
                    SHORTEST);
        } else {
            add("hub", role.word(), password, Set.of(role), null);
        }
    }

    /** False when the name is taken. */
    boolean add(String by, String name, String password, Set<Role> roles, @Nullable Collection<String> partners) {
        String kept = passwords.encode(password);
        return Boolean.TRUE.equals(door.transaction().execute(status -> {
            boolean added = door.sql()
                            .update(
                                    ADD,
                                    name,
                                    kept,
                                    roles.stream().map(Role::word).sorted().toArray(String[]::new),
                                    partners == null ? null : partners.toArray(String[]::new),
                                    by)
                    == 1;
            if (added) {
                String whose = partners == null ? "all partners" : String.join(" ", partners);
                audit.record(by, "user-made", name, "roles %s, %s".formatted(roles, whose));
            }
            return added;
        }));
    }

    /** False for an unknown name. Whoever is logged in and is disabled is refused from the next page on. */
    boolean enable(String by, String name, boolean enabled) {
        return change(
                by,
                name,
                enabled ? "user-enabled" : "user-disabled",
                "update console_user set enabled = ?, failures = 0, locked_until = null where name = ?",
                enabled);
    }

    /** False for an unknown name. */
    boolean password(String by, String name, String password) {
        return change(
                by,
                name,
                "user-password",
                "update console_user set password = ?, failures = 0, locked_until = null where name = ?",
                passwords.encode(password));
    }

    private boolean change(String by, String name, String action, String update, Object value) {
        return Boolean.TRUE.equals(door.transaction().execute(status -> {
            boolean done = door.sql().update(update, value, name) == 1;
            if (done) {
                audit.record(by, action, name, "");
            }
            return done;
        }));
    }

    /** A failed login. What was typed for a name that nobody has is kept nowhere: it could be a password. */
    void failed(String name) {
        door.transaction()
                .executeWithoutResult(status -> door.sql()
                        .query(
                                FAILED,
                                (row, number) -> row.getBoolean(1),
                                limits.failures(),
                                limits.failures(),
                                limits.locked().toMillis(),
                                name)
                        .forEach(locked -> audit.record(
                                "hub",
                                locked ? "locked" : "login-refused",
                                name,
                                locked ? "%d failed logins".formatted(limits.failures()) : "")));
    }

    void succeeded(String name) {
        door.transaction().executeWithoutResult(status -> {
            door.sql().update("update console_user set failures = 0, locked_until = null where name = ?", name);
            audit.record(name, "login", "console", "");
        });
    }

    private static ConsoleUser read(ResultSet row, int number) throws SQLException {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : (String[]) row.getArray("roles").getArray()) {
            Role.of(word).ifPresent(roles::add);
        }
        Array partners = row.getArray("partners");
        return new ConsoleUser(
                row.getString("name"),
                row.getString("password"),
                roles,
                partners == null ? null : Set.of((String[]) partners.getArray()),
                row.getBoolean("enabled"),
                CaseFiles.instant(row, "locked_until"));
    }
}
