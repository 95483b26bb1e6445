package org.shuniu.console;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.AuditLog;
import org.shuniu.partner.Secrets;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
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

    /** Who acts where no person does. */
    private static final String HUB = "hub";

    /** What tokens of operators' programs are called, those that are not there yet included. */
    private static final Pattern OF_PROGRAMS = Pattern.compile("operator(-.*)?");

    private static final int SHORTEST = 12;

    /** Bytes, of which the digest takes no more. */
    private static final int LONGEST = 72;

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleUsers.class);

    private static final String ADD = """
            insert into console_user (name, password, roles, partners, made_by, must_change) values (?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;
    private static final String OWN =
            "update console_user set password = ?, must_change = false where name = ? and password = ?";
    private static final String FAILED = """
            insert into console_login as l (name, address, failures, failed_at, locked_until)
            values (?, ?, 1, now(), case when 1 >= ? then now() + ?::bigint * interval '1 millisecond' end)
            on conflict (name, address) do update set failed_at = now(),
                failures = case when l.locked_until <= now() then 1 else l.failures + 1 end,
                locked_until = case when (case when l.locked_until <= now() then 1 else l.failures + 1 end) >= ?
                    then now() + ?::bigint * interval '1 millisecond' end
                where l.locked_until is null or l.locked_until <= now()
            returning locked_until is not null
            """;

    /** Whoever guesses from many addresses, or many names, leaves no more rows than those of a day. */
    private static final String FORGET = """
            delete from console_login where (name, address) in (select name, address from console_login
                where good_at is null and failed_at < now() - interval '1 day' order by failed_at limit 100)
            """;

    private static final String SUCCEEDED = """
            insert into console_login (name, address, good_at) values (?, ?, now())
            on conflict (name, address) do update set failures = 0, locked_until = null, good_at = now()
            """;
    private static final String UNLOCK = "update console_login set failures = 0, locked_until = null where name = ?";

    /** An address is slowed down as a name is: whoever guesses one name after the other meets this. */
    private static final String MAY_TRY = """
            select not exists (select from console_login where name = ? and address = ? and locked_until > now())
                and (exists (select from console_login where name = ? and address = ? and good_at > now() - interval '90 days')
                    or (%1$s name = ?) and (%1$s address = ?))
            """.formatted("""
            select coalesce(sum(failures) filter (where failed_at > now() - ?::bigint * interval '1 millisecond'), 0) < ?
                or coalesce(max(failed_at) <= now() - ?::bigint * interval '1 millisecond', true) from console_login where""");

    private static final String USERS = """
            select u.*, (select max(locked_until) from console_login l where l.name = u.name) as locked_until
            from console_user u
            """;

    /** As many times the failures of one address under one name slow down a name for all that it does not know, and an address. */
    private static final int MANY = 4;

    /** Before a name that nobody has; no user's begins so. */
    private static final String UNKNOWN = "?";

    private final JdbcTemplate reads;
    private final Pools.Door door;
    private final AuditLog audit;
    private final PasswordEncoder passwords;
    private final Secrets secrets;
    private final ConsoleProperties limits;
    private final Vault vault;
    private final Predicate<String> isTaken;
    private volatile boolean begun;

    /** @param isTaken whether a name stands for somebody else in the audit log, such as a partner or a program */
    ConsoleUsers(
            Pools pools,
            AuditLog audit,
            PasswordEncoder passwords,
            Secrets secrets,
            ConsoleProperties limits,
            Vault vault,
            Predicate<String> isTaken) {
        this.vault = vault;
        this.isTaken = isTaken;
        this.reads = pools.console().sql();
        this.door = pools.settlement();
        this.audit = audit;
        this.passwords = passwords;
        this.secrets = secrets;
        this.limits = limits;
    }

    Optional<ConsoleUser> find(String name) {
        return NAME.matcher(name).matches()
                ? reads.query(USERS + "where u.name = ?", ConsoleUsers::read, name).stream()
                        .findFirst()
                : Optional.empty();
    }

    List<ConsoleUser> all() {
        return reads.query(USERS + "order by u.name", ConsoleUsers::read);
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
        if (!isGood(password)) {
            LOG.warn(
                    "The secret {} is shorter than {} characters or longer than {} bytes and makes no user",
                    FIRST.formatted(role.word()),
                    SHORTEST,
                    LONGEST);
        } else {
            if (isReserved(role.word())) {
                LOG.info(
                        "The console's user {} has the name of an operator's program: the audit does not tell them apart",
                        role.word());
            }
            add(HUB, role.word(), password, Set.of(role), null, false);
        }
    }

    /** Whether the audit log could not tell a person of this name from the hub, a partner or an operator's program. */
    boolean isReserved(String name) {
        return name.equals(HUB) || OF_PROGRAMS.matcher(name).matches() || isTaken.test(name);
    }

    /** False when the name is taken. The person makes a password of his own at the first login. */
    boolean add(String by, String name, String password, Set<Role> roles, @Nullable Collection<String> partners) {
        return add(by, name, password, roles, partners, true);
    }

    private boolean add(
            String by,
            String name,
            String password,
            Set<Role> roles,
            @Nullable Collection<String> partners,
            boolean mustChange) {
        String kept = passwords.encode(password);
        return Boolean.TRUE.equals(door.transaction().execute(status -> {
            boolean added = door.sql()
                            .update(
                                    ADD,
                                    name,
                                    kept,
                                    roles.stream().map(Role::word).sorted().toArray(String[]::new),
                                    partners == null ? null : partners.toArray(String[]::new),
                                    by,
                                    mustChange)
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
                "update console_user set enabled = ? where name = ?",
                enabled);
    }

    /** The same for an unknown name. The person makes a password of his own at the next login. */
    boolean password(String by, String name, String password) {
        return change(
                by,
                name,
                "user-password",
                "update console_user set password = ?, must_change = true where name = ?",
                passwords.encode(password));
    }

    private boolean change(String by, String name, String action, String update, Object value) {
        return Boolean.TRUE.equals(door.transaction().execute(status -> {
            boolean done = door.sql().update(update, value, name) == 1;
            if (done) {
                door.sql().update(UNLOCK, name);
                audit.record(by, action, name, "");
            }
            return done;
        }));
    }

    boolean isPasswordOf(ConsoleUser who, String typed) {
        return passwords.matches(typed, who.password());
    }

    /** Whether this may be somebody's own new password. */
    static boolean isGood(String password) {
        return password.length() >= SHORTEST && password.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }

    /** False when another password came in between. */
    boolean ownPassword(ConsoleUser who, String password) {
        String kept = passwords.encode(password);
        return Boolean.TRUE.equals(door.transaction().execute(status -> {
            boolean done = door.sql().update(OWN, kept, who.name(), who.password()) == 1;
            if (done) {
                audit.record(who.name(), "own-password", who.name(), "");
            }
            return done;
        }));
    }

    /**
     * Whether a password may be tried now, whether or not somebody has the name. Nobody locks a name for all by guessing: an address
     * that fails too often is locked, and under a name that many addresses guess, those that it never came in from are heard only
     * now and then. So is an address that guesses many names.
     */
    boolean mayTry(String name, String address) {
        String counted = counted(name);
        long window = limits.locked().toMillis();
        int many = MANY * limits.failures();
        long pace = limits.pace().toMillis();
        return Boolean.TRUE.equals(reads.queryForObject(
                MAY_TRY,
                Boolean.class,
                counted,
                address,
                counted,
                address,
                window,
                many,
                pace,
                counted,
                window,
                many,
                pace,
                address));
    }

    /** A failed login. What was typed for a name that nobody has can't be read anywhere: it could be a password. */
    void failed(String name, String address) {
        String counted = counted(name);
        boolean known = counted.equals(name);
        door.transaction()
                .executeWithoutResult(status -> door.sql()
                        .query(
                                FAILED,
                                (row, number) -> row.getBoolean(1),
                                counted,
                                address,
                                limits.failures(),
                                limits.locked().toMillis(),
                                limits.failures(),
                                limits.locked().toMillis())
                        .forEach(locked -> audit.record(
                                HUB,
                                locked ? "locked" : "login-refused",
                                known ? name : "console",
                                (known ? "from " : "a name that nobody has, from ") + address)));
        door.sql().update(FORGET);
    }

    /** The name itself where somebody has it; the digest is made in any case, so that both take the same time. */
    private String counted(String name) {
        String unknown = UNKNOWN + HexFormat.of().formatHex(vault.blindIndex("login-name", name));
        return find(name).map(ConsoleUser::name).orElse(unknown);
    }

    void succeeded(String name, String address) {
        door.transaction().executeWithoutResult(status -> {
            door.sql().update(SUCCEEDED, name, address);
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
                CaseFiles.instant(row, "locked_until"),
                row.getBoolean("must_change"));
    }
}
