package org.shuniu.console;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.shuniu.workbench.Proposal;
import org.shuniu.workbench.Proposals;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Mappings that somebody proposed: whoever writes mappings takes them away and tries them, and an administrator clears up. */
@Controller
final class ProposalsPage {

    private final Proposals proposals;
    private final Visitors visitors;

    ProposalsPage(Proposals proposals, Visitors visitors) {
        this.proposals = proposals;
        this.visitors = visitors;
    }

    @GetMapping("/proposals")
    String proposals(Model model) {
        ConsoleUser who = reader();
        List<Proposal> all = proposals.all().stream()
                .filter(proposal -> who.sees(proposal.partner()))
                .toList();
        model.addAttribute("proposals", all);
        model.addAttribute("mayDropAll", who.may(Right.USERS));
        return "console/proposals";
    }

    /** @param name of one that it changes; the first where none is named */
    @GetMapping("/proposals/{number}/file")
    ResponseEntity<byte[]> file(@PathVariable int number, @RequestParam(defaultValue = "") String name) {
        ConsoleUser who = reader();
        Proposal proposal = proposal(who, number);
        String file = name.isEmpty() ? proposal.files().get(0) : name;
        String text = proposals.text(who.name(), proposal, file).orElseThrow(NotHere::new);
        return file(file.substring(file.lastIndexOf('/') + 1), text);
    }

    @GetMapping("/proposals/{number}/difference")
    ResponseEntity<byte[]> difference(@PathVariable int number) {
        ConsoleUser who = reader();
        Proposal proposal = proposal(who, number);
        String difference = proposals.difference(who.name(), proposal).orElseThrow(NotHere::new);
        return file(proposal.mark() + ".patch", difference);
    }

    @PostMapping("/proposals/{number}/drop")
    String drop(@PathVariable int number, @RequestParam(defaultValue = "") String reason, RedirectAttributes back) {
        ConsoleUser who = reader();
        Proposal proposal = proposal(who, number);
        String problem = problem(who, proposal, reason);
        back.addFlashAttribute(
                problem.isEmpty() ? "told" : "problem", problem.isEmpty() ? "proposal-dropped" : problem);
        return "redirect:/proposals";
    }

    private String problem(ConsoleUser who, Proposal proposal, String reason) {
        if (!who.may(Right.USERS) && !proposal.author().equals(who.name())) {
            return "proposal-others";
        }
        if (!Reason.isGiven(reason)) {
            return "reason";
        }
        return proposals.drop(who.name(), proposal, Reason.of(reason)) ? "" : "proposal-gone";
    }

    /** @throws NotHere also where it is of a partner that this person may not see */
    private Proposal proposal(ConsoleUser who, int number) {
        return proposals
                .find(number)
                .filter(proposal -> who.sees(proposal.partner()))
                .orElseThrow(NotHere::new);
    }

    private ConsoleUser reader() {
        return visitors.with(visitors.self().may(Right.TRY) ? Right.TRY : Right.USERS);
    }

    private static ResponseEntity<byte[]> file(String name, String text) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, "text/plain;charset=UTF-8")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(text.getBytes(StandardCharsets.UTF_8));
    }
}
