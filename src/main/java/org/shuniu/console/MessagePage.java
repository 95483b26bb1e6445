package org.shuniu.console;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.recovery.Corrections;
import org.shuniu.vault.BodyErased;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One message: its masked form for everybody, its body for those with the right and a reason. */
@Controller
final class MessagePage {

    private final MessageFile messages;
    private final CaseFinder cases;
    private final Looks looks;
    private final Corrections corrections;
    private final PartnerDirectory partners;
    private final Visitors visitors;

    MessagePage(
            MessageFile messages,
            CaseFinder cases,
            Looks looks,
            Corrections corrections,
            PartnerDirectory partners,
            Visitors visitors) {
        this.messages = messages;
        this.cases = cases;
        this.looks = looks;
        this.corrections = corrections;
        this.partners = partners;
        this.visitors = visitors;
    }

    @GetMapping("/messages/{id}")
    String message(@PathVariable UUID id, Model model) {
        ConsoleUser who = visitors.with(Right.METADATA);
        MessageFile.Message message = show(who, id, true, model);
        write(model, () -> messages.masked(message));
        model.addAttribute("masked", true);
        return "console/message";
    }

    @PostMapping("/messages/{id}/body")
    String body(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletResponse response) {
        ConsoleUser who = visitors.with(Right.BODY);
        MessageFile.Message message = show(who, id, false, model);
        boolean told = Reason.isGiven(reason);
        boolean allowed = told && looks.allow(who.name(), id.toString(), Reason.of(reason));
        if (allowed) {
            Looks.cover(response, "/messages/" + id);
        }
        write(model, () -> allowed ? messages.body(id) : messages.masked(message));
        model.addAttribute("masked", !allowed);
        model.addAttribute("refused", allowed ? "" : told ? "limit" : "reason");
        return "console/message";
    }

    /** The body, or since when there is none. */
    private static void write(Model model, Supplier<String> body) {
        model.addAttribute("erased", null);
        try {
            model.addAttribute("text", body.get());
        } catch (BodyErased erased) {
            model.addAttribute("text", "");
            model.addAttribute("erased", erased);
        }
    }

    /** @param ofCase whether a person of a case may see its messages: that one of them went to one's partner opens no other */
    private MessageFile.Message show(ConsoleUser who, UUID id, boolean ofCase, Model model) {
        MessageFile.Message message = messages.find(id).orElseThrow(NotHere::new);
        List<CaseLife.Delivered> deliveries = messages.deliveries(id);
        boolean seen = who.sees(message.partner())
                || deliveries.stream().anyMatch(delivery -> who.sees(delivery.receiver()))
                || ofCase
                        && message.caseNo() != null
                        && cases.visible(who, message.caseNo()).isPresent();
        if (!seen) {
            throw new NotHere();
        }
        model.addAttribute("message", message);
        model.addAttribute("deliveries", deliveries);
        model.addAttribute("most", looks.most());
        model.addAttribute("corrections", corrections.of(id));
        model.addAttribute("corrigible", corrigible(who, message, deliveries));
        model.addAttribute("refused", "");
        return message;
    }

    /** What the correction's own page would refuse is not offered. */
    private List<CaseLife.Delivered> corrigible(
            ConsoleUser who, MessageFile.Message message, List<CaseLife.Delivered> deliveries) {
        List<CaseLife.Delivered> parked = deliveries.stream()
                .filter(delivery -> delivery.state().equals("parked") && who.sees(delivery.receiver()))
                .filter(delivery -> partners.find(delivery.receiver())
                        .filter(Partner::isRegion)
                        .isEmpty())
                .toList();
        boolean offered = !parked.isEmpty()
                && who.may(Right.BODY)
                && who.may(Right.REPLAY)
                && corrections.corrects(message.id(), message.document());
        return offered ? parked : List.of();
    }
}
