package org.shuniu.console;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.shuniu.audit.Actors;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The people of the console. A password is made by the hub, shown once, and known to nobody else. */
@Controller
final class UsersPage {

    private final LocalUsers users;
    private final PartnerDirectory partners;
    private final Visitors visitors;
    private final OidcSubjects subjects;
    private final Sessions sessions;

    UsersPage(
            ConsoleUsers users,
            PartnerDirectory partners,
            Visitors visitors,
            OidcSubjects subjects,
            Sessions sessions) {
        this.users = users.local();
        this.partners = partners;
        this.visitors = visitors;
        this.subjects = subjects;
        this.sessions = sessions;
    }

    @GetMapping("/users")
    String users(Model model) {
        visitors.with(Right.USERS);
        return show(model);
    }

    @PostMapping("/users")
    String add(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") List<String> role,
            @RequestParam(defaultValue = "") List<String> partner,
            Model model) {
        ConsoleUser by = visitors.with(Right.USERS);
        Set<Role> roles = EnumSet.noneOf(Role.class);
        role.forEach(word -> Role.of(word).ifPresent(roles::add));
        String password = LocalUsers.newPassword();
        told(
                model,
                name,
                password,
                users.add(
                        by.name(),
                        name,
                        password,
                        roles,
                        new TreeSet<>(partner),
                        id -> partners.find(id).isPresent()));
        return show(model);
    }

    @PostMapping("/users/{name}/password")
    String password(@PathVariable String name, Model model) {
        ConsoleUser by = visitors.with(Right.USERS);
        String password = LocalUsers.newPassword();
        told(model, name, password, users.password(by.name(), name, password));
        return show(model);
    }

    @PostMapping("/users/{name}/enabled")
    String enabled(@PathVariable String name, @RequestParam(defaultValue = "false") boolean enabled, Model model) {
        ConsoleUser by = visitors.with(Right.USERS);
        if (enabled) {
            users.unlock(by.name(), name).ifPresent(refusal -> model.addAttribute("problem", problem(refusal)));
        } else if (by.name().equals(name)) {
            // Nobody locks out himself: there would be nobody to undo it.
            model.addAttribute("problem", "user");
        } else {
            users.lock(by.name(), name).ifPresent(refusal -> model.addAttribute("problem", problem(refusal)));
        }
        return show(model);
    }

    /** For a successor of the same name at the provider; whoever had it comes in anew. */
    @PostMapping("/users/oidc/release")
    String release(@RequestParam(defaultValue = "") String name, Model model) {
        ConsoleUser by = visitors.with(Right.USERS);
        if (subjects.release(by.name(), name)) {
            sessions.endAll(Actors.BY_OIDC + name);
        } else {
            model.addAttribute("problem", "user-gone");
        }
        return show(model);
    }

    private static void told(Model model, String name, String password, Optional<UserRefusal> refusal) {
        if (refusal.isEmpty()) {
            model.addAttribute("newName", name);
            model.addAttribute("newPassword", password);
        } else {
            model.addAttribute("problem", problem(refusal.get()));
        }
    }

    private static String problem(UserRefusal refusal) {
        return switch (refusal) {
            case RESERVED -> "reserved";
            case TAKEN -> "taken";
            case LAST_ADMINISTRATOR -> "last-administrator";
            default -> "user";
        };
    }

    private String show(Model model) {
        model.addAttribute("users", users.all());
        model.addAttribute("subjects", subjects.all());
        model.addAttribute("roles", List.of(Role.values()));
        model.addAttribute("partners", partners.all().stream().map(Partner::id).toList());
        return "console/users";
    }
}
