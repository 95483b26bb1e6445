package org.shuniu.console;

import java.util.List;
import org.shuniu.controlbus.ControlBus;
import org.shuniu.controlbus.FlowReader;
import org.shuniu.controlbus.WaitingReader;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One partner: how its line stands, what waits for it and why, and its pauses. */
@Controller
final class PartnerPage {

    private static final int MOST = 100;

    private final PartnerDirectory partners;
    private final Picture picture;
    private final WaitingReader waiting;
    private final FlowReader flows;
    private final ControlBus bus;
    private final Visitors visitors;

    PartnerPage(
            PartnerDirectory partners,
            Picture picture,
            WaitingReader waiting,
            FlowReader flows,
            ControlBus bus,
            Visitors visitors) {
        this.partners = partners;
        this.picture = picture;
        this.waiting = waiting;
        this.flows = flows;
        this.bus = bus;
        this.visitors = visitors;
    }

    @GetMapping("/partners/{id}")
    String partner(@PathVariable String id, Model model) {
        visitors.with(Right.METADATA, id);
        Partner partner = partners.find(id).orElseThrow(NotHere::new);
        model.addAttribute("line", picture.line(partner));
        model.addAttribute("waiting", waiting.waiting(id, MOST));
        model.addAttribute("parked", flows.parked(List.of(id), MOST));
        model.addAttribute("most", MOST);
        return "console/partner";
    }

    @PostMapping("/partners/{id}/pause")
    String pause(@PathVariable String id, @RequestParam(defaultValue = "") String reason, RedirectAttributes back) {
        ConsoleUser who = visitors.with(Right.STEER, id);
        return act(id, reason, "paused", back, () -> bus.pause(who.name(), id, Reason.of(reason)));
    }

    @PostMapping("/partners/{id}/resume")
    String resume(@PathVariable String id, @RequestParam(defaultValue = "") String reason, RedirectAttributes back) {
        ConsoleUser who = visitors.with(Right.STEER, id);
        return act(id, reason, "resumed", back, () -> bus.resume(who.name(), id, Reason.of(reason)));
    }

    private static String act(String id, String reason, String word, RedirectAttributes back, Act act) {
        if (!Reason.isGiven(reason)) {
            back.addFlashAttribute("problem", "reason");
        } else if (act.done()) {
            back.addFlashAttribute("told", word);
        } else {
            throw new NotHere();
        }
        back.addAttribute("id", id);
        return "redirect:/partners/{id}";
    }

    private interface Act {
        boolean done();
    }
}
