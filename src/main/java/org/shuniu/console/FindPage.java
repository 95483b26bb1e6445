package org.shuniu.console;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    private static final List<String> FILTERS = List.of("partner", "state", "item", "centre", "from", "to");
    private static final List<String> FIELDS =
            Stream.concat(Stream.of("q"), FILTERS.stream()).toList();

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
    String find(@RequestParam Map<String, String> typed, Model model, HttpServletResponse response) {
        ConsoleUser who = visitors.with(Right.METADATA);
        AddressFields fields = new AddressFields(typed, FIELDS);
        LocalDate last = fields.day("to").orElse(LocalDate.now(CaseTimes.SHANGHAI));
        LocalDate first = bounded(fields.day("from").orElse(last), last, fields);
        SortedSet<String> known = cases.partners();
        var filter = new CaseFinder.Filter(
                fields.known("partner", known::contains),
                fields.known("item", catalogue::knowsItem),
                fields.known("centre", code -> isCentre(code, first, last)),
                fields.known("state", states()::contains),
                begin(first),
                begin(last.plusDays(1)));
        String number = shortened(fields.text("q"));
        if (!fields.problems().isEmpty()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("problems", fields.problems());
        } else if (!number.isEmpty()) {
            model.addAttribute("found", cases.byNumber(who, number, MOST));
        } else if (FILTERS.stream().anyMatch(field -> !fields.text(field).isEmpty())) {
            found(who, filter, model);
        }
        form(model, who, known);
        FIELDS.forEach(field -> model.addAttribute(field, fields.text(field)));
        model.addAttribute("from", first);
        model.addAttribute("to", last);
        return "console/find";
    }

    private static LocalDate bounded(LocalDate first, LocalDate last, AddressFields fields) {
        if (first.isAfter(last)) {
            fields.wrong("address.problem.order", first.toString(), last.toString());
            return last;
        }
        long days = ChronoUnit.DAYS.between(first, last) + 1;
        if (days <= DAYS) {
            return first;
        }
        fields.wrong("find.problem.long", Long.toString(days), DAYS);
        return last.minusDays(DAYS - 1);
    }

    /** A case of another region has that region where others have a centre. */
    private boolean isCentre(String code, LocalDate first, LocalDate last) {
        return catalogue.isCentre(code, first, last)
                || partners.find(code).filter(Partner::isRegion).isPresent();
    }

    private void found(ConsoleUser who, CaseFinder.Filter filter, Model model) {
        CaseFinder.ByTime asked = cases.byTime(who, filter);
        var found = asked.newest(MOST);
        model.addAttribute("found", found);
        // Who sees as many as fit on the page is asked to narrow it down anyway.
        model.addAttribute("notAll", found.size() < MOST && asked.goesOn());
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
        form(model, who, cases.partners());
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

    private void form(Model model, ConsoleUser who, SortedSet<String> known) {
        model.addAttribute("partners", known.stream().filter(who::sees).toList());
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
}
