package org.shuniu.console;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.shuniu.audit.AuditLog;
import org.shuniu.partner.Secrets;
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

    /** The secret that gives the first user of a role, {@code console-<role>-password}. */
    private static final String FIRST = "console-%s-password";

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleUsers.class);

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
    /** An address is slowed down as a name is: whoever guesses one name after the other meets this. */
    private static final String MAY_TRY = """
            select not exists (select from console_login where name = ? and address = ? and locked_until > now())
                and (exists (select from console_login where name = ? and address = ? and good_at > now() - interval '90 days')
                    or (%1$s name = ?) and (%1$s address = ?))
            """.formatted("""
            select coalesce(sum(failures) filter (where failed_at > now() - ?::bigint * interval '1 millisecond'), 0) < ?
                or coalesce(max(failed_at) <= now() - ?::bigint * interval '1 millisecond', true) from console_login where""");

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
    private final LocalUsers local;
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
        this.reads = pools.console().sql();
        this.door = pools.settlement();
        this.audit = audit;
        this.passwords = passwords;
        this.secrets = secrets;
        this.limits = limits;
        this.local = new LocalUsers(reads, door, audit, passwords, isTaken);
    }

    /** What an administrator makes and changes. */
    LocalUsers local() {
        return local;
    }

    Optional<ConsoleUser> find(String name) {
        return local.find(name);
    }

    List<ConsoleUser> all() {
        return local.all();
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
        if (!LocalUsers.isGood(password)) {
            LOG.warn("The secret {} makes no user: expected {}", FIRST.formatted(role.word()), LocalUsers.good());
        } else {
            if (local.isReserved(role.word())) {
                LOG.info(
                        "The console's user {} has the name of an operator's program: the audit does not tell them apart",
                        role.word());
            }
            local.add(LocalUsers.HUB, role.word(), password, Set.of(role), null, false);
        }
    }

    boolean isPasswordOf(ConsoleUser who, String typed) {
        return passwords.matches(typed, who.password());
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
                                LocalUsers.HUB,
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
}
