package org.shuniu.console;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.shuniu.recovery.AnswerReader;
import org.shuniu.recovery.SenderAnswers;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What waits for a second person besides plans: answers to senders, and more looks at what messages say. */
@Controller
final class SecondPage {

    private static final String TOLD = "told";
    private static final String PROBLEM = "problem";

    private final SenderAnswers answers;
    private final AnswerReader reader;
    private final LookRequests requests;
    private final Looks looks;
    private final CaseFinder cases;
    private final Visitors visitors;

    SecondPage(
            SenderAnswers answers,
            AnswerReader reader,
            LookRequests requests,
            Looks looks,
            CaseFinder cases,
            Visitors visitors) {
        this.answers = answers;
        this.reader = reader;
        this.requests = requests;
        this.looks = looks;
        this.cases = cases;
        this.visitors = visitors;
    }

    @GetMapping("/second")
    String second(Model model) {
        return show(visitors.with(Right.METADATA), Map.of(), model);
    }

    /** What the sender would be told may say as much of people as a body: one at a time, for whoever decides on it as well. */
    @PostMapping("/second/answers/{id}/text")
    String text(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletResponse response) {
        Right right = either(Right.BODY, Right.APPROVE);
        visitors.with(right);
        SenderAnswers.Request request =
                reader.find(id).filter(one -> one.state().equals("asked")).orElseThrow(NotHere::new);
        ConsoleUser who = visitors.with(right, request.receiver());
        boolean told = Reason.isGiven(reason);
        if (told && looks.allow(who.name(), request.caseNo(), Reason.of(reason))) {
            Looks.cover(response, "/second");
            return show(who, Map.of(id, reader.text(id)), model);
        }
        model.addAttribute(PROBLEM, told ? "looks" : "reason");
        return show(who, Map.of(), model);
    }

    /** The first of two rights that this person has, or the second. */
    private Right either(Right one, Right other) {
        return visitors.self().may(one) ? one : other;
    }

    /** @param texts what is open now */
    private String show(ConsoleUser who, Map<UUID, AnswerReader.Text> texts, Model model) {
        model.addAttribute("asked", reader.open(who.partnersOrAll()));
        model.addAttribute("texts", texts);
        model.addAttribute("looks", who.partners() == null ? requests.open() : List.of());
        model.addAttribute("decidesLooks", who.may(Right.APPROVE) && who.partners() == null);
        model.addAttribute("most", looks.most());
        return "console/second";
    }

    /** Nothing is sent by this: a second person decides. */
    @PostMapping("/cases/{caseNo}/answer")
    String ask(
            @PathVariable String caseNo,
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes back) {
        ConsoleUser who = visitors.with(Right.REPLAY);
        cases.visible(who, caseNo).orElseThrow(NotHere::new);
        SenderAnswers.Standing standing = reader.of(caseNo);
        if (standing.receiver() == null) {
            return toCase(caseNo, "", prefixed(standing.problem()), back);
        }
        visitors.with(Right.REPLAY, standing.receiver());
        String problem = Reason.isGiven(reason)
                ? prefixed(answers.ask(who.name(), caseNo, standing.receiver(), status, text, Reason.of(reason)))
                : "reason";
        return toCase(caseNo, "answer-asked", problem, back);
    }

    @PostMapping("/second/answers/{id}/give")
    String give(@PathVariable UUID id, @RequestParam(defaultValue = "") String mark, RedirectAttributes back) {
        visitors.with(Right.APPROVE);
        SenderAnswers.Request request = reader.find(id).orElseThrow(NotHere::new);
        ConsoleUser who = visitors.with(Right.APPROVE, request.receiver());
        return toCase(request.caseNo(), "answer-given", prefixed(answers.give(who.name(), id, mark)), back);
    }

    @PostMapping("/second/answers/{id}/drop")
    String drop(@PathVariable UUID id, @RequestParam(defaultValue = "") String reason, RedirectAttributes back) {
        Right right = either(Right.APPROVE, Right.REPLAY);
        visitors.with(right);
        SenderAnswers.Request request = reader.find(id).orElseThrow(NotHere::new);
        ConsoleUser who = visitors.with(right, request.receiver());
        String problem = !Reason.isGiven(reason)
                ? "reason"
                : answers.drop(who.name(), id, Reason.of(reason)) ? "" : "answer-decided";
        return toCase(request.caseNo(), "answer-dropped", problem, back);
    }

    @PostMapping("/second/looks")
    String askForLooks(@RequestParam(defaultValue = "") String reason, RedirectAttributes back) {
        ConsoleUser who = visitors.with(either(Right.BODY, Right.APPROVE));
        String problem =
                !Reason.isGiven(reason) ? "reason" : requests.ask(who.name(), Reason.of(reason)) ? "" : "looks-asked";
        return toList("looks-asked", problem, back);
    }

    /** Looks are at all flows, so whoever allows more of them sees all. */
    @PostMapping("/second/looks/{id}/{decision:grant|refuse}")
    String decide(@PathVariable UUID id, @PathVariable String decision, RedirectAttributes back) {
        ConsoleUser who = visitors.with(Right.APPROVE);
        if (who.partners() != null) {
            throw new AccessDeniedException("Looks at all flows are not for this person to allow");
        }
        boolean grant = decision.equals("grant");
        String problem = requests.decide(who.name(), id, grant);
        return toList(grant ? "looks-granted" : "looks-refused", problem.isEmpty() ? "" : "looks-" + problem, back);
    }

    private static String prefixed(String problem) {
        return problem.isEmpty() ? "" : "answer-" + problem;
    }

    private static String toCase(String caseNo, String told, String problem, RedirectAttributes back) {
        back.addFlashAttribute(problem.isEmpty() ? TOLD : PROBLEM, problem.isEmpty() ? told : problem);
        back.addAttribute("case", caseNo);
        return "redirect:/cases/{case}";
    }

    private static String toList(String told, String problem, RedirectAttributes back) {
        back.addFlashAttribute(problem.isEmpty() ? TOLD : PROBLEM, problem.isEmpty() ? told : problem);
        return "redirect:/second";
    }
}
