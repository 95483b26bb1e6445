package org.shuniu.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.shuniu.incident.HubProcesses;
import org.shuniu.incident.Incident;
import org.shuniu.incident.IncidentDesk;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
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

    private static final int MOST = 50;

    private final IncidentDesk desk;
    private final HubProcesses processes;
    private final ConsoleUsers users;
    private final PartnerDirectory partners;
    private final Visitors visitors;

    IncidentsPage(
            IncidentDesk desk,
            HubProcesses processes,
            ConsoleUsers users,
            PartnerDirectory partners,
            Visitors visitors) {
        this.desk = desk;
        this.processes = processes;
        this.users = users;
        this.partners = partners;
        this.visitors = visitors;
    }

    @GetMapping("/incidents")
    String incidents(
            @RequestParam(defaultValue = "") String partner,
            @RequestParam(defaultValue = "") String whose,
            @RequestParam(required = false) @Nullable Long before,
            Model model) {
        ConsoleUser who = visitors.with(Right.METADATA);
        open(partner, whose, who, model);
        List<Incident> closed = desk.closed(whose(partner, who), before, MOST + 1);
        model.addAttribute("closed", closed.subList(0, Math.min(MOST, closed.size())));
        model.addAttribute("older", closed.size() > MOST ? closed.get(MOST - 1).id() : null);
        model.addAttribute("before", before);
        return "console/incidents";
    }

    /** The part that comes again by itself. */
    @GetMapping("/incidents/live")
    String live(
            @RequestParam(defaultValue = "") String partner,
            @RequestParam(defaultValue = "") String whose,
            Model model) {
        open(partner, whose, visitors.with(Right.METADATA), model);
        return "console/incidents :: live";
    }

    @GetMapping("/incidents/{id}")
    String incident(@PathVariable long id, Model model) {
        ConsoleUser who = visitors.with(Right.METADATA);
        shown(List.of(require(id, sees(who))), who, model);
        model.addAttribute("number", Long.toString(id));
        return "console/incident";
    }

    @PostMapping("/incidents/{id}/acknowledge")
    String acknowledge(@PathVariable long id, RedirectAttributes back) {
        ConsoleUser who = visitors.with(Right.STEER);
        require(id, sees(who));
        return told(id, desk.acknowledge(who.name(), id), "acknowledged", back);
    }

    @PostMapping("/incidents/{id}/assign")
    String assign(@PathVariable long id, @RequestParam(defaultValue = "") String to, RedirectAttributes back) {
        ConsoleUser who = visitors.with(Right.STEER);
        Incident incident = require(id, sees(who));
        String name = to.strip();
        // Of the provider's people the hub knows nobody but who asks.
        boolean known = name.equals(who.name())
                || users.find(name).filter(user -> maySeeTo(user, incident)).isPresent();
        if (!known) {
            back.addFlashAttribute("problem", "nobody");
            return address(id);
        }
        return told(id, desk.assign(who.name(), id, name), "assigned", back);
    }

    private void open(String partner, String whose, ConsoleUser who, Model model) {
        List<Incident> all = desk.open(whose(partner, who));
        List<Incident> open = all.stream().filter(of(whose, who)).toList();
        shown(open, who, model);
        model.addAttribute("all", all);
        model.addAttribute("partner", partner);
        model.addAttribute("whose", whose);
        model.addAttribute(
                "partners",
                partners.all().stream().map(Partner::id).filter(who::sees).toList());
        model.addAttribute("watched", desk.isWatched());
    }

    private void shown(List<Incident> incidents, ConsoleUser who, Model model) {
        List<ConsoleUser> everybody = who.may(Right.STEER) ? users.all() : List.of();
        Map<Long, List<ConsoleUser>> people = new HashMap<>();
        incidents.forEach(incident -> people.put(incident.id(), people(incident, everybody, who)));
        model.addAttribute("open", incidents);
        model.addAttribute("people", people);
        model.addAttribute("notices", desk.told(incidents));
        model.addAttribute("gone", who.partners() == null ? processes.gone() : List.of());
    }

    /** To whom it may be given; who asks stands first. */
    private static List<ConsoleUser> people(Incident incident, List<ConsoleUser> everybody, ConsoleUser who) {
        List<ConsoleUser> people = new ArrayList<>(List.of(who));
        everybody.stream()
                .filter(user -> !user.name().equals(who.name()) && maySeeTo(user, incident))
                .forEach(people::add);
        return people;
    }

    /** Whoever sees it and can do something about it: steer its partner, or send again what stopped. */
    private static boolean maySeeTo(ConsoleUser user, Incident incident) {
        return user.enabled()
                && (user.may(Right.STEER) || user.may(Right.REPLAY))
                && sees(user).test(incident);
    }

    private static Predicate<Incident> of(String whose, ConsoleUser who) {
        return switch (whose) {
            case "mine" -> incident -> who.name().equals(incident.assignedTo());
            case "nobody" -> incident -> incident.assignedTo() == null;
            default -> incident -> true;
        };
    }

    private static String @Nullable [] whose(String partner, ConsoleUser who) {
        if (partner.isEmpty()) {
            return who.partnersOrAll();
        }
        if (!who.sees(partner)) {
            throw new NotHere();
        }
        return new String[] {partner};
    }

    /** What is of no partner concerns whoever sees all. */
    private static Predicate<Incident> sees(ConsoleUser who) {
        return incident -> who.sees(incident.partner());
    }

    private Incident require(long id, Predicate<Incident> seen) {
        return desk.find(id).filter(seen).orElseThrow(NotHere::new);
    }

    private static String told(long id, boolean done, String word, RedirectAttributes back) {
        back.addFlashAttribute(done ? "told" : "problem", done ? word : "over");
        return address(id);
    }

    /** The page of the one that was acted on: it says what has become of it. */
    private static String address(long id) {
        return "redirect:/incidents/" + id;
    }
}
