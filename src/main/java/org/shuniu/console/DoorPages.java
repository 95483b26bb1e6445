package org.shuniu.console;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** The login form, and the page of whoever is turned away. */
@Controller
final class DoorPages {

    @GetMapping("/login")
    String login() {
        return "console/login";
    }

    /** Whatever the method of the request that was refused. */
    @RequestMapping("/console/refused")
    ModelAndView refused() {
        return ConsoleErrors.page(
                HttpStatus.FORBIDDEN.value(), UUID.randomUUID().toString());
    }
}
