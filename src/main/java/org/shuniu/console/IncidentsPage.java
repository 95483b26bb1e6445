package org.shuniu.console;

import java.util.List;
import java.util.function.Predicate;
import org.shuniu.incident.HubProcesses;
import org.shuniu.incident.Incident;
import org.shuniu.incident.IncidentDesk;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What is wrong for so long that somebody must know, who knows, who sees to it; and what was. */
@Controller
final class IncidentsPage {

    private static final int MOST = 100;
    private static final String PAGE = "redirect:/incidents";

    private final IncidentDesk desk;
    private final HubProcesses processes;
    private final ConsoleUsers users;
    private final Visitors visitors;

    IncidentsPage(IncidentDesk desk, HubProcesses processes, ConsoleUsers users, Visitors visitors) {
        this.desk = desk;
        this.processes = processes;
        this.users = users;
        this.visitors = visitors;
    }

    @GetMapping("/incidents")
    String incidents(Model model) {
        ConsoleUser who = visitors.with(Right.METADATA);
        model.addAttribute("open", desk.open(who.partnersOrAll()));
        model.addAttribute("gone", who.partners() == null ? processes.gone() : List.of());
        model.addAttribute("closed", desk.closed(who.partnersOrAll(), MOST));
        return "console/incidents";
    }

    @PostMapping("/incidents/{id}/acknowledge")
    String acknowledge(@PathVariable long id, RedirectAttributes back) {
        ConsoleUser who = visitors.with(Right.STEER);
        require(id, sees(who));
        return told(desk.acknowledge(who.name(), id), "acknowledged", back);
    }

    @PostMapping("/incidents/{id}/assign")
    String assign(@PathVariable long id, @RequestParam(defaultValue = "") String to, RedirectAttributes back) {
        ConsoleUser who = visitors.with(Right.STEER);
        Incident incident = require(id, sees(who));
        // Of the provider's people the hub knows nobody but who asks.
        boolean known = to.strip().equals(who.name())
                || users.find(to.strip())
                        .filter(ConsoleUser::enabled)
                        .filter(user -> sees(user).test(incident))
                        .isPresent();
        if (!known) {
            back.addFlashAttribute("problem", "nobody");
            return PAGE;
        }
        return told(desk.assign(who.name(), id, to.strip()), "assigned", back);
    }

    /** What is of no partner concerns whoever sees all. */
    private static Predicate<Incident> sees(ConsoleUser who) {
        return incident -> who.sees(incident.partner());
    }

    private Incident require(long id, Predicate<Incident> seen) {
        return desk.find(id).filter(seen).orElseThrow(NotHere::new);
    }

    private static String told(boolean done, String word, RedirectAttributes back) {
        back.addFlashAttribute(done ? "told" : "problem", done ? word : "over");
        return PAGE;
    }
}
