package org.shuniu.console;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
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

    private static final int BYTES = 12;

    private final ConsoleUsers users;
    private final PartnerDirectory partners;
    private final Visitors visitors;
    private final OidcSubjects subjects;
    private final Sessions sessions;
    private final SecureRandom random = new SecureRandom();

    UsersPage(
            ConsoleUsers users,
            PartnerDirectory partners,
            Visitors visitors,
            OidcSubjects subjects,
            Sessions sessions) {
        this.users = users;
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
        Set<String> whose = new TreeSet<>(partner);
        // An unknown partner must not leave a person without a limit.
        boolean known = whose.stream().allMatch(id -> partners.find(id).isPresent());
        if (!ConsoleUsers.NAME.matcher(name).matches() || roles.isEmpty() || !known) {
            model.addAttribute("problem", "user");
        } else if (users.isReserved(name)) {
            model.addAttribute("problem", "reserved");
        } else {
            String password = password();
            boolean added = users.add(by.name(), name, password, roles, whose.isEmpty() ? null : whose);
            told(model, name, password, added ? null : "taken");
        }
        return show(model);
    }

    @PostMapping("/users/{name}/password")
    String password(@PathVariable String name, Model model) {
        ConsoleUser by = visitors.with(Right.USERS);
        String password = password();
        told(model, name, password, users.password(by.name(), name, password) ? null : "user");
        return show(model);
    }

    @PostMapping("/users/{name}/enabled")
    String enabled(@PathVariable String name, @RequestParam(defaultValue = "false") boolean enabled, Model model) {
        ConsoleUser by = visitors.with(Right.USERS);
        // Nobody locks out himself: there would be nobody to undo it.
        if (by.name().equals(name) || !users.enable(by.name(), name, enabled)) {
            model.addAttribute("problem", "user");
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

    private static void told(Model model, String name, String password, @Nullable String problem) {
        if (problem == null) {
            model.addAttribute("newName", name);
            model.addAttribute("newPassword", password);
        } else {
            model.addAttribute("problem", problem);
        }
    }

    private String show(Model model) {
        model.addAttribute("users", users.all());
        model.addAttribute("subjects", subjects.all());
        model.addAttribute("roles", List.of(Role.values()));
        model.addAttribute("partners", partners.all().stream().map(Partner::id).toList());
        return "console/users";
    }

    private String password() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
