package org.shuniu.console;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One user whose password is the hub's own, and what another administrator may make of him; each act with its reason. */
@Controller
final class UserPage {

    /** Where partners are chosen: all that there are and will be; anything else means those that are ticked. */
    private static final String ALL = "all";

    private final LocalUsers users;
    private final PartnerDirectory partners;
    private final Visitors visitors;
    private final Sessions sessions;

    UserPage(ConsoleUsers users, PartnerDirectory partners, Visitors visitors, Sessions sessions) {
        this.users = users.local();
        this.partners = partners;
        this.visitors = visitors;
        this.sessions = sessions;
    }

    @GetMapping("/users/{name}")
    String user(@PathVariable String name, Model model) {
        return show(visitors.with(Right.USERS), name, model);
    }

    /** @param sees {@code all} or {@code only}: whoever ticks no partner does not thereby give away all of them */
    @PostMapping("/users/{name}/change")
    String change(
            @PathVariable String name,
            @RequestParam(defaultValue = "") List<String> role,
            @RequestParam(defaultValue = "") String sees,
            @RequestParam(defaultValue = "") List<String> partner,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes back) {
        ConsoleUser by = visitors.with(Right.USERS);
        boolean only = !sees.equals(ALL);
        if (only && partner.isEmpty()) {
            back.addFlashAttribute("problem", "user-partner");
            return address(name, back);
        }
        Set<String> whose = only ? new TreeSet<>(partner) : Set.of();
        return done(
                by,
                name,
                reason,
                "user-changed",
                back,
                why -> users.change(
                        why, name, roles(role), whose, id -> partners.find(id).isPresent()));
    }

    static Set<Role> roles(List<String> words) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        words.forEach(word -> Role.of(word).ifPresent(roles::add));
        return roles;
    }

    /** The page itself answers: a password is shown once and never kept for a next page. */
    @PostMapping("/users/{name}/password")
    String password(@PathVariable String name, @RequestParam(defaultValue = "") String reason, Model model) {
        ConsoleUser by = visitors.with(Right.USERS);
        if (!Reason.isGiven(reason)) {
            model.addAttribute("problem", "reason");
            return show(by, name, model);
        }
        String password = LocalUsers.newPassword();
        Optional<UserRefusal> refusal = users.password(new ByWhom(by.name(), Reason.of(reason)), name, password);
        if (refusal.isPresent()) {
            model.addAttribute("problem", problem(refusal.get()));
        } else {
            sessions.endAll(name);
            model.addAttribute("newName", name);
            model.addAttribute("newPassword", password);
        }
        return show(by, name, model);
    }

    @PostMapping("/users/{name}/enabled")
    String enabled(
            @PathVariable String name,
            @RequestParam(defaultValue = "false") boolean enabled,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes back) {
        ConsoleUser by = visitors.with(Right.USERS);
        return enabled
                ? done(by, name, reason, "user-enabled", back, why -> users.unlock(why, name))
                : ended(by, name, reason, "user-disabled", back, why -> users.lock(why, name));
    }

    @PostMapping("/users/{name}/remove")
    String remove(@PathVariable String name, @RequestParam(defaultValue = "") String reason, RedirectAttributes back) {
        return ended(visitors.with(Right.USERS), name, reason, "user-removed", back, why -> users.remove(why, name));
    }

    /** Other processes see with the next page that the person is nobody any more; here even a session that asks for none is over. */
    private String ended(ConsoleUser by, String name, String reason, String told, RedirectAttributes back, Act act) {
        return done(by, name, reason, told, back, why -> {
            Optional<UserRefusal> refusal = act.on(why);
            if (refusal.isEmpty()) {
                sessions.endAll(name);
            }
            return refusal;
        });
    }

    private String done(ConsoleUser by, String name, String reason, String told, RedirectAttributes back, Act act) {
        if (!Reason.isGiven(reason)) {
            back.addFlashAttribute("problem", "reason");
        } else {
            Optional<UserRefusal> refusal = act.on(new ByWhom(by.name(), Reason.of(reason)));
            back.addFlashAttribute(
                    refusal.isEmpty() ? "told" : "problem",
                    refusal.map(UserPage::problem).orElse(told));
        }
        return address(name, back);
    }

    /** The page of whom it was about; of whoever is no user, the page of all. */
    private String address(String name, RedirectAttributes back) {
        if (users.find(name).isEmpty()) {
            return "redirect:/users";
        }
        back.addAttribute("name", name);
        return "redirect:/users/{name}";
    }

    static String problem(UserRefusal refusal) {
        return switch (refusal) {
            case NAME -> "user";
            case RESERVED -> "reserved";
            case TAKEN -> "taken";
            case UNKNOWN -> "user-gone";
            case NO_ROLE -> "user-role";
            case NO_SUCH_PARTNER -> "user-partner";
            case OWN -> "user-own";
            case LAST_ADMINISTRATOR -> "last-administrator";
        };
    }

    private String show(ConsoleUser by, String name, Model model) {
        model.addAttribute("user", users.find(name).orElseThrow(NotHere::new));
        model.addAttribute("own", by.name().equals(name));
        model.addAttribute("roles", List.of(Role.values()));
        model.addAttribute("partners", partners.all().stream().map(Partner::id).toList());
        return "console/user";
    }

    /** Something done with a user. */
    @FunctionalInterface
    private interface Act {
        Optional<UserRefusal> on(ByWhom by);
    }
}
