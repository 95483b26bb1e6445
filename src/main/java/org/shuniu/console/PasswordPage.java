package org.shuniu.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A person's own password: whoever sits at an open screen needs the old one, and all other sessions end. */
@Controller
final class PasswordPage {

    private final ConsoleUsers users;
    private final Visitors visitors;
    private final Sessions sessions;
    private final HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

    PasswordPage(ConsoleUsers users, Visitors visitors, Sessions sessions) {
        this.users = users;
        this.visitors = visitors;
        this.sessions = sessions;
    }

    @GetMapping("/password")
    String form(Model model) {
        model.addAttribute("due", local().mustChange());
        return "console/password";
    }

    @PostMapping("/password")
    String change(
            @RequestParam(defaultValue = "") String old,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String again,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes back) {
        ConsoleUser who = local();
        if (!LocalUsers.isGood(password) || !password.equals(again) || password.equals(old)) {
            back.addFlashAttribute("problem", "new-password");
        } else if (!isOld(who, old, ByPassword.network(request.getRemoteAddr())) || !users.ownPassword(who, password)) {
            back.addFlashAttribute("problem", "old-password");
        } else {
            goOn(who.name(), request, response);
            back.addFlashAttribute("told", "password");
        }
        return "redirect:/password";
    }

    /** The provider's people have no password here. */
    private ConsoleUser local() {
        ConsoleUser who = visitors.self();
        if (who.isOfProvider()) {
            throw new NotHere();
        }
        return who;
    }

    /** Guessed here, it counts as guessed at the door. */
    private boolean isOld(ConsoleUser who, String typed, String address) {
        boolean right = users.mayTry(who.name(), address) && users.isPasswordOf(who, typed);
        if (!right) {
            users.failed(who.name(), address);
        }
        return right;
    }

    /** This session goes on with the new password, and it alone. */
    private void goOn(String name, HttpServletRequest request, HttpServletResponse response) {
        ConsoleUser now = users.find(name).orElseThrow(NotHere::new);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(now, null, now.getAuthorities()));
        request.changeSessionId();
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        sessions.endOthers(name, request.getSession());
    }
}
