package org.shuniu.console;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.shuniu.controlbus.ControlBus;
import org.shuniu.controlbus.FlowReader;
import org.shuniu.controlbus.LimitRequest;
import org.shuniu.controlbus.WaitingReader;
import org.shuniu.delivery.DeliveryEngine;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One partner: how its line stands, what waits for it and why, its pauses and its limits. */
@Controller
final class PartnerPage {

    private static final int MOST = 100;

    private final PartnerDirectory partners;
    private final Picture picture;
    private final WaitingReader waiting;
    private final FlowReader flows;
    private final ControlBus bus;
    private final DeliveryEngine engine;
    private final Visitors visitors;

    PartnerPage(
            PartnerDirectory partners,
            Picture picture,
            WaitingReader waiting,
            FlowReader flows,
            ControlBus bus,
            DeliveryEngine engine,
            Visitors visitors) {
        this.partners = partners;
        this.picture = picture;
        this.waiting = waiting;
        this.flows = flows;
        this.bus = bus;
        this.engine = engine;
        this.visitors = visitors;
    }

    @GetMapping("/partners/{id}")
    String partner(@PathVariable String id, Model model) {
        visitors.with(Right.METADATA, id);
        Partner partner = partners.find(id).orElseThrow(NotHere::new);
        Line line = picture.line(partner);
        model.addAttribute("line", line);
        model.addAttribute("limits", LimitsShown.of(line, engine.limitChange(id).orElse(null), Instant.now()));
        if (!model.containsAttribute("typed")) {
            model.addAttribute("typed", Map.of());
        }
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

    @PostMapping("/partners/{id}/limits")
    String limit(@PathVariable String id, @RequestParam Map<String, String> typed, RedirectAttributes back) {
        ConsoleUser who = visitors.with(Right.STEER, id);
        Partner partner = partners.find(id).orElseThrow(NotHere::new);
        String reason = typed.getOrDefault("reason", "");
        LimitRequest.Checked checked =
                LimitRequest.of(typed).check(partner, who.name(), Reason.of(reason), Instant.now());
        if (!Reason.isGiven(reason)) {
            return again("reason", id, typed, back);
        }
        if (checked.fault() != null) {
            return again(LimitsShown.problem(checked.fault()), id, typed, back);
        }
        bus.limit(checked.change());
        back.addFlashAttribute("told", "limits-changed");
        return to(id, back);
    }

    private static String again(String problem, String id, Map<String, String> typed, RedirectAttributes back) {
        back.addFlashAttribute("problem", problem);
        back.addFlashAttribute("typed", typed);
        return to(id, back);
    }

    @PostMapping("/partners/{id}/limits/end")
    String endLimit(@PathVariable String id, @RequestParam(defaultValue = "") String reason, RedirectAttributes back) {
        ConsoleUser who = visitors.with(Right.STEER, id);
        partners.find(id).orElseThrow(NotHere::new);
        if (!Reason.isGiven(reason)) {
            back.addFlashAttribute("problem", "reason");
        } else if (bus.endLimit(who.name(), id, Reason.of(reason))) {
            back.addFlashAttribute("told", "limits-ended");
        } else {
            back.addFlashAttribute("problem", "limits-over");
        }
        return to(id, back);
    }

    private static String act(String id, String reason, String word, RedirectAttributes back, Act act) {
        if (!Reason.isGiven(reason)) {
            back.addFlashAttribute("problem", "reason");
        } else if (act.done()) {
            back.addFlashAttribute("told", word);
        } else {
            throw new NotHere();
        }
        return to(id, back);
    }

    private static String to(String id, RedirectAttributes back) {
        back.addAttribute("id", id);
        return "redirect:/partners/{id}";
    }

    private interface Act {
        boolean done();
    }
}
