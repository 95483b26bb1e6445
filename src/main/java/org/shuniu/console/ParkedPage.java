package org.shuniu.console;

import java.util.List;
import java.util.UUID;
import org.shuniu.controlbus.ControlBus;
import org.shuniu.controlbus.FlowReader;
import org.shuniu.store.Pools;
import org.shuniu.versions.Versions;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What waits for a person: why, and the two ways in which a person ends it. */
@Controller
final class ParkedPage {

    private static final int MOST = 200;

    private record Place(String caseNo, String receiver) {}

    private final FlowReader flows;
    private final ControlBus bus;
    private final JdbcTemplate sql;
    private final Visitors visitors;

    ParkedPage(FlowReader flows, ControlBus bus, Pools pools, Visitors visitors) {
        this.flows = flows;
        this.bus = bus;
        this.sql = pools.console().sql();
        this.visitors = visitors;
    }

    @GetMapping("/parked")
    String parked(@RequestParam(defaultValue = "") String partner, Model model) {
        ConsoleUser who = visitors.with(Right.METADATA);
        String whose = partner.isBlank() ? null : partner;
        if (whose != null && !who.sees(whose)) {
            throw new NotHere();
        }
        model.addAttribute("parked", flows.parked(whose == null ? who.partners() : List.of(whose), MOST));
        boolean all = who.partners() == null && whose == null;
        model.addAttribute("dead", all ? flows.dead(MOST) : List.of());
        model.addAttribute("deadQueues", all ? flows.deadQueues() : List.of());
        model.addAttribute("partner", partner);
        model.addAttribute("most", MOST);
        return "console/parked";
    }

    /** Back to the queue is not delivered yet: the case's page says what became of it. */
    @PostMapping("/deliveries/{id}/replay")
    String replay(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String versions,
            RedirectAttributes back) {
        Place place = place(id);
        ConsoleUser who = visitors.with(Right.REPLAY, place.receiver());
        if (Reason.isGiven(reason)) {
            Versions by = Versions.of(versions).orElse(Versions.CASE_DAY);
            boolean done = bus.replay(who.name(), id, by, Reason.of(reason));
            back.addFlashAttribute(done ? "told" : "problem", done ? "replayed" : "gone");
        } else {
            back.addFlashAttribute("problem", "reason");
        }
        return toCase(place, back);
    }

    @PostMapping("/deliveries/{id}/give-up")
    String giveUp(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String later,
            RedirectAttributes back) {
        Place place = place(id);
        ConsoleUser who = visitors.with(Right.REPLAY, place.receiver());
        if (!Reason.isGiven(reason) || !List.of("continue", "park").contains(later)) {
            back.addFlashAttribute("problem", Reason.isGiven(reason) ? "later" : "reason");
        } else {
            ControlBus.LaterOnes others =
                    later.equals("park") ? ControlBus.LaterOnes.PARK : ControlBus.LaterOnes.CONTINUE;
            boolean done = bus.giveUp(who.name(), id, Reason.of(reason), others);
            back.addFlashAttribute(done ? "told" : "problem", done ? "given-up" : "gone");
        }
        return toCase(place, back);
    }

    private static String toCase(Place place, RedirectAttributes back) {
        back.addAttribute("case", place.caseNo());
        return "redirect:/cases/{case}";
    }

    private Place place(UUID id) {
        visitors.with(Right.METADATA);
        return sql
                .query(
                        "select case_no, receiver from delivery where id = ?",
                        (row, number) -> new Place(row.getString("case_no"), row.getString("receiver")),
                        id)
                .stream()
                .findFirst()
                .orElseThrow(NotHere::new);
    }
}
