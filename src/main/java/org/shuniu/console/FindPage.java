package org.shuniu.console;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.search.CaseSearch;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * One box for every number. What is typed travels in a form's body, because addresses end in logs and it may be a person's;
 * only a number that is the hub's or a sender's own comes into an address that can be shared.
 */
@Controller
final class FindPage {

    private static final int MOST = 200;
    private static final int LONGEST = 128;
    private static final int DAYS = 31;
    private static final int STATES = 100;

    private final CaseFinder cases;
    private final CaseSearch persons;
    private final PartnerDirectory partners;
    private final Catalogue catalogue;
    private final Visitors visitors;
    private final ConsoleProperties limits;

    FindPage(
            CaseFinder cases,
            CaseSearch persons,
            PartnerDirectory partners,
            Catalogue catalogue,
            Visitors visitors,
            ConsoleProperties limits) {
        this.limits = limits;
        this.cases = cases;
        this.persons = persons;
        this.partners = partners;
        this.catalogue = catalogue;
        this.visitors = visitors;
    }

    @GetMapping("/find")
    String find(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String partner,
            @RequestParam(defaultValue = "") String item,
            @RequestParam(defaultValue = "") String centre,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            Model model) {
        ConsoleUser who = visitors.with(Right.METADATA);
        LocalDate today = LocalDate.now(CaseTimes.SHANGHAI);
        LocalDate last = DayField.of(to).orElse(today);
        LocalDate first = DayField.of(from).orElse(last);
        if (first.isAfter(last) || first.isBefore(last.minusDays(DAYS))) {
            first = last.minusDays(first.isAfter(last) ? 0 : DAYS);
        }
        boolean asked = !(partner + item + centre + state + from + to).isBlank();
        if (!q.isBlank()) {
            model.addAttribute("found", cases.byNumber(who, shortened(q), MOST));
        } else if (asked) {
            var filter = new CaseFinder.Filter(
                    some(partner), some(item), some(centre), some(state), begin(first), begin(last.plusDays(1)));
            var found = cases.byTime(who, filter, MOST);
            model.addAttribute("found", found);
            // Who sees as many as fit on the page is asked to narrow it down anyway.
            model.addAttribute("notAll", found.size() < MOST && cases.isBeyond(who, filter));
        }
        form(model, who);
        model.addAttribute("q", q);
        model.addAttribute("partner", partner);
        model.addAttribute("item", item);
        model.addAttribute("centre", centre);
        model.addAttribute("state", state);
        model.addAttribute("from", first);
        model.addAttribute("to", last);
        return "console/find";
    }

    /** Numbers of the hub and of senders first; what is none of these may be a person's. */
    @PostMapping("/find")
    String find(@RequestParam(defaultValue = "") String q, Model model) {
        ConsoleUser who = visitors.with(Right.METADATA);
        String number = shortened(q);
        if (number.isEmpty()) {
            return "redirect:/find";
        }
        List<CaseFinder.Found> found = cases.byNumber(who, number, MOST);
        if (found.size() == 1) {
            return "redirect:" + address("/cases/{id}", found.get(0).caseNo());
        }
        if (!found.isEmpty()) {
            return "redirect:" + address("/find?q={id}", number);
        }
        ofPerson(who, number, model);
        form(model, who);
        model.addAttribute("from", LocalDate.now(CaseTimes.SHANGHAI));
        model.addAttribute("to", LocalDate.now(CaseTimes.SHANGHAI));
        return "console/find";
    }

    private void ofPerson(ConsoleUser who, String number, Model model) {
        Optional<CaseSearch.Answer> answer = persons.byIdNumber(who.name(), number, who.partners());
        if (answer.isPresent() && !answer.get().allowed()) {
            model.addAttribute("tooMany", limits.searches());
            return;
        }
        List<String> found = answer.stream()
                .flatMap(all -> all.cases().stream())
                .map(CaseSearch.Found::caseNo)
                .toList();
        model.addAttribute("found", cases.visible(who, found, MOST));
        model.addAttribute("person", true);
    }

    private void form(Model model, ConsoleUser who) {
        model.addAttribute(
                "partners",
                partners.all().stream()
                        .filter(partner -> who.sees(partner.id()))
                        .map(Partner::id)
                        .toList());
        model.addAttribute("states", states());
        model.addAttribute("most", MOST);
    }

    private List<String> states() {
        LocalDate today = LocalDate.now(CaseTimes.SHANGHAI);
        return IntStream.range(0, STATES)
                .mapToObj("%02d"::formatted)
                .filter(code ->
                        catalogue.table("case-status.hub").code(code, today).isPresent())
                .toList();
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(CaseTimes.SHANGHAI).toInstant();
    }

    private static String address(String pattern, String number) {
        return UriComponentsBuilder.fromUriString(pattern)
                .encode()
                .buildAndExpand(number)
                .toUriString();
    }

    private static String shortened(String typed) {
        String number = typed.strip();
        return number.length() > LONGEST ? number.substring(0, LONGEST) : number;
    }

    private static @Nullable String some(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
