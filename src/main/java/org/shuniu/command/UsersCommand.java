package org.shuniu.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.Actors;
import org.shuniu.console.ByWhom;
import org.shuniu.console.LocalUser;
import org.shuniu.console.LocalUsers;
import org.shuniu.console.Role;
import org.shuniu.console.UserRefusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Lists, makes and changes the console's users whose passwords are the hub's own, whether the hub runs or not. */
@Command(
        name = "users",
        description = {
            "lists, makes and changes the console's users, whether a hub runs or not",
            "It works in the hub's database, with the hub's settings: so the first administrator can be made before anybody can log",
            "in. What it does counts at once, and is in the audit as done by command:ACCOUNT, the account of this machine; a hub that",
            "runs seals it within seconds, one that starts later does so then."
        },
        synopsisSubcommandLabel = "list|add|change|password|lock|unlock|remove",
        footer = {
            "",
            "Exit code 1 when it was refused, with the reason. People of OpenID Connect are none of these users: see shuniu.console.oidc."
        })
final class UsersCommand {

    /** Something done with the users. */
    @FunctionalInterface
    private interface Act {
        Optional<UserRefusal> on(LocalUsers users, VisitedUsers visit);
    }

    /** Why a user is changed. */
    private static final class Why {

        @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the audit")
        private String reason = "";

        ByWhom by(String account) {
            return new ByWhom(account, reason.strip());
        }
    }

    private static final String ROLES = "viewer, operator, approver, engineer, auditor, administrator";
    private static final String LINE = "%-24s %-9s %-40s %s%n";

    private final String[] settings;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final String by = Actors.BY_COMMAND + System.getProperty("user.name");

    @Mixin
    private Help help;

    UsersCommand(String[] settings, InputStream in, PrintStream out, PrintStream err) {
        this.settings = settings;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    @Command(name = "list", description = "lists all users: whether they may log in, as what, and for which partners")
    int list(
            @Mixin Help asked,
            @Option(
                            names = "--json",
                            description =
                                    "as JSON: a list of {name, roles, partners, enabled, locked, mustChange}; partners is null for all")
                    boolean json)
            throws IOException, SQLException {
        try (CommandSettings of = CommandSettings.of(settings);
                VisitedUsers visit = VisitedUsers.of(of)) {
            List<LocalUser> users = visit.users().list();
            if (json) {
                out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(users));
            } else {
                users.forEach(this::tell);
                out.println(users.isEmpty() ? "There is no user yet." : "%d user(s).".formatted(users.size()));
            }
            return 0;
        }
    }

    private void tell(LocalUser user) {
        String whose = user.partners() == null ? "all partners" : String.join(" ", user.partners());
        out.printf(
                LINE,
                user.name(),
                user.enabled() ? "enabled" : "disabled",
                String.join(" ", user.roles()),
                whose
                        + (user.mustChange() ? ", must change the password" : "")
                        + (user.locked() ? ", kept out for a while where logins failed" : ""));
    }

    @Command(name = "add", description = "makes a user, who makes a password of his or her own at the first login")
    int add(
            @Mixin Help asked,
            @Parameters(paramLabel = "NAME", description = "the name: a to z first, then a to z, 0 to 9, dots, hyphens")
                    String name,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            required = true,
                            description = "one of " + ROLES + "; repeat for more")
                    List<String> roles,
            @Option(
                            names = "--partner",
                            paramLabel = "ID",
                            description = "a partner whose flows the user sees; repeat for more; by default all")
                    List<String> partners,
            @Mixin NewPassword password)
            throws IOException, SQLException {
        Set<Role> known = roles(roles);
        String first = password.from(in);
        int code = act(
                name,
                (users, visit) ->
                        users.add(by, name, first, known, partners == null ? List.of() : partners, visit.isPartner()));
        if (code == 0) {
            out.printf("%s is a user now.%n", name);
            password.tell(name, first, out);
        }
        return code;
    }

    @Command(name = "change", description = "gives a user other roles, other partners or both, from the next page on")
    int change(
            @Mixin Help asked,
            @Parameters(paramLabel = "NAME", description = "a user") String name,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            description = "instead of all there were: one of " + ROLES + "; repeat for more")
                    List<String> roles,
            @Option(
                            names = "--partner",
                            paramLabel = "ID",
                            description =
                                    "instead of all there were: a partner whose flows the user sees; repeat for more")
                    List<String> partners,
            @Option(names = "--all-partners", description = "the user sees the flows of all") boolean all,
            @Mixin Why why)
            throws IOException, SQLException {
        if (roles == null && partners == null && !all) {
            throw new Unclear("expected --role, --partner or --all-partners");
        }
        if (partners != null && all) {
            throw new Unclear("expected --partner or --all-partners, not both");
        }
        Set<Role> known = roles == null ? null : roles(roles);
        List<String> whose = all ? List.of() : partners;
        return told(
                name,
                "%s has other rights from the next page on.",
                (users, visit) -> users.change(why.by(by), name, known, whose, visit.isPartner()));
    }

    @Command(name = "password", description = "gives a user a new password, which ends the sessions of the old one")
    int password(
            @Mixin Help asked,
            @Parameters(paramLabel = "NAME", description = "a user") String name,
            @Mixin NewPassword password,
            @Mixin Why why)
            throws IOException, SQLException {
        String next = password.from(in);
        int code = act(name, (users, visit) -> users.password(why.by(by), name, next));
        if (code == 0) {
            password.tell(name, next, out);
        }
        return code;
    }

    @Command(name = "lock", description = "keeps a user out, from the next page on")
    int lock(@Mixin Help asked, @Parameters(paramLabel = "NAME", description = "a user") String name, @Mixin Why why)
            throws IOException, SQLException {
        return told(name, "%s can't log in any more.", (users, visit) -> users.lock(why.by(by), name));
    }

    @Command(name = "unlock", description = "lets a user log in again, also where failed logins kept an address out")
    int unlock(@Mixin Help asked, @Parameters(paramLabel = "NAME", description = "a user") String name, @Mixin Why why)
            throws IOException, SQLException {
        return told(name, "%s may log in.", (users, visit) -> users.unlock(why.by(by), name));
    }

    @Command(name = "remove", description = "takes a user away for ever; nobody gets the name again")
    int remove(@Mixin Help asked, @Parameters(paramLabel = "NAME", description = "a user") String name, @Mixin Why why)
            throws IOException, SQLException {
        return told(name, "%s is no user any more.", (users, visit) -> users.remove(why.by(by), name));
    }

    private int told(String name, String done, Act act) throws IOException, SQLException {
        int code = act(name, act);
        if (code == 0) {
            out.println(done.formatted(name));
        }
        return code;
    }

    private int act(String name, Act act) throws IOException, SQLException {
        try (CommandSettings of = CommandSettings.of(settings);
                VisitedUsers visit = VisitedUsers.of(of)) {
            @Nullable UserRefusal refusal = act.on(visit.users(), visit).orElse(null);
            if (refusal != null) {
                err.println("Nothing was changed: " + refusal.of(name));
            }
            return refusal == null ? 0 : 1;
        }
    }

    private static Set<Role> roles(List<String> words) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : words) {
            roles.add(Role.of(word)
                    .orElseThrow(() -> new Unclear("--role: found %s, expected one of %s"
                            .formatted(
                                    word,
                                    Stream.of(Role.values()).map(Role::word).toList()))));
        }
        return roles;
    }
}
