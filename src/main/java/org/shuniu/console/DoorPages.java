package org.shuniu.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** The login form, and the page of whoever is turned away. */
@Controller
final class DoorPages {

    private final ObjectProvider<OidcDoor> oidc;
    private final FormTokens forms;

    DoorPages(ObjectProvider<OidcDoor> oidc, FormTokens forms) {
        this.oidc = oidc;
        this.forms = forms;
    }

    @GetMapping("/login")
    String login(Locale language, Model model, HttpServletRequest request, HttpServletResponse response) {
        forms.renew(request, response);
        oidc.ifAvailable(door -> {
            model.addAttribute("oidcBegin", OidcDoor.BEGIN + "/" + OidcProvider.ID);
            model.addAttribute("oidcButton", door.button(language));
            door.trouble().ifPresent(trouble -> {
                model.addAttribute("oidcTrouble", trouble.what());
                model.addAttribute("oidcSince", trouble.since());
            });
        });
        return "console/login";
    }

    /** Why the provider's people were turned away, for the browser that it happened to. */
    @GetMapping(OidcDoor.REFUSED)
    ModelAndView withoutAccess(HttpServletRequest request) {
        return Optional.ofNullable(oidc.getIfAvailable())
                .flatMap(door -> door.why(request))
                .map(why -> new ModelAndView(
                        "console/login-refused",
                        Map.of("why", why.reason().word(), "groups", why.groups()),
                        why.reason().status()))
                .orElseGet(() -> new ModelAndView("redirect:/login"));
    }

    /** Whatever the method of the request that was refused. */
    @RequestMapping("/console/refused")
    ModelAndView refused() {
        return ConsoleErrors.page(
                HttpStatus.FORBIDDEN.value(), UUID.randomUUID().toString());
    }
}
