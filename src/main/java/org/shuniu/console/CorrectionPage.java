package org.shuniu.console;

import java.util.UUID;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.recovery.Corrections;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Corrects a parked message for its receiver: whoever does it must be allowed to read it and to send it, and reads it with a reason. */
@Controller
final class CorrectionPage {

    private final Corrections corrections;
    private final PartnerDirectory partners;
    private final Looks looks;
    private final Visitors visitors;

    CorrectionPage(Corrections corrections, PartnerDirectory partners, Looks looks, Visitors visitors) {
        this.corrections = corrections;
        this.partners = partners;
        this.looks = looks;
        this.visitors = visitors;
    }

    @PostMapping("/deliveries/{id}/correction")
    String open(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            RedirectAttributes back) {
        ConsoleUser who = visitors.with(Right.BODY);
        Corrections.Draft draft = draft(id);
        boolean told = Reason.isGiven(reason);
        if (!told || !looks.allow(who.name(), draft.messageId().toString(), Reason.of(reason))) {
            back.addFlashAttribute("problem", told ? "looks" : "reason");
            return toCase(draft, back);
        }
        return form(id, draft, draft.text(), draft.digest(), reason, model);
    }

    @PostMapping("/deliveries/{id}/corrected")
    String send(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String digest,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            RedirectAttributes back) {
        ConsoleUser who = visitors.with(Right.BODY);
        Corrections.Draft draft = draft(id);
        if (!Reason.isGiven(reason)) {
            model.addAttribute("problem", "reason");
            return form(id, draft, text, digest, reason, model);
        }
        Corrections.Result result = corrections.send(who.name(), id, digest, text, Reason.of(reason));
        if (result.problem().isEmpty()) {
            back.addFlashAttribute("told", "corrected");
            return toCase(draft, back);
        }
        model.addAttribute("problem", "correct-" + result.problem());
        model.addAttribute("findings", result.findings());
        return form(id, draft, text, digest, reason, model);
    }

    /** What another region gets is signed by what the hub received; a correction of it is for that region's own people. */
    private Corrections.Draft draft(UUID id) {
        Corrections.Draft draft = corrections.draft(id).orElseThrow(NotHere::new);
        visitors.with(Right.REPLAY, draft.receiver());
        if (partners.find(draft.receiver()).filter(Partner::isRegion).isPresent()) {
            throw new NotHere();
        }
        return draft;
    }

    private static String form(
            UUID id, Corrections.Draft draft, String text, String digest, String reason, Model model) {
        model.addAttribute("id", id);
        model.addAttribute("draft", draft);
        model.addAttribute("text", text);
        model.addAttribute("digest", digest);
        model.addAttribute("why", reason);
        return "console/correction";
    }

    private static String toCase(Corrections.Draft draft, RedirectAttributes back) {
        back.addAttribute("case", draft.caseNo());
        return "redirect:/cases/{case}";
    }
}
