package org.shuniu.console;

import java.util.Set;
import org.shuniu.recovery.AnswerReader;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** One case's whole life on one screen. */
@Controller
final class CasePage {

    private final CaseFinder cases;
    private final CaseLife life;
    private final AnswerReader answers;
    private final Visitors visitors;

    CasePage(CaseFinder cases, CaseLife life, AnswerReader answers, Visitors visitors) {
        this.answers = answers;
        this.cases = cases;
        this.life = life;
        this.visitors = visitors;
    }

    @GetMapping("/cases/{caseNo}")
    String oneCase(@PathVariable String caseNo, Model model) {
        ConsoleUser who = visitors.with(Right.METADATA);
        cases.visible(who, caseNo).orElseThrow(NotHere::new);
        CaseLife.Life whole = life.of(caseNo, who.may(Right.AUDIT) && who.partners() == null, who::sees);
        model.addAttribute("life", whole);
        model.addAttribute("wanted", answers.last(caseNo).orElse(null));
        model.addAttribute("standing", isStuck(whole) && who.may(Right.REPLAY) ? answers.of(caseNo) : null);
        return "console/case";
    }

    private static boolean isStuck(CaseLife.Life whole) {
        return whole.file().resultId() == null
                && whole.deliveries().stream()
                        .map(CaseLife.Delivered::state)
                        .anyMatch(Set.of("parked", "undeliverable")::contains);
    }
}
