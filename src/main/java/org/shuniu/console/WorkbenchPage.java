package org.shuniu.console;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.document.CaseTimes;
import org.shuniu.mapping.Mappings;
import org.shuniu.workbench.Draft;
import org.shuniu.workbench.Proposals;
import org.shuniu.workbench.RecentSamples;
import org.shuniu.workbench.Sample;
import org.shuniu.workbench.Trial;
import org.shuniu.workbench.Workbench;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * A mapping as it is written, beside what it makes of one message; nothing goes by it. The page keeps nothing: what somebody writes
 * travels with each form, to another language too.
 */
@Controller
final class WorkbenchPage {

    private static final String PAGE = "console/workbench";
    private static final String PROBLEM = "problem";
    private static final String STAND_INS = "standIns";
    /** Before the names of code tables, in the fields that hold their texts. */
    private static final String TABLE = "table.";
    /** Of the files in force, as they were when they were opened. */
    private static final String VERSION = "version";

    private static final String CHANGED = "proposal-changed";
    private static final String REASON = "reason";
    private static final String WHY = "why";

    private final Workbench bench;
    private final RecentSamples recent;
    private final Proposals proposals;
    private final Mappings mappings;
    private final Looks looks;
    private final Visitors visitors;

    WorkbenchPage(
            Workbench bench,
            RecentSamples recent,
            Proposals proposals,
            Mappings mappings,
            Looks looks,
            Visitors visitors) {
        this.bench = bench;
        this.recent = recent;
        this.proposals = proposals;
        this.mappings = mappings;
        this.looks = looks;
        this.visitors = visitors;
    }

    /** One example is there unasked; one of another mapping's is none. */
    @GetMapping("/workbench")
    String bench(
            @RequestParam(defaultValue = "") String mapping,
            @RequestParam(defaultValue = "") String example,
            Model model) {
        ConsoleUser who = visitors.with(Right.TRY);
        if (mapping.isEmpty()) {
            model.addAttribute("choices", choices(who));
            return PAGE;
        }
        String[] name = name(mapping);
        List<String> examples = bench.samples().names(name[0], name[1]);
        String chosen = examples.contains(example)
                ? example
                : examples.stream().findFirst().orElse("");
        Sample sample = bench.samples().find(name[0], name[1], chosen).orElseGet(() -> Sample.none(today()));
        model.addAttribute("example", chosen);
        return show(who, new Draft(name[0], name[1], bench.text(name[0], name[1]), sample), Map.of(), model);
    }

    /** A part of the page for whoever is writing, and all of it for a browser without scripts. */
    @PostMapping("/workbench/translate")
    String translate(
            @RequestParam Map<String, String> typed,
            @RequestHeader(name = ConsoleConfiguration.OF_HTMX, required = false) @Nullable String part,
            Model model) {
        ConsoleUser who = visitors.with(Right.TRY);
        Draft draft = draft(typed);
        if (part == null) {
            return show(who, draft, typed, model);
        }
        result(draft, model);
        return "console/workbench-result :: result";
    }

    /** A message of the hub comes with stand-ins, and is a look all the same: how it is built is that person's too. */
    @PostMapping("/workbench/message")
    String message(@RequestParam Map<String, String> typed, Model model) {
        visitors.with(Right.TRY);
        Draft draft = draft(typed);
        ConsoleUser who = visitors.with(Right.BODY, draft.partner());
        UUID id = id(typed.getOrDefault("message", ""));
        String reason = typed.getOrDefault(WHY, "");
        if (!Reason.isGiven(reason)) {
            model.addAttribute(PROBLEM, REASON);
        } else if (!looks.allow(who.name(), id.toString(), Reason.of(reason))) {
            model.addAttribute(PROBLEM, "looks");
        } else {
            Optional<Sample> sample = recent.open(draft.partner(), draft.mapping(), id);
            if (sample.isPresent()) {
                model.addAttribute(STAND_INS, true);
                Map<String, String> rest = new HashMap<>(typed);
                rest.remove(WHY);
                return show(who, draft.on(sample.get()), rest, model);
            }
            model.addAttribute(PROBLEM, "message-unreadable");
        }
        return show(who, draft, typed, model);
    }

    @PostMapping("/workbench/lost")
    String lost(@RequestParam Map<String, String> typed, Model model) {
        ConsoleUser who = visitors.with(Right.TRY);
        Draft draft = draft(typed);
        model.addAttribute("lost", bench.lost(draft));
        return show(who, draft, typed, model);
    }

    @PostMapping("/workbench/proposal")
    String propose(@RequestParam Map<String, String> typed, Model model, RedirectAttributes back) {
        ConsoleUser who = visitors.with(Right.TRY);
        Draft draft = draft(typed);
        String problem = problem(draft, typed);
        if (problem.isEmpty()) {
            Proposals.Saved saved = proposals.save(who.name(), draft, Reason.of(typed.get(REASON)));
            if (saved.proposal() != null) {
                back.addFlashAttribute("told", "proposal-saved");
                return "redirect:/proposals";
            }
            problem = "proposal-" + saved.problem();
        }
        model.addAttribute(PROBLEM, problem);
        return show(who, draft, typed, model);
    }

    private String problem(Draft draft, Map<String, String> typed) {
        if (!Reason.isGiven(typed.getOrDefault(REASON, ""))) {
            return REASON;
        }
        // What nobody meant to change would be put back to what it was.
        String now = bench.version(draft.partner());
        return typed.getOrDefault(VERSION, now).equals(now) ? "" : CHANGED;
    }

    /** @param typed of what is no part of the draft, so that nothing is typed twice */
    private String show(ConsoleUser who, Draft draft, Map<String, String> typed, Model model) {
        if (typed.containsKey("stand-ins")) {
            model.addAttribute(STAND_INS, true);
        }
        model.addAttribute(REASON, typed.getOrDefault(REASON, ""));
        model.addAttribute(WHY, typed.getOrDefault(WHY, ""));
        model.addAttribute("choices", choices(who));
        model.addAttribute("draft", draft);
        model.addAttribute("keeps", "/workbench/translate");
        String now = bench.version(draft.partner());
        boolean told = CHANGED.equals(model.getAttribute(PROBLEM));
        model.addAttribute(VERSION, told ? now : typed.getOrDefault(VERSION, now));
        model.addAttribute("tables", bench.tables(draft));
        model.addAttribute("most", looks.most());
        model.addAttribute("examples", bench.samples().names(draft.partner(), draft.mapping()));
        model.addAttribute("recent", recent.newest(draft.partner(), draft.mapping()));
        result(draft, model);
        return PAGE;
    }

    private void result(Draft draft, Model model) {
        model.addAttribute("name", draft.partner() + "/" + draft.mapping());
        Trial trial = bench.translate(draft);
        model.addAttribute("trial", trial);
        model.addAttribute("target", laidOut(trial.target()));
        model.addAttribute("draft", draft);
        model.addAttribute("lines", lines(draft));
    }

    /** Of the texts that are written, by the files as what is wrong names them. */
    static Map<String, List<String>> lines(Draft draft) {
        Map<String, List<String>> lines = new HashMap<>();
        lines.put(draft.file(), draft.text().lines().toList());
        draft.tables()
                .forEach((table, text) ->
                        lines.put(draft.file(table), text.lines().toList()));
        return lines;
    }

    /** Whatever charset its declaration names, here it is a text. */
    private static List<LaidOut.Line> laidOut(String target) {
        String text = target.replaceFirst("^<\\?xml[^>]*\\?>", "");
        return LaidOut.of(text.getBytes(StandardCharsets.UTF_8)).open(null);
    }

    /** The mappings that this person may change, by their partners. */
    private Map<String, List<String>> choices(ConsoleUser who) {
        Map<String, List<String>> choices = new LinkedHashMap<>();
        new TreeSet<>(mappings.partners())
                .stream()
                        .filter(who::sees)
                        .forEach(partner -> choices.put(partner, new ArrayList<>(mappings.names(partner))));
        return choices;
    }

    private Draft draft(Map<String, String> typed) {
        String[] name = name(typed.getOrDefault("mapping", ""));
        Sample sample = new Sample(
                text(typed, "source"),
                text(typed, "context"),
                typed.containsKey("read"),
                day(typed.getOrDefault("day", "")));
        SortedMap<String, String> tables = new TreeMap<>();
        typed.keySet().stream()
                .filter(field -> field.startsWith(TABLE))
                .forEach(field -> tables.put(field.substring(TABLE.length()), text(typed, field)));
        return new Draft(name[0], name[1], text(typed, "text"), tables, sample);
    }

    /** Browsers send the ends of lines as mail has them. */
    private static String text(Map<String, String> typed, String field) {
        return typed.getOrDefault(field, "").replace("\r\n", "\n");
    }

    /** A partner and a mapping of it that this person may see. */
    private String[] name(String mapping) {
        String[] name = mapping.split("/", 2);
        if (name.length < 2 || !mappings.has(name[0], name[1])) {
            throw new NotHere();
        }
        visitors.with(Right.TRY, name[0]);
        return name;
    }

    private static UUID id(String typed) {
        try {
            return UUID.fromString(typed);
        } catch (IllegalArgumentException none) {
            throw new NotHere();
        }
    }

    private static LocalDate day(String typed) {
        try {
            return LocalDate.parse(typed);
        } catch (DateTimeParseException none) {
            return today();
        }
    }

    private static LocalDate today() {
        return LocalDate.now(CaseTimes.SHANGHAI);
    }
}
