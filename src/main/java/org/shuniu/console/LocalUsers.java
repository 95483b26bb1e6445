package org.shuniu.console;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.AuditLog;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Makes and changes the users whose passwords are the hub's own; each change is one transaction with its line of the audit log. */
public final class LocalUsers {

    /** What a name may be. */
    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{1,39}");

    /** Who acts where no person does. */
    static final String HUB = "hub";

    /** What tokens of operators' programs are called, those that are not there yet included. */
    private static final Pattern OF_PROGRAMS = Pattern.compile("operator(-.*)?");

    private static final int SHORTEST = 12;

    /** Bytes, of which the digest takes no more. */
    private static final int LONGEST = 72;

    private static final int NEW_BYTES = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String ADD = """
            insert into console_user (name, password, roles, partners, made_by, must_change) values (?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;
    private static final String CHANGE = """
            update console_user set roles = coalesce(?::text[], roles),
                partners = case when ? then partners else ?::text[] end
            where name = ? returning *, null::timestamptz as locked_until
            """;
    private static final String ENABLE = "update console_user set enabled = ? where name = ?";
    private static final String PASSWORD = "update console_user set password = ?, must_change = true where name = ?";
    private static final String REMOVE =
            "update console_user set enabled = false, password = '', roles = '{}', removed_at = now() where name = ?";
    private static final String UNLOCK = "update console_login set failures = 0, locked_until = null where name = ?";

    private static final String USERS = """
            select u.*, (select max(locked_until) from console_login l where l.name = u.name) as locked_until
            from console_user u where u.removed_at is null
            """;

    private static final String HELD = USERS + "and u.name = ? for update of u";

    /** Locked until the end of the transaction: of two changes at the same time the second sees what the first has left. */
    private static final String ADMINISTRATORS = """
            select name from console_user where enabled and removed_at is null and partners is null and ? = any(roles)
            order by name for update
            """;

    private final JdbcTemplate reads;
    private final Pools.Door door;
    private final AuditLog audit;
    private final PasswordEncoder passwords;
    private final Predicate<String> isTaken;

    /**
     * @param door through which the audit log writes as well
     * @param isTaken whether a name stands for somebody else in the audit log, such as a partner or a program
     */
    public LocalUsers(
            JdbcTemplate reads, Pools.Door door, AuditLog audit, PasswordEncoder passwords, Predicate<String> isTaken) {
        this.reads = reads;
        this.door = door;
        this.audit = audit;
        this.passwords = passwords;
        this.isTaken = isTaken;
    }

    /** A password that nobody knows yet. */
    public static String newPassword() {
        byte[] bytes = new byte[NEW_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether this may be a password. */
    public static boolean isGood(String password) {
        return password.length() >= SHORTEST && password.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }

    /** What is expected of a password. */
    public static String good() {
        return "%d characters or more, and %d bytes at most".formatted(SHORTEST, LONGEST);
    }

    /** All users, by name. */
    public List<LocalUser> list() {
        return all().stream().map(LocalUser::of).toList();
    }

    List<ConsoleUser> all() {
        return reads.query(USERS + "order by u.name", LocalUsers::read);
    }

    Optional<ConsoleUser> find(String name) {
        return NAME.matcher(name).matches()
                ? reads.query(USERS + "and u.name = ?", LocalUsers::read, name).stream()
                        .findFirst()
                : Optional.empty();
    }

    /**
     * Makes a user, who makes a password of his own at the first login.
     *
     * @param by who does it, as the audit log has it
     * @param partners to whose flows the user is limited; none for all
     * @param isPartner whether there is a partner of an id
     */
    public Optional<UserRefusal> add(
            String by,
            String name,
            String password,
            Set<Role> roles,
            Collection<String> partners,
            Predicate<String> isPartner) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of(UserRefusal.NAME);
        }
        if (isReserved(name)) {
            return Optional.of(UserRefusal.RESERVED);
        }
        Optional<UserRefusal> refusal = refusal(roles, partners, isPartner);
        if (refusal.isEmpty() && !add(by, name, password, roles, partners.isEmpty() ? null : partners, true)) {
            return Optional.of(UserRefusal.TAKEN);
        }
        return refusal;
    }

    private static Optional<UserRefusal> refusal(
            Set<Role> roles, Collection<String> partners, Predicate<String> isPartner) {
        if (roles.isEmpty()) {
            return Optional.of(UserRefusal.NO_ROLE);
        }
        // An unknown partner must not leave a person without a limit.
        return partners.stream().allMatch(isPartner) ? Optional.empty() : Optional.of(UserRefusal.NO_SUCH_PARTNER);
    }

    /** Whether the audit log could not tell a person of this name from the hub, a partner or an operator's program. */
    boolean isReserved(String name) {
        return name.equals(HUB) || OF_PROGRAMS.matcher(name).matches() || isTaken.test(name);
    }

    /** False when the name is or was somebody's. */
    boolean add(
            String by,
            String name,
            String password,
            Set<Role> roles,
            @Nullable Collection<String> partners,
            boolean mustChange) {
        String kept = passwords.encode(password);
        return Boolean.TRUE.equals(door.transaction().execute(status -> {
            boolean made = door.sql().update(ADD, name, kept, words(roles), ids(partners), by, mustChange) == 1;
            if (made) {
                audit.record(by, "user-made", name, said(roles, partners));
            }
            return made;
        }));
    }

    /**
     * Gives a user other roles and partners, which count from the next page on.
     *
     * @param roles null for those that he has
     * @param partners null for those that he has, none for all
     */
    public Optional<UserRefusal> change(
            ByWhom by,
            String name,
            @Nullable Set<Role> roles,
            @Nullable Collection<String> partners,
            Predicate<String> isPartner) {
        Optional<UserRefusal> refusal =
                refusal(roles == null ? Set.of(Role.VIEWER) : roles, partners == null ? Set.of() : partners, isPartner);
        if (refusal.isPresent()) {
            return refusal;
        }
        boolean stays =
                (roles == null || roles.contains(Role.ADMINISTRATOR)) && (partners == null || partners.isEmpty());
        return act(by, name, "user-changed", stays, before -> {
            ConsoleUser now = Objects.requireNonNull(door.sql()
                    .queryForObject(
                            CHANGE,
                            LocalUsers::read,
                            roles == null ? null : words(roles),
                            partners == null,
                            partners == null || partners.isEmpty() ? null : ids(partners),
                            name));
            return "%s; before: %s".formatted(said(now), said(before));
        });
    }

    /** Lets a user log in again, from everywhere. */
    public Optional<UserRefusal> unlock(ByWhom by, String name) {
        return enable(by, name, "user-enabled", true);
    }

    /** Keeps a user out, who is refused from the next page on. */
    public Optional<UserRefusal> lock(ByWhom by, String name) {
        return enable(by, name, "user-disabled", false);
    }

    private Optional<UserRefusal> enable(ByWhom by, String name, String action, boolean enabled) {
        return act(by, name, action, enabled, before -> {
            update(ENABLE, enabled, name);
            return "before: %s%s"
                    .formatted(
                            before.enabled() ? "enabled" : "disabled",
                            before.isLockedSomewhere() ? ", kept out where logins failed" : "");
        });
    }

    /** Gives a user another password, who makes one of his own at the next login. */
    public Optional<UserRefusal> password(ByWhom by, String name, String password) {
        String kept = passwords.encode(password);
        return act(by, name, "user-password", true, before -> {
            update(PASSWORD, kept, name);
            return "";
        });
    }

    /** Takes a user away for ever; nobody gets the name again. */
    public Optional<UserRefusal> remove(ByWhom by, String name) {
        return act(by, name, "user-removed", false, before -> {
            update(REMOVE, name);
            return "before: %s%s".formatted(said(before), before.enabled() ? "" : ", disabled");
        });
    }

    /**
     * Changes another user, whom nobody else changes meanwhile, with a line of the audit log. Of himself nobody makes anything here:
     * his own password takes his old one, and his rights are what another gave him.
     *
     * @param stays whether whoever can make users can so afterwards; nobody takes that from the last who can
     * @param change does it and says it
     */
    private Optional<UserRefusal> act(
            ByWhom by, String name, String action, boolean stays, Function<ConsoleUser, String> change) {
        if (by.is(name)) {
            return Optional.of(UserRefusal.OWN);
        }
        return door.transaction().execute(status -> {
            List<String> able = door.sql().queryForList(ADMINISTRATORS, String.class, Role.ADMINISTRATOR.word());
            if (!stays && able.equals(List.of(name))) {
                return Optional.of(UserRefusal.LAST_ADMINISTRATOR);
            }
            List<ConsoleUser> held = door.sql().query(HELD, LocalUsers::read, name);
            held.forEach(before -> audit.record(by.name(), action, name, by.detail(change.apply(before))));
            return held.isEmpty() ? Optional.of(UserRefusal.UNKNOWN) : Optional.empty();
        });
    }

    /** Failed logins under the name count no more. */
    private void update(String update, Object... values) {
        door.sql().update(update, values);
        door.sql().update(UNLOCK, values[values.length - 1]);
    }

    private static String said(ConsoleUser user) {
        return said(user.roles(), user.partners());
    }

    private static String said(Set<Role> roles, @Nullable Collection<String> partners) {
        return "roles %s, %s"
                .formatted(
                        new TreeSet<>(roles),
                        partners == null ? "all partners" : String.join(" ", new TreeSet<>(partners)));
    }

    private static String[] words(Set<Role> roles) {
        return roles.stream().map(Role::word).sorted().toArray(String[]::new);
    }

    private static String @Nullable [] ids(@Nullable Collection<String> partners) {
        return partners == null ? null : new TreeSet<>(partners).toArray(String[]::new);
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
