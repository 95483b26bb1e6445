package org.shuniu.console;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.People;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.recovery.Plan;
import org.shuniu.recovery.PlanReader;
import org.shuniu.recovery.RecoveryPlans;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Recovery plans: one person makes one, another lets it run, and everybody sees how far it is and what became of it. */
@Controller
final class PlanPage {

    /** Htmx stops to ask after this answer. */
    private static final int LAST = 286;

    private static final String PREVIEW = "preview";
    private static final Map<String, List<String>> ACTS = Map.of(
            PREVIEW, List.of("abort"), "running", List.of("pause", "abort"), "paused", List.of("resume", "abort"));
    private static final Set<String> ENDED = Set.of("done", "aborted");

    private final RecoveryPlans plans;
    private final PlanReader reader;
    private final PartnerDirectory partners;
    private final People people;
    private final Visitors visitors;

    PlanPage(RecoveryPlans plans, PlanReader reader, PartnerDirectory partners, People people, Visitors visitors) {
        this.plans = plans;
        this.reader = reader;
        this.partners = partners;
        this.people = people;
        this.visitors = visitors;
    }

    @GetMapping("/plans")
    String list(@RequestParam(defaultValue = "") String before, Model model) {
        ConsoleUser who = visitors.with(Right.METADATA);
        List<Plan> found = reader.page(who.partnersOrAll(), time(before));
        boolean more = found.size() > PlanReader.PAGE;
        List<Plan> plans = more ? found.subList(0, PlanReader.PAGE) : found;
        model.addAttribute("plans", plans);
        model.addAttribute("before", before);
        model.addAttribute("next", more ? plans.get(plans.size() - 1).madeAt() : null);
        return "console/plans";
    }

    /** Null for what is no time: the newest. */
    private static @Nullable OffsetDateTime time(String text) {
        try {
            return text.isEmpty() ? null : OffsetDateTime.parse(text);
        } catch (DateTimeParseException none) {
            return null;
        }
    }

    @GetMapping("/plans/new")
    String form(@ModelAttribute("form") PlanForm form, Model model) {
        return form(visitors.with(Right.REPLAY), model);
    }

    private String form(ConsoleUser who, Model model) {
        model.addAttribute(
                "partners",
                partners.all().stream()
                        .filter(Partner::connected)
                        .map(Partner::id)
                        .filter(who::sees)
                        .toList());
        model.addAttribute("everybody", who.partners() == null);
        model.addAttribute("fastest", RecoveryPlans.FASTEST);
        return "console/plan-new";
    }

    /** Nothing is sent by this: what fits now is written down, and a second person decides. */
    @PostMapping("/plans")
    String make(@ModelAttribute("form") PlanForm form, Model model, RedirectAttributes back) {
        ConsoleUser who =
                form.partner().isEmpty() ? visitors.with(Right.REPLAY) : visitors.with(Right.REPLAY, form.partner());
        Optional<String> problem = form.problem(who);
        if (problem.isEmpty()) {
            try {
                UUID id = plans.make(who.name(), form.filter(), form.perSecond(), form.by(), Reason.of(form.reason()));
                back.addFlashAttribute("told", "plan-made");
                return toPlan(id, back);
            } catch (SubmissionRefused nothingFits) {
                problem = Optional.of("plan-none");
            }
        }
        model.addAttribute("problem", problem.get());
        return form(who, model);
    }

    @GetMapping("/plans/{id}")
    String plan(@PathVariable UUID id, Model model) {
        ConsoleUser who = visitors.with(Right.METADATA);
        PlanReader.View plan = seen(who, id);
        show(plan, model);
        model.addAttribute("conditions", conditions(plan));
        model.addAttribute("doubles", reader.casesOfDoubles(id));
        model.addAttribute("acts", ACTS.getOrDefault(plan.state(), List.of()));
        model.addAttribute("own", people.mayBeOne(plan.madeBy(), who.name()));
        return "console/plan";
    }

    /** The moving part; a page that shows another state than there is now is asked for anew, with what can be done now. */
    @GetMapping("/plans/{id}/live")
    String live(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String state,
            Model model,
            HttpServletResponse response) {
        PlanReader.View plan = seen(visitors.with(Right.METADATA), id);
        show(plan, model);
        if (!plan.state().equals(state)) {
            response.setHeader("HX-Refresh", "true");
        } else if (ENDED.contains(plan.state())) {
            response.setStatus(LAST);
        }
        return "console/plan-live :: progress";
    }

    @GetMapping("/plans/{id}/report")
    String report(@PathVariable UUID id, Model model, HttpServletResponse response) {
        PlanReader.View plan = seen(visitors.with(Right.METADATA), id);
        if (report(plan, model)) {
            response.setStatus(LAST);
        }
        return "console/plan-live :: report";
    }

    @PostMapping("/plans/{id}/approve")
    String approve(@PathVariable UUID id, RedirectAttributes back) {
        ConsoleUser who = visitors.with(Right.APPROVE);
        seen(who, id);
        try {
            plans.approve(who.name(), id);
            back.addFlashAttribute("told", "plan-approve");
        } catch (SubmissionRefused refused) {
            // What is still a preview was refused for its mappings alone.
            boolean waits = reader.find(id).state().equals(PREVIEW);
            boolean own = refused.problem().name().equals("not-allowed");
            back.addFlashAttribute("problem", own ? "plan-own" : waits ? "plan-mapping" : "plan-state");
        }
        return toPlan(id, back);
    }

    @PostMapping("/plans/{id}/pause")
    String pause(@PathVariable UUID id, @RequestParam(defaultValue = "") String reason, RedirectAttributes back) {
        return act(id, reason, "plan-pause", back, plans::pause);
    }

    @PostMapping("/plans/{id}/resume")
    String resume(@PathVariable UUID id, @RequestParam(defaultValue = "") String reason, RedirectAttributes back) {
        return act(id, reason, "plan-resume", back, plans::resume);
    }

    @PostMapping("/plans/{id}/abort")
    String abort(@PathVariable UUID id, @RequestParam(defaultValue = "") String reason, RedirectAttributes back) {
        return act(id, reason, "plan-abort", back, plans::abort);
    }

    private String act(UUID id, String reason, String word, RedirectAttributes back, Act act) {
        ConsoleUser who = visitors.with(Right.HALT);
        seen(who, id);
        if (Reason.isGiven(reason)) {
            try {
                act.on(who.name(), id, Reason.of(reason));
                back.addFlashAttribute("told", word);
            } catch (SubmissionRefused refused) {
                back.addFlashAttribute("problem", "plan-state");
            }
        } else {
            back.addFlashAttribute("problem", "reason");
        }
        return toPlan(id, back);
    }

    private interface Act {
        void on(String who, UUID plan, String reason);
    }

    /** A plan for a person who sees every receiver of it: whoever sees some only would decide about others too. */
    private PlanReader.View seen(ConsoleUser who, UUID id) {
        try {
            PlanReader.View plan = reader.find(id);
            if (plan.preview().receivers().keySet().stream().allMatch(who::sees)) {
                return plan;
            }
        } catch (SubmissionRefused unknown) {
            throw new NotHere();
        }
        throw new NotHere();
    }

    private static void show(PlanReader.View plan, Model model) {
        model.addAttribute("plan", plan);
        model.addAttribute("at", Instant.now());
    }

    /** @return whether nothing more is to come */
    private boolean report(PlanReader.View plan, Model model) {
        show(plan, model);
        PlanReader.Report report = reader.report(plan.id());
        boolean over = ENDED.contains(plan.state()) && report.outcomes().getOrDefault("stillWaiting", 0L) == 0;
        model.addAttribute("report", report);
        model.addAttribute("over", over);
        return over;
    }

    /** What a plan is about. */
    private static Map<String, String> conditions(PlanReader.View plan) {
        Map<String, String> conditions = new LinkedHashMap<>();
        plan.filter()
                .properties()
                .forEach(
                        entry -> conditions.put(entry.getKey(), entry.getValue().asString("")));
        return conditions;
    }

    private static String toPlan(UUID id, RedirectAttributes back) {
        back.addAttribute("plan", id.toString());
        return "redirect:/plans/{plan}";
    }
}
