package org.shuniu.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
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

    DoorPages(ObjectProvider<OidcDoor> oidc) {
        this.oidc = oidc;
    }

    @GetMapping("/login")
    String login(Locale language, Model model) {
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
        OidcRefused why = OidcDoor.why(request);
        return why == null
                ? new ModelAndView("redirect:/login")
                : new ModelAndView(
                        "console/login-refused",
                        Map.of("why", why.reason().word(), "groups", why.groups()),
                        why.reason().status());
    }

    /** Whatever the method of the request that was refused. */
    @RequestMapping("/console/refused")
    ModelAndView refused() {
        return ConsoleErrors.page(
                HttpStatus.FORBIDDEN.value(), UUID.randomUUID().toString());
    }
}
