package org.shuniu.console;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** One case's whole life on one screen. */
@Controller
final class CasePage {

    private final CaseFinder cases;
    private final CaseLife life;
    private final Visitors visitors;

    CasePage(CaseFinder cases, CaseLife life, Visitors visitors) {
        this.cases = cases;
        this.life = life;
        this.visitors = visitors;
    }

    @GetMapping("/cases/{caseNo}")
    String oneCase(@PathVariable String caseNo, Model model) {
        cases.visible(visitors.with(Right.METADATA), caseNo).orElseThrow(NotHere::new);
        model.addAttribute("life", life.of(caseNo));
        return "console/case";
    }
}
