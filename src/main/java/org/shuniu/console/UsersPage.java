package org.shuniu.console;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.shuniu.audit.Actors;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

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
        String password = LocalUsers.newPassword();
        Optional<UserRefusal> refusal = users.add(
                by.name(),
                name,
                password,
                UserPage.roles(role),
                new TreeSet<>(partner),
                id -> partners.find(id).isPresent());
        if (refusal.isEmpty()) {
            model.addAttribute("newName", name);
            model.addAttribute("newPassword", password);
        } else {
            model.addAttribute("problem", UserPage.problem(refusal.get()));
        }
        return show(model);
    }

    /** For a successor of the same name at the provider; whoever had it comes in anew. */
    @PostMapping("/users/oidc/release")
    String release(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes back) {
        ConsoleUser by = visitors.with(Right.USERS);
        if (!Reason.isGiven(reason)) {
            back.addFlashAttribute("problem", "reason");
        } else if (subjects.release(new ByWhom(by.name(), Reason.of(reason)), name)) {
            sessions.endAll(Actors.BY_OIDC + name);
            back.addFlashAttribute("told", "name-released");
        } else {
            back.addFlashAttribute("problem", "user-gone");
        }
        return "redirect:/users";
    }

    private String show(Model model) {
        model.addAttribute("users", users.all());
        model.addAttribute("subjects", subjects.all());
        model.addAttribute("roles", List.of(Role.values()));
        model.addAttribute("partners", partners.all().stream().map(Partner::id).toList());
        return "console/users";
    }
}
